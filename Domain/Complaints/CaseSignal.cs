namespace CaseManagement.Domain.Complaints;

/// <summary>
/// A fact of the domain that a waiting step of the process may be woken by. Bookmarks carry the same name and key
/// (activities: "a bookmark's stimulus is named after the fact of the domain").
/// </summary>
/// <param name="Name">One of <see cref="CaseSignals"/>.</param>
/// <param name="Key">The task's id or the clock's key; empty where one case has but one.</param>
public readonly record struct CaseSignal(string Name, string Key);

public static class CaseSignals
{
    /// <summary>A task was done; key: its shape.</summary>
    public const string TaskCompleted = "TaskCompleted";

    /// <summary>A document was signed or issued; key: its template.</summary>
    public const string DocumentSigned = "DocumentSigned";

    /// <summary>A rung of the clock acted; key: the clock.</summary>
    public const string RungActed = "RungActed";

    /// <summary>A clock was met or cancelled; key: the clock.</summary>
    public const string ClockStopped = "ClockStopped";

    /// <summary>A fact, the level or a clock's state changed; key: empty.</summary>
    public const string FactsChanged = "FactsChanged";

    /// <summary>The complainant agreed, rejected or sent material; key: empty.</summary>
    public const string ComplainantAnswered = "ComplainantAnswered";
}
