using System.Text;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Clocks.Import;

namespace CaseManagement.Domain.Tests.Clocks.Import;

public class IcsReaderTests
{
    [Fact]
    public void All_day_events_are_read_with_their_last_day_and_their_mark()
    {
        var file = IcsReader.Read(Ics(
            Event("国庆节(休)", "DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261008"),
            Event("国庆节（班）", "DTSTART;VALUE=DATE:20260920", "DTEND;VALUE=DATE:20260921"),
            Event("寒露", "DTSTART;VALUE=DATE:20261008")));

        Assert.Equal(
            [
                new HolidayEvent(Day("2026-09-20"), Day("2026-09-20"), "国庆节", DayMeaning.Worked),
                new HolidayEvent(Day("2026-10-01"), Day("2026-10-07"), "国庆节", DayMeaning.Off),
                new HolidayEvent(Day("2026-10-08"), Day("2026-10-08"), "寒露", DayMeaning.Ignored),
            ],
            file.Events);
        Assert.Equal(Day("2026-12-31"), file.PublishedThrough);
    }

    [Theory]
    [InlineData("春节(休)", DayMeaning.Off)]
    [InlineData("春节（班）", DayMeaning.Worked)]
    [InlineData("国庆节调休上班", DayMeaning.Worked)]
    [InlineData("春节补班", DayMeaning.Worked)]
    [InlineData("中秋节放假", DayMeaning.Off)]
    [InlineData("New Year's Day(Holiday)", DayMeaning.Off)]
    [InlineData("Spring Festival(Workday)", DayMeaning.Worked)]
    [InlineData("Spring bank holiday", DayMeaning.Off)]
    [InlineData("Make-up day for Friday", DayMeaning.Worked)]
    public void A_name_says_whether_people_work(string name, DayMeaning meaning) =>
        Assert.Equal(meaning, Assert.Single(IcsReader.Read(Ics(Event(name, "DTSTART;VALUE=DATE:20261001"))).Events).Meaning);

    [Fact]
    public void Where_no_name_says_anything_all_are_days_off()
    {
        var file = IcsReader.Read(Ics(
            Event("Christmas Day", "DTSTART;VALUE=DATE:20261225"), Event("Boxing Day", "DTSTART;VALUE=DATE:20261226")));

        Assert.All(file.Events, one => Assert.Equal(DayMeaning.Off, one.Meaning));
    }

    [Fact]
    public void What_a_phone_writes_about_Chinese_working_days_is_understood()
    {
        var file = IcsReader.Read(Ics(
            Event("国庆节", "DTSTART;VALUE=DATE:20261001", "X-APPLE-SPECIAL-DAY:WORK-HOLIDAY"),
            Event("国庆节", "DTSTART;VALUE=DATE:20261010", "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY")));

        Assert.Equal([DayMeaning.Off, DayMeaning.Worked], file.Events.Select(one => one.Meaning));
    }

    [Fact]
    public void Folded_lines_escapes_quotes_alarms_and_time_zones_do_not_disturb()
    {
        var file = IcsReader.Read(Ics(
            "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
            "BEGIN:VEVENT\r\nDTSTART;TZID=\"Asia/Shanghai:x\";VALUE=DATE:2026\r\n 1001\r\nDURATION:P1W\r\nSUMMARY;LANGUAGE=zh:国庆\\, 中\r\n\t秋\r\n"
            + "BEGIN:VALARM\r\nSUMMARY:bell\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\n"));

        Assert.Equal(new HolidayEvent(Day("2026-10-01"), Day("2026-10-07"), "国庆, 中秋", DayMeaning.Off), Assert.Single(file.Events));
    }

    [Fact]
    public void Events_with_a_time_of_day_and_cancelled_ones_are_left_out_and_counted()
    {
        var file = IcsReader.Read(Ics(
            Event("Meeting", "DTSTART;TZID=Asia/Shanghai:20261001T090000"),
            Event("Party", "DTSTART;VALUE=DATE:20261002", "STATUS:CANCELLED"),
            Event("Feast", "DTSTART;VALUE=DATE:20261003")));

        Assert.Equal("Feast", Assert.Single(file.Events).Name);
        Assert.Equal(2, file.Skipped);
    }

    [Theory]
    [InlineData("", "ics.unreadable")]
    [InlineData("{\"holidays\":[]}", "ics.unreadable")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261001\r\n", "ics.unreadable")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "ics.unreadable")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "ics.no-days")]
    public void A_file_that_is_no_calendar_is_refused(string text, string code) => Refused(code, text);

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20261341", "ics.date-unreadable")]
    [InlineData("DTSTART;VALUE=DATE:99990101", "ics.date-unreadable")]
    [InlineData("DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20270101", "ics.event-too-long")]
    [InlineData("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY", "ics.recurring")]
    [InlineData("no colon here", "ics.unreadable")]
    public void An_event_that_cannot_be_taken_as_days_is_refused(string lines, string code) => Refused(code, Ics(Event("Feast", lines)));

    [Fact]
    public void Too_much_is_refused()
    {
        Refused("ics.too-long", new string('x', IcsReader.MaxLength + 1));
        Refused("ics.too-long", "BEGIN:VCALENDAR\n" + string.Concat(Enumerable.Repeat("X:1\n", IcsReader.MaxLines)));
        Refused("ics.too-many-events", Ics([.. Enumerable.Range(0, HolidayFile.MaxEvents + 1).Select(_ => Event("Feast", "DTSTART;VALUE=DATE:20261001"))]));
    }

    [Fact]
    public void A_name_longer_than_a_calendar_takes_is_cut() =>
        Assert.Equal(WorkCalendar.MaxName, Assert.Single(IcsReader.Read(Ics(Event(new string('节', 5000), "DTSTART;VALUE=DATE:20261001"))).Events).Name.Length);

    [Fact]
    public void A_year_of_Chinese_holidays_is_read_in_runs_with_Chinese_names()
    {
        var file = ChineseDays.Read("""
            {"holidays":{"2026-10-02":"National Day,国庆节,3","2026-10-01":"National Day,国庆节,3","2026-09-25":"Mid-autumn Festival,中秋,1"},
             "workdays":{"2026-10-10":"National Day,国庆节,3"},"inLieuDays":{"2026-10-06":"National Day,国庆节,3"}}
            """);

        Assert.Equal(
            [
                new HolidayEvent(Day("2026-09-25"), Day("2026-09-25"), "中秋", DayMeaning.Off),
                new HolidayEvent(Day("2026-10-01"), Day("2026-10-02"), "国庆节", DayMeaning.Off),
                new HolidayEvent(Day("2026-10-10"), Day("2026-10-10"), "国庆节", DayMeaning.Worked),
            ],
            file.Events);
        Assert.Equal("ics.unreadable", Assert.Throws<InvalidTimeRuleException>(() => ChineseDays.Read("[]")).Code);
    }

    [Fact]
    public void Imported_days_replace_those_of_their_years_or_are_added()
    {
        var before = Given.GoldenCalendar.ToDocument() with
        {
            Holidays = [Day("2025-10-01"), Day("2026-10-01"), Day("2026-12-31")],
            MakeUpDays = [Day("2026-10-10"), Day("2026-10-17")],
            SpecialDays = new Dictionary<DateOnly, string[][]> { [Day("2026-09-30")] = [["09:00", "12:00"]] },
        };
        HolidayEvent[] events =
        [
            new(Day("2026-09-29"), Day("2026-10-02"), "国庆节", DayMeaning.Off),
            new(Day("2026-10-17"), Day("2026-10-17"), "国庆节", DayMeaning.Worked),
            new(Day("2026-10-08"), Day("2026-10-08"), "寒露", DayMeaning.Ignored),
        ];

        var replaced = HolidayImport.Merge(before, new HolidayFile(events, 0), replacesYears: true, Day("2026-12-31"));
        var added = HolidayImport.Merge(before, new HolidayFile(events, 0), replacesYears: false, null);

        Assert.Equal([Day("2025-10-01"), Day("2026-09-29"), Day("2026-09-30"), Day("2026-10-01"), Day("2026-10-02")], replaced.Holidays);
        Assert.Equal([Day("2026-10-17")], replaced.MakeUpDays);
        Assert.Empty(replaced.SpecialDays!);
        Assert.Equal("国庆节", replaced.Names![Day("2026-10-17")]);
        Assert.Contains(Day("2026-12-31"), added.Holidays!);
        Assert.Equal([Day("2026-10-10"), Day("2026-10-17")], added.MakeUpDays);
        Assert.Equal(before.PublishedThrough, added.PublishedThrough);
        Assert.False(WorkCalendar.From("golden-2026", replaced).IsWorkingDay(Day("2026-09-30")));
    }

    [Fact]
    public void A_calendar_written_as_JSON_gives_its_days_with_names_and_half_days()
    {
        var file = HolidayFiles.Read("""
            {"zone":"Asia/Shanghai","holidays":["2026-10-01","2026-10-02"],"makeUpDays":["2026-10-10"],"makeUpAs":{"2026-10-10":"fri"},
             "specialDays":{"2026-09-30":[["09:00","12:00"]]},"names":{"2026-10-01":"国庆节","2026-10-02":"国庆节"},"publishedThrough":"2026-11-30"}
            """);
        var merged = WorkCalendar.From("golden-2026", HolidayImport.Merge(Given.GoldenCalendar.ToDocument(), file, replacesYears: true, file.PublishedThrough));

        Assert.Equal(new HolidayEvent(Day("2026-10-01"), Day("2026-10-02"), "国庆节", DayMeaning.Off), file.Events[0]);
        Assert.Equal(Day("2026-11-30"), merged.PublishedThrough);
        Assert.Equal(Given.At("2026-09-30 12:00"), merged.CloseOfBusiness(Day("2026-09-30")));
        Assert.True(merged.IsMakeUpDay(Day("2026-10-10")));
        Assert.True(merged.IsWorkingDay(Day("2026-10-05")));
    }

    [Theory]
    [InlineData("[1,2]", "ics.unreadable")]
    [InlineData("{\"holidays\":\"none\"}", "ics.unreadable")]
    [InlineData("{\"holidays\":[]}", "ics.no-days")]
    [InlineData("holidays", "ics.unreadable")]
    [InlineData("{\"holidays\":[\"0001-01-01\"]}", "ics.date-unreadable")]
    public void What_is_neither_calendar_nor_days_is_refused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<InvalidTimeRuleException>(() => HolidayFiles.Read(text)).Code);

    private static DateOnly Day(string iso) => Given.Date(iso);

    private static string Event(string name, params string[] lines) =>
        new StringBuilder("BEGIN:VEVENT\r\n").AppendJoin("\r\n", lines).Append("\r\nSUMMARY:").Append(name).Append("\r\nEND:VEVENT\r\n").ToString();

    private static string Ics(params string[] events) =>
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:Asia/Shanghai\r\n{string.Concat(events)}END:VCALENDAR\r\n";

    private static void Refused(string code, string text) =>
        Assert.Equal(code, Assert.Throws<InvalidTimeRuleException>(() => IcsReader.Read(text)).Code);
}
