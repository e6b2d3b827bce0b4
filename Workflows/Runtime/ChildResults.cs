using CaseManagement.Workflows.Expressions;

namespace CaseManagement.Workflows.Runtime;

/// <summary>What a parent learns of a child workflow.</summary>
internal static class ChildResults
{
    /// <summary>
    /// Elsa 3.8's ExecuteWorkflowResult; rc2 leaves version id and correlation id null, and so do we. Elsa loses the output of a
    /// child that had to wait; ours is the same in both cases.
    /// </summary>
    public static Dictionary<string, object?> Of(WorkflowInstance child) => new(StringComparer.Ordinal)
    {
        ["WorkflowDefinitionVersionId"] = null,
        ["WorkflowInstanceId"] = child.Id.ToString(),
        ["CorrelationId"] = null,
        ["Status"] = new NamedNumber(child.Status.ToString(), (int)child.Status),
        ["SubStatus"] = new NamedNumber(child.SubStatus.ToString(), (int)child.SubStatus),
        ["Output"] = new Dictionary<string, object?>(child.Output, StringComparer.Ordinal),
    };
}
