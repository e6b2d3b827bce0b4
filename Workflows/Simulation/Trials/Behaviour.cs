using System.Text.Json;

namespace CaseManagement.Workflows.Simulation.Trials;

/// <summary>How people behave while a process is tried out.</summary>
public sealed record Behaviour
{
    /// <summary>The key of <see cref="Outcomes"/> that stands for the complainant's answer.</summary>
    public const string Complainant = "complainant";

    /// <summary>The choice of a task that nobody does.</summary>
    public const string LeftAlone = "-";

    /// <summary>Longest <see cref="After"/>, in hours.</summary>
    public const int MaxHours = 24 * 366;

    /// <summary>How long after a task was opened, or an answer awaited, it is done; zero: at once; null: nobody does anything.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>Outcomes by task key; a task without one takes its first. <see cref="LeftAlone"/>: nobody does it.</summary>
    public IReadOnlyDictionary<string, string> Outcomes { get; init; } = new Dictionary<string, string>();

    /// <summary>What people fill in where a form asks; what is not given is made up.</summary>
    public IReadOnlyDictionary<string, JsonElement> Facts { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>How far the virtual clock runs at most.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromDays(366);
}
