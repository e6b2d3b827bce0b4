using System.Security.Claims;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Incidents;

/// <summary>Failed steps of running processes, for those who can do something about them.</summary>
public interface IIncidentPages
{
    /// <summary>Every open one the reader may know of; null for readers who have no business here.</summary>
    Task<IncidentList?> ListAsync(ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>One instance with its failed steps; null when there is none open that the reader may know of.</summary>
    Task<IncidentPage?> GetAsync(Guid instance, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Runs the failed steps of an instance again.</summary>
    Task<ActionAnswer> RetryAsync(Guid instance, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>Open failed steps.</summary>
/// <param name="Rows">The newest first.</param>
public sealed record IncidentList(IReadOnlyList<IncidentLine> Rows);

/// <summary>A failed step.</summary>
/// <param name="Instance">The instance it failed in.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Process">The process, or the definition's name, with its version.</param>
/// <param name="Zone">The zone times are said in.</param>
/// <param name="At">When it failed.</param>
/// <param name="Cause">What went wrong, in the reader's language.</param>
/// <param name="Detail">The same as the runtime says it.</param>
/// <param name="Number">The case, where the reader may open it.</param>
public sealed record IncidentLine(Guid Instance, string Step, string Process, string Zone, DateTimeOffset At, string Cause, string Detail, string? Number);

/// <summary>An instance with its failed steps.</summary>
public sealed record IncidentPage
{
    public required Guid Instance { get; init; }

    /// <summary>At least one, the newest first.</summary>
    public required IReadOnlyList<IncidentLine> Failed { get; init; }

    /// <summary>The version it runs, with the failed steps framed.</summary>
    public required Diagram Diagram { get; init; }

    /// <summary>Where the case is, the step in the designer, the instance as the designer shows it: what of these the reader may open.</summary>
    public required IReadOnlyList<Choice> Links { get; init; }
    public bool MayRetry { get; init; }

    /// <summary>What came of a retry.</summary>
    public Note? Note { get; init; }
}
