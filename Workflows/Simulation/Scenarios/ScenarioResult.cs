namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>What became of one scenario.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Failure">What did not hold, with its step and moment; null when everything did.</param>
public sealed record ScenarioResult(string Id, string? Failure)
{
    public bool Passed => Failure is null;
}

/// <summary>Something a scenario expected did not hold, or the scenario cannot be read.</summary>
public sealed class ScenarioFailedException(string message) : Exception(message);
