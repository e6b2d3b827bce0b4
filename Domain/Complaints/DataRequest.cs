using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Complaints;

/// <summary>What somebody may ask about their own data. Outside programs rely on the words.</summary>
public static class DataRequestKinds
{
    public const string Access = "access";
    public const string Copy = "copy";
    public const string Correct = "correct";
    public const string Delete = "delete";
    public const string Restrict = "restrict";
    public const string Objection = "object";
    public const string Move = "move";

    /// <summary>Why an automatic level is what it is.</summary>
    public const string Explain = "explain";

    public static readonly IReadOnlyList<string> All = [Access, Copy, Correct, Delete, Restrict, Objection, Move, Explain];

    /// <summary>Those that say what is asked for in words of their own.</summary>
    public static bool NeedsText(string kind) => kind is Correct or Restrict or Objection;

    /// <summary>Those that are answered with a file.</summary>
    public static bool GivesBundle(string kind) => kind is Access or Copy or Move or Explain;
}

/// <summary>
/// What the process that takes requests and the product tell each other: facts of these names, which its pack declares. The product fills all but the last
/// two, which the process decides.
/// </summary>
public static class DataRequestFacts
{
    /// <summary>One of <see cref="DataRequestKinds"/>.</summary>
    public const string Kind = "requestKind";

    /// <summary>The numbers of the cases it is about.</summary>
    public const string About = "requestAbout";

    /// <summary>What stood against a deletion when it was asked for: a word of <see cref="KeepingGround"/> in small letters.</summary>
    public const string Obstacle = "requestObstacle";

    /// <summary>A word of <see cref="DataRequestOutcomes"/>.</summary>
    public const string Decision = "requestDecision";

    /// <summary>Why, as the person is told.</summary>
    public const string Reason = "requestReason";
}

/// <summary>How a request ends.</summary>
public static class DataRequestOutcomes
{
    public const string Granted = "granted";
    public const string Partly = "partly";
    public const string Refused = "refused";

    /// <summary>It ended without a decision.</summary>
    public const string Dropped = "dropped";

    public static readonly IReadOnlyList<string> All = [Granted, Partly, Refused, Dropped];
}

/// <summary>A case that a request is about.</summary>
public sealed record RequestedCase(Guid Id, string Number);

/// <summary>That a case is somebody's request about their own data in other cases.</summary>
/// <param name="Kind">One of <see cref="DataRequestKinds"/>.</param>
/// <param name="About">The cases it is about.</param>
public sealed record DataRequest(string Kind, IReadOnlyList<RequestedCase> About)
{
    /// <summary>The words of the request; what a correction adds.</summary>
    public string Text { get; init; } = "";

    /// <summary>The most closely kept of the cases it is about: the request is kept as they are.</summary>
    [JsonIgnore]
    public CaseConfidentiality? KeptAs { get; init; }

    /// <summary>Who leads the first of the cases, and so the request.</summary>
    [JsonIgnore]
    public string? Lead { get; init; }
}

/// <summary>A request as the case it is about knows it.</summary>
/// <param name="Case">The request's own case.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">One of <see cref="DataRequestKinds"/>.</param>
/// <param name="At">When it came in.</param>
public sealed record NotedRequest(Guid Case, string Number, string Kind, DateTimeOffset At)
{
    /// <summary>A word of <see cref="DataRequestOutcomes"/>; null until it is decided.</summary>
    public string? Outcome { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why, as the person was told.</summary>
    public string? Reason { get; init; }
}

/// <summary>Something the complainant set right. What it corrects stays as it was said.</summary>
/// <param name="Request">The number of the request.</param>
/// <param name="Text">The words.</param>
/// <param name="At">When it was added.</param>
public sealed record Correction(string Request, string Text, DateTimeOffset At);

/// <summary>A file with somebody's own data that waits to be fetched once.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Request">The number of the request it answers.</param>
/// <param name="Kind">What was asked for.</param>
/// <param name="CreatedAt">From when on.</param>
/// <param name="EndsAt">Until when.</param>
public sealed record DataExport(Guid Id, string Request, string Kind, DateTimeOffset CreatedAt, DateTimeOffset EndsAt)
{
    /// <summary>When it was fetched; it is fetched once.</summary>
    public DateTimeOffset? DownloadedAt { get; init; }

    public bool IsOpenAt(DateTimeOffset now) => DownloadedAt is null && now < EndsAt;
}

/// <summary>That a case's personal data are only stored and protected, and used for nothing but its own handling.</summary>
/// <param name="Because">The kind of request it goes back to.</param>
/// <param name="Request">The number of that request.</param>
/// <param name="At">Since when.</param>
/// <param name="UntilClosing">It ends by itself when the case does.</param>
public sealed record Restriction(string Because, string Request, DateTimeOffset At, bool UntilClosing);

/// <summary>That a case is to be erased, because somebody's request was granted. Whoever erases does it once nothing stronger keeps the case.</summary>
/// <param name="Request">The number of the request.</param>
/// <param name="At">When it was decided.</param>
public sealed record ErasureDue(string Request, DateTimeOffset At);
