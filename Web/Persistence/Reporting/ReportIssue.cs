using CaseManagement.Domain.Figures;

namespace CaseManagement.Web.Persistence.Reporting;

/// <summary>A report of one period: made, done where it is somebody's duty, sent. Whatever happens to it is one commit with what is told of it, so it happens once.</summary>
public sealed class ReportIssue
{
    public required string Process { get; init; }
    public required string Report { get; init; }

    /// <summary>The first day it is about.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day it is about.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>When it is to be done, or is sent.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Roles whose duty it is, parted by spaces; empty: nobody's, it is sent when it is due.</summary>
    public required string Who { get; init; }

    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Who did it.</summary>
    public string? DoneBy { get; set; }

    /// <summary>What they say about it.</summary>
    public string? Remark { get; set; }

    /// <summary>What they filled in, a JSON object by fact; null where the duty has no form.</summary>
    public string? Answers { get; set; }

    /// <summary>When those it is for, and those above, were told that it was not done in time.</summary>
    public DateTimeOffset? EscalatedAt { get; set; }

    /// <summary>When those it is for were told that it is there.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When it was worked out whom it puts forward for an award; null also where it has none.</summary>
    public DateTimeOffset? AwardedAt { get; set; }

    /// <summary>The days it is about.</summary>
    public CalendarPeriod Period => new(From, Through);
}
