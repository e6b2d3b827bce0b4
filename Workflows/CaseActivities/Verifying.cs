using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>效果验证: one round of a verification plan; drawn as a loop, it counts on until enough rounds in a row were effective.</summary>
public sealed class VerificationRound() : CaseActivity(Describe.Activity(nameof(VerificationRound), Describe.Work, "效果验证", "Verification round",
    [Describe.One("Plan", "验证方案", "Plan", required: true), Describe.Many("Who", "承办", "Who", required: true)], "Next", "Complete", "Failed"))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        act.Complaint.Clocks.Start(act, PlanOf(context).Clock);
        CaseWork.Open(context, act, OriginOf(context), OrderOf(context));
        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        var act = ActOf(context);
        return CaseWork.LastDone(context, act) is null
            ? CaseWork.KeepWaiting(context)
            : context.CompleteAsync(act.Complaint.Verifications.Finish(act, PlanOf(context)));
    }

    private protected override TaskOrder OrderOf(ActivityContext context) => new(context.GetTexts("Who"))
    {
        Outcomes = ["Done"],
        Form = PlanOf(context).Form,
    };

    private static VerificationPlan PlanOf(ActivityContext context) =>
        ActOf(context).Rules.Pack.Verifications.GetValueOrDefault(context.GetText("Plan")!)
        ?? throw new InvalidOperationException($"The process has no verification plan '{context.GetText("Plan")}'.");
}
