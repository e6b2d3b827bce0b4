using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>Every activity type of the product: Elsa's own and ours.</summary>
public static class AllActivities
{
    public static IReadOnlyList<Activity> Ours { get; } =
    [
        new ComplaintReceived(), new ComplaintReopened(), new AcceptanceDecision(), new Acknowledge(),
        new Decide(), new Record(), new AwaitFact(),
        new WorkTask(), new Approval(), new Assign(),
        new StartClock(), new StopClock(), new PauseClock(), new ResumeClock(), new ExtendClock(), new AwaitRung(), new Escalate(),
        new Notify(), new Reply(), new RequestInformation(), new AwaitComplainant(),
        new IssueDocument(), new ReferOutside(),
        new VerificationRound(), new Calculate(), new FollowUp(), new Close(),
    ];

    public static ActivityRegistry Registry { get; } = new([.. BuiltInActivities.All, .. Ours]);
}
