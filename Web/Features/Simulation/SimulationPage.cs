using System.Security.Claims;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Simulation;

/// <summary>Tries versions of processes out for their owners and administrators; for others there is no such page.</summary>
public interface ISimulationPages
{
    /// <summary>Largest scenario file, in bytes.</summary>
    const int MaxScenarioBytes = 1024 * 1024;

    /// <summary>The page before anything has run; null when there is none for this reader.</summary>
    Task<SimulationPage?> FormAsync(string key, SimulationOrder order, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The page with what was typed, without running anything.</summary>
    Task<SimulationPage?> EditAsync(string key, SimulationOrder order, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Runs one of the version's scenarios, or the one that was uploaded.</summary>
    Task<SimulationPage?> ScenarioAsync(string key, SimulationOrder order, IFormFile? upload, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Registers one case and lets people behave as chosen.</summary>
    /// <param name="chosen">Outcomes by task key.</param>
    Task<SimulationPage?> CaseAsync(
        string key, SimulationOrder order, FormAnswers answers, IReadOnlyDictionary<string, string> chosen, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>One of the version's scenarios as a file; null when there is none for this reader.</summary>
    Task<string?> FileAsync(string key, SimulationOrder order, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>What was typed as a scenario of one step, to go on from; null when it cannot be read yet or this reader may not.</summary>
    Task<string?> AsScenarioAsync(string key, SimulationOrder order, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>What somebody asks to be tried out, as posted.</summary>
public sealed record SimulationOrder
{
    public const string Nobody = "nobody";
    public const string AtOnce = "atOnce";
    public const string After = "after";

    public int? Version { get; init; }

    /// <summary>Which of the version's scenarios.</summary>
    public string? Scenario { get; init; }

    /// <summary>complaint, consultation or suggestion.</summary>
    public string? Kind { get; init; }

    /// <summary><see cref="Nobody"/>, <see cref="AtOnce"/> or <see cref="After"/>.</summary>
    public string? People { get; init; }

    /// <summary>Hours after which every task is done, for <see cref="After"/>.</summary>
    public string? Hours { get; init; }
}

/// <summary>Trying a version of a process out.</summary>
public sealed record SimulationPage
{
    public required ProcessTop Top { get; init; }

    /// <summary>The page of the process around it; the controller puts it there.</summary>
    public ProcessPage? Frame { get; init; }
    public required IReadOnlyList<Choice> Versions { get; init; }

    /// <summary>The version's own scenarios.</summary>
    public required IReadOnlyList<Choice> Scenarios { get; init; }
    public string? Scenario { get; init; }
    public string? ScenarioError { get; init; }

    /// <summary>Places of the scenario that cannot be read, and why.</summary>
    public IReadOnlyList<(string Place, string Text)> ScenarioProblems { get; init; } = [];
    public required IReadOnlyList<Choice> Kinds { get; init; }
    public required string Kind { get; init; }
    public required FormPage Complainant { get; init; }
    public required FormPage Matter { get; init; }
    public string People { get; init; } = SimulationOrder.Nobody;
    public string Hours { get; init; } = "4";
    public string? HoursError { get; init; }

    /// <summary>Outcomes to choose for the tasks that the last run opened.</summary>
    public IReadOnlyList<TaskChoice> Choices { get; init; } = [];
    public Note? Note { get; init; }
    public TrialView? Result { get; init; }
}

/// <summary>The head of a page about one version of a process.</summary>
public sealed record ProcessTop(string Key, string Name, int Version, string Zone);

/// <summary>What becomes of a task in the next run.</summary>
public sealed record TaskChoice(string Key, string Title, IReadOnlyList<Choice> Outcomes, string? Chosen);

/// <summary>What a version did.</summary>
public sealed record TrialView
{
    public required string Zone { get; init; }
    public required string Summary { get; init; }
    public required int Days { get; init; }
    public IReadOnlyList<Note> Notes { get; init; } = [];
    public IReadOnlyList<TrialDifference> Differences { get; init; } = [];
    public required IReadOnlyList<TrialLine> Lines { get; init; }
    public required IReadOnlyList<TrialCaseView> Cases { get; init; }
}

/// <summary>An expectation that did not hold.</summary>
public sealed record TrialDifference(string What, string Expected, string Got);

/// <summary>One line of the timeline.</summary>
/// <param name="GapDays">Days in which nothing happened before it; none for less than two.</param>
/// <param name="Look">The class that marks it: is-late, is-warn, is-ok or nothing.</param>
/// <param name="Case">Which case, where there are several.</param>
public sealed record TrialLine(DateTimeOffset At, int? GapDays, string Look, string Icon, string Text, string By, string? Case);

/// <summary>A case as it stood at the end.</summary>
public sealed record TrialCaseView
{
    public required string Title { get; init; }
    public required string Remark { get; init; }
    public required IReadOnlyList<TrialClock> Clocks { get; init; }
    public required IReadOnlyList<TrialTask> Tasks { get; init; }
    public required IReadOnlyList<TrialMessage> Messages { get; init; }
}

/// <summary>A clock, with why it is due then.</summary>
/// <param name="Rungs">What acted when, and what would act next.</param>
public sealed record TrialClock(string Name, string State, string Look, DateTimeOffset? DueAt, DateTimeOffset? MetAt, string Explanation, IReadOnlyList<TrialRung> Rungs);

/// <summary>A step on a clock's ladder.</summary>
public sealed record TrialRung(string Name, DateTimeOffset? At, bool Acted);

/// <summary>A task the process opened.</summary>
public sealed record TrialTask(string Title, string Who, DateTimeOffset OpenedAt, DateTimeOffset? DoneAt, string State);

/// <summary>A message that would have been sent, in the reader's language and in the other.</summary>
public sealed record TrialMessage(
    DateTimeOffset At, string To, string Channel, bool Escalation, string Subject, string Body, string OtherLanguage, string OtherSubject, string OtherBody);
