using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>开始计时: the clocks' numbers are limits an administrator edits.</summary>
public sealed class StartClock() : CaseActivity(Describe.Activity(nameof(StartClock), Describe.Clocks, "开始计时", "Start clock",
    [Describe.Many("Clocks", "计时", "Clocks", required: true)]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        foreach (var clock in context.GetTexts("Clocks"))
        {
            act.Complaint.Clocks.Start(act, clock);
        }

        return context.CompleteAsync();
    }
}

/// <summary>停止计时: met, or cancelled where it no longer matters.</summary>
public sealed class StopClock() : CaseActivity(Describe.Activity(nameof(StopClock), Describe.Clocks, "停止计时", "Stop clock",
    [Describe.Many("Clocks", "计时", "Clocks", required: true), Describe.One("As", "记为", "As")]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        foreach (var clock in context.GetTexts("Clocks"))
        {
            if (context.GetText("As") == "cancelled")
            {
                act.Complaint.Clocks.Cancel(act, clock);
            }
            else
            {
                act.Complaint.Clocks.Meet(act, clock);
            }
        }

        return context.CompleteAsync();
    }
}

/// <summary>暂停计时: rungs sleep until the clock is resumed.</summary>
public sealed class PauseClock() : CaseActivity(Describe.Activity(nameof(PauseClock), Describe.Clocks, "暂停计时", "Pause clock",
    [Describe.Many("Clocks", "计时", "Clocks", required: true), Describe.One("Reason", "原因", "Reason", required: true)]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        foreach (var clock in context.GetTexts("Clocks"))
        {
            act.Complaint.Clocks.PauseIfRunning(act, clock, context.GetText("Reason"));
        }

        return context.CompleteAsync();
    }
}

/// <summary>恢复计时: the due time moves by the time paused.</summary>
public sealed class ResumeClock() : CaseActivity(Describe.Activity(nameof(ResumeClock), Describe.Clocks, "恢复计时", "Resume clock",
    [Describe.Many("Clocks", "计时", "Clocks", required: true)]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        foreach (var clock in context.GetTexts("Clocks"))
        {
            act.Complaint.Clocks.ResumeIfPaused(act, clock);
        }

        return context.CompleteAsync();
    }
}

/// <summary>
/// 等待计时节点: for escalations that change the path. Each acted rung is answered once; when the clock stops, the way on is Stopped.
/// </summary>
public sealed class AwaitRung() : CaseActivity(Describe.Activity(nameof(AwaitRung), Describe.Clocks, "等待计时节点", "Await rung",
    [Describe.One("Clock", "计时", "Clock", required: true), Describe.Ports("Rungs", "节点", "Rungs") with { IsRequired = true }], "Stopped"))
{
    public override ValueTask ExecuteAsync(ActivityContext context) => LookAsync(context, waiting: false);

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input) => LookAsync(context, waiting: true);

    /// <summary>Rungs it begins to listen for only now are not its business where they have acted before.</summary>
    protected internal override ValueTask MigratedAsync(ActivityContext context, PlanNode old)
    {
        var heard = ClockOf(old) == ClockOf(context.Node) ? RungsOf(old) : [];
        ActOf(context).Complaint.PassRungs(
            context.Instance.Id, context.Node.Id, context.GetText("Clock")!, [.. RungsOf(context.Node).Where(r => !heard.Contains(r))]);
        return base.MigratedAsync(context, old);

        static object? ClockOf(PlanNode node) => node.Input("Clock") is { } input && input.TryGetConstant(out var clock) ? clock : null;

        static IReadOnlyList<string> RungsOf(PlanNode node) =>
            node.Input("Rungs") is { } input && input.TryGetConstant(out var rungs) ? ValueConversion.ToTexts(rungs) : [];
    }

    private protected override IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context)
    {
        var clock = context.GetText("Clock")!;
        return [(CaseSignals.RungActed, clock), (CaseSignals.ClockStopped, clock)];
    }

    private static ValueTask LookAsync(ActivityContext context, bool waiting)
    {
        var key = context.GetText("Clock")!;
        var complaint = ActOf(context).Complaint;
        if (complaint.Clocks.All.GetValueOrDefault(key) is { } clock)
        {
            var awaited = context.GetTexts("Rungs");
            foreach (var rung in clock.Rungs.Where(r => r.FiredAt is not null && awaited.Contains(r.Key)).OrderBy(r => r.FiredAt))
            {
                if (complaint.AnswerRung(context.Instance.Id, context.Node.Id, clock, rung))
                {
                    return context.CompleteAsync(rung.Key);
                }
            }

            if (!clock.IsOpen)
            {
                return context.CompleteAsync("Stopped");
            }
        }

        if (waiting)
        {
            return CaseWork.KeepWaiting(context);
        }

        Await(context, CaseSignals.RungActed, key);
        Await(context, CaseSignals.ClockStopped, key);
        return ValueTask.CompletedTask;
    }
}

/// <summary>升级督办: somebody above takes notice; the level may rise.</summary>
public sealed class Escalate() : CaseActivity(Describe.Activity(nameof(Escalate), Describe.Clocks, "升级督办", "Escalate",
    [Describe.Many("Who", "承办", "Who", required: true), Describe.One("Raise", "提级", "Raise"), Describe.One("Template", "模板", "Template")]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        var title = ShapeTexts.Of(context.Node);
        act.Complaint.Escalate(act, context.GetTexts("Who"), context.GetText("Template"), title.Zh, title.En);
        if (context.GetText("Raise") is { } raise)
        {
            act.Complaint.RaiseLevel(act, raise == "one" ? null : raise);
        }

        return context.CompleteAsync();
    }
}

/// <summary>
/// 申请延期: somebody asks for more time for a clock, as its limit allows, or decides not to; the limit's approval chain is asked under this step.
/// </summary>
public sealed class ExtendClock() : CaseActivity(Describe.Activity(nameof(ExtendClock), Describe.Clocks, "申请延期", "Extend clock",
    [Describe.One("Clock", "计时", "Clock", required: true), Describe.Many("Who", "承办", "Who", required: true)], "Extended", "Refused"))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        if (Find(context, act) is not { IsOpen: true } clock)
        {
            return context.CompleteAsync("Refused");
        }

        context.SetProperty("before", clock.Extensions.Count);
        CaseWork.Open(context, act, OriginOf(context), OrderOf(context));
        Await(context, CaseSignals.ClockStopped, clock.Key);
        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        var act = ActOf(context);
        if (Find(context, act) is { IsOpen: true } clock)
        {
            var before = Convert.ToInt32(context.GetProperty("before"), System.Globalization.CultureInfo.InvariantCulture);
            if (clock.Extensions.Count > before)
            {
                return context.CompleteAsync("Extended");
            }

            if (clock.Wish is not null || act.Complaint.Tasks.Open.Any(t => t.Shape == context.Node.Id && t.Instance == context.Instance.Id))
            {
                return CaseWork.KeepWaiting(context);
            }
        }

        act.Complaint.Tasks.CancelOf(act, context.Instance.Id, context.Node.Id);
        return context.CompleteAsync("Refused");
    }

    private protected override TaskOrder OrderOf(ActivityContext context) => new(context.GetTexts("Who"))
    {
        Outcomes = ["Refused"],
        AsksTimeFor = context.GetText("Clock"),
    };

    private protected override IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context) =>
        [(CaseSignals.TaskCompleted, context.Node.Id), (CaseSignals.ClockStopped, context.GetText("Clock")!)];

    private static Clock? Find(ActivityContext context, CaseAct act) => act.Complaint.Clocks.All.GetValueOrDefault(context.GetText("Clock")!);
}
