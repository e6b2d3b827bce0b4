using System.Security.Claims;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Designer;

/// <summary>What stands around Studio on the designer's pages; nothing for people who have no business there.</summary>
public interface IDesignerPages
{
    /// <summary>The bar above Studio; null when this reader may not use the designer.</summary>
    Task<DesignerBar?> BarAsync(DesignerPlace place, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The workflows of a process; null when there is no such process or this reader may not use the designer.</summary>
    Task<DesignerProcess?> ProcessAsync(string key, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>What Studio shows.</summary>
public enum DesignerView
{
    Definitions,
    Definition,
    Instances,
    Instance,
}

/// <summary>Where in the designer somebody is.</summary>
/// <param name="View">What Studio shows.</param>
/// <param name="Definition">The definition shown, or that of the instance shown where it is known.</param>
/// <param name="Version">Its version; null the latest.</param>
/// <param name="Instance">The instance shown.</param>
public sealed record DesignerPlace(DesignerView View, string? Definition = null, int? Version = null, string? Instance = null);

/// <summary>The bar above Studio.</summary>
public sealed record DesignerBar
{
    public required DesignerPlace Place { get; init; }

    /// <summary>Those who look on change nothing.</summary>
    public required bool MayWrite { get; init; }

    /// <summary>What is shown: a workflow with its version, or a list.</summary>
    public required string Title { get; init; }
    public StateMark? State { get; init; }

    /// <summary>The process the definition belongs to.</summary>
    public string? ProcessName { get; init; }
    public string? ProcessHref { get; init; }
    public string? FindingsHref { get; init; }
    public int Findings { get; init; }
    public string? SimulateHref { get; init; }
    public string? PublishHref { get; init; }

    /// <summary>Where the workflow is changed without the canvas; null for readers, and what belongs to no process.</summary>
    public string? StepsHref { get; init; }

    /// <summary>The workflow to read without the canvas.</summary>
    public Diagram? Outline { get; init; }
}

/// <summary>A process and what is drawn in it.</summary>
public sealed record DesignerProcess(string Key, string Name, int Version, StateMark State, IReadOnlyList<DesignerWorkflow> Workflows, bool MayWrite);

/// <summary>A workflow of a process.</summary>
/// <param name="DefinitionId">The id all its versions share.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Use">The kinds of matter that start it; empty where another workflow starts it.</param>
/// <param name="Outline">The workflow to read.</param>
public sealed record DesignerWorkflow(string DefinitionId, string Name, string Use, Diagram Outline);
