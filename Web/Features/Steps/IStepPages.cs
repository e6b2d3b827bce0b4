using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Steps;

/// <summary>The steps of a workflow as a list that can be changed: what the canvas is for, by keys, on a phone, without script. For process owners.</summary>
public interface IStepPages
{
    /// <summary>The steps of a workflow of a process, the newest version; null when there is none or the reader may not change it.</summary>
    Task<StepList?> ListAsync(string key, string workflow, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>One step; null when there is none or the reader may not change it.</summary>
    Task<StepPage?> GetAsync(string key, string workflow, string step, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Adds a step on a way out of another.</summary>
    /// <returns>Its id where the answer is done.</returns>
    Task<(ActionAnswer Answer, string? Step)> AddAsync(string key, string workflow, NewStep step, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Saves names, inputs and ways of a step.</summary>
    Task<ActionAnswer> SaveAsync(string key, string workflow, string step, string token, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Takes a step away; what led to it leads to what followed, where just one thing did.</summary>
    Task<ActionAnswer> RemoveAsync(string key, string workflow, string step, string token, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>A step to be added.</summary>
/// <param name="Type">Its activity type.</param>
/// <param name="After">The way it goes onto: <c>step|port</c>.</param>
/// <param name="Zh">Its name in Chinese.</param>
/// <param name="En">Its name in English.</param>
/// <param name="Token">What the page was given; somebody else's save in between is not overwritten.</param>
public sealed record NewStep(string? Type, string? After, string? Zh, string? En, string? Token);

/// <summary>A workflow's steps.</summary>
public sealed record StepList
{
    public required string Key { get; init; }
    public required string Workflow { get; init; }
    public required string Name { get; init; }

    /// <summary>The version that is shown; it is saved as the draft.</summary>
    public required int Version { get; init; }
    public required StateMark State { get; init; }
    public required IReadOnlyList<StepLine> Steps { get; init; }

    /// <summary>Types of steps to add, by category.</summary>
    public required IReadOnlyList<(string Category, IReadOnlyList<Choice> Types)> Types { get; init; }

    /// <summary>Ways a new step can go onto.</summary>
    public required IReadOnlyList<Choice> Ways { get; init; }
    public required string Token { get; init; }

    /// <summary>What was typed into the form that was refused.</summary>
    public NewStep? Typed { get; init; }
    public Note? Note { get; init; }
}

/// <summary>A step in the list: its name, what kind it is, where it leads.</summary>
/// <param name="Findings">How many findings are about it.</param>
public sealed record StepLine(string Id, string Name, string Kind, IReadOnlyList<string> Ways, int Findings);

/// <summary>A step to be changed.</summary>
public sealed record StepPage
{
    public required string Key { get; init; }
    public required string Workflow { get; init; }
    public required string WorkflowName { get; init; }
    public required string Step { get; init; }
    public required string Name { get; init; }

    /// <summary>What kind of step it is, and what it does.</summary>
    public required string Kind { get; init; }
    public required string Description { get; init; }

    /// <summary>Names, inputs and ways.</summary>
    public required FormPage Form { get; init; }

    /// <summary>What is found about it.</summary>
    public required IReadOnlyList<string> Findings { get; init; }
    public required string FindingsHref { get; init; }
    public required string DesignerHref { get; init; }
    public required string Token { get; init; }
    public Note? Note { get; init; }
}
