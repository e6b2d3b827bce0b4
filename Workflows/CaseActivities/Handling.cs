using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Forms;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>
/// 任务: somebody fills in a form and chooses the way on. For each makes one task per element of a list, or per row of a table; a row's task knows its
/// columns as <c>each.column</c>: who owns it, when it is due, what is filled in.
/// </summary>
public sealed class WorkTask() : CaseActivity(Describe.Activity("Task", Describe.Work, "任务", "Task",
    [
        Describe.Many("Who", "承办", "Who", required: true), Describe.One("Form", "表单", "Form"), Describe.Ports("Outcomes", "结果", "Outcomes"),
        Describe.One("Clock", "计时", "Clock"), Describe.One("Stamps", "记录时刻", "Stamps"), Describe.One("ForEach", "每一项", "For each"),
        Describe.Line("MinPeople", "最少人数", "Minimum people"), Describe.Many("NotBy", "不得由其办理", "Not by"),
        Describe.Tick("SkipWhenComplete", "已填全则跳过", "Skip when complete"),
    ]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        var outcomes = Outcomes(context);
        var form = context.GetText("Form");
        if (context.GetBoolean("SkipWhenComplete") && form is not null && IsComplete(act, form))
        {
            if (context.GetText("Stamps") is { } moment)
            {
                act.Complaint.Facts.Stamp(act, moment, act.At);
            }

            return context.CompleteAsync(outcomes[0]);
        }

        var each = Elements(context, act);
        if (each is { Count: 0 })
        {
            return context.CompleteAsync(outcomes[0]);
        }

        CaseWork.Open(context, act, OriginOf(context), OrderOf(context) with { Each = each });
        if (each is not null)
        {
            Await(context, CaseSignals.FactsChanged, "");
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        var act = ActOf(context);
        if (Elements(context, act) is { } each)
        {
            FollowElements(context, act, each);
        }

        return CaseWork.LastDone(context, act) is { } done ? context.CompleteAsync(done.Outcome!) : CaseWork.KeepWaiting(context);
    }

    protected internal override ValueTask MigratedAsync(ActivityContext context, PlanNode old)
    {
        RuleViolationException.ThrowUnless(ListOf(old) == ListOf(context.Node), MigrationRules.ForEachChanged);
        return base.MigratedAsync(context, old);

        static string? ListOf(PlanNode node) => node.Input("ForEach") is { } input && input.TryGetConstant(out var list) ? list as string : null;
    }

    private protected override IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context) =>
        context.GetText("ForEach") is null ? base.Awaited(context) : [.. base.Awaited(context), (CaseSignals.FactsChanged, "")];

    private protected override TaskOrder OrderOf(ActivityContext context) => new(context.GetTexts("Who"))
    {
        Outcomes = Outcomes(context),
        Form = context.GetText("Form"),
        Clock = context.GetText("Clock"),
        Stamps = context.GetText("Stamps"),
        MinPeople = Math.Max(1, context.GetInt32("MinPeople", 1)),
        NotBy = context.GetTexts("NotBy"),
        EachOf = context.GetText("ForEach"),
    };

    private static IReadOnlyList<string> Outcomes(ActivityContext context) =>
        context.GetTexts("Outcomes") is { Count: > 0 } outcomes ? outcomes : ["Done"];

    private static IReadOnlyList<string>? Elements(ActivityContext context, CaseAct act) =>
        context.GetText("ForEach") is { } list ? ListElement.KeysOf(act.Facts.Read(list)) : null;

    private static bool IsComplete(CaseAct act, string form) =>
        FormCheck.Validate(act.Rules.Form(form), new Dictionary<string, System.Text.Json.JsonElement>(), act.Facts, act.Rules.Pack.Facts).IsGood;

    /// <summary>An element that came gets its task, one that went loses its open one.</summary>
    private void FollowElements(ActivityContext context, CaseAct act, IReadOnlyList<string> each)
    {
        var tasks = act.Complaint.Tasks.All.Where(t => t.Shape == context.Node.Id && t.Instance == context.Instance.Id).ToList();
        act.Complaint.Tasks.Cancel(act, [.. tasks.Where(t => t.IsOpen && !each.Contains(t.Each!))]);
        var missing = each.Where(e => tasks.TrueForAll(t => t.Each != e || t.State == Domain.Tasks.TaskState.Cancelled)).ToList();
        if (missing.Count > 0)
        {
            CaseWork.Add(act, OriginOf(context), OrderOf(context) with { Each = missing });
        }
    }
}

/// <summary>受理决定: accept, refuse, or ask for what is missing.</summary>
public sealed class AcceptanceDecision() : CaseActivity(Describe.Activity(nameof(AcceptanceDecision), Describe.Intake, "受理决定", "Acceptance decision",
    [Describe.Many("Who", "承办", "Who", required: true), Describe.One("Form", "表单", "Form"), Describe.One("Clock", "计时", "Clock")],
    "Accepted", "Refused", "MaterialMissing"))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        CaseWork.Open(context, ActOf(context), OriginOf(context), OrderOf(context));
        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        var act = ActOf(context);
        if (CaseWork.LastDone(context, act) is not { } done)
        {
            return CaseWork.KeepWaiting(context);
        }

        if (done.Outcome is "Accepted" or "Refused")
        {
            act.Complaint.Facts.Stamp(act, done.Outcome == "Accepted" ? "acceptedAt" : "refusedAt", act.At);
        }

        return context.CompleteAsync(done.Outcome!);
    }

    private protected override TaskOrder OrderOf(ActivityContext context) => new(context.GetTexts("Who"))
    {
        Outcomes = ["Accepted", "Refused", "MaterialMissing"],
        Form = context.GetText("Form"),
        Clock = context.GetText("Clock"),
    };
}

/// <summary>审批: asks the chain's steps in order; the first that does not agree decides.</summary>
public sealed class Approval() : CaseActivity(Describe.Activity(nameof(Approval), Describe.Work, "审批", "Approval",
    [Describe.One("Chain", "审批链", "Chain", required: true), Describe.One("Clock", "计时", "Clock")],
    ApprovalOutcomes.Approved, ApprovalOutcomes.Returned, ApprovalOutcomes.Refused))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        if (context.GetText("Clock") is { } clock)
        {
            act.Complaint.Clocks.Start(act, clock);
        }

        act.Complaint.Approvals.Open(act, context.GetText("Chain")!, OriginOf(context));
        return GoOn(context, act, waiting: false);
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input) => GoOn(context, ActOf(context), waiting: true);

    protected internal override ValueTask MigratedAsync(ActivityContext context, PlanNode old)
    {
        var act = ActOf(context);
        act.Complaint.Approvals.Follow(act, context.GetText("Chain")!, OriginOf(context));
        return base.MigratedAsync(context, old);
    }

    private protected override IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context) =>
        [(CaseSignals.TaskCompleted, context.Node.Id)];

    private static ValueTask GoOn(ActivityContext context, CaseAct act, bool waiting)
    {
        var state = act.Complaint.Approvals.All[context.GetText("Chain")!].State;
        if (state == ApprovalState.Pending)
        {
            if (waiting)
            {
                return CaseWork.KeepWaiting(context);
            }

            Await(context, CaseSignals.TaskCompleted, context.Node.Id);
            return ValueTask.CompletedTask;
        }

        if (context.GetText("Clock") is { } clock)
        {
            act.Complaint.Clocks.Meet(act, clock);
        }

        return context.CompleteAsync(state.ToString());
    }
}

/// <summary>指定承办: names who leads, who handles, who helps.</summary>
public sealed class Assign() : CaseActivity(Describe.Activity(nameof(Assign), Describe.Work, "指定承办", "Assign",
    [Describe.One("Lead", "牵头部门", "Lead"), Describe.Many("Handler", "处理人", "Handler"), Describe.Many("Team", "小组", "Team")]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        act.Complaint.Assign(act, context.GetText("Lead"), context.GetTexts("Handler") is [var handler, ..] ? handler : null, context.GetTexts("Team"));
        return context.CompleteAsync();
    }
}

/// <summary>回访: asks whether the complainant is content.</summary>
public sealed class FollowUp() : CaseActivity(Describe.Activity(nameof(FollowUp), Describe.Ending, "回访", "Follow up",
    [
        Describe.Many("Who", "承办", "Who", required: true), Describe.One("Form", "表单", "Form"), Describe.Many("NotBy", "不得由其办理", "Not by"),
        Describe.One("Clock", "计时", "Clock"), Describe.Line("Sample", "抽样比例", "Sample"),
    ],
    "Satisfied", "Dissatisfied", "Unreachable", "NotSampled"))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        if (context.GetDecimal("Sample") is { } percent && !act.Complaint.IsSampled(percent))
        {
            act.Complaint.NotFollowedUp(act);
            return context.CompleteAsync("NotSampled");
        }

        CaseWork.Open(context, act, OriginOf(context), OrderOf(context));
        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        var act = ActOf(context);
        if (CaseWork.LastDone(context, act) is not { } done)
        {
            return CaseWork.KeepWaiting(context);
        }

        act.Complaint.FollowUp(act, done.Outcome!, done.Form is { } form && act.Rules.Form(form).Fields.Any(field => field.Fact == "satisfaction"));
        return context.CompleteAsync(done.Outcome!);
    }

    private protected override TaskOrder OrderOf(ActivityContext context) => new(context.GetTexts("Who"))
    {
        Outcomes = ["Satisfied", "Dissatisfied", "Unreachable"],
        Form = context.GetText("Form"),
        NotBy = context.GetTexts("NotBy"),
        Clock = context.GetText("Clock"),
    };
}

/// <summary>结案: closes the case if its gates are open; what still runs or waits ends with it.</summary>
public sealed class Close() : CaseActivity(Describe.Activity(nameof(Close), Describe.Ending, "结案", "Close", [Describe.One("As", "结案方式", "As")]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        act.Complaint.Close(act, context.GetText("As"));
        return context.CompleteAsync();
    }
}
