using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>
/// 效果验证: one round of a verification plan and, where the plan names reviewers, the review of it: on a form of its own a task of its own, which the verdict
/// waits for; on the same form one sitting, which takes a second person. Drawn as a loop, it counts on until enough rounds in a row were effective.
/// </summary>
public sealed class VerificationRound() : CaseActivity(Describe.Activity(nameof(VerificationRound), Describe.Work, "效果验证", "Verification round",
    [Describe.One("Plan", "验证方案", "Plan", required: true), Describe.Many("Who", "承办", "Who", required: true)], "Next", "Complete", "Failed"))
{
    /// <summary>What follows the shape's id in the key of the task that reviews the round.</summary>
    public const string ReviewKey = ".review";

    private const string Reviewing = "reviewing";

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        context.SetProperty(Reviewing, false);
        act.Complaint.Clocks.Start(act, PlanOf(context).Clock);
        CaseWork.Open(context, act, OriginOf(context), OrderOf(context));
        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        var (act, plan) = (ActOf(context), PlanOf(context));
        if (CaseWork.LastDone(context, act) is null)
        {
            return CaseWork.KeepWaiting(context);
        }

        if (context.GetProperty(Reviewing) is not true)
        {
            act.Complaint.Verifications.Carry(act, plan);
            if (ReviewOf(plan) is not null)
            {
                context.SetProperty(Reviewing, true);
                CaseWork.Add(act, OriginOf(context), OrderOf(context));
                return CaseWork.KeepWaiting(context);
            }
        }

        return context.CompleteAsync(act.Complaint.Verifications.Finish(act, plan));
    }

    private protected override TaskOrder OrderOf(ActivityContext context) => context.GetProperty(Reviewing) is true && ReviewOf(PlanOf(context)) is { } review
        ? new TaskOrder(review.Who) { Outcomes = ["Done"], Form = review.Form, Step = ReviewKey, StepName = new BilingualText("评审", "review") }
        : new TaskOrder(context.GetTexts("Who")) { Outcomes = ["Done"], Form = PlanOf(context).Form, MinPeople = PlanOf(context).Review is not null && ReviewOf(PlanOf(context)) is null ? 2 : 1 };

    private static VerificationReview? ReviewOf(VerificationPlan plan) => plan.Review is { } review && review.Form != plan.Form ? review : null;

    private static VerificationPlan PlanOf(ActivityContext context) =>
        ActOf(context).Rules.Pack.Verifications.GetValueOrDefault(context.GetText("Plan")!)
        ?? throw new InvalidOperationException($"The process has no verification plan '{context.GetText("Plan")}'.");
}
