using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Money;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Reporting;

/// <summary>A row of a report that is put forward for an award.</summary>
/// <param name="Groups">The row, in the order of the report's facts.</param>
/// <param name="Amount">What the calculator comes to, in its unit.</param>
/// <param name="MustBeChosen">More rows are alike than awards are left: a person chooses among them.</param>
public sealed record AwardProposal(IReadOnlyList<string?> Groups, decimal Amount, bool MustBeChosen);

/// <summary>Who is put forward for an award by what a report comes to.</summary>
public static class ReportAwarding
{
    /// <summary>No more of a period may be approved than the report awards.</summary>
    public static readonly Rule Enough = new("awards-given", "As many awards of this period have been approved as there are.");

    /// <summary>
    /// The rows that are put forward, the best first. Where fewer awards are left than rows are alike, all of these are put forward and somebody chooses. A row of which it is
    /// not known whom it is of is none; neither is one for which the calculator comes to nothing.
    /// </summary>
    /// <param name="pack">The pack.</param>
    /// <param name="report">One of its reports, with awards.</param>
    /// <param name="table">What it comes to for a period, grouped by all its facts.</param>
    /// <param name="settings">The readings in force.</param>
    /// <param name="expressions">Works out the calculator.</param>
    /// <exception cref="RuleViolationException">The calculator needs what a row does not say.</exception>
    public static IReadOnlyList<AwardProposal> Of(ProcessPack pack, Report report, ReportTable table, PackSettings settings, IValueExpressions expressions)
    {
        if (report.Awards is not { } awards)
        {
            return [];
        }

        var calculator = pack.Calculators[awards.Calculator];
        var rows = table.Rows.Where(row => row.Groups.All(group => !string.IsNullOrEmpty(group)))
            .Select(row => (Row: row, Facts: new ReportRowFacts(pack, table, row, settings)))
            .Where(one => awards.Where?.Holds(one.Facts) != false).ToList();
        var ordered = rows.OrderByDescending(one => PlaceOf(one.Facts)).ToList();
        var top = awards.Top ?? ordered.Count;
        var last = ordered.Count > top && top > 0 ? PlaceOf(ordered[top - 1].Facts) : (decimal?)null;
        var isTied = last is not null && PlaceOf(ordered[top].Facts) == last;
        return
        [
            .. ordered.Where((one, at) => at < top || (isTied && PlaceOf(one.Facts) == last))
                .Select(one => new AwardProposal(
                    one.Row.Groups, CalculatorUse.WorkOut(calculator, one.Facts, pack.Facts, expressions, settings, pack.Identity.Zone).Total, isTied && PlaceOf(one.Facts) == last))
                .Where(one => one.Amount != 0),
        ];

        decimal PlaceOf(ReportRowFacts facts) => awards.Rank is { } rank && rank.When?.Holds(facts) != false ? facts.Read(rank.Measure).Number ?? decimal.MinValue : 0;
    }
}

/// <summary>A row of a report as conditions and calculators read it: its numbers by the keys of the measures, what it is grouped by, and the readings.</summary>
public sealed class ReportRowFacts(ProcessPack pack, ReportTable table, ReportRow row, PackSettings settings) : IFactReader
{
    /// <inheritdoc/>
    public CategoryTrees Categories => pack.Categories;

    /// <inheritdoc/>
    public FactValue Read(string name)
    {
        if (FactNames.SettingKey(name) is { } setting)
        {
            return settings.Read(setting);
        }

        if (row.Cells.TryGetValue(name, out var cell))
        {
            return cell.Value is { } number ? FactValue.Of(number) : FactValue.Unknown;
        }

        return table.By.ToList().IndexOf(name) is >= 0 and var place && row.Groups[place] is { Length: > 0 } text ? FactValue.Of(text) : FactValue.Unknown;
    }
}
