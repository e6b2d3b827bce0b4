namespace CaseManagement.Workflows.Runtime;

/// <summary>Names of the runtime's own stimuli.</summary>
public static class Stimuli
{
    /// <summary>Key: the event's name.</summary>
    public const string Event = "Event";

    /// <summary>Key: the task id.</summary>
    public const string RunTask = "RunTask";

    /// <summary>Key: the child instance's id.</summary>
    public const string ChildFinished = "ChildFinished";

    /// <summary>The answer to what an activity sent. Key: empty; it is addressed to instance and bookmark.</summary>
    public const string Answer = "Answer";

    /// <summary>An activity marked to run asynchronously has its turn. Key: empty.</summary>
    public const string Background = "Background";

    /// <summary>Key: node id of a trigger that is due.</summary>
    public const string Schedule = "Schedule";
}
