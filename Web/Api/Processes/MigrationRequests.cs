using System.Text.Json.Serialization;

namespace CaseManagement.Web.Api.Processes;

/// <summary>Running cases are to go from one version of a process to another.</summary>
public sealed record MigrationRequest
{
    /// <summary>The version the cases are on.</summary>
    public int? From { get; init; }

    /// <summary>The version they go to; not a draft.</summary>
    public int? To { get; init; }

    /// <summary>Steps that are called otherwise there: old activity id → new activity id.</summary>
    public IReadOnlyDictionary<string, string>? Map { get; init; }

    /// <summary>Everything is worked out and nothing written.</summary>
    public bool DryRun { get; init; }

    /// <summary>Kept with every case; needed unless it is a dry run.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the answer before said to go on.</summary>
    public Guid? After { get; init; }

    /// <summary>At most so many cases, 1 to 500.</summary>
    public int? Limit { get; init; }
}

/// <summary>What a migration did, or would do.</summary>
public sealed record MigrationAnswer
{
    public required int From { get; init; }
    public required int To { get; init; }
    public required bool DryRun { get; init; }

    /// <summary>Steps of the version to leave that the other has no counterpart for; cases that wait there cannot go.</summary>
    public required IReadOnlyList<UnmappedAnswer> Unmapped { get; init; }

    /// <summary>One for each case of this batch that the caller may see.</summary>
    public required IReadOnlyList<MigratedAnswer> Results { get; init; }

    /// <summary>The others of this batch, counted by how they fared.</summary>
    public required IReadOnlyList<RestrictedAnswer> Restricted { get; init; }

    /// <summary>Cases after this batch.</summary>
    public required int Left { get; init; }

    /// <summary>Send it as <c>after</c> for the next batch; absent when none is left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Next { get; init; }
}

/// <summary>A step without a counterpart.</summary>
public sealed record UnmappedAnswer(string Workflow, string Activity, string Name, string Type);

/// <summary>How one case fared.</summary>
/// <param name="Outcome">moved (in a dry run: would move), alreadyThere or refused.</param>
/// <param name="Reasons">Why it cannot go.</param>
/// <param name="Clocks">Its running clocks before and after.</param>
/// <param name="PassedOver">New steps that lie behind or beside where the case stands.</param>
public sealed record MigratedAnswer(
    Guid Complaint, string Number, string Outcome, IReadOnlyList<RefusalAnswer> Reasons, IReadOnlyList<MigratedClockAnswer> Clocks, IReadOnlyList<string> PassedOver);

/// <summary>Why a case cannot go, and the step concerned.</summary>
public sealed record RefusalAnswer(string Code, string? Activity, string Message);

/// <summary>A running clock; no new due time where it has none, or the version has no limit for it.</summary>
public sealed record MigratedClockAnswer(string Clock, DateTimeOffset? OldDue, DateTimeOffset? NewDue);

/// <summary>Cases the caller may not see.</summary>
/// <param name="Count">Absent: fewer than five.</param>
public sealed record RestrictedAnswer(
    string Outcome, string? Code, string? Activity, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Count);
