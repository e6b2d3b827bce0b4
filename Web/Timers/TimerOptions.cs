using System.ComponentModel.DataAnnotations;

namespace CaseManagement.Web.Timers;

/// <summary>How this node fires timers and delivers messages.</summary>
public sealed class TimerOptions
{
    public const string Section = "Timers";

    /// <summary>Timers taken at once.</summary>
    [Range(1, 1000)]
    public int Batch { get; set; } = 200;

    /// <summary>How long others leave taken work alone, in seconds; a dead node's timers are taken over after it.</summary>
    [Range(2, 300)]
    public int LeaseSeconds { get; set; } = 10;

    /// <summary>Looks at least this often, in milliseconds.</summary>
    [Range(50, 60_000)]
    public int LookEveryMilliseconds { get; set; } = 1000;
}
