using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>The period a report covers.</summary>
public enum ReportPeriod
{
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>When a report is made.</summary>
/// <param name="Day">Day of the period, from 1; a day past its end is its last.</param>
/// <param name="Time">Time of day in the pack's zone.</param>
public sealed record ReportMoment(int Day, TimeOnly Time);

/// <summary>What is counted: cases that meet a condition, or a figure from an interface.</summary>
/// <param name="Cases">Cases; null for a figure.</param>
/// <param name="Figure">Name of the figure, such as <c>external.sales</c>; null for cases.</param>
public sealed record MeasureSource(Condition? Cases, string? Figure);

/// <summary>One number of a report; a share when it has a base.</summary>
public sealed record ReportMeasure(string Key, BilingualText Name, MeasureSource Count)
{
    /// <summary>The moment fact that puts a case into the period.</summary>
    public string? On { get; init; }

    /// <summary>What a share is a share of; null for a plain count.</summary>
    public MeasureSource? Base { get; init; }

    /// <summary>The base in words; a share is never written without it.</summary>
    public BilingualText? BaseName { get; init; }
}

/// <summary>Makes the report somebody's duty.</summary>
/// <param name="Who">Candidates.</param>
/// <param name="Form">What they fill in.</param>
/// <param name="Due">When it is due, as written.</param>
public sealed record ReportTask(IReadOnlyList<string> Who, string? Form, string? Due);

/// <summary>Proposes a calculator for the rows that meet a condition.</summary>
/// <param name="Calculator">The award.</param>
/// <param name="Where">Which rows; null means all.</param>
/// <param name="Top">Only the first so many; null means all.</param>
public sealed record ReportAwards(string Calculator, Condition? Where, int? Top);

/// <summary>A periodic report.</summary>
public sealed record Report(string Key, BilingualText Name, ReportPeriod Period, ReportMoment At)
{
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Facts by which it is grouped.</summary>
    public required IReadOnlyList<string> By { get; init; }

    public required IReadOnlyList<ReportMeasure> Measures { get; init; }

    public ReportTask? Task { get; init; }

    public ReportAwards? Awards { get; init; }

    public IReadOnlyList<string> Clauses { get; init; } = [];
}
