using System.Security.Cryptography;
using System.Text;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Money;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using NodaTime;

namespace CaseManagement.Domain.Counting;

/// <summary>Counting cases together (pack format, counters). The store finds the group; what it comes to is worked out here.</summary>
public static class CounterUse
{
    /// <summary>Reach by which every case of a group has the group's count.</summary>
    public const string Group = "group";

    // a rate that has passed its threshold for ten years in a row is told as such
    private const int MostMonths = 120;

    // figures of a month come in some time after it
    private const int MonthsLate = 3;

    /// <summary>Counts cases, awards or events of a group; else it is a rate of figures and facts alone.</summary>
    public static bool CountsGroups(Counter counter) => counter.Measure is null || counter.Rate is { Of: Counter.Itself } or { Base: Counter.Itself };

    /// <summary>Counts awards or events, of which a case may have several, and of which others of the group are told whatever the counter's reach.</summary>
    public static bool CountsItems(Counter counter) => counter.Of is not null;

    /// <summary>What the counter comes to: the count itself, the rate, or the months in a row; null where that is not known.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="act">The case.</param>
    /// <param name="count">How many it counts together with others; null where it counts none.</param>
    public static decimal? Value(Counter counter, CaseAct act, int? count) => counter.Measure switch
    {
        null => count,
        Counter.RateOf => RateOf(counter, side => Side(counter, act, count, side)),
        _ when ForWhat(counter, act) is { } forWhat => MonthsInARow(counter, act.Rules.Figures, forWhat, act.Rules.DayOf(act.At), act.Facts),
        _ => null,
    };

    /// <summary>How many months in a row, back from the last that has figures, the rate passes the threshold; null where the last months have none.</summary>
    /// <param name="counter">A counter of <see cref="Counter.MonthsInARow"/>.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="forWhat">The supplier, product … whose figures are meant.</param>
    /// <param name="today">Months after this day's are not looked at.</param>
    /// <param name="facts">What the threshold may name.</param>
    public static int? MonthsInARow(Counter counter, FigureBook figures, string forWhat, DateOnly today, IFactReader facts)
    {
        decimal? In(CalendarPeriod month) => RateOf(counter, side => side.StartsWith(FigureNames.External, StringComparison.Ordinal)
            ? figures.Sum(side[FigureNames.External.Length..], forWhat, month)
            : null);
        var month = CalendarPeriod.MonthOf(today);
        for (var late = 0; In(month) is null; late++, month = CalendarPeriod.MonthOf(month.From.AddDays(-1)))
        {
            if (late == MonthsLate)
            {
                return null;
            }
        }

        var months = 0;
        while (months < MostMonths && In(month) is { } rate && counter.Threshold!.Matches(Counter.RateOf, new FactOverlay(new Dictionary<string, FactValue> { [Counter.RateOf] = FactValue.Of(rate) }, facts)))
        {
            months++;
            month = CalendarPeriod.MonthOf(month.From.AddDays(-1));
        }

        return months;
    }

    private static decimal? RateOf(Counter counter, Func<string, decimal?> side) =>
        side(counter.Rate!.Base) is { } all and not 0 && side(counter.Rate.Of) is { } some ? some / all : null;

    private static decimal? Side(Counter counter, CaseAct act, int? count, string side)
    {
        if (side == Counter.Itself)
        {
            return count;
        }

        return side.StartsWith(FigureNames.External, StringComparison.Ordinal)
            ? act.Rules.Figures.At(side[FigureNames.External.Length..], ForWhat(counter, act), act.Rules.DayOf(act.Complaint.ReceivedAt)).Number
            : act.Facts.Read(side).Number;
    }

    // figures are given for what people call it, not for a hash; null while one of the facts is not known
    private static string? ForWhat(Counter counter, CaseAct act)
    {
        var values = counter.Same.Select(fact => FactText.Plain(act.Facts.Read(fact))).ToList();
        return values.Exists(value => value.Length == 0) ? null : FigureNames.For(values);
    }

    /// <summary>By what a case is counted; null while one of the facts is not known, for what is not known is the same as nothing.</summary>
    public static CountedAs? Of(Counter counter, CaseAct act)
    {
        var same = new List<string>(counter.Same.Count);
        foreach (var fact in counter.Same)
        {
            if (ValueOf(fact, act) is not { Length: > 0 } value)
            {
                return null;
            }

            same.Add(value);
        }

        var (weight, at) = ItemsOf(counter, act);
        var distinct = counter.Distinct is { } of && ValueOf(of, act) is { Length: > 0 } one ? one : act.Complaint.Id.ToString();
        return new CountedAs(Hash([act.Complaint.Process, counter.Key, .. same]), Hash([distinct]), weight > 0 && (counter.Where?.Holds(act.Facts) ?? true),
            act.Complaint.Confidentiality.Level < ConfidentialityLevel.Restricted, weight, at);
    }

    /// <summary>The time in which others may be that are counted with a case received then.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Range(Counter counter, DateTimeOffset at) => counter.Window is { } window
        ? (at.AddDays(-Longest(window)), at.AddDays(Longest(window)))
        : (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>
    /// How many, inclusive of the case itself where it counts. With a window: the most that fit into one window, beginning at a case of the group, in
    /// which this case lies; counted back only those not received after it.
    /// </summary>
    /// <param name="counter">The counter.</param>
    /// <param name="group">All of the group in <see cref="Range"/>, the case among them.</param>
    /// <param name="at">When the case was received.</param>
    /// <param name="reach"><c>back</c> or <see cref="Group"/>.</param>
    /// <param name="zone">IANA zone in which days end.</param>
    public static int Count(Counter counter, IReadOnlyList<CountedItem> group, DateTimeOffset at, string? reach, string zone)
    {
        var counted = group.Where(item => item.Holds).ToList();
        return Windows(counter, counted, at, reach, zone).Select(Size).DefaultIfEmpty(0).Max();
    }

    /// <summary>The others that are counted with a case in its fullest window, by number in the order they came.</summary>
    public static IReadOnlyList<CountedItem> With(Counter counter, IReadOnlyList<CountedItem> group, Guid self, DateTimeOffset at, string? reach, string zone)
    {
        var counted = group.Where(item => item.Holds).ToList();
        var fullest = Windows(counter, counted, at, reach, zone).MaxBy(Size) ?? [];
        return [.. fullest.Where(item => item.Complaint != self).OrderBy(item => item.At)];
    }

    private static IEnumerable<List<CountedItem>> Windows(Counter counter, List<CountedItem> counted, DateTimeOffset at, string? reach, string zone)
    {
        bool Reached(CountedItem item) => reach == Group || item.At <= at;
        if (counter.Window is not { } window)
        {
            yield return [.. counted.Where(Reached)];
            yield break;
        }

        var time = DateTimeZoneProviders.Tzdb[zone];
        foreach (var first in counted)
        {
            var end = EndOf(first.At, window, time);
            if (first.At <= at && at < end)
            {
                yield return [.. counted.Where(item => Reached(item) && first.At <= item.At && item.At < end)];
            }
        }
    }

    private static int Size(List<CountedItem> items) => items.GroupBy(item => item.Distinct, StringComparer.Ordinal).Sum(same => same.Max(item => item.Weight));

    /// <summary>How many the case counts for, and when the last was; a complaint counts for one.</summary>
    private static (int Weight, DateTimeOffset? At) ItemsOf(Counter counter, CaseAct act)
    {
        if (counter.Of is not { } of)
        {
            return (1, null);
        }

        if (of.StartsWith(Counter.Awards, StringComparison.Ordinal))
        {
            var calculator = of[Counter.Awards.Length..];
            var given = act.Complaint.Amounts.All.Where(c => c.Calculator == calculator && c.State is not (CalculationState.Refused or CalculationState.Replaced)).ToList();
            return (given.Count, given.Count == 0 ? null : given.Max(c => c.At));
        }

        var said = act.Facts.Read(of[Counter.Events.Length..]);
        var times = said.Number is { } number ? (int)Math.Clamp(number, 0, CaseAmounts.Most) : said.Boolean is { } yes ? (yes ? 1 : 0) : said.Kind is FactValueKind.Rows or FactValueKind.List ? said.Count ?? 0 : said.IsBlank ? 0 : 1;
        return (times, said.Instant);
    }

    // a month runs to the end of the same day number, as a limit of a month does
    private static DateTimeOffset EndOf(DateTimeOffset first, PackSpan window, DateTimeZone zone)
    {
        var day = Instant.FromDateTimeOffset(first).InZone(zone).Date;
        var last = window.Unit switch
        {
            "days" => day.PlusDays(window.Amount),
            "weeks" => day.PlusWeeks(window.Amount),
            "months" => day.PlusMonths(window.Amount),
            _ => day.PlusYears(window.Amount),
        };
        return zone.AtStartOfDay(last.PlusDays(1)).ToDateTimeOffset();
    }

    private static int Longest(PackSpan window) => 1 + (window.Amount * window.Unit switch { "days" => 1, "weeks" => 7, "months" => 31, _ => 366 });

    // two people may share a name, nobody shares a telephone number or address: the strongest that is known says who it is
    private static string? ValueOf(string fact, CaseAct act)
    {
        if (fact == "complainant")
        {
            var who = act.Complaint.Complainant;
            return ContactTrace.Of(who).FirstOrDefault() is { } first ? $"{first.Kind}:{first.Value}" : who.Anonymous ? act.Complaint.Id.ToString() : who.Name?.Trim();
        }

        var value = act.Facts.Read(fact);
        return value.List is { } list ? string.Join('\u001f', list.Order(StringComparer.Ordinal)) : value.IsBlank ? null : FactText.Plain(value) is { Length: > 0 } plain ? plain : value.ToString();
    }

    private static string Hash(IReadOnlyList<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001e', parts))))[..32];
}
