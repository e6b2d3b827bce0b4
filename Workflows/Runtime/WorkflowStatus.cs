namespace CaseManagement.Workflows.Runtime;

/// <summary>Numbers are Elsa's: scripts' results store them.</summary>
public enum WorkflowStatus
{
    Running = 0,
    Finished = 1,
}

/// <summary>Why an instance runs or has finished. Numbers are Elsa's.</summary>
public enum WorkflowSubStatus
{
    Pending = 0,
    Executing = 1,
    Suspended = 2,
    Finished = 3,
    Cancelled = 4,
    Faulted = 5,
}

/// <summary>Elsa spells an activity's <c>Canceled</c> with one l and a workflow's <c>Cancelled</c> with two.</summary>
public enum ActivityStatus
{
    Pending,
    Running,
    Completed,
    Canceled,
    Faulted,
}
