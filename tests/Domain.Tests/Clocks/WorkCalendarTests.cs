using CaseManagement.Domain.Clocks;

namespace CaseManagement.Domain.Tests.Clocks;

public class WorkCalendarTests
{
    private static readonly WorkCalendar Golden = Given.GoldenCalendar;

    [Theory]
    [InlineData("2026-09-24", true, "an ordinary Thursday")]
    [InlineData("2026-09-25", false, "Mid-Autumn")]
    [InlineData("2026-09-26", false, "a Saturday")]
    [InlineData("2026-09-20", true, "a make-up Sunday")]
    [InlineData("2026-10-10", true, "a make-up Saturday")]
    public void A_day_is_worked_by_week_holiday_and_make_up(string date, bool worked, string why)
    {
        Assert.NotEmpty(why);
        Assert.Equal(worked, Golden.IsWorkingDay(Given.Date(date)));
    }

    [Theory]
    [InlineData("2026-09-18 08:59", false)]
    [InlineData("2026-09-18 09:00", true)]
    [InlineData("2026-09-18 17:59", true)]
    [InlineData("2026-09-18 18:00", false)]
    [InlineData("2026-09-19 12:00", false)]
    [InlineData("2026-09-20 12:00", true)]
    public void People_are_at_work_from_opening_until_just_before_the_close(string at, bool open) =>
        Assert.Equal(open, Golden.IsOpenAt(Given.At(at)));

    [Theory]
    [InlineData("2026-09-14 11:00", 2, "2026-09-14 09:00")]
    [InlineData("2026-09-14 11:00", 3, "2026-09-11 17:00")]
    [InlineData("2026-10-08 10:00", 10, "2026-09-30 09:00")]
    [InlineData("2026-10-04 12:00", 1, "2026-09-30 17:00")]
    public void Working_time_is_counted_back_as_well(string from, int hours, string reached) =>
        Assert.Equal(Given.At(reached), Golden.AddWorkingTime(Given.At(from), -TimeSpan.FromHours(hours)));

    [Theory]
    [InlineData("2026-10-13", -5, "2026-09-30")]
    [InlineData("2026-10-12", -1, "2026-10-10")]
    [InlineData("2026-09-30", 1, "2026-10-08")]
    [InlineData("2026-10-03", 0, "2026-10-03")]
    public void Working_days_are_counted_in_both_directions(string from, int days, string reached) =>
        Assert.Equal(Given.Date(reached), Golden.AddWorkingDays(Given.Date(from), days));

    [Fact]
    public void A_lunch_break_does_not_count()
    {
        var calendar = Given.Calendar("""{"zone":"Asia/Shanghai","week":{"mon":[["13:30","17:30"],["09:00","12:00"]]}}""");

        Assert.Equal(Given.At("2026-09-14 14:30"), calendar.AddWorkingTime(Given.At("2026-09-14 11:00"), TimeSpan.FromHours(2)));
        Assert.Equal(TimeSpan.FromHours(7), calendar.OrdinaryDay);
        Assert.Equal(Given.At("2026-09-14 13:30"), calendar.AddWorkingTime(Given.At("2026-09-14 12:15"), TimeSpan.Zero));
    }

    [Fact]
    public void A_half_day_closes_early_and_a_make_up_day_may_have_hours_of_its_own()
    {
        var calendar = Given.Calendar("""
            {"zone":"Asia/Shanghai","week":{"tue":[["08:00","16:00"]],"wed":[["09:00","18:00"]]},"makeUpDays":["2026-09-19","2026-09-20"],
             "specialDays":{"2026-09-16":[["09:00","12:00"]],"2026-09-20":[["10:00","15:00"]]}}
            """);

        Assert.Equal(Given.At("2026-09-16 12:00"), calendar.CloseOfBusiness(new DateOnly(2026, 9, 16)));
        Assert.Equal(Given.At("2026-09-19 16:00"), calendar.CloseOfBusiness(new DateOnly(2026, 9, 19)));
        Assert.Equal(Given.At("2026-09-20 15:00"), calendar.CloseOfBusiness(new DateOnly(2026, 9, 20)));
        Assert.True(calendar.IsMakeUpDay(new DateOnly(2026, 9, 20)));
        Assert.False(calendar.IsMakeUpDay(new DateOnly(2026, 9, 16)));
    }

    [Fact]
    public void A_make_up_day_may_be_worked_by_the_hours_of_a_named_weekday()
    {
        var calendar = Given.Calendar("""
            {"zone":"Asia/Shanghai","week":{"mon":[["09:00","18:00"]],"fri":[["09:00","12:00"],["13:00","16:00"]]},
             "makeUpDays":["2026-09-20","2026-10-10"],"makeUpAs":{"2026-10-10":"fri"}}
            """);

        Assert.Equal(Given.At("2026-09-20 18:00"), calendar.CloseOfBusiness(new DateOnly(2026, 9, 20)));
        Assert.Equal(Given.At("2026-10-10 16:00"), calendar.CloseOfBusiness(new DateOnly(2026, 10, 10)));
        Assert.Equal(Given.At("2026-10-10 14:00"), calendar.AddWorkingTime(Given.At("2026-10-10 09:00"), TimeSpan.FromHours(4)));
        Assert.Equal("fri", Given.Calendar(calendar.ToDocument().ToJson()).ToDocument().MakeUpAs![new DateOnly(2026, 10, 10)]);
    }

    [Fact]
    public void A_day_off_closes_at_the_ordinary_hour_and_opens_on_the_next_working_day()
    {
        Assert.Equal(Given.At("2026-10-03 18:00"), Golden.CloseOfBusiness(new DateOnly(2026, 10, 3)));
        Assert.Equal(Given.At("2026-10-08 09:00"), Golden.OpeningOf(new DateOnly(2026, 10, 3)));
    }

    [Fact]
    public void Work_round_the_clock_runs_through_midnight_and_its_day_closes_at_23_59()
    {
        var days = new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
        var calendar = WorkCalendar.From("round-the-clock", new WorkCalendarDocument
        {
            Zone = "Asia/Shanghai",
            Week = days.ToDictionary(day => day, _ => new string[][] { ["00:00", "24:00"] }),
        });

        Assert.Equal(Given.At("2026-09-16 02:00"), calendar.AddWorkingTime(Given.At("2026-09-15 20:00"), TimeSpan.FromHours(6)));
        Assert.True(calendar.IsOpenAt(Given.At("2026-09-15 23:59")));
        Assert.Equal(Given.At("2026-09-15 23:59"), calendar.CloseOfBusiness(new DateOnly(2026, 9, 15)));
    }

    [Fact]
    public void A_hundred_years_are_counted_and_more_are_refused()
    {
        var far = Golden.AddWorkingTime(Given.At("2026-09-15 10:00"), TimeSpan.FromHours(9 * 250 * 100));
        Assert.InRange(far.Year, 2120, 2126);

        var refused = Assert.Throws<InvalidTimeRuleException>(
            () => Golden.AddWorkingTime(Given.At("2026-09-15 10:00"), TimeSpan.FromHours(9 * 260 * 120)));
        Assert.Equal("calendar.out-of-range", refused.Code);
    }

    [Fact]
    public void An_instant_at_the_end_of_time_is_refused_and_not_looped_over()
    {
        Assert.Equal("calendar.out-of-range",
            Assert.Throws<InvalidTimeRuleException>(() => Golden.AddWorkingTime(DateTimeOffset.MaxValue, TimeSpan.Zero)).Code);
        Assert.Equal("calendar.out-of-range",
            Assert.Throws<InvalidTimeRuleException>(() => Golden.WorkingTimeBetween(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Code);
    }

    [Theory]
    [InlineData("""{"zone":"Mars/Olympus","week":{"mon":[["09:00","18:00"]]}}""", "calendar.zone-unknown")]
    [InlineData("""{"week":{"mon":[["09:00","18:00"]]}}""", "calendar.zone-unknown")]
    [InlineData("""{"zone":"Asia/Shanghai"}""", "calendar.no-working-time")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[]},"makeUpDays":["2026-10-10"]}""", "calendar.no-working-time")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"monday":[["09:00","18:00"]]}}""", "calendar.day-unknown")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["9am","18:00"]]}}""", "calendar.span-unreadable")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00"]]}}""", "calendar.span-unreadable")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[null]}}""", "calendar.span-unreadable")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["18:00","09:00"]]}}""", "calendar.span-reversed")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","09:00"]]}}""", "calendar.span-reversed")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","13:00"],["12:00","18:00"]]}}""", "calendar.spans-overlap")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","24:00"],["12:00","18:00"]]}}""", "calendar.spans-overlap")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","18:00"]]},"holidays":["2026-10-10"],"makeUpDays":["2026-10-10"]}""", "calendar.holiday-and-worked")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","18:00"]]},"holidays":["2026-10-10"],"specialDays":{"2026-10-10":[["09:00","12:00"]]}}""", "calendar.holiday-and-worked")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","18:00"]]},"holidays":["2026-10-10","2026-10-10"]}""", "calendar.date-twice")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","18:00"]]},"holidays":["0026-10-10"]}""", "calendar.date-out-of-range")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","18:00"]]},"specialDays":{"2026-10-10":[]}}""", "calendar.special-day-empty")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","18:00"]]},"makeUpAs":{"2026-10-10":"mon"}}""", "calendar.not-made-up")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","18:00"]]},"makeUpDays":["2026-10-10"],"makeUpAs":{"2026-10-10":"sun"}}""", "calendar.made-up-as-day-off")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","18:00"]]},"makeUpDays":["2026-10-10"],"makeUpAs":{"2026-10-10":"friday"}}""", "calendar.day-unknown")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":[["09:00","18:00"]]},"names":{"2026-10-10":""}}""", "calendar.name-too-long")]
    [InlineData("""{"id":"other","zone":"Asia/Shanghai","week":{"mon":[["09:00","18:00"]]}}""", "calendar.id-differs")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{"mon":"all day"}}""", "calendar.unreadable")]
    [InlineData("""{"zone":"Asia/Shanghai","week":{},"holidays":["10 October"]}""", "calendar.unreadable")]
    [InlineData("null", "calendar.unreadable")]
    [InlineData("not json", "calendar.unreadable")]
    public void A_calendar_that_cannot_be_used_is_refused(string json, string code) =>
        Assert.Equal(code, Assert.Throws<InvalidTimeRuleException>(() => Given.Calendar(json)).Code);

    [Fact]
    public void Too_many_dates_and_too_many_spans_are_refused()
    {
        var week = new Dictionary<string, string[][]> { ["mon"] = [["09:00", "18:00"]] };
        var dates = Enumerable.Range(0, WorkCalendar.MaxDates + 1).Select(day => new DateOnly(2026, 1, 1).AddDays(day)).ToArray();
        var spans = Enumerable.Range(0, WorkCalendar.MaxSpansPerDay + 1).Select(hour => new[] { $"{hour:00}:00", $"{hour:00}:30" }).ToArray();

        Assert.Equal("calendar.too-many-dates", Refused(new() { Zone = "Asia/Shanghai", Week = week, Holidays = dates }));
        Assert.Equal("calendar.too-many-spans", Refused(new() { Zone = "Asia/Shanghai", Week = new Dictionary<string, string[][]> { ["mon"] = spans } }));

        static string Refused(WorkCalendarDocument document) =>
            Assert.Throws<InvalidTimeRuleException>(() => WorkCalendar.From("office", document)).Code;
    }

    [Fact]
    public void A_calendar_written_and_read_again_is_the_same()
    {
        var calendar = Given.Calendar("""
            {"zone":"Europe/London","week":{"tue":[["13:00","17:00"],["08:30","12:00"]],"sun":[["20:00","24:00"]]},
             "holidays":["2026-12-25","2026-04-03"],"makeUpDays":["2026-12-27"],"specialDays":{"2026-12-24":[["08:30","12:00"]]},"publishedThrough":"2026-12-31"}
            """);

        var written = calendar.ToDocument().ToJson();
        var again = Given.Calendar(written);

        Assert.Equal(written, again.ToDocument().ToJson());
        Assert.Contains("""
            "tue":[["08:30","12:00"],["13:00","17:00"]]
            """.Trim(), written, StringComparison.Ordinal);
        Assert.Contains("""
            "holidays":["2026-04-03","2026-12-25"]
            """.Trim(), written, StringComparison.Ordinal);
        Assert.Equal(calendar.SpansOf(new DateOnly(2026, 12, 24)), again.SpansOf(new DateOnly(2026, 12, 24)));
        Assert.Equal(calendar.PublishedThrough, again.PublishedThrough);
    }
}
