namespace CaseManagement.Workflows.Runtime;

/// <summary>Bounds that keep one burst from harming the process or the others.</summary>
public sealed record RuntimeLimits
{
    public static RuntimeLimits Default { get; } = new();

    /// <summary>Activity executions of one burst; one more makes an incident. 1 or more.</summary>
    public int MaxExecutionsPerBurst { get; init; } = 10_000;

    /// <summary>Steps of all scripts of one burst together, about a second's worth; one more script makes an incident.</summary>
    public long MaxScriptStepsPerBurst { get; init; } = 5_000_000;

    /// <summary>How deep workflows may start each other within one burst.</summary>
    public int MaxChildDepth { get; init; } = 16;

    /// <summary>Bytes of one instance's state document.</summary>
    public int MaxStateBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Characters of one thing that an activity sends to the outside.</summary>
    public int MaxOutgoingLength { get; init; } = 256 * 1024;

    /// <summary>
    /// How long after a child was cancelled from outside its waiting parent goes on: whoever cancels several does not see the
    /// parent run on in between.
    /// </summary>
    public TimeSpan ParentGoesOnAfterCancellation { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stimulus that found nobody is kept. Elsa 3.8: 10 minutes.</summary>
    public TimeSpan KeepStimuliFor { get; init; } = TimeSpan.FromMinutes(10);
}
