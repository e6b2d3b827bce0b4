using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace CaseManagement.Domain.Packs;

/// <summary>How long a run of numbers lasts before it starts again at 1.</summary>
public enum NumberCycle
{
    Never,
    Day,
    Month,
    Year,
}

/// <summary>What happens when a cycle's numbers are used up.</summary>
public enum WhenNumbersFull
{
    /// <summary>No further number is given.</summary>
    Block,

    /// <summary>Numbers go on with one digit more.</summary>
    Extend,
}

/// <summary>How case numbers are made: <c>TS{yyyy}{MM}{seq:4}</c>, dates in the pack's zone.</summary>
public sealed partial class NumberScheme
{
    /// <summary>Longest pattern.</summary>
    public const int MaxPattern = 100;

    private readonly DateTimeZone _zone;
    private readonly int _width;

    /// <exception cref="RuleViolationException"><c>numbering-invalid</c>: no <c>{seq:1}</c>…<c>{seq:9}</c> or more than
    /// one, an unknown placeholder, an unknown zone, or a pattern in which a cycle's numbers would repeat.</exception>
    public NumberScheme(string pattern, NumberCycle cycle, WhenNumbersFull whenFull, string zone)
    {
        var placeholders = Placeholder().Matches(pattern).Select(match => match.Groups[1].Value).ToList();
        var sequences = placeholders.Where(name => Sequence().IsMatch(name)).ToList();
        var dates = placeholders.Except(sequences, StringComparer.Ordinal).ToList();
        var hasYear = dates.Contains("yyyy") || dates.Contains("yy");

        Require(pattern.Length <= MaxPattern, "the pattern is too long");
        Require(sequences.Count == 1, "the pattern needs exactly one {seq:n} with n from 1 to 9");
        Require(dates.All(name => name is "yyyy" or "yy" or "MM" or "dd"), "the pattern knows {yyyy}, {yy}, {MM}, {dd} and {seq:n}");
        Require(!Placeholder().Replace(pattern, string.Empty).Contains('{', StringComparison.Ordinal), "a bracket is not closed");
        Require(
            cycle == NumberCycle.Never
            || (hasYear && (cycle == NumberCycle.Year || dates.Contains("MM")) && (cycle != NumberCycle.Day || dates.Contains("dd"))),
            "numbers would repeat: the pattern lacks a part of the date that the cycle starts anew with");

        Pattern = pattern;
        Cycle = cycle;
        WhenFull = whenFull;
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? throw Invalid("the zone is unknown");
        _width = sequences[0][^1] - '0';
    }

    public string Pattern { get; }

    public NumberCycle Cycle { get; }

    public WhenNumbersFull WhenFull { get; }

    /// <summary>The last number of a cycle, where numbers end.</summary>
    public int? LastInCycle => WhenFull == WhenNumbersFull.Block ? (int)Math.Pow(10, _width) - 1 : null;

    /// <summary>The key under which a cycle's last number is kept: <c>2026-09</c> for a month, empty for a run that never
    /// starts anew.</summary>
    public string CycleKey(DateTimeOffset at) => Cycle switch
    {
        NumberCycle.Never => string.Empty,
        NumberCycle.Day => Local(at).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        NumberCycle.Month => Local(at).ToString("uuuu-MM", CultureInfo.InvariantCulture),
        NumberCycle.Year => Local(at).ToString("uuuu", CultureInfo.InvariantCulture),
    };

    /// <summary>The number of a case.</summary>
    /// <param name="at">When it was received.</param>
    /// <param name="sequence">Its place in the cycle, from 1.</param>
    /// <exception cref="RuleViolationException"><c>numbers-used-up</c></exception>
    public string Format(DateTimeOffset at, int sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        RuleViolationException.ThrowUnless(
            LastInCycle is not { } last || sequence <= last,
            new Rule("numbers-used-up", $"All numbers of '{Pattern}' for this {Cycle} are used up."));

        var day = Local(at);
        return Placeholder().Replace(Pattern, match => match.Groups[1].Value switch
        {
            "yyyy" => day.Year.ToString("0000", CultureInfo.InvariantCulture),
            "yy" => (day.Year % 100).ToString("00", CultureInfo.InvariantCulture),
            "MM" => day.Month.ToString("00", CultureInfo.InvariantCulture),
            "dd" => day.Day.ToString("00", CultureInfo.InvariantCulture),
            _ => sequence.ToString(CultureInfo.InvariantCulture).PadLeft(_width, '0'),
        });
    }

    private LocalDate Local(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(_zone).Date;

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw Invalid(what);
        }
    }

    private static RuleViolationException Invalid(string what) =>
        new(new Rule(FindingCodes.NumberingInvalid, $"The numbering cannot be used: {what}."));

    [GeneratedRegex(@"\{([^{}]*)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    [GeneratedRegex("^seq:[1-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex Sequence();
}
