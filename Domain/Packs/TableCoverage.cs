using System.Collections;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Checks;

namespace CaseManagement.Domain.Packs;

/// <summary>What is odd about the rows of a decision table taken together.</summary>
public enum CoverageKind
{
    /// <summary>Some complaint matches no row; the fall-through row answers, where there is one.</summary>
    Gap,

    /// <summary>Two rows of a unique table match one complaint, which stops the flow.</summary>
    Overlap,

    /// <summary>Whatever matches the row is decided by others.</summary>
    NeverDecides,

    /// <summary>No complaint can match the row.</summary>
    NeverMatches,

    /// <summary>The table is too large to tell.</summary>
    TooLarge,
}

/// <summary>Something odd about a decision table, with a complaint that shows it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Row">The row it is about, from 0; null for the table as a whole. Of an overlap the second.</param>
/// <param name="Other">The first row of an overlap.</param>
/// <param name="Example">Facts of a complaint that shows it; a fact left out may be anything, an unknown one is not given.</param>
public sealed record CoverageFinding(CoverageKind Kind, int? Row, int? Other, IReadOnlyDictionary<string, FactValue> Example)
{
    /// <summary>The value stands for any that no row names.</summary>
    public static bool IsAny(FactValue value) => value.Text == FactSamples.AnyText || value.List?.Any(one => one.StartsWith('\0')) == true;
}

/// <summary>
/// Looks for gaps and overlaps of a decision table over what its facts can be: options, truths, intervals of numbers, lengths of lists,
/// and not being given. Readings have their defaults; a fact on the right of a comparison is taken as 0, so what depends on two facts at
/// once is judged for one value of the second.
/// </summary>
public sealed partial class TableCoverage
{
    // pairs of rows grow with the square, combinations of facts with their number
    private const int MaxAlternatives = 400;
    private const int MaxSteps = 200_000;

    private static readonly Dictionary<string, FactValue> Nothing = [];

    private readonly DecisionTable _table;
    private readonly ProcessPack _pack;
    private readonly List<Column> _columns;
    private readonly List<List<Tested>> _rows;
    private int _steps;

    private TableCoverage(DecisionTable table, ProcessPack pack)
    {
        (_table, _pack) = (table, pack);
        var settings = pack.Settings();
        var tests = table.Rows.SelectMany(row => row.If.Alternatives).SelectMany(alternative => alternative.Tests).ToList();
        _columns = [.. tests.GroupBy(test => test.Fact, StringComparer.Ordinal).Select(group => new Column(group.Key, [.. group], pack, settings))];
        _rows = [.. table.Rows.Select(row => row.If.Alternatives.Select(alternative => new Tested(alternative, _columns)).ToList())];
    }

    /// <summary>Everything odd about the table, row by row, the gap last.</summary>
    public static IReadOnlyList<CoverageFinding> Of(DecisionTable table, ProcessPack pack)
    {
        if (IsTooLarge(table))
        {
            return [new CoverageFinding(CoverageKind.TooLarge, null, null, Nothing)];
        }

        var coverage = new TableCoverage(table, pack);
        List<CoverageFinding> found = [.. coverage.Rows(), .. table.Hit == HitPolicy.Unique ? coverage.AllOverlaps() : [], .. coverage.Gaps()];
        return coverage._steps > MaxSteps ? [.. found, new CoverageFinding(CoverageKind.TooLarge, null, null, Nothing)] : found;
    }

    /// <summary>Pairs of rows that can both match.</summary>
    internal static IEnumerable<CoverageFinding> Overlaps(DecisionTable table, ProcessPack pack) => new TableCoverage(table, pack).AllOverlaps();

    /// <summary>A table with more alternatives in its rows is not looked at.</summary>
    internal static bool IsTooLarge(DecisionTable table) => table.Rows.Sum(row => row.If.Alternatives.Count) > MaxAlternatives;

    private IEnumerable<CoverageFinding> AllOverlaps()
    {
        for (var second = 1; second < _rows.Count; second++)
        {
            for (var first = 0; first < second; first++)
            {
                if (_rows[first].SelectMany(one => _rows[second].Select(other => Both(one, other))).FirstOrDefault(example => example is not null) is { } example)
                {
                    yield return new CoverageFinding(CoverageKind.Overlap, second, first, example);
                }
            }
        }
    }

    private Dictionary<string, FactValue>? Both(Tested one, Tested other)
    {
        var example = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        for (var column = 0; column < _columns.Count; column++)
        {
            if (one.Passes[column] is null && other.Passes[column] is null)
            {
                continue;
            }

            var value = _columns[column].Classes.FindIndex(at => one.Accepts(column, at.Index) && other.Accepts(column, at.Index));
            if (value < 0)
            {
                return null;
            }

            example[_columns[column].Fact] = _columns[column].Classes[value].Value;
        }

        return example;
    }

    private IEnumerable<CoverageFinding> Rows()
    {
        for (var row = 0; row < _rows.Count; row++)
        {
            if (!_rows[row].Exists(IsPossible))
            {
                yield return new CoverageFinding(CoverageKind.NeverMatches, row, null, Nothing);
            }
            else if (_table.Hit is HitPolicy.First or HitPolicy.Priority)
            {
                var before = Before(row).SelectMany(other => _rows[other]).ToList();
                if (before.Count > 0 && _rows[row].TrueForAll(alternative => Find(alternative, before, isUnknownToo: true) is null) && _steps <= MaxSteps)
                {
                    yield return new CoverageFinding(CoverageKind.NeverDecides, row, null, Nothing);
                }
            }
        }
    }

    // rows that win wherever both match
    private IEnumerable<int> Before(int row)
    {
        if (_table.Hit == HitPolicy.First)
        {
            return Enumerable.Range(0, row);
        }

        var place = _table.PrecedenceOf(_table.Rows[row].Then, _pack.Levels);
        return Enumerable.Range(0, _rows.Count).Where(other =>
            other != row && _table.PrecedenceOf(_table.Rows[other].Then, _pack.Levels) is var its && (its < place || (its == place && other < row)));
    }

    private IEnumerable<CoverageFinding> Gaps()
    {
        var all = _rows.SelectMany(row => row).ToList();
        if ((Find(null, all, isUnknownToo: false) ?? Find(null, all, isUnknownToo: true)) is { } example)
        {
            yield return new CoverageFinding(CoverageKind.Gap, null, null, example);
        }
    }

    private bool IsPossible(Tested alternative) => Both(alternative, alternative) is not null;

    /// <summary>A complaint that passes one alternative (null: any complaint) and none of the others.</summary>
    private Dictionary<string, FactValue>? Find(Tested? must, List<Tested> none, bool isUnknownToo)
    {
        var example = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        return Search(0, none) ? example : null;

        bool Search(int column, List<Tested> alive)
        {
            if (++_steps > MaxSteps || alive.Exists(one => one.LastColumn < column))
            {
                return false;
            }

            if (column == _columns.Count || (alive.Count == 0 && (must is null || must.LastColumn < column)))
            {
                return true;
            }

            var isFree = must?.Passes[column] is null && alive.TrueForAll(one => one.Passes[column] is null);
            foreach (var (value, index) in _columns[column].Classes)
            {
                if ((value.IsUnknown && !isUnknownToo && !isFree) || _columns[column].IsBetween(value) || must?.Accepts(column, index) == false)
                {
                    continue;
                }

                if (Search(column + 1, alive.FindAll(one => one.Accepts(column, index))))
                {
                    if (!isFree)
                    {
                        example[_columns[column].Fact] = value;
                    }

                    return true;
                }

                if (isFree)
                {
                    return false;
                }
            }

            return false;
        }
    }

    [GeneratedRegex(@"\d\.\d", RegexOptions.NonBacktracking)]
    private static partial Regex Fraction();

    /// <summary>A fact the table tests, with one value for each way its tests can turn out.</summary>
    private sealed class Column
    {
        private readonly bool _isWhole;

        public Column(string fact, FactTest[] tests, ProcessPack pack, PackSettings settings)
        {
            Fact = fact;
            var definition = pack.Facts.Find(fact);
            var samples = FactSamples.Of(fact, definition, tests.Select(test => test.Test), settings).ToList();
            _isWhole = definition is not { Type: FactType.Money } && !Array.Exists(tests, test => Fraction().IsMatch(test.Json));
            var readers = samples.ConvertAll(value => FactSamples.Reader(fact, value, pack, settings));
            Passes = tests.Distinct().ToDictionary(test => test, test => new BitArray(readers.Select(reader => test.Test.Matches(fact, reader)).ToArray()));
            Classes = [.. samples.Select((value, index) => (Value: value, Index: index))
                .GroupBy(sample => string.Concat(Passes.Values.Select(passes => passes[sample.Index] ? '1' : '0')), StringComparer.Ordinal)
                .SelectMany(group => group.Where(sample => sample.Value.IsUnknown).Concat(group.Where(sample => !sample.Value.IsUnknown).OrderBy(sample => IsBetween(sample.Value)).Take(1)))
                .OrderBy(sample => sample.Index)];
        }

        public string Fact { get; }

        /// <summary>For each test which samples pass it.</summary>
        public Dictionary<FactTest, BitArray> Passes { get; }

        public List<(FactValue Value, int Index)> Classes { get; }

        /// <summary>Half a person: a number between two whole ones, where nothing but whole ones are spoken of and it is no amount of money.</summary>
        public bool IsBetween(FactValue value) => _isWhole && value.Number is { } number && decimal.Truncate(number) != number;
    }

    /// <summary>One alternative of a row, tests by column.</summary>
    private sealed class Tested
    {
        public Tested(Alternative alternative, List<Column> columns)
        {
            Passes = new BitArray?[columns.Count];
            LastColumn = -1;
            for (var column = 0; column < columns.Count; column++)
            {
                foreach (var test in alternative.Tests.Where(test => test.Fact == columns[column].Fact))
                {
                    var passes = columns[column].Passes[test];
                    Passes[column] = Passes[column] is { } other ? new BitArray(other).And(passes) : passes;
                    LastColumn = column;
                }
            }
        }

        /// <summary>By column: which samples pass; null where the column is not tested.</summary>
        public BitArray?[] Passes { get; }

        /// <summary>The last column that is tested; -1 for an alternative that always holds.</summary>
        public int LastColumn { get; }

        public bool Accepts(int column, int sample) => Passes[column]?[sample] ?? true;
    }
}
