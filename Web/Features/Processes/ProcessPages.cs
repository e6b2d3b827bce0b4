using System.Security.Claims;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Reads processes for their pages and publishes them.</summary>
public interface IProcessPages
{
    Task<ProcessList> ListAsync(ProcessFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>One version, the live one unless another is named; null when there is none this reader may see.</summary>
    Task<ProcessPage?> GetAsync(string key, int? version, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> PublishAsync(string key, int version, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>Which processes to list.</summary>
public sealed record ProcessFilter
{
    public string? Q { get; init; }
    public string? Sector { get; init; }
}

/// <summary>The list of processes.</summary>
public sealed record ProcessList(ProcessFilter Filter, int Total, IReadOnlyList<Choice> Sectors, IReadOnlyList<ProcessCard> Cards)
{
    /// <summary>Where a pack is taken in; absent when this reader may not.</summary>
    public string? ImportHref { get; init; }
}

/// <summary>A process at a glance.</summary>
public sealed record ProcessCard
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Remark { get; init; }
    public required StateMark State { get; init; }
    public required int Version { get; init; }
    public required int Open { get; init; }
    public int MustFix { get; init; }
    public int Review { get; init; }
    public int ClausesCovered { get; init; }
    public int Clauses { get; init; }
}

/// <summary>One version of a process.</summary>
public sealed record ProcessPage
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Remark { get; init; }
    public required StateMark State { get; init; }
    public required int Version { get; init; }
    public required string Zone { get; init; }
    public required IReadOnlyList<VersionLine> Versions { get; init; }

    /// <summary>One per kind the process handles; the first is the complaint's.</summary>
    public required IReadOnlyList<Diagram> Diagrams { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }
    public required IReadOnlyList<ClauseLine> Clauses { get; init; }
    public string? DesignerHref { get; init; }
    public string? ExportHref { get; init; }
    public string? LimitsHref { get; init; }

    /// <summary>Where running cases are taken to another version; absent when none is open or this reader may not.</summary>
    public string? MigrateHref { get; init; }

    /// <summary>Takes the published version out of use; absent when it is not published or this reader may not.</summary>
    public string? RetractHref { get; init; }

    /// <summary>The form that publishes a draft, or an earlier version again; absent when there is nothing to publish or this reader may not.</summary>
    public FormPage? Publish { get; init; }
    public Note? Note { get; init; }
    public int MustFix => Findings.Count(one => one.MustFix);
}

/// <summary>A version in the list.</summary>
public sealed record VersionLine(int Number, StateMark State, string Remark, DateTimeOffset At, int Open);

/// <summary>Something that must be fixed, or looked at, before publishing.</summary>
public sealed record Finding(bool MustFix, string Title, string Text);

/// <summary>A policy clause and what implements it; nothing when no step does.</summary>
public sealed record ClauseLine(string Id, string Text, string? Steps);
