using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Reports;

/// <summary>The reports there are, those that are the reader's duty, and awards they put forward.</summary>
public sealed record ReportList(IReadOnlyList<ReportEntryRow> Reports, IReadOnlyList<DutyRow> Duties, IReadOnlyList<AwardRow> Awards)
{
    /// <summary>Why what was just tried was refused.</summary>
    public string? Error { get; init; }
}

/// <summary>A report in the list.</summary>
/// <param name="To">The roles it is for, in words.</param>
public sealed record ReportEntryRow(string Process, string ProcessName, string Key, string Name, string Period, string To);

/// <summary>A report to be done.</summary>
public sealed record DutyRow(string Process, string Report, string Name, string From, string Days, DateTimeOffset DueAt, bool IsLate, string Zone);

/// <summary>An award that a report puts forward.</summary>
/// <param name="Whose">What the report is grouped by: the store, the team.</param>
/// <param name="State">Where it stands, in words.</param>
/// <param name="Top">So many of a period at most; null for all.</param>
/// <param name="MustBeChosen">More are alike than are given: somebody chooses.</param>
/// <param name="MayDecide">It waits for the reader.</param>
public sealed record AwardRow(
    Guid Id, string Report, string Href, string Days, string Whose, string Award, string Amount, string State, int? Top, bool MustBeChosen, bool MayDecide);

/// <summary>A duty to be done.</summary>
public sealed record DutyPage
{
    public required string Process { get; init; }
    public required string ProcessName { get; init; }
    public required string Report { get; init; }
    public required string Name { get; init; }

    /// <summary>The first day, as in the address.</summary>
    public required string From { get; init; }
    public required string Days { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required bool IsLate { get; init; }
    public required string Zone { get; init; }

    /// <summary>Where the report itself is read.</summary>
    public required string NumbersHref { get; init; }

    /// <summary>What is filled in; null where nothing is.</summary>
    public FormPage? Form { get; init; }
    public string? Remark { get; init; }
    public string? RemarkError { get; init; }
}

/// <summary>What became of a report of one period.</summary>
/// <param name="State">In words.</param>
/// <param name="Remark">What whoever did it says.</param>
/// <param name="Answers">What they filled in: fact and value in words.</param>
public sealed record IssueRow(string Days, string Href, string State, DateTimeOffset? At, bool IsLate, string? Remark, IReadOnlyList<(string Fact, string Value)> Answers);

/// <summary>What is asked of a report.</summary>
public sealed record ReportQuery
{
    /// <summary>First day, or a period.</summary>
    public string? From { get; init; }
    public string? To { get; init; }

    /// <summary>The facts it is grouped by; none: all of the report's.</summary>
    public IList<string> By { get; init; } = [];
}

/// <summary>A report worked out.</summary>
public sealed record ReportView
{
    public required string Process { get; init; }
    public required string ProcessName { get; init; }
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required ReportQuery Query { get; init; }

    /// <summary>The days it covers, in words; null when it was not worked out.</summary>
    public string? Days { get; init; }

    /// <summary>What is wrong with what was asked.</summary>
    public string? Error { get; init; }

    /// <summary>The facts it can be grouped by.</summary>
    public IReadOnlyList<Choice> Facts { get; init; } = [];

    /// <summary>Heads of the columns of facts.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Heads of the columns of numbers.</summary>
    public IReadOnlyList<MeasureHead> Measures { get; init; } = [];
    public IReadOnlyList<ReportLine> Lines { get; init; } = [];
    public ReportLine? Total { get; init; }

    /// <summary>More rows than are shown here; the file has all.</summary>
    public bool HasMore { get; init; }

    /// <summary>Every case has been counted.</summary>
    public bool IsComplete { get; init; } = true;
    public string? PreviousHref { get; init; }
    public string? NextHref { get; init; }
    public string? FileHref { get; init; }

    /// <summary>What became of the last periods, newest first.</summary>
    public IReadOnlyList<IssueRow> Issues { get; init; } = [];
    public string Zone { get; init; } = "UTC";
}

/// <summary>A measure.</summary>
/// <param name="Base">What a share is a share of, in words; null for a plain number.</param>
public sealed record MeasureHead(string Name, string? Base);

/// <summary>A row in words.</summary>
public sealed record ReportLine(IReadOnlyList<string> Groups, IReadOnlyList<ReportFigure> Cells);

/// <summary>A number in words.</summary>
/// <param name="Value">The number, or that it is not told.</param>
/// <param name="Share">The share in per cent; null where there is none.</param>
/// <param name="Base">The number it is a share of.</param>
/// <param name="Part">How long its bar is, of 100: the share, or for a plain number its part of the largest in the column; null where it has none.</param>
public sealed record ReportFigure(string Value, string? Share, string? Base, int? Part = null);
