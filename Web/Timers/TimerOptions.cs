using System.ComponentModel.DataAnnotations;

namespace CaseManagement.Web.Timers;

/// <summary>How this node fires timers and delivers messages.</summary>
public sealed class TimerOptions
{
    public const string Section = "Timers";

    /// <summary>So many timers of this node are taken and not yet done at once.</summary>
    [Range(1, 1000)]
    public int Batch { get; set; } = 200;

    /// <summary>Measured: with more of them requests wait noticeably while many timers are due, with fewer the timers take longer.</summary>
    public const int ParallelOnServer = 32;

    /// <summary>
    /// So many of them run at once. 0: on PostgreSQL <see cref="ParallelOnServer"/>; on SQLite all, because bursts that wait together are
    /// committed together; on SQL Server half of <c>Storage:BurstConnections</c>, because each takes a connection of its own.
    /// </summary>
    [Range(0, 1000)]
    public int Parallel { get; set; }

    /// <summary>Clocks of so many cases are fired in one commit, where so many are due. 1: each case by itself.</summary>
    [Range(1, 100)]
    public int Together { get; set; } = 32;

    /// <summary>So many such commits at once: the other connections are for requests.</summary>
    public const int CrowdsAtOnce = 2;

    /// <summary>How long others leave taken work alone, in seconds; a dead node's timers are taken over after it.</summary>
    [Range(2, 300)]
    public int LeaseSeconds { get; set; } = 6;

    /// <summary>Looks at least this often, in milliseconds.</summary>
    [Range(50, 60_000)]
    public int LookEveryMilliseconds { get; set; } = 1000;

    /// <summary>However many timers are written, what was written is looked at no more often than this, in milliseconds.</summary>
    [Range(0, 1000)]
    public int SettleMilliseconds { get; set; } = 20;

    /// <summary>A timer that failed so often is given up until an operator decides.</summary>
    [Range(1, 50)]
    public int MaxAttempts { get; set; } = 10;
}
