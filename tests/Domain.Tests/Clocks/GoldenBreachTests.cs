using CaseManagement.Domain.Clocks;

namespace CaseManagement.Domain.Tests.Clocks;

/// <summary>What the golden cases say of breaches, warnings, extensions and counting windows, beside the due times themselves.</summary>
public class GoldenBreachTests
{
    private static readonly WorkCalendar Golden = Given.GoldenCalendar;

    [Theory]
    [InlineData("GC-11 the store's report at 08:05 is late", "2026-09-18 20:00", "12 hours", "2026-09-19 08:05", true)]
    [InlineData("GC-11 the store's report at 08:00 is in time", "2026-09-18 20:00", "12 hours", "2026-09-19 08:00", false)]
    [InlineData("GC-11 the store's report at 07:40 is in time", "2026-09-18 20:00", "12 hours", "2026-09-19 07:40", false)]
    [InlineData("GC-17 V1 posted 15:20 is late", "2026-09-11 14:00", "1 hours", "2026-09-11 15:20", true)]
    [InlineData("GC-17 V1 posted 15:00 is in time", "2026-09-11 14:00", "1 hours", "2026-09-11 15:00", false)]
    [InlineData("GC-21 the form back at 23:59 is in time", "2026-09-08 16:20", "sameDay", "2026-09-08 23:59", false)]
    [InlineData("GC-21 the form not back by 23:59 is late", "2026-09-08 16:20", "sameDay", "2026-09-09 00:00", true)]
    [InlineData("GC-05 answered 2026-10-12 is in time", "2026-09-30 16:00", "5 workingDays", "2026-10-12 10:00", false)]
    [InlineData("GC-05 answered in the due minute is in time", "2026-09-30 16:00", "5 workingDays", "2026-10-13 18:00", false)]
    [InlineData("GC-05 answered a minute after is late", "2026-09-30 16:00", "5 workingDays", "2026-10-13 18:01", true)]
    public void What_is_done_by_the_due_time_is_in_time_and_a_minute_later_is_late(string golden, string start, string limit, string done, bool late)
    {
        Assert.NotEmpty(golden);
        var clock = Clock.Start(Given.Limit(limit), Given.At(start), Golden);

        clock.Meet(Given.At(done));

        Assert.Equal(late ? clock.DueAt : null, clock.BreachedAt);
    }

    [Fact]
    public void GC_11_a_report_at_08_05_is_late_by_five_minutes()
    {
        var clock = Clock.Start(Given.Limit("12 hours"), Given.At("2026-09-18 20:00"), Golden);

        clock.Meet(Given.At("2026-09-19 08:05"));

        Assert.Equal(TimeSpan.FromMinutes(5), clock.MetAt - clock.BreachedAt);
    }

    [Theory]
    [InlineData("GC-05", "2026-09-30 16:00", "5 workingDays", "2026-10-13 18:01")]
    [InlineData("GC-21", "2026-09-08 16:20", "sameDay", "2026-09-09 00:00")]
    [InlineData("GC-30 product quality", "2026-09-28 10:00", "1 weeks", "2026-10-06 00:00")]
    [InlineData("GC-14 ordinary", "2026-09-14 10:30", "8 workingHours", "2026-09-15 09:30")]
    public void A_limit_not_met_is_breached_once_and_never_before(string golden, string start, string limit, string breached)
    {
        Assert.NotEmpty(golden);
        var clock = Clock.Start(Given.Limit(limit), Given.At(start), Golden);
        var at = Given.At(breached);

        Assert.Empty(clock.DueRungs(at.AddSeconds(-1)));
        Assert.Equal([new WakeUp(Clock.BreachKey, at.ToUniversalTime())], clock.NextWakeUps(at.AddSeconds(-1)));
        clock.MarkFired(Assert.Single(clock.DueRungs(at)).Key, at, RungCause.Time);

        Assert.Equal(clock.DueAt, clock.BreachedAt);
        Assert.Empty(clock.DueRungs(at.AddYears(1)));
    }

    [Theory]
    [InlineData("the first reply: warned 4 hours before, supervisor at 24 hours, manager at 48", "24 hours", "due - 4 hours", "2026-10-01 12:00", "2026-10-02 16:00")]
    [InlineData("GC-05: warned a working day before, one working day after", "5 workingDays", "due - 1 workingDays", "2026-10-12 18:00", "2026-10-14 18:00")]
    public void Rungs_stand_before_and_after_the_due_time(string golden, string limit, string warn, string warned, string after)
    {
        Assert.NotEmpty(golden);
        var unit = limit.Split(' ')[1] == "hours" ? "24 hours" : "1 workingDays";
        var clock = Clock.Start(Given.Limit(limit, $"warn: {warn}", "overdue: due", $"manager: due + {unit}"), Given.At("2026-09-30 16:00"), Golden);

        Assert.Equal([Given.At(warned), clock.DueAt, Given.At(after)], clock.Rungs.Select(rung => rung.At));
    }

    [Fact]
    public void GC_10_an_extension_needs_a_reason_and_the_leader_and_keeps_the_old_date()
    {
        var limit = Given.Limit("0 workingHours") with { Extension = new ExtensionRule { Approval = "leader" } };
        var clock = Clock.Start(limit, Given.At("2026-10-03 22:00"), Golden);
        var wish = new ExtensionRequest { Reason = "laboratory closed", AskedAt = Given.At("2026-10-03 22:30"), By = Duration.Parse("2 workingDays") };

        Assert.Equal("reason-required", Refusal(() => clock.Extend(limit, Golden, wish with { Reason = " " }, "leader", wish.AskedAt)));
        Assert.Equal("clock.approval-required", Refusal(() => clock.Extend(limit, Golden, wish, null, wish.AskedAt)));
        Assert.Equal(Given.At("2026-10-08 09:00"), clock.DueAt);
        clock.Extend(limit, Golden, wish, "leader", wish.AskedAt);

        Assert.Equal(Given.At("2026-10-10 09:00"), clock.DueAt);
        Assert.Equal(Given.At("2026-10-08 09:00"), Assert.Single(clock.Extensions).OldDueAt);
    }

    [Theory]
    [InlineData("GC-01 the window of one month", "2026-09-02 10:00", "2026-10-02 23:59")]
    [InlineData("GC-04 the window of one month", "2026-09-03 10:00", "2026-10-03 23:59")]
    [InlineData("GC-21 September statistics by the 30th", "2026-08-30 10:00", "2026-09-30 23:59")]
    [InlineData("GC-21 February has no 30th", "2027-01-30 10:00", "2027-02-28 23:59")]
    public void A_month_runs_to_the_same_day_number_or_the_last_day(string golden, string start, string due)
    {
        Assert.NotEmpty(golden);
        Assert.Equal(Given.At(due), Given.Due("1 months", start));
    }

    [Fact]
    public void GC_30_one_week_may_be_earlier_than_three_working_days() =>
        Assert.True(Given.Due("1 weeks", "2026-09-28 10:00") < Given.Due("3 workingDays", "2026-09-28 10:00"));

    [Fact]
    public void GC_14_the_chain_starts_each_limit_at_the_step_before()
    {
        var salesperson = Given.Due("4 workingHours", "2026-09-11 16:00");
        var quality = DueTime.Compute(Given.Limit("8 workingHours"), Given.At("2026-09-14 10:30"), Golden).DueAt;

        Assert.Equal(Given.At("2026-09-14 11:00"), salesperson);
        Assert.Equal(Given.At("2026-09-15 09:30"), quality);
        Assert.Equal(TimeSpan.FromHours(7.5), Golden.WorkingTimeBetween(Given.At("2026-09-14 10:30"), Given.At("2026-09-14 18:00")));
    }

    private static string Refusal(Action refused) => Assert.Throws<RuleViolationException>(refused).Rule.Code;
}
