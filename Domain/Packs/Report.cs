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

/// <summary>When a report is made, or is to be done.</summary>
/// <param name="Day">Day of the period, from 1; a day past its end is its last.</param>
/// <param name="Time">Time of day in the pack's zone.</param>
/// <param name="DaySetting">The setting that says the day; null where the pack does.</param>
public sealed record ReportMoment(int Day, TimeOnly Time, string? DaySetting = null)
{
    internal ReportMoment In(PackSettings settings) => DaySetting is not null && settings.Read(DaySetting).Number is { } day
        ? new ReportMoment((int)Math.Clamp(day, 1, 366), Time)
        : this;
}

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

    /// <summary>The setting whose chosen option names the base; null where the pack names it.</summary>
    public string? BaseSetting { get; init; }
}

/// <summary>Makes the report somebody's duty.</summary>
/// <param name="Who">Candidates.</param>
/// <param name="Form">What they fill in.</param>
/// <param name="Due">When it is due; null: when the report is made.</param>
public sealed record ReportTask(IReadOnlyList<string> Who, string? Form, ReportMoment? Due);

/// <summary>By what the rows that meet an award's condition are put in order, the greatest first.</summary>
/// <param name="Measure">A measure of the report.</param>
/// <param name="When">Only if it holds; null means always. Without an order the rows are alike, and a person chooses.</param>
public sealed record AwardRank(string Measure, Condition? When);

/// <summary>Proposes a calculator for the rows that meet a condition.</summary>
/// <param name="Calculator">The award.</param>
/// <param name="Where">Which rows; null means all.</param>
/// <param name="Top">So many at most; null means all.</param>
/// <param name="Rank">Their order; null: they are alike.</param>
public sealed record ReportAwards(string Calculator, Condition? Where, int? Top, AwardRank? Rank = null);

/// <summary>A periodic report.</summary>
public sealed record Report(string Key, BilingualText Name, ReportPeriod Period, ReportMoment At)
{
    /// <summary>The setting that says how often; null where the pack does.</summary>
    public string? PeriodSetting { get; init; }

    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Facts by which it is grouped.</summary>
    public required IReadOnlyList<string> By { get; init; }

    public required IReadOnlyList<ReportMeasure> Measures { get; init; }

    public ReportTask? Task { get; init; }

    public ReportAwards? Awards { get; init; }

    public IReadOnlyList<string> Clauses { get; init; } = [];

    /// <summary>The report with the readings that were chosen in the places that were left open.</summary>
    /// <param name="pack">The pack it is of, whose settings name their options.</param>
    /// <param name="settings">The readings in force.</param>
    public Report In(ProcessPack pack, PackSettings settings) => this with
    {
        Period = PeriodSetting is not null && Periods.TryGetValue(settings.Read(PeriodSetting).Text ?? "", out var often) ? often : Period,
        PeriodSetting = null,
        At = At.In(settings),
        Task = Task is null ? null : Task with { Due = Task.Due?.In(settings) },
        Measures = [.. Measures.Select(measure => measure.BaseSetting is { } reading ? measure with { BaseName = NameOf(pack, reading, settings) ?? measure.BaseName } : measure)],
    };

    /// <summary>How packs and settings write the periods.</summary>
    public static IReadOnlyDictionary<string, ReportPeriod> Periods { get; } =
        Enum.GetValues<ReportPeriod>().ToDictionary(period => period.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static BilingualText? NameOf(ProcessPack pack, string setting, PackSettings settings) =>
        pack.Identity.Settings.FirstOrDefault(one => one.Key == setting)?.Options?.FirstOrDefault(option => option.Key == settings.Read(setting).Text)?.Name;
}
