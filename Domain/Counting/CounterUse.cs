using System.Security.Cryptography;
using System.Text;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using NodaTime;

namespace CaseManagement.Domain.Counting;

/// <summary>Counting cases together (pack format, counters). The store finds the group; what it comes to is worked out here.</summary>
public static class CounterUse
{
    /// <summary>Reach by which every case of a group has the group's count.</summary>
    public const string Group = "group";

    /// <summary>Counters over cases; those over awards, events and rates are no count of cases.</summary>
    public static bool CountsCases(Counter counter) => counter is { Of: null, Measure: null };

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

        var distinct = counter.Distinct is { } of && ValueOf(of, act) is { Length: > 0 } one ? one : act.Complaint.Id.ToString();
        return new CountedAs(Hash([act.Complaint.Process, counter.Key, .. same]), Hash([distinct]), counter.Where?.Holds(act.Facts) ?? true, act.Complaint.Confidentiality.Level < ConfidentialityLevel.Restricted);
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

    private static int Size(List<CountedItem> items) => items.Select(item => item.Distinct).Distinct(StringComparer.Ordinal).Count();

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
