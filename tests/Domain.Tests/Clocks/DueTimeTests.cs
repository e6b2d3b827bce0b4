using CaseManagement.Domain.Clocks;

namespace CaseManagement.Domain.Tests.Clocks;

public class DueTimeTests
{
    private static readonly WorkCalendar Golden = Given.GoldenCalendar;

    [Theory]
    [InlineData("2026-01-31 10:00", "1 months", "2026-02-28 23:59")]
    [InlineData("2028-01-31 10:00", "1 months", "2028-02-29 23:59")]
    [InlineData("2028-02-29 10:00", "1 years", "2029-02-28 23:59")]
    [InlineData("2026-08-31 10:00", "1 months", "2026-09-30 23:59")]
    [InlineData("2026-12-31 10:00", "2 months", "2027-02-28 23:59")]
    public void A_month_ends_on_the_same_day_number_or_on_the_last_of_the_month(string start, string limit, string due) =>
        Assert.Equal(Given.At(due), Given.Due(limit, start));

    [Theory]
    [InlineData("2026-09-18 18:00", "0 workingHours", "2026-09-20 09:00")]
    [InlineData("2026-09-18 10:15", "0 workingHours", "2026-09-18 10:15")]
    [InlineData("2026-09-18 06:00", "1.5 workingHours", "2026-09-18 10:30")]
    [InlineData("2026-09-18 09:00", "9 workingHours", "2026-09-18 18:00")]
    [InlineData("2026-09-18 17:30", "0.5 hours", "2026-09-18 18:00")]
    [InlineData("2026-09-18 17:30", "90 minutes", "2026-09-18 19:00")]
    [InlineData("2026-09-18 23:30", "0 workingDays", "2026-09-20 18:00")]
    [InlineData("2026-09-18 10:00", "0 workingDays", "2026-09-18 18:00")]
    [InlineData("2026-09-19 10:00", "0 workingDays", "2026-09-20 18:00")]
    public void Edges_of_the_day_are_counted_as_people_would(string start, string limit, string due) =>
        Assert.Equal(Given.At(due), Given.Due(limit, start));

    [Theory]
    [InlineData("3 days", CountFrom.NextDay, "2026-10-03 23:59", "the first day is the next one, as always")]
    [InlineData("3 days", CountFrom.NextWorkingDay, "2026-10-10 23:59", "8, 9, 10 October")]
    [InlineData("2 workingDays", CountFrom.NextWorkingDay, "2026-10-09 18:00", "8, 9 October")]
    [InlineData("24 hours", CountFrom.NextDay, "2026-10-02 00:00", "from midnight")]
    [InlineData("24 hours", CountFrom.NextWorkingDay, "2026-10-09 09:00", "from the next opening day's opening")]
    [InlineData("2 workingHours", CountFrom.NextDay, "2026-10-08 11:00", "from midnight, that is from the next opening")]
    [InlineData("sameDay", CountFrom.NextWorkingDay, "2026-10-08 23:59", "the first day that counts")]
    public void Counting_may_begin_on_the_next_day_or_working_day(string limit, CountFrom from, string due, string why)
    {
        Assert.NotEmpty(why);
        Assert.Equal(Given.At(due), Compute(Given.Limit(limit) with { CountFrom = from }, "2026-09-30 16:00").DueAt);
    }

    [Theory]
    [InlineData("3 days", EndOf.Instant, "2026-10-03 16:00")]
    [InlineData("3 days", EndOf.CloseOfBusiness, "2026-10-03 18:00")]
    [InlineData("3 days", EndOf.EndOfDay, "2026-10-03 23:59")]
    [InlineData("2 workingDays", EndOf.EndOfDay, "2026-10-09 23:59")]
    [InlineData("2 workingDays", EndOf.Instant, "2026-10-09 16:00")]
    [InlineData("24 hours", EndOf.EndOfDay, "2026-10-01 23:59")]
    [InlineData("30 hours", EndOf.CloseOfBusiness, "2026-10-02 18:00")]
    public void A_limit_may_run_to_the_instant_the_close_or_the_end_of_the_day(string limit, EndOf end, string due) =>
        Assert.Equal(Given.At(due), Compute(Given.Limit(limit) with { EndOf = end }, "2026-09-30 16:00").DueAt);

    [Theory]
    [InlineData("3 days", IfNonWorking.Keep, "2026-10-03 23:59")]
    [InlineData("3 days", IfNonWorking.Forward, "2026-10-08 23:59")]
    [InlineData("3 days", IfNonWorking.Back, "2026-09-30 23:59")]
    [InlineData("24 hours", IfNonWorking.Forward, "2026-10-08 16:00")]
    [InlineData("24 hours", IfNonWorking.Back, "2026-09-30 16:00")]
    public void A_last_day_off_is_kept_or_moved_as_the_rule_says(string limit, IfNonWorking ifNonWorking, string due)
    {
        var computed = Compute(Given.Limit(limit) with { IfNonWorking = ifNonWorking }, "2026-09-30 16:00");

        Assert.Equal(Given.At(due), computed.DueAt);
        Assert.Equal(ifNonWorking != IfNonWorking.Keep, computed.Explanation.RolledFrom is not null);
    }

    [Fact]
    public void Moving_back_never_goes_before_the_start()
    {
        var due = Compute(Given.Limit("1 days") with { IfNonWorking = IfNonWorking.Back }, "2026-10-02 10:00");

        Assert.Equal(Given.At("2026-10-03 23:59"), due.DueAt);
    }

    [Fact]
    public void A_promised_date_off_work_moves_forward_if_the_rule_says_so()
    {
        var limit = Given.Limit("promised") with { IfNonWorking = IfNonWorking.Forward, EndOf = EndOf.CloseOfBusiness };

        var due = DueTime.Compute(limit, Given.At("2026-09-30 16:00"), Golden, new DateOnly(2026, 10, 4));

        Assert.Equal(Given.At("2026-10-08 18:00"), due.DueAt);
    }

    [Theory]
    [InlineData("2026-12-30 10:00", "5 workingDays", true)]
    [InlineData("2026-12-30 10:00", "20 workingHours", true)]
    [InlineData("2026-12-21 10:00", "5 workingDays", false)]
    [InlineData("2026-12-30 10:00", "5 days", false)]
    [InlineData("2026-12-30 10:00", "100 hours", false)]
    public void A_due_time_past_the_published_calendar_is_provisional_only_if_it_depends_on_it(string start, string limit, bool provisional) =>
        Assert.Equal(provisional, Compute(Given.Limit(limit), start).Provisional);

    [Fact]
    public void Rolling_past_the_published_calendar_is_provisional_as_well()
    {
        Assert.True(Compute(Given.Limit("5 days") with { IfNonWorking = IfNonWorking.Forward }, "2026-12-30 10:00").Provisional);
        Assert.True(DueTime.Compute(
            Given.Limit("5 days"), Given.At("2026-12-28 10:00"), Golden, null, null,
            [new Extension("more", null, Given.At("2026-12-29 10:00"), Duration.Parse("2 workingDays"))]).Provisional);
    }

    [Theory]
    [InlineData("24 hours", "2026-09-30 18:00", "2026-10-01 02:00", "2026-10-02 00:00", "its own length")]
    [InlineData("8 workingHours", "2026-09-30 17:00", "2026-10-08 10:00", "2026-10-08 17:00", "one hour on each side, 1 to 7 October never counted")]
    [InlineData("8 workingHours", "2026-10-01 09:00", "2026-10-07 18:00", "2026-10-08 15:00", "nothing, it lay in the holiday")]
    [InlineData("7 days", "2026-10-01 09:00", "2026-10-01 10:00", "2026-10-08 23:59", "an hour, to the end of that day")]
    [InlineData("7 days", "2026-10-01 09:00", "2026-10-03 09:00", "2026-10-09 23:59", "two days")]
    [InlineData("5 workingDays", "2026-10-01 09:00", "2026-10-07 18:00", "2026-10-13 18:00", "nothing, it lay in the holiday")]
    [InlineData("5 workingDays", "2026-10-08 09:30", "2026-10-09 09:30", "2026-10-14 18:00", "one working day")]
    [InlineData("5 workingDays", "2026-10-08 09:30", "2026-10-08 10:30", "2026-10-14 18:00", "an hour, to the close of that day")]
    public void A_pause_adds_its_own_length(string limit, string from, string to, string due, string what)
    {
        Assert.NotEmpty(what);
        Assert.Equal(Given.At(due), Given.Due(limit, "2026-09-30 16:00", suspensions: [Given.Pause(from, to)]));
    }

    [Fact]
    public void Two_short_pauses_are_added_before_the_day_is_rounded_up()
    {
        Suspension[] pauses = [Given.Pause("2026-10-08 09:30", "2026-10-08 10:30"), Given.Pause("2026-10-09 09:30", "2026-10-09 10:30")];

        Assert.Equal(Given.At("2026-10-14 18:00"), Given.Due("5 workingDays", "2026-09-30 16:00", suspensions: pauses));
    }

    [Fact]
    public void Time_paused_twice_counts_once_and_an_open_pause_not_yet()
    {
        Suspension[] pauses =
        [
            Given.Pause("2026-09-30 18:00", "2026-09-30 20:00"),
            Given.Pause("2026-09-30 19:00", "2026-09-30 21:00"),
            new("material", "li", Given.At("2026-09-30 22:00")),
        ];

        Assert.Equal(Given.At("2026-10-01 19:00"), Given.Due("24 hours", "2026-09-30 16:00", suspensions: pauses));
    }

    [Theory]
    [InlineData("5 workingDays", "2 workingDays", "2026-10-15 18:00")]
    [InlineData("5 workingDays", "4 days", "2026-10-17 18:00")]
    [InlineData("7 days", "7 days", "2026-10-14 23:59")]
    [InlineData("7 days", "1 months", "2026-11-07 23:59")]
    [InlineData("24 hours", "12 hours", "2026-10-02 04:00")]
    [InlineData("24 hours", "2 days", "2026-10-03 16:00")]
    [InlineData("24 hours", "3 workingHours", "2026-10-08 12:00")]
    [InlineData("7 days", "0 days", "2026-10-07 23:59")]
    public void An_extension_adds_exactly_its_amount(string limit, string by, string due)
    {
        var extension = new Extension("more", null, Given.At("2026-10-01 09:00"), Duration.Parse(by));

        Assert.Equal(Given.At(due), Given.Due(limit, "2026-09-30 16:00", extensions: [extension]));
    }

    [Fact]
    public void An_extension_until_a_date_knows_the_pauses_before_it_and_moves_with_those_after()
    {
        var extension = new Extension("more", null, Given.At("2026-10-05 09:00"), Until: new DateOnly(2026, 10, 20));
        var before = Given.Pause("2026-10-02 09:00", "2026-10-04 09:00");
        var after = Given.Pause("2026-10-06 09:00", "2026-10-08 09:00");

        Assert.Equal(Given.At("2026-10-20 23:59"), Given.Due("7 days", "2026-09-30 16:00", suspensions: [before], extensions: [extension]));
        Assert.Equal(Given.At("2026-10-22 23:59"), Given.Due("7 days", "2026-09-30 16:00", suspensions: [before, after], extensions: [extension]));
        Assert.Equal(Given.At("2026-10-20 18:00"), Given.Due("5 workingDays", "2026-09-30 16:00", extensions: [extension]));
    }

    [Theory]
    [InlineData("Europe/London", "2026-10-24T12:00+01:00", "2026-10-25T11:00+00:00", "the night an hour comes twice")]
    [InlineData("Europe/London", "2026-03-28T12:00+00:00", "2026-03-29T13:00+01:00", "the night an hour is skipped")]
    [InlineData("America/New_York", "2026-10-31T12:00-04:00", "2026-11-01T11:00-05:00", "the night an hour comes twice")]
    public void Twenty_four_hours_are_elapsed_hours_whatever_the_wall_clock_does(string zone, string start, string due, string night)
    {
        Assert.NotEmpty(night);
        var computed = DueTime.Compute(Given.Limit("24 hours"), Given.Instant(start), Given.PlainCalendar(zone)).DueAt;

        Assert.Equal(Given.Instant(due), computed);
    }

    [Theory]
    [InlineData("Europe/London", "2026-10-23T16:00+01:00", "2 workingHours", "2026-10-23T18:00+01:00")]
    [InlineData("Europe/London", "2026-10-23T17:00+01:00", "2 workingHours", "2026-10-26T10:00+00:00")]
    [InlineData("Europe/London", "2026-10-23T17:00+01:00", "1 workingDays", "2026-10-26T18:00+00:00")]
    [InlineData("Europe/London", "2026-10-24T17:00+01:00", "1 days", "2026-10-25T23:59+00:00")]
    [InlineData("Africa/Cairo", "2026-04-23T12:00+02:00", "1 days", "2026-04-24T23:59+03:00")]
    public void Days_are_local_days_on_either_side_of_a_clock_change(string zone, string start, string limit, string due) =>
        Assert.Equal(
            Given.Instant(due),
            DueTime.Compute(Given.Limit(limit), Given.Instant(start), Given.PlainCalendar(zone)).DueAt);

    [Theory]
    [InlineData("2026-10-23T09:00+01:00", "2026-10-26T09:00+00:00", "an hour came twice")]
    [InlineData("2026-03-27T09:00+00:00", "2026-03-30T09:00+01:00", "an hour was skipped")]
    public void A_pause_of_three_days_adds_three_days_although_the_clocks_changed(string from, string to, string night)
    {
        Assert.NotEmpty(night);
        var pause = new Suspension("material", "li", Given.Instant(from), Given.Instant(to));

        var due = DueTime.Compute(Given.Limit("30 days"), pause.From, Given.PlainCalendar("Europe/London"), null, [pause]).DueAt!.Value;

        Assert.Equal(33, DateOnly.FromDateTime(due.UtcDateTime).DayNumber - DateOnly.FromDateTime(pause.From.UtcDateTime).DayNumber);
    }

    [Fact]
    public void A_night_shift_across_a_clock_change_works_the_hours_that_pass()
    {
        var calendar = Given.Calendar("""{"zone":"Europe/London","week":{"sun":[["00:00","06:00"]]}}""");

        Assert.Equal(TimeSpan.FromHours(7), calendar.WorkingTimeBetween(
            Given.Instant("2026-10-24T12:00+01:00"), Given.Instant("2026-10-25T12:00+00:00")));
        Assert.Equal(TimeSpan.FromHours(5), calendar.WorkingTimeBetween(
            Given.Instant("2026-03-28T12:00+00:00"), Given.Instant("2026-03-29T12:00+01:00")));
    }

    [Fact]
    public void A_day_that_begins_after_a_skipped_midnight_still_begins()
    {
        // Cairo skips 00:00 to 01:00 on 24 April 2026.
        var calendar = Given.PlainCalendar("Africa/Cairo");

        Assert.Equal(Given.Instant("2026-04-24T01:00+03:00"), calendar.StartOfDay(new DateOnly(2026, 4, 24)));
        Assert.Equal(
            Given.Instant("2026-04-24T03:00+03:00"),
            DueTime.Compute(
                Given.Limit("2 hours") with { CountFrom = CountFrom.NextDay }, Given.Instant("2026-04-23T12:00+02:00"), calendar).DueAt);
    }

    [Theory]
    [InlineData("workingDays", null, "limit.amount-missing")]
    [InlineData("days", -1.0, "duration.out-of-range")]
    [InlineData("days", 1000000.0, "duration.out-of-range")]
    [InlineData("years", 101.0, "duration.out-of-range")]
    [InlineData("days", 1.5, "duration.not-whole")]
    public void An_amount_that_cannot_be_counted_is_refused(string unit, double? amount, string code)
    {
        var limit = Given.Limit("none") with { Unit = Enum.Parse<LimitUnit>(unit, ignoreCase: true), Amount = (decimal?)amount };

        Assert.Equal(code, Assert.Throws<InvalidTimeRuleException>(() => Compute(limit, "2026-09-30 16:00")).Code);
    }

    private static DueTime Compute(TimeLimit limit, string start) => DueTime.Compute(limit, Given.At(start), Golden);
}
