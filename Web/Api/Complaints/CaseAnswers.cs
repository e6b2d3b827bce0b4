using System.Text.Json;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>A case as outside programs see it.</summary>
public sealed record ComplaintAnswer
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }

    /// <summary>Only for whoever registered it, and for scope <c>cases.code</c>.</summary>
    public string? TrackingCode { get; init; }

    public required string Kind { get; init; }
    public required string Status { get; init; }
    public string? Level { get; init; }

    /// <summary>ordinary, identity, restricted or sealed.</summary>
    public required string Confidentiality { get; init; }

    /// <summary>A lower level, or other people of a sealed case, that a second person has to decide on.</summary>
    public ConfidentialityAsked? ConfidentialityAsked { get; init; }

    public string? Category { get; init; }
    public required ProcessAnswer Process { get; init; }
    public string? Channel { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public required string Subject { get; init; }

    /// <summary>Names and numbers within texts are covered as far as they are recognised, which is not complete; absent: nothing is covered in them.</summary>
    public bool? Masked { get; init; }

    public string? ExternalId { get; init; }
    public string? LeadDepartment { get; init; }
    public required IReadOnlyList<string> Departments { get; init; }

    /// <summary>Who handles it.</summary>
    public string? Assignee { get; init; }

    /// <summary>Values by fact; dates and instants as ISO 8601.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Facts { get; init; }

    public required IReadOnlyList<ClockAnswer> Clocks { get; init; }
    public required IReadOnlyList<TaskAnswer> Tasks { get; init; }
    public IReadOnlyList<string>? Links { get; init; }
    public string? Outcome { get; init; }

    /// <summary>Legal holds that stand; absent where none does.</summary>
    public IReadOnlyList<HoldAnswer>? Holds { get; init; }

    /// <summary>The personal data are only stored and protected; absent where they are not.</summary>
    public RestrictionAnswer? Restriction { get; init; }

    /// <summary>When it was decided that the case is to be erased once nothing stronger keeps it; absent where it was not.</summary>
    public DateTimeOffset? ToBeErasedSince { get; init; }

    /// <summary>Requests about the personal data of this case; absent where there are none.</summary>
    public IReadOnlyList<DataRequestAnswer>? DataRequests { get; init; }

    /// <summary>What the complainant set right; what was said stands beside it.</summary>
    public IReadOnlyList<CorrectionAnswer>? Corrections { get; init; }

    /// <summary>Rises with every change.</summary>
    public required long Version { get; init; }
}

/// <summary>What was asked about how closely a case is kept.</summary>
public sealed record ConfidentialityAsked(string Level, string Reason, string By, DateTimeOffset At);

/// <summary>A legal hold.</summary>
/// <param name="Reason">Absent for those who read the case masked.</param>
/// <param name="ReleaseAskedBy">Who asked to release it; absent while nobody has.</param>
public sealed record HoldAnswer(int Number, string? Reason, string By, DateTimeOffset At, string? ReleaseAskedBy, string? ReleaseReason);

/// <summary>That personal data are only stored and protected.</summary>
/// <param name="Because">delete, restrict or object.</param>
public sealed record RestrictionAnswer(string Because, string Request, DateTimeOffset Since, bool UntilClosing);

/// <summary>A request about the personal data of a case.</summary>
/// <param name="Case">The request's own case.</param>
/// <param name="Outcome">granted, partly, refused or dropped; absent until it is decided.</param>
public sealed record DataRequestAnswer(Guid Case, string Number, string Kind, DateTimeOffset At, string? Outcome, DateTimeOffset? DecidedAt);

/// <summary>Something the complainant set right.</summary>
public sealed record CorrectionAnswer(string Request, string Text, DateTimeOffset At);

/// <summary>The version of a process that handles a case, and the workflow instance that runs for it.</summary>
public sealed record ProcessAnswer(string Key, int Version, Guid? InstanceId);

/// <summary>One time limit running on one case.</summary>
public sealed record ClockAnswer
{
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>The limit it runs under now.</summary>
    public required string Limit { get; init; }

    /// <summary>running, paused, met, breached or cancelled.</summary>
    public required string State { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Absent: no numeric limit.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? MetAt { get; init; }
    public DateTimeOffset? BreachedAt { get; init; }
    public required bool Provisional { get; init; }

    /// <summary>Why it is due then, in the language asked for.</summary>
    public required string Explanation { get; init; }

    public required IReadOnlyList<RungAnswer> Rungs { get; init; }

    /// <summary>When it did not count, in the order it was entered.</summary>
    public IReadOnlyList<PauseAnswer> Pauses { get; init; } = [];

    /// <summary>What was granted on top.</summary>
    public IReadOnlyList<ExtensionAnswer> Extensions { get; init; } = [];

    /// <summary>More time that was asked for and awaits its approval.</summary>
    public WishAnswer? Asked { get; init; }
}

/// <summary>A time during which a clock did not count.</summary>
/// <param name="EnteredAt">When it was entered, if that was afterwards.</param>
public sealed record PauseAnswer(string Reason, string By, DateTimeOffset From, DateTimeOffset? To, DateTimeOffset? EnteredAt);

/// <summary>More time that was granted.</summary>
public sealed record ExtensionAnswer(string Reason, string? AskedBy, string? ApprovedBy, DateTimeOffset At, DateTimeOffset? OldDueAt, DateTimeOffset? NewDueAt);

/// <summary>More time that was asked for.</summary>
/// <param name="DueAt">When it would be due then.</param>
public sealed record WishAnswer(string Reason, string By, DateTimeOffset At, DateTimeOffset DueAt);

/// <summary>A warning or escalation step of a clock.</summary>
public sealed record RungAnswer(string Key, DateTimeOffset? At, DateTimeOffset? FiredAt);

/// <summary>Something a person has to do.</summary>
public sealed record TaskAnswer
{
    public required Guid Id { get; init; }
    public required string Key { get; init; }
    public required string Title { get; init; }

    /// <summary>open, claimed, done or cancelled.</summary>
    public required string State { get; init; }

    public string? Assignee { get; init; }

    /// <summary>The id of the person who may do it for its holder.</summary>
    public string? DelegatedTo { get; init; }
    public required CandidatesAnswer Candidates { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public required IReadOnlyList<string> Outcomes { get; init; }
    public string? Form { get; init; }
    public string? Each { get; init; }
    public DateTimeOffset? DoneAt { get; init; }
    public string? Outcome { get; init; }

    /// <summary>The case it belongs to.</summary>
    public required Guid Complaint { get; init; }
}

/// <summary>Who may take a task.</summary>
public sealed record CandidatesAnswer(IReadOnlyList<string> Users, IReadOnlyList<string> Roles, IReadOnlyList<string> Departments);

/// <summary>Something that happened to a case.</summary>
/// <param name="At">In the case's own time.</param>
/// <param name="Type">Stable name of what happened.</param>
/// <param name="By">Who or what did it.</param>
/// <param name="Text">In words, in the language asked for.</param>
/// <param name="Data">Keys and values.</param>
public sealed record TimelineAnswer(DateTimeOffset At, string Type, ActorAnswer By, string Text, JsonElement Data);

/// <summary>Who or what did something.</summary>
public sealed record ActorAnswer(string Kind, string? Id, string Name)
{
    /// <summary>The id of the person for whom it was done; absent where it was done in one's own name.</summary>
    public string? OnBehalfOf { get; init; }
}
