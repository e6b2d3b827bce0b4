using System.Text.Json;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Api.Processes;

/// <summary>A process.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name, in the language asked for.</param>
/// <param name="Version">The published version; absent: none is.</param>
/// <param name="LatestVersion">The newest version, published or not.</param>
/// <param name="Kinds">The kinds of case it takes.</param>
/// <param name="Channels">The channels it takes them by.</param>
public sealed record ProcessSummary(
    string Key, string Name, int? Version, int LatestVersion, IReadOnlyList<string> Kinds, IReadOnlyList<string> Channels);

/// <summary>A version of a process.</summary>
public sealed record ProcessVersionAnswer(int Version, string State, string? Note, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? PublishedAt)
{
    internal static ProcessVersionAnswer Of(ProcessVersion stored) => new(
        stored.Version, CaseWords.Lower(stored.State), stored.Note, stored.CreatedBy, stored.CreatedAt, stored.PublishedAt);
}

/// <summary>What is wrong, or remarkable, in a process.</summary>
public sealed record FindingAnswer(string Code, string File, string Path, string Message, string Severity)
{
    internal static FindingAnswer Of(Finding finding, string language) =>
        new(finding.Code, finding.File, finding.JsonPath, finding.Message.In(language), CaseWords.Lower(finding.Severity));
}

/// <summary>What came of an import.</summary>
/// <param name="Supersedes">The version that was the draft until now; it is kept and is none any more. Absent: there was none.</param>
public sealed record ImportAnswer(string Key, int Version, IReadOnlyList<FindingAnswer> Findings, int? Supersedes);

/// <summary>What came of a check.</summary>
/// <param name="GivesAway">What the version would give away over the one in use, to be confirmed at publication; absent: nothing.</param>
public sealed record ValidateAnswer(string Key, int Version, IReadOnlyList<FindingAnswer> Findings, GivesAwayAnswer? GivesAway);

/// <summary>What a version gives away over the one in use: ways out, recipients, personal data, candidates; guards that are gone.</summary>
/// <param name="Digest">Stands for just this list; <c>confirms</c> of a publication.</param>
/// <param name="Powers">One by one.</param>
public sealed record GivesAwayAnswer(string Digest, IReadOnlyList<PowerAnswer> Powers)
{
    internal static GivesAwayAnswer? Of(IReadOnlyList<PowerChange> powers, string language) => powers.Count == 0 ? null : new(
        PublishReview.DigestOf(powers), [.. powers.Select(p => new PowerAnswer(CaseWords.Lower(p.Kind), p.Place.File, p.Text.In(language)))]);
}

/// <summary>One power gained, or guard lost.</summary>
/// <param name="Kind">egress, recipient, personalData, candidate, gate, approval, confidentiality, exclusion.</param>
/// <param name="File">The pack's file it stands in.</param>
/// <param name="Message">In words, in the language asked for.</param>
public sealed record PowerAnswer(string Kind, string File, string Message);

/// <summary>The version meant; the newest when absent.</summary>
public sealed record VersionRequest(int? Version);

/// <summary>What is to be published.</summary>
/// <param name="Version">The newest when absent.</param>
/// <param name="Note">What its publisher says about it.</param>
/// <param name="Confirms">The digest of what the version gives away, as <c>validate</c> and the refusal tell it; needed where it gives something away over the version in use.</param>
public sealed record PublishRequest(int? Version, string? Note, string? Confirms);

/// <summary>A time limit in force.</summary>
public sealed record LimitAnswer
{
    public required string Key { get; init; }

    /// <summary>The clock it runs on.</summary>
    public required string Clock { get; init; }

    public required string Name { get; init; }

    /// <summary>Holds while the limit applies; as in the pack.</summary>
    public JsonElement? When { get; init; }

    public decimal? Amount { get; init; }
    public required string Unit { get; init; }
    public required string Calendar { get; init; }
    public required string CountFrom { get; init; }
    public required string EndOf { get; init; }
    public required string IfNonWorking { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }

    /// <summary>As in the pack.</summary>
    public JsonElement? Rungs { get; init; }

    public required IReadOnlyList<string> PauseReasons { get; init; }
    public string? Clause { get; init; }

    /// <summary>The date fact that holds the promised date.</summary>
    public string? Promised { get; init; }

    /// <summary>A running clock starts afresh when its start moment is recorded again.</summary>
    public bool Reset { get; init; }

    /// <summary>How it may be extended; as in the pack.</summary>
    public JsonElement? Extend { get; init; }

    /// <summary>Who may pause, resume, extend and promise, and until when; as in the pack.</summary>
    public JsonElement? May { get; init; }

    /// <summary>The template that tells the complainant of pauses, extensions and promises.</summary>
    public string? Notice { get; init; }

    /// <summary>Rises with every change.</summary>
    public required int Version { get; init; }

    /// <summary>What to send back as <c>seen</c>, so that nobody's change is overwritten.</summary>
    public required string Seen { get; init; }

    /// <summary>What to send back as <c>seen</c> when a limit is added, taken away or moved.</summary>
    public required string RowsSeen { get; init; }

    /// <summary>The rule in one sentence.</summary>
    public required string Sentence { get; init; }
}
