namespace CaseManagement.Workflows.Simulation;

/// <summary>How much one simulation may do before it is stopped: a process that never comes to rest must not run for ever.</summary>
public sealed class SimulationBounds
{
    /// <summary>Timers that may fire.</summary>
    public const int MaxFirings = 2_000;

    /// <summary>Deeds of people that may happen.</summary>
    public const int MaxDeeds = 1_000;

    /// <summary>Cases that may be registered.</summary>
    public const int MaxCases = 50;

    /// <summary>Cases that may be registered beside them, by saying how many times.</summary>
    public const int MaxAlike = 1_000;

    /// <summary>How far the virtual clock may run from where it starts.</summary>
    public const int MaxYears = 10;

    /// <summary>How long it may take by the wall clock.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    private int _firings;
    private int _deeds;

    /// <exception cref="SimulationStoppedException"><c>too-many-timers</c></exception>
    public void CountFiring()
    {
        if (++_firings > MaxFirings)
        {
            throw new SimulationStoppedException("too-many-timers", $"More than {MaxFirings} timers fired.");
        }
    }

    /// <exception cref="SimulationStoppedException"><c>too-many-deeds</c></exception>
    public void CountDeed()
    {
        if (++_deeds > MaxDeeds)
        {
            throw new SimulationStoppedException("too-many-deeds", $"People did more than {MaxDeeds} things.");
        }
    }
}

/// <summary>A simulation was stopped by its bounds; what it did so far stands.</summary>
/// <param name="code">too-many-timers, too-many-deeds, going-in-circles, out-of-time.</param>
/// <param name="message">For logs.</param>
public sealed class SimulationStoppedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
