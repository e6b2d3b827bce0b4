using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Reporting;

namespace CaseManagement.Web.Persistence.Reporting;

/// <summary>Where an award stands.</summary>
public enum ReportAwardState
{
    Proposed,
    Approved,
    Refused,
}

/// <summary>A row of a report that was put forward for an award. It belongs to no case: a store without a complaint has none.</summary>
public sealed class ReportAward
{
    public required Guid Id { get; init; }
    public required string Process { get; init; }
    public required string Report { get; init; }

    /// <summary>The first day of the report.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Its last day.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>The row, as <see cref="ReportEntry.Groups"/>.</summary>
    public required string Groups { get; init; }

    public required string Calculator { get; init; }

    /// <summary>What the calculator came to, in its unit.</summary>
    public required decimal Amount { get; init; }

    /// <summary>More rows were alike than awards are left.</summary>
    public required bool MustBeChosen { get; init; }

    public required ReportAwardState State { get; set; }

    /// <summary>Keys of the steps of its approval asked so far, parted by spaces.</summary>
    public required string Asked { get; set; }

    /// <summary>Those that have not answered, parted by spaces.</summary>
    public required string Waiting { get; set; }

    public required DateTimeOffset ProposedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Who approved it last, or refused it.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; set; }

    /// <summary>The days of the report.</summary>
    public CalendarPeriod Period => new(From, Through);

    /// <summary>Where its approval stands.</summary>
    public AwardApproval Approval
    {
        get => new(Asked.Split(' ', StringSplitOptions.RemoveEmptyEntries), Waiting.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        set => (Asked, Waiting) = (string.Join(' ', value.Asked), string.Join(' ', value.Waiting));
    }
}
