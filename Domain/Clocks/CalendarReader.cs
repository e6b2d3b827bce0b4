using System.Globalization;
using NodaTime;

namespace CaseManagement.Domain.Clocks;

/// <summary>Checks a calendar document and turns it into what <see cref="WorkCalendar"/> counts with.</summary>
internal sealed class CalendarReader
{
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public CalendarReader(WorkCalendarDocument document)
    {
        ZoneId = document.Zone ?? "";
        Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(ZoneId)
            ?? throw new InvalidTimeRuleException("calendar.zone-unknown", $"There is no time zone called \"{Shown(ZoneId)}\".", Shown(ZoneId));
        PublishedThrough = document.PublishedThrough;

        var dates = (document.Holidays?.Count ?? 0) + (document.MakeUpDays?.Count ?? 0) + (document.SpecialDays?.Count ?? 0);
        if (dates > WorkCalendar.MaxDates)
        {
            throw new InvalidTimeRuleException(
                "calendar.too-many-dates", $"{dates} dates; at most {WorkCalendar.MaxDates}.", dates, WorkCalendar.MaxDates);
        }

        Week = ReadWeek(document.Week);
        OrdinaryDay = Enumerable.Range(1, 7).Select(day => Week[day % 7]).FirstOrDefault(spans => spans.Count > 0)
            ?? throw new InvalidTimeRuleException("calendar.no-working-time", "No day of the week has any working time.");
        Holidays = Distinct(document.Holidays, "holidays");
        MakeUpDays = Distinct(document.MakeUpDays, "makeUpDays");
        MakeUpAs = ReadMakeUpAs(document.MakeUpAs);
        SpecialDays = ReadSpecial(document.SpecialDays);
        Names = ReadNames(document.Names);
        foreach (var date in Holidays.Where(date => MakeUpDays.Contains(date) || SpecialDays.ContainsKey(date)).Order())
        {
            throw new InvalidTimeRuleException("calendar.holiday-and-worked", $"{Iso(date)} is both a holiday and worked.", Iso(date));
        }
    }

    public string ZoneId { get; }

    public DateTimeZone Zone { get; }

    public DateOnly? PublishedThrough { get; }

    /// <summary>Indexed by <see cref="DayOfWeek"/>.</summary>
    public IReadOnlyList<WorkSpan>[] Week { get; }

    /// <summary>The hours of the first working weekday from Monday: those of a make-up day that has none of its own.</summary>
    public IReadOnlyList<WorkSpan> OrdinaryDay { get; }

    public HashSet<DateOnly> Holidays { get; }

    public HashSet<DateOnly> MakeUpDays { get; }

    /// <summary>The weekday whose hours a make-up day has.</summary>
    public Dictionary<DateOnly, DayOfWeek> MakeUpAs { get; }

    public Dictionary<DateOnly, IReadOnlyList<WorkSpan>> SpecialDays { get; }

    public Dictionary<DateOnly, string> Names { get; }

    public WorkCalendarDocument Normalised(string id) => new()
    {
        Id = id,
        Zone = ZoneId,
        Week = Enumerable.Range(1, 7).ToDictionary(day => DayNames[day % 7], day => Written(Week[day % 7])),
        Holidays = [.. Holidays.Order()],
        MakeUpDays = [.. MakeUpDays.Order()],
        MakeUpAs = MakeUpAs.Count == 0 ? null : MakeUpAs.OrderBy(day => day.Key).ToDictionary(day => day.Key, day => DayNames[(int)day.Value]),
        SpecialDays = SpecialDays.Count == 0
            ? null
            : SpecialDays.OrderBy(day => day.Key).ToDictionary(day => day.Key, day => Written(day.Value)),
        PublishedThrough = PublishedThrough,
        Names = Names.Count == 0 ? null : Names.OrderBy(day => day.Key).ToDictionary(),
    };

    private static IReadOnlyList<WorkSpan>[] ReadWeek(IReadOnlyDictionary<string, string[][]>? week)
    {
        var read = new IReadOnlyList<WorkSpan>[7];
        Array.Fill(read, []);
        foreach (var (name, spans) in week ?? new Dictionary<string, string[][]>())
        {
            read[Weekday(name)] = ReadSpans(spans, name);
        }

        return read;
    }

    private static int Weekday(string? name)
    {
        var day = Array.IndexOf(DayNames, name);
        return day >= 0
            ? day
            : throw new InvalidTimeRuleException(
                "calendar.day-unknown", $"\"{Shown(name ?? "")}\" is not a weekday; use mon, tue, wed, thu, fri, sat, sun.", Shown(name ?? ""));
    }

    private Dictionary<DateOnly, DayOfWeek> ReadMakeUpAs(IReadOnlyDictionary<DateOnly, string>? days)
    {
        var read = new Dictionary<DateOnly, DayOfWeek>();
        foreach (var (date, name) in days ?? new Dictionary<DateOnly, string>())
        {
            var weekday = Weekday(name);
            if (!MakeUpDays.Contains(date))
            {
                throw new InvalidTimeRuleException("calendar.not-made-up", $"{Iso(date)} has the hours of a weekday but is no make-up day.", Iso(date));
            }

            if (Week[weekday].Count == 0)
            {
                throw new InvalidTimeRuleException("calendar.made-up-as-day-off", $"{Iso(date)} has the hours of {name}, which is a day off.", Iso(date), name);
            }

            read[date] = (DayOfWeek)weekday;
        }

        return read;
    }

    private static Dictionary<DateOnly, string> ReadNames(IReadOnlyDictionary<DateOnly, string>? names)
    {
        var read = new Dictionary<DateOnly, string>();
        foreach (var (date, name) in names ?? new Dictionary<DateOnly, string>())
        {
            if (read.Count == WorkCalendar.MaxDates)
            {
                throw new InvalidTimeRuleException("calendar.too-many-dates", $"More than {WorkCalendar.MaxDates} names.", names!.Count, WorkCalendar.MaxDates);
            }

            if (name is not { Length: > 0 and <= WorkCalendar.MaxName })
            {
                throw new InvalidTimeRuleException(
                    "calendar.name-too-long", $"The name of {Iso(date)} is not between 1 and {WorkCalendar.MaxName} characters long.", Iso(date), WorkCalendar.MaxName);
            }

            read[InRange(date)] = name;
        }

        return read;
    }

    private static Dictionary<DateOnly, IReadOnlyList<WorkSpan>> ReadSpecial(IReadOnlyDictionary<DateOnly, string[][]>? days)
    {
        var read = new Dictionary<DateOnly, IReadOnlyList<WorkSpan>>();
        foreach (var (date, written) in days ?? new Dictionary<DateOnly, string[][]>())
        {
            var spans = ReadSpans(written, Iso(InRange(date)));
            read[date] = spans.Length > 0
                ? spans
                : throw new InvalidTimeRuleException(
                    "calendar.special-day-empty", $"{Iso(date)} has no hours; make it a holiday instead.", Iso(date));
        }

        return read;
    }

    private static WorkSpan[] ReadSpans(string[][]? written, string day)
    {
        if (written is { Length: > WorkCalendar.MaxSpansPerDay })
        {
            throw new InvalidTimeRuleException(
                "calendar.too-many-spans", $"{day}: more than {WorkCalendar.MaxSpansPerDay} spans.", day, WorkCalendar.MaxSpansPerDay);
        }

        var spans = (written ?? []).Select(pair => ReadSpan(pair, day)).OrderBy(span => span.Start).ToArray();
        for (var i = 1; i < spans.Length; i++)
        {
            if (spans[i - 1].End == TimeOnly.MinValue || spans[i - 1].End > spans[i].Start)
            {
                var (one, other) = (Text(spans[i - 1]), Text(spans[i]));
                throw new InvalidTimeRuleException("calendar.spans-overlap", $"{day}: {one} and {other} overlap.", day, one, other);
            }
        }

        return spans;
    }

    private static WorkSpan ReadSpan(string[]? pair, string day)
    {
        if (pair is not { Length: 2 } || !TryTime(pair[0], out var start) || !(TryTime(pair[1], out var end) || IsMidnight(pair[1])))
        {
            var shown = Shown(string.Join("–", pair ?? []));
            throw new InvalidTimeRuleException(
                "calendar.span-unreadable", $"{day}: \"{shown}\" is not a span such as [\"09:00\",\"18:00\"].", day, shown);
        }

        var span = new WorkSpan(start, IsMidnight(pair[1]) ? TimeOnly.MinValue : end);
        return IsMidnight(pair[1]) || end > start
            ? span
            : throw new InvalidTimeRuleException(
                "calendar.span-reversed", $"{day}: {Text(span)} does not end after it starts; split a night over two days.", day, Text(span));
    }

    private static HashSet<DateOnly> Distinct(IReadOnlyList<DateOnly>? dates, string list)
    {
        var read = new HashSet<DateOnly>();
        foreach (var date in dates ?? [])
        {
            if (!read.Add(InRange(date)))
            {
                throw new InvalidTimeRuleException("calendar.date-twice", $"{Iso(date)} stands twice in {list}.", Iso(date), list);
            }
        }

        return read;
    }

    private static DateOnly InRange(DateOnly date) => date.Year is >= 1900 and <= 2400
        ? date
        : throw new InvalidTimeRuleException("calendar.date-out-of-range", $"{Iso(date)} is not between 1900 and 2400.", Iso(date));

    private static string[][] Written(IReadOnlyList<WorkSpan> spans) =>
        [.. spans.Select(span => new[] { Text(span.Start), span.End == TimeOnly.MinValue ? "24:00" : Text(span.End) })];

    private static bool TryTime(string? text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static bool IsMidnight(string? text) => text == "24:00";

    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Text(WorkSpan span) => $"{Text(span.Start)}–{(span.End == TimeOnly.MinValue ? "24:00" : Text(span.End))}";

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
