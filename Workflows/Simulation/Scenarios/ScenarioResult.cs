namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>What became of one scenario.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Failure">What did not hold, with its step and moment; null when everything did.</param>
public sealed record ScenarioResult(string Id, string? Failure)
{
    public bool Passed => Failure is null;
}

/// <summary>What of a scenario did not hold.</summary>
/// <param name="Step">The step's number, from 1; 0 for the scenario as a whole.</param>
/// <param name="Message">All of it in one line, for logs and the command line.</param>
/// <param name="Differences">What was expected and what was got instead; empty when a step could not be done at all.</param>
public sealed record ScenarioFailure(int Step, string Message, IReadOnlyList<ScenarioDifference> Differences);

/// <summary>One expectation that did not hold.</summary>
/// <param name="What">What was compared, as the scenario names it: <c>status</c>, <c>clock reply dueAt</c>, <c>refused</c>.</param>
/// <param name="Got">None: there was nothing.</param>
/// <param name="Expected">None: nothing was expected.</param>
public sealed record ScenarioDifference(string What, string? Got, string? Expected);

/// <summary>Something a scenario expected did not hold, or the scenario cannot be read.</summary>
public sealed class ScenarioFailedException(string message, IReadOnlyList<ScenarioDifference>? differences = null) : Exception(message)
{
    public IReadOnlyList<ScenarioDifference> Differences { get; } = differences ?? [];
}
