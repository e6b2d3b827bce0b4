using CaseManagement.Domain.Clocks;

namespace CaseManagement.Domain.Tests.Clocks;

/// <summary>Every due time that the golden cases state.</summary>
public class GoldenCaseTests
{
    [Theory]
    [InlineData("conventions: counts only inside the window", "2026-09-18 16:00", "8 workingHours", "2026-09-20 15:00")]
    [InlineData("GC-05 working days across National Day", "2026-09-30 16:00", "5 workingDays", "2026-10-13 18:00")]
    [InlineData("GC-05 one unit", "2026-09-30 16:00", "2 workingDays", "2026-10-09 18:00")]
    [InlineData("GC-08 acceptance decision", "2026-09-29 10:20", "7 days", "2026-10-06 23:59")]
    [InlineData("GC-10 night report", "2026-09-15 23:30", "0 workingHours", "2026-09-16 09:00")]
    [InlineData("GC-10 holiday report", "2026-10-03 22:00", "0 workingHours", "2026-10-08 09:00")]
    [InlineData("GC-11 death at a store", "2026-09-18 20:00", "12 hours", "2026-09-19 08:00")]
    [InlineData("GC-11 report upward", "2026-09-19 07:40", "24 hours", "2026-09-20 07:40")]
    [InlineData("GC-13 consultation at the weekend", "2026-09-12 15:00", "24 hours", "2026-09-13 15:00")]
    [InlineData("GC-14 salesperson", "2026-09-11 16:00", "4 workingHours", "2026-09-14 11:00")]
    [InlineData("GC-14 ordinary", "2026-09-14 10:30", "8 workingHours", "2026-09-15 09:30")]
    [InlineData("GC-14 major", "2026-09-14 10:30", "12 workingHours", "2026-09-15 13:30")]
    [InlineData("GC-14 hotline passes on", "2026-09-11 16:00", "2 hours", "2026-09-11 18:00")]
    [InlineData("GC-14 passed late on Friday", "2026-09-11 17:40", "4 workingHours", "2026-09-14 12:40")]
    [InlineData("GC-14 customer answered", "2026-09-14 16:30", "2 hours", "2026-09-14 18:30")]
    [InlineData("GC-16 re-contact", "2026-10-01 10:00", "24 hours", "2026-10-02 10:00")]
    [InlineData("GC-16 answer", "2026-10-01 10:00", "48 hours", "2026-10-03 10:00")]
    [InlineData("GC-16 report", "2026-10-01 10:00", "72 hours", "2026-10-04 10:00")]
    [InlineData("GC-17 first verification", "2026-09-07 09:00", "1 weeks", "2026-09-14 23:59")]
    [InlineData("GC-17 second verification", "2026-09-11 14:00", "1 months", "2026-10-11 23:59")]
    [InlineData("GC-17 third verification", "2026-10-09 10:00", "1 months", "2026-11-09 23:59")]
    [InlineData("GC-17 result posted", "2026-09-11 14:00", "1 hours", "2026-09-11 15:00")]
    [InlineData("GC-21 form back the same day", "2026-09-08 16:20", "sameDay", "2026-09-08 23:59")]
    [InlineData("GC-22 plan after an injury", "2026-10-03 19:00", "3 days", "2026-10-06 23:59")]
    [InlineData("GC-22 three months", "2026-07-10 12:00", "3 months", "2026-10-10 23:59")]
    [InlineData("GC-26 ten working days", "2026-09-23 11:00", "10 workingDays", "2026-10-14 18:00")]
    [InlineData("GC-27 satisfaction enquiry", "2026-09-28 15:00", "1 weeks", "2026-10-05 23:59")]
    [InlineData("GC-29 day 60", "2026-03-02 09:00", "60 days", "2026-05-01 23:59")]
    [InlineData("GC-30 price or service", "2026-09-28 10:00", "3 workingDays", "2026-10-08 18:00")]
    [InlineData("GC-30 product quality", "2026-09-28 10:00", "1 weeks", "2026-10-05 23:59")]
    [InlineData("GC-35 in the province", "2026-09-24 16:00", "2 days", "2026-09-26 23:59")]
    [InlineData("GC-35 outside the province", "2026-09-24 16:00", "4 days", "2026-09-28 23:59")]
    [InlineData("GC-35 warranty", "2025-09-24 10:00", "1 years", "2026-09-24 23:59")]
    [InlineData("table: service company", "2026-09-18 15:00", "1 workingDays", "2026-09-20 18:00")]
    [InlineData("table: health products", "2026-09-24 16:30", "1 workingDays", "2026-09-28 18:00")]
    [InlineData("table: group customers", "2026-09-15 17:30", "24 hours", "2026-09-16 17:30")]
    public void A_limit_is_due_when_the_golden_case_says(string golden, string start, string limit, string due)
    {
        Assert.NotEmpty(golden);
        Assert.Equal(Given.At(due), Given.Due(limit, start));
    }

    [Fact]
    public void A_date_set_by_the_department_runs_to_the_end_of_that_day()
    {
        var due = DueTime.Compute(
            Given.Limit("promised"), Given.At("2026-09-20 10:00"), Given.GoldenCalendar, new DateOnly(2026, 9, 30));

        Assert.Equal(Given.At("2026-09-30 23:59"), due.DueAt);
    }

    [Theory]
    [InlineData("GC-06 re-verification after a disagreement", "2026-10-14 09:00", "none")]
    [InlineData("GC-07 spoken complaint, investigated now", "2026-10-08 10:00", "immediate")]
    [InlineData("GC-13 suggestion before a date is promised", "2026-09-12 15:00", "promised")]
    [InlineData("GC-34 the leading group is told immediately", "2026-09-13 21:40", "immediate")]
    [InlineData("table: bank, the call is answered and fed back", "2026-10-04 03:00", "immediate")]
    public void The_system_invents_no_due_time_where_the_policy_gives_none(string golden, string start, string unit)
    {
        Assert.NotEmpty(golden);
        var clock = Clock.Start(Given.Limit(unit), Given.At(start), Given.GoldenCalendar);

        Assert.Null(clock.DueAt);
        Assert.Empty(clock.DueRungs(Given.At(start).AddYears(1)));
    }

    [Fact]
    public void GC_34_the_age_of_an_activation_is_told_in_minutes_though_it_has_no_due_time()
    {
        var clock = Clock.Start(Given.Limit("immediate", "told: start + 5 minutes"), Given.At("2026-09-13 21:40"), Given.GoldenCalendar);

        Assert.Empty(clock.DueRungs(Given.At("2026-09-13 21:44")));
        Assert.Equal(Given.At("2026-09-13 21:45"), Assert.Single(clock.DueRungs(Given.At("2026-09-13 21:45"))).At);
    }

    [Theory]
    [InlineData("GC-35 free on the last day", "2026-09-24 23:59", true)]
    [InlineData("GC-35 no longer free the day after", "2026-09-25 00:00", false)]
    [InlineData("GC-35 leap day: bought 2024-02-29", "2025-02-28 23:59", true, "2024-02-29 10:00")]
    public void A_warranty_of_a_year_holds_through_the_same_day_number(string golden, string reported, bool free, string bought = "2025-09-24 10:00")
    {
        Assert.NotEmpty(golden);
        Assert.Equal(free, Given.At(reported) <= Given.Due("1 years", bought));
    }

    [Fact]
    public void A_case_that_was_ordinary_and_touches_a_second_unit_has_five_days_from_the_same_start()
    {
        var clock = Clock.Start(Given.Limit("2 workingDays"), Given.At("2026-09-30 16:00"), Given.GoldenCalendar);

        clock.Recompute(
            Given.Limit("5 workingDays") with { Key = "complex" },
            Given.At("2026-09-30 16:00"),
            Given.GoldenCalendar,
            null,
            Given.At("2026-10-08 10:00"),
            "departments");

        Assert.Equal(Given.At("2026-10-13 18:00"), clock.DueAt);
        Assert.Equal(Given.At("2026-10-09 18:00"), clock.OldDueAt);
    }

    [Fact]
    public void The_golden_calendar_here_is_the_one_in_the_packs()
    {
        var file = Shared.Find("packs/examples/_calendars/golden-2026.json");
        Assert.SkipWhen(file is null, "The reference material is not beside the repository.");

        var calendar = Given.Calendar(File.ReadAllText(file!), "golden-2026");

        Assert.Equal(Given.GoldenCalendar.ToDocument().ToJson(), calendar.ToDocument().ToJson());
    }
}
