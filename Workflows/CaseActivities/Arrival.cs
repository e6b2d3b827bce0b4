using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>收到投诉: the way in. The case is there already; the process starts here.</summary>
public sealed class ComplaintReceived() : CaseActivity(Describe.Activity(nameof(ComplaintReceived), Describe.Intake, "收到投诉", "Complaint received",
    [Describe.Many("Kinds", "类型", "Kinds", required: true)]) with
{ Kind = ActivityKind.Trigger })
{
    public override ValueTask ExecuteAsync(ActivityContext context) => context.CompleteAsync();
}

/// <summary>重新办理: the second way in, for a case that was closed.</summary>
public sealed class ComplaintReopened() : CaseActivity(Describe.Activity(nameof(ComplaintReopened), Describe.Intake, "重新办理", "Complaint reopened",
    [Describe.Many("Reasons", "原因", "Reasons")]) with
{ Kind = ActivityKind.Trigger })
{
    public override ValueTask ExecuteAsync(ActivityContext context) => context.CompleteAsync();
}

/// <summary>受理告知: tells the complainant the number, the tracking code and the promised dates.</summary>
public sealed class Acknowledge() : CaseActivity(Describe.Activity(nameof(Acknowledge), Describe.Intake, "受理告知", "Acknowledge",
    [Describe.One("Template", "模板", "Template", required: true)]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        act.Complaint.Acknowledge(act, context.GetText("Template")!);
        return context.CompleteAsync();
    }
}
