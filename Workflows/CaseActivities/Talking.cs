using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>通知: one message per recipient and channel, queued in the same commit.</summary>
public sealed class Notify() : CaseActivity(Describe.Activity(nameof(Notify), Describe.Communication, "通知", "Notify",
    [Describe.Many("To", "对象", "To", required: true), Describe.One("Template", "模板", "Template", required: true)]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        foreach (var to in act.Facts.ResolveWho(context.GetTexts("To")))
        {
            act.Log.Send(new CaseMessage(context.GetText("Template")!, to));
        }

        return context.CompleteAsync();
    }
}

/// <summary>答复投诉人: sends the reply at once, or after a person has written or confirmed it.</summary>
public sealed class Reply() : CaseActivity(Describe.Activity(nameof(Reply), Describe.Communication, "答复投诉人", "Reply",
    [
        Describe.One("Kind", "性质", "Kind", required: true) with { UIHint = "radiolist" }, Describe.One("Template", "模板", "Template", required: true),
        Describe.Many("Who", "经办", "Who"), Describe.One("Clock", "计时", "Clock"),
    ]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        if (OrderOf(context) is not { } order)
        {
            Send(context, act, null);
            return context.CompleteAsync();
        }

        CaseWork.Open(context, act, OriginOf(context), order);
        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        var act = ActOf(context);
        if (CaseWork.LastDone(context, act) is not { } done)
        {
            return CaseWork.KeepWaiting(context);
        }

        Send(context, act, done.Text);
        return context.CompleteAsync();
    }

    private protected override TaskOrder? OrderOf(ActivityContext context) =>
        context.GetTexts("Who") is { Count: > 0 } who ? new TaskOrder(who) { Clock = context.GetText("Clock") } : null;

    /// <summary>A reply that waits has a task, even where the new version would send it by itself.</summary>
    private protected override IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context) =>
        [(CaseSignals.TaskCompleted, context.Node.Id)];

    private static void Send(ActivityContext context, CaseAct act, string? text) =>
        act.Complaint.Reply(act, context.GetText("Kind")!, text, context.GetText("Template"));
}

/// <summary>补充材料: asks for what is missing; the named clocks rest until it comes or its own time is over.</summary>
public sealed class RequestInformation() : CaseActivity(Describe.Activity(nameof(RequestInformation), Describe.Communication, "补充材料", "Request information",
    [
        Describe.One("Template", "模板", "Template", required: true), Describe.One("Form", "表单", "Form"),
        Describe.One("Clock", "补正期限", "Clock"), Describe.Many("Pause", "暂停的计时", "Pause"),
    ],
    "Received", "NotReceived"))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        // in the words of whoever sent the process here
        var words = act.Complaint.Tasks.All.LastOrDefault(t => t.DoneAt == act.At && t.Text is not null)?.Text;
        act.Log.Send(new CaseMessage(context.GetText("Template")!, Candidates.Complainant, Text: words));
        act.Record(CaseEvents.MaterialRequested, ("text", words));
        act.Complaint.Facts.Stamp(act, "requestedAt", act.At);
        foreach (var clock in context.GetTexts("Pause"))
        {
            act.Complaint.Clocks.PauseIfRunning(act, clock, null);
        }

        return ComplainantWait.Begin(context, act, material: true);
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        var act = ActOf(context);
        if (ComplainantWait.Outcome(context, act, ["Received"], "NotReceived") is not { } outcome)
        {
            return CaseWork.KeepWaiting(context);
        }

        foreach (var clock in context.GetTexts("Pause"))
        {
            act.Complaint.Clocks.ResumeIfPaused(act, clock);
        }

        return context.CompleteAsync(outcome);
    }

    protected internal override ValueTask MigratedAsync(ActivityContext context, PlanNode old)
    {
        ComplainantWait.StartClock(context, ActOf(context), old);
        return base.MigratedAsync(context, old);
    }

    private protected override IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context) => ComplainantWait.Awaited(context);

    public override ValueTask CancelAsync(ActivityContext context)
    {
        var act = ActOf(context);
        act.Complaint.StopAwaiting(context.Instance.Id, context.Node.Id);
        foreach (var clock in context.GetTexts("Pause"))
        {
            act.Complaint.Clocks.ResumeIfPaused(act, clock);
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>等待投诉人: agreement, disagreement, or silence until the clock runs out.</summary>
public sealed class AwaitComplainant() : CaseActivity(Describe.Activity(nameof(AwaitComplainant), Describe.Communication, "等待投诉人", "Await complainant",
    [Describe.One("Clock", "计时", "Clock")], "Agreed", "Rejected", "NoAnswer"))
{
    public override ValueTask ExecuteAsync(ActivityContext context) => ComplainantWait.Begin(context, ActOf(context), material: false);

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input) =>
        ComplainantWait.Outcome(context, ActOf(context), ["Agreed", "Rejected"], "NoAnswer") is { } outcome
            ? context.CompleteAsync(outcome)
            : CaseWork.KeepWaiting(context);

    protected internal override ValueTask MigratedAsync(ActivityContext context, PlanNode old)
    {
        ComplainantWait.StartClock(context, ActOf(context), old);
        return base.MigratedAsync(context, old);
    }

    private protected override IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context) => ComplainantWait.Awaited(context);

    public override ValueTask CancelAsync(ActivityContext context)
    {
        ActOf(context).Complaint.StopAwaiting(context.Instance.Id, context.Node.Id);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Waiting for the complainant, bounded by a clock.</summary>
internal static class ComplainantWait
{
    public static ValueTask Begin(ActivityContext context, CaseAct act, bool material)
    {
        act.Complaint.AwaitComplainant(context.Instance.Id, context.Node.Id, material);
        context.SetProperty("after", act.Complaint.Answers.Count);
        if (context.GetText("Clock") is { } clock)
        {
            act.Complaint.Clocks.Start(act, clock);
        }

        foreach (var (signal, key) in Awaited(context))
        {
            context.CreateBookmark(signal, key);
        }

        return ValueTask.CompletedTask;
    }

    public static IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context) => context.GetText("Clock") is { } clock
        ? [(CaseSignals.ComplainantAnswered, ""), (CaseSignals.RungActed, clock), (CaseSignals.ClockStopped, clock)]
        : [(CaseSignals.ComplainantAnswered, "")];

    /// <summary>A wait that another version bounds by another clock starts that one.</summary>
    public static void StartClock(ActivityContext context, CaseAct act, PlanNode old)
    {
        var before = old.Input("Clock") is { } input && input.TryGetConstant(out var constant) ? constant as string : null;
        if (context.GetText("Clock") is { } clock && clock != before)
        {
            act.Complaint.Clocks.Start(act, clock);
        }
    }

    /// <summary>The first wanted answer since the wait began; else the outcome of silence when the clock has run out; else null.</summary>
    public static string? Outcome(ActivityContext context, CaseAct act, IReadOnlyList<string> wanted, string silence)
    {
        var answers = act.Complaint.Answers.Skip(Convert.ToInt32(context.GetProperty("after"), System.Globalization.CultureInfo.InvariantCulture));
        var clock = context.GetText("Clock");
        string? outcome = null;
        if (answers.FirstOrDefault(a => wanted.Contains(a.Outcome)) is { } answer)
        {
            outcome = answer.Outcome;
            if (clock is not null)
            {
                act.Complaint.Clocks.Meet(act, clock);
            }
        }
        else if (clock is not null && act.Complaint.Clocks.All.GetValueOrDefault(clock)?.BreachedAt is not null)
        {
            // it has told that nobody answered; nobody here is late, so it does not run on
            outcome = silence;
            act.Complaint.Clocks.Cancel(act, clock);
        }

        if (outcome is not null)
        {
            act.Complaint.StopAwaiting(context.Instance.Id, context.Node.Id);
        }

        return outcome;
    }
}
