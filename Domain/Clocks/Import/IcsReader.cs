using System.Globalization;
using System.Text;

namespace CaseManagement.Domain.Clocks.Import;

/// <summary>
/// Reads the all-day events of an iCalendar file (RFC 5545). Whole days have no zone, so <c>TZID</c> says nothing here; events with a time of day
/// are skipped. Recurring events are refused: a calendar is imported year by year, as it is published.
/// </summary>
public static class IcsReader
{
    /// <summary>Longer files are refused, in characters.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>Files with more lines than this, after folding is undone, are refused.</summary>
    public const int MaxLines = 30_000;

    /// <exception cref="InvalidTimeRuleException">
    /// <c>ics.unreadable</c>, <c>ics.too-long</c>, <c>ics.too-many-events</c>, <c>ics.recurring</c>, <c>ics.date-unreadable</c>,
    /// <c>ics.event-too-long</c>, <c>ics.no-days</c>.
    /// </exception>
    public static HolidayFile Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            throw new InvalidTimeRuleException("ics.too-long", $"The file is longer than {MaxLength} characters.", MaxLength);
        }

        var lines = Unfolded(text.TrimStart('\uFEFF'));
        if (lines.Count == 0 || !lines[0].Equals("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidTimeRuleException("ics.unreadable", "The file is not an iCalendar file: it does not begin with BEGIN:VCALENDAR.");
        }

        var events = new List<(HolidayEvent Event, DayMeaning? Said)>();
        var skipped = 0;
        foreach (var lineNumbers in EventsIn(lines))
        {
            if (Event(lines, lineNumbers) is not { } read)
            {
                skipped++;
            }
            else
            {
                events.Add(read);
            }
        }

        return events.Count > 0
            ? new HolidayFile([.. DayMarks.Guess(events).OrderBy(one => one.From).ThenBy(one => one.To)], skipped).EnsureBounded()
            : throw new InvalidTimeRuleException("ics.no-days", "The file has no all-day events.");
    }

    private static List<string> Unfolded(string text)
    {
        var lines = new List<StringBuilder>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Length > 0 && line[0] is ' ' or '\t' && lines.Count > 0)
            {
                lines[^1].Append(line[1..]);
            }
            else if (line.Length > 0)
            {
                if (lines.Count == MaxLines)
                {
                    throw new InvalidTimeRuleException("ics.too-long", $"The file has more than {MaxLines} lines.", MaxLines);
                }

                lines.Add(new StringBuilder().Append(line));
            }
        }

        return lines.ConvertAll(line => line.ToString());
    }

    // The lines of each event itself, without those of alarms inside it.
    private static IEnumerable<List<int>> EventsIn(List<string> lines)
    {
        var inside = new Stack<string>();
        List<int> own = [];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase))
            {
                inside.Push(lines[i][6..].Trim().ToUpperInvariant());
                if (inside.Peek() == "VEVENT")
                {
                    own = [];
                }
            }
            else if (lines[i].StartsWith("END:", StringComparison.OrdinalIgnoreCase))
            {
                var ended = lines[i][4..].Trim().ToUpperInvariant();
                if (inside.Count == 0 || inside.Pop() != ended)
                {
                    throw new InvalidTimeRuleException("ics.unreadable", $"Line {i + 1} ends a part that did not begin.");
                }

                if (ended == "VEVENT")
                {
                    yield return own;
                }
            }
            else if (inside.Count > 0 && inside.Peek() == "VEVENT")
            {
                own.Add(i);
            }
        }

        if (inside.Count > 0)
        {
            throw new InvalidTimeRuleException("ics.unreadable", "The file ends in the middle of a part.");
        }
    }

    private static (HolidayEvent Event, DayMeaning? Said)? Event(List<string> lines, List<int> own)
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (property, value) in own.Select(i => Property(lines[i])))
        {
            properties.TryAdd(property, value);
        }

        if (Value("STATUS").Equals("CANCELLED", StringComparison.OrdinalIgnoreCase) || Date("DTSTART") is not { } from)
        {
            return null;
        }

        var name = Name(Value("SUMMARY"));
        if (properties.ContainsKey("RRULE") || properties.ContainsKey("RDATE"))
        {
            throw new InvalidTimeRuleException("ics.recurring", $"\"{name}\" recurs; export the calendar with one event for each year.", name);
        }

        // the end is the day after the last
        var to = Date("DTEND") is { } end ? end.AddDays(-1) : from.AddDays(Math.Max(Days(Value("DURATION")), 1) - 1);
        to = to < from ? from : to;
        var said = Value("X-APPLE-SPECIAL-DAY").ToUpperInvariant() switch
        {
            "WORK-HOLIDAY" => DayMeaning.Off,
            "ALTERNATE-WORKDAY" => DayMeaning.Worked,
            _ => DayMarks.Of(name),
        };
        return (new HolidayEvent(from, to, name, DayMeaning.Off), said);

        string Value(string property) => properties.GetValueOrDefault(property) ?? "";

        DateOnly? Date(string property)
        {
            if (!properties.TryGetValue(property, out var written) || written.Contains('T', StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            return DateOnly.TryParseExact(written, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1900 and < 2400
                ? date
                : throw new InvalidTimeRuleException("ics.date-unreadable", $"\"{Short(written)}\" is not a day between 1900 and 2400.", Short(written));
        }
    }

    // Parameters such as VALUE=DATE and TZID say nothing that the value does not say itself.
    private static (string Name, string Value) Property(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            quoted ^= line[i] == '"';
            if (line[i] == ':' && !quoted)
            {
                var head = line[..i];
                var semicolon = head.IndexOf(';', StringComparison.Ordinal);
                return (semicolon < 0 ? head : head[..semicolon], line[(i + 1)..].Trim());
            }
        }

        throw new InvalidTimeRuleException("ics.unreadable", $"\"{Short(line)}\" is not a line of an iCalendar file.", Short(line));
    }

    private static int Days(string duration)
    {
        var isWeeks = duration.EndsWith('W');
        return duration is ['P', .., 'D' or 'W'] && int.TryParse(duration.AsSpan(1, duration.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= HolidayFile.MaxDays
            ? count * (isWeeks ? 7 : 1)
            : 1;
    }

    private static string Name(string summary)
    {
        var plain = summary.Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal)
            .Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        var name = new string([.. plain.Where(one => !char.IsControl(one))]).Trim();
        return name.Length <= WorkCalendar.MaxName ? name : name[..WorkCalendar.MaxName];
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
