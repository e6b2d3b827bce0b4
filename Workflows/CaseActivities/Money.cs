using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>计算金额: works a calculator out and proposes the sum; not worked out again by itself.</summary>
public sealed class Calculate() : CaseActivity(Describe.Activity(nameof(Calculate), Describe.Work, "计算金额", "Calculate amount",
    [Describe.One("Calculator", "计算器", "Calculator", required: true)]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        act.Complaint.Amounts.Propose(act, context.GetText("Calculator")!);
        return context.CompleteAsync();
    }
}
