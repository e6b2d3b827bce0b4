using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Reporting;

/// <summary>How many cases of one group one measure has.</summary>
/// <param name="Measure">The measure's key.</param>
/// <param name="Groups">As <see cref="ReportEntry.Groups"/>.</param>
/// <param name="Counted">Cases counted.</param>
/// <param name="Base">Cases in the base.</param>
/// <param name="Close">Closely kept cases among them.</param>
public sealed record ReportSum(string Measure, string Groups, int Counted, int Base, int Close);

/// <summary>A number of a report.</summary>
/// <param name="Value">How many; null: it is not told, being small and not for everybody.</param>
/// <param name="Base">What the share is a share of; null where there is no share, or with the value.</param>
public sealed record ReportCell(decimal? Value, decimal? Base)
{
    /// <summary>The number is below <see cref="ReportTable.Few"/> and holds closely kept cases.</summary>
    public bool IsSuppressed => Value is null;

    /// <summary>The share, 0.194 for 19.4 %; null where there is none or its base is 0.</summary>
    public decimal? Share => Value is { } value && Base is { } all and not 0 ? value / all : null;
}

/// <summary>One row: the values it is grouped by, and a number for each measure.</summary>
/// <param name="Groups">In the order of the report's facts; null: not known.</param>
/// <param name="Cells">By measure.</param>
public sealed record ReportRow(IReadOnlyList<string?> Groups, IReadOnlyDictionary<string, ReportCell> Cells);

/// <summary>A report worked out for a period.</summary>
public sealed class ReportTable
{
    /// <summary>A number below this that holds closely kept cases is not told.</summary>
    public const int Few = 5;

    /// <summary>The facts it is grouped by: the report's, or some of them.</summary>
    public required IReadOnlyList<string> By { get; init; }

    public required CalendarPeriod Period { get; init; }

    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <summary>All groups together.</summary>
    public required ReportRow Total { get; init; }

    /// <summary>Puts sums together to a table.</summary>
    /// <param name="report">The report.</param>
    /// <param name="period">The days it covers.</param>
    /// <param name="sums">Sums of cases by the report's own facts.</param>
    /// <param name="figures">Figures from outside.</param>
    /// <param name="by">Some of the report's facts; null: all of them.</param>
    public static ReportTable Of(Report report, CalendarPeriod period, IReadOnlyList<ReportSum> sums, FigureBook figures, IReadOnlyList<string>? by = null)
    {
        by ??= report.By;
        var places = by.Select(fact => report.By.ToList().IndexOf(fact)).ToList();
        var read = sums.Select(sum => (Groups: Narrowed(ReportEntries.ReadGroups(sum.Groups)), Sum: sum)).ToList();
        var byKey = read.ToLookup(one => Key(one.Groups), one => one.Sum, StringComparer.Ordinal);
        var given = report.Measures.SelectMany(measure => new[] { measure.Count.Figure, measure.Base?.Figure }).OfType<string>().Select(Plain).Distinct(StringComparer.Ordinal)
            .SelectMany(name => figures.GivenFor(name, period)).Distinct(StringComparer.Ordinal).ToList();

        // figures know for what they are given as one text; they stand with the groups where it is grouped by all facts
        var all = read.Select(one => one.Groups)
            .Concat(by.Count == report.By.Count ? given.Where(one => one.Length > 0).Select(one => Narrowed([.. Split(one, report.By.Count)])) : [])
            .DistinctBy(Key, StringComparer.Ordinal).OrderBy(Key, StringComparer.Ordinal).ToList();
        return new ReportTable
        {
            By = by,
            Period = period,
            Rows = [.. all.Select(groups => Row(groups, [.. byKey[Key(groups)]], [FigureNames.For(groups.Select(g => g ?? ""))]))],
            Total = Row([], sums, given.Count > 0 ? given : [""]),
        };

        IReadOnlyList<string?> Narrowed(IReadOnlyList<string?> groups) => [.. places.Select(place => place >= 0 && place < groups.Count ? groups[place] : null)];

        ReportRow Row(IReadOnlyList<string?> groups, IReadOnlyList<ReportSum> of, IReadOnlyList<string> forWhat) => new(
            groups, report.Measures.ToDictionary(measure => measure.Key, measure => Cell(measure, [.. of.Where(sum => sum.Measure == measure.Key)], forWhat), StringComparer.Ordinal));

        ReportCell Cell(ReportMeasure measure, IReadOnlyList<ReportSum> of, IReadOnlyList<string> forWhat)
        {
            decimal Given(string figure) => forWhat.Sum(one => figures.Sum(Plain(figure), one, period) ?? 0);
            var value = measure.Count.Figure is { } counted ? Given(counted) : of.Sum(sum => sum.Counted);
            decimal? whole = measure.Base switch
            {
                null => null,
                { Figure: { } figure } => Given(figure),
                _ => of.Sum(sum => sum.Base),
            };
            return value < Few && of.Any(sum => sum.Close > 0) ? new ReportCell(null, null) : new ReportCell(value, whole);
        }
    }

    private static string Key(IReadOnlyList<string?> groups) => string.Join('\u001f', groups.Select(group => group ?? "\u001e"));

    private static string Plain(string figure) =>
        figure.StartsWith(FigureNames.External, StringComparison.Ordinal) ? figure[FigureNames.External.Length..] : figure;

    private static string[] Split(string forWhat, int facts) => facts == 1 ? [forWhat] : forWhat.Split(" / ");
}
