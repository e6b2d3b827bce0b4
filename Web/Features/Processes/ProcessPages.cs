using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Reads processes for their pages and publishes them.</summary>
public interface IProcessPages
{
    Task<ProcessList> ListAsync(ProcessFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>One version with one of its tabs; null when there is none this reader may see.</summary>
    Task<ProcessPage?> GetAsync(string key, ProcessView view, ClaimsPrincipal user, CancellationToken cancellationToken);

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

    /// <summary>Where one is made; absent when this reader may not.</summary>
    public string? NewHref { get; init; }
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
