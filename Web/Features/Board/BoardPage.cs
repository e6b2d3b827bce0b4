using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Board;

/// <summary>What the board shows; all of it stands in the address.</summary>
public sealed record BoardFilter
{
    public const string ByHandler = "handler";
    public const string ByDepartment = "department";
    public const string ByLimit = "limit";
    public const string Late = "late";
    public const string Soon = "soon";

    /// <summary>What stands for "nobody" and "no department" in the address.</summary>
    public const string None = "-";

    /// <summary>The leading department's key.</summary>
    public string? Department { get; init; }

    /// <summary>The handler's id.</summary>
    public string? Handler { get; init; }

    /// <summary>The limit's key.</summary>
    public string? Limit { get; init; }
    public string? Process { get; init; }
    public string? Level { get; init; }

    /// <summary>Which of the ways to add up is shown.</summary>
    public string? By { get; init; }

    /// <summary>The list shown at full length.</summary>
    public string? All { get; init; }
}

/// <summary>The supervisors' board: what is late and about to be, among the cases the reader answers for.</summary>
public sealed record BoardPage
{
    public required BoardFilter Filter { get; init; }
    public required IReadOnlyList<FilterChoice> Filters { get; init; }
    public required BoardCounts Counts { get; init; }
    public required BoardList Late { get; init; }
    public required BoardList Soon { get; init; }

    /// <summary>Added up by handler, department or limit.</summary>
    public required IReadOnlyList<BoardLoad> Load { get; init; }
    public required string By { get; init; }

    /// <summary>Approvals that wait for the reader.</summary>
    public required IReadOnlyList<BoardApproval> Approvals { get; init; }

    /// <summary>Open cases that name somebody of whom nobody has said whether they work here; the oldest first.</summary>
    public required IReadOnlyList<BoardUnbound> Unbound { get; init; }

    /// <summary>When it was counted, with the zone it is told in.</summary>
    public required DateTimeOffset At { get; init; }
    public required string Zone { get; init; }
}

/// <summary>Cases, each counted once.</summary>
/// <param name="Open">All open ones.</param>
/// <param name="Late">With a limit that is over.</param>
/// <param name="Soon">With a limit that has warned, or is due before the day ends.</param>
/// <param name="Approvals">Approvals that wait for the reader.</param>
/// <param name="Unclaimed">With a task nobody holds; a thousand at most, as the next two.</param>
/// <param name="Paused">With a limit that stands still.</param>
/// <param name="EscalatedToday">Somebody above was told of today.</param>
public sealed record BoardCounts(int Open, int Late, int Soon, int Approvals, int Unclaimed, int Paused, int EscalatedToday);

/// <summary>The gravest and most overdue limits of a list, and how many there are in all.</summary>
public sealed record BoardList(IReadOnlyList<BoardRow> Rows, int Total);

/// <summary>One limit of one case.</summary>
public sealed record BoardRow
{
    public required Guid CaseId { get; init; }
    public required string Number { get; init; }
    public required string Subject { get; init; }
    public LevelChip? Level { get; init; }

    /// <summary>The handler, or who holds its open task; null where nobody does.</summary>
    public string? Handler { get; init; }
    public string? Department { get; init; }
    public required ClockBadge Clock { get; init; }

    /// <summary>Who was told of it last.</summary>
    public string? EscalatedTo { get; init; }
}

/// <summary>How many cases somebody, a department or a limit has that are late, that have warned, and open ones in all.</summary>
/// <param name="Key">For the filter.</param>
/// <param name="Name">In the reader's language.</param>
/// <param name="Late">Cases with a late limit.</param>
/// <param name="Soon">Cases with a limit that has warned, or is due before the day ends.</param>
/// <param name="All">Open cases; null by limit, where only what is late or warned is counted.</param>
public sealed record BoardLoad(string Key, string Name, int Late, int Soon, int? All)
{
    /// <summary>Neither late nor warned; a case that is both counts once.</summary>
    public int? Normal => All is { } all ? Math.Max(0, all - Late - Soon) : null;

    public int Total => All ?? Late + Soon;
}

/// <summary>An approval that waits for the reader.</summary>
public sealed record BoardApproval(Guid CaseId, string Number, string Title, DateTimeOffset Since);

/// <summary>A case whose respondent is still a name. The name is on the case's page, for those who may read it.</summary>
public sealed record BoardUnbound(Guid CaseId, string Number, string Subject, DateTimeOffset Since);

/// <summary>One case whose task is to be given to somebody else, with what each of them has on their hands.</summary>
public sealed record ReassignPage
{
    public required Guid CaseId { get; init; }
    public required string Number { get; init; }
    public required string Subject { get; init; }
    public LevelChip? Level { get; init; }
    public required IReadOnlyList<ClockBadge> Clocks { get; init; }

    /// <summary>Tasks and persons to choose from; null where there is nobody to give it to.</summary>
    public FormPage? Form { get; init; }
    public string? Error { get; init; }

    /// <summary>Where to go afterwards: the board as it was.</summary>
    public required string Back { get; init; }
}
