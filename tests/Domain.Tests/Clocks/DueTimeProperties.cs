using System.Text.Json;
using CaseManagement.Domain.Clocks;
using FsCheck;
using FsCheck.Fluent;

namespace CaseManagement.Domain.Tests.Clocks;

/// <summary>What holds for every start, amount, zone and order of events.</summary>
public class DueTimeProperties
{
    private static readonly LimitUnit[] Counted =
    [
        LimitUnit.Minutes, LimitUnit.Hours, LimitUnit.WorkingHours, LimitUnit.Days, LimitUnit.WorkingDays, LimitUnit.Weeks, LimitUnit.Months,
        LimitUnit.Years,
    ];

    private static readonly WorkCalendar[] Calendars =
    [
        Given.GoldenCalendar,
        Given.PlainCalendar("Europe/London"),
        Given.PlainCalendar("America/New_York"),
        Given.PlainCalendar("Africa/Cairo"),
        Given.PlainCalendar("Australia/Lord_Howe"),
        Given.Calendar("""
            {"zone":"Europe/London","week":{"mon":[["00:00","02:30"],["22:00","24:00"]],"thu":[["09:00","12:00"],["13:00","17:15"]],"sun":[["00:30","03:00"]]},
             "holidays":["2028-02-28","2026-10-26"],"makeUpDays":["2028-02-29"],"specialDays":{"2027-03-28":[["01:15","01:45"]]}}
            """),
    ];

    private static readonly Gen<DateTimeOffset> Instants =
        Gen.Choose(0, 5 * 366 * 24 * 60).Select(minutes => new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    private static readonly Gen<TimeLimit> Limits =
        from unit in Gen.Elements(Counted)
        from amount in Gen.Choose(0, unit == LimitUnit.Minutes ? 5000 : unit == LimitUnit.Years ? 3 : 60)
        from countFrom in Gen.Elements(Enum.GetValues<CountFrom>())
        from ifNonWorking in Gen.Elements(Enum.GetValues<IfNonWorking>())
        from end in Gen.Elements<EndOf?>(null, EndOf.CloseOfBusiness, EndOf.EndOfDay)
        select Given.Limit("none") with { Unit = unit, Amount = amount, CountFrom = countFrom, IfNonWorking = ifNonWorking, EndOf = end };

    private static readonly Gen<TimeLimit> PlainLimits =
        Limits.Select(limit => limit with { CountFrom = CountFrom.Instant, IfNonWorking = IfNonWorking.Keep, EndOf = null });

    private static readonly Gen<Situation> Situations =
        from calendar in Gen.Elements(Calendars)
        from limit in Limits
        from start in Instants
        select new Situation(calendar, limit, start);

    private static readonly Gen<Situation> PlainSituations =
        from situation in Situations
        from limit in PlainLimits
        select situation with { Limit = limit };

    [Fact]
    public void Working_time_added_is_the_working_time_between() =>
        Holds(
            from situation in Situations
            from minutes in Gen.Choose(1, 60 * 200)
            select (situation.Calendar, situation.Start, Amount: TimeSpan.FromMinutes(minutes)),
            given =>
            {
                var (calendar, start, amount) = given;
                var after = calendar.AddWorkingTime(start, amount);
                var before = calendar.AddWorkingTime(start, -amount);
                return calendar.WorkingTimeBetween(start, after) == amount && calendar.WorkingTimeBetween(before, start) == amount;
            });

    [Fact]
    public void Working_time_may_be_added_in_two_steps() =>
        Holds(
            from situation in Situations
            from one in Gen.Choose(1, 5000)
            from other in Gen.Choose(1, 5000)
            select (situation.Calendar, situation.Start, One: TimeSpan.FromMinutes(one), Other: TimeSpan.FromMinutes(other)),
            given => given.Calendar.AddWorkingTime(given.Start, given.One + given.Other)
                == given.Calendar.AddWorkingTime(given.Calendar.AddWorkingTime(given.Start, given.One), given.Other));

    [Fact]
    public void Working_days_there_and_back_are_no_days() =>
        Holds(
            from situation in Situations
            from days in Gen.Choose(0, 300)
            select (situation.Calendar, From: situation.Calendar.AddWorkingDays(situation.Calendar.DateOf(situation.Start), 1), Days: days),
            given => given.Calendar.AddWorkingDays(given.Calendar.AddWorkingDays(given.From, given.Days), -given.Days) == given.From);

    [Fact]
    public void Nothing_is_due_before_it_starts() => Holds(Situations, situation => situation.DueAt >= situation.Start);

    [Fact]
    public void Nothing_is_due_before_its_amount_has_passed() =>
        Holds(PlainSituations, situation =>
        {
            var (calendar, limit, start) = situation;
            var amount = (int)limit.Amount!.Value;
            var dates = calendar.DateOf(situation.DueAt).DayNumber - calendar.DateOf(start).DayNumber;
            return limit.Unit switch
            {
                LimitUnit.Minutes => situation.DueAt - start == TimeSpan.FromMinutes(amount),
                LimitUnit.Hours => situation.DueAt - start == TimeSpan.FromHours(amount),
                LimitUnit.WorkingHours => calendar.WorkingTimeBetween(start, situation.DueAt) == TimeSpan.FromHours(amount),
                LimitUnit.Days => dates == amount,
                LimitUnit.Weeks => dates == 7 * amount,
                LimitUnit.WorkingDays => amount == 0 || WorkingDays(calendar, start, situation.DueAt) == amount,
                LimitUnit.Months => calendar.DateOf(situation.DueAt) == calendar.DateOf(start).AddMonths(amount),
                LimitUnit.Years => calendar.DateOf(situation.DueAt) == calendar.DateOf(start).AddYears(amount),
                _ => false,
            };
        });

    // Hours moved off a day off keep their time of day, so there alone a later start may end earlier on the same day.
    [Fact]
    public void A_later_start_is_never_due_earlier() =>
        Holds(
            from situation in Situations
            from minutes in Gen.Choose(1, 60 * 24 * 5)
            where situation.Limit.Unit.IsDayOrLonger() || situation.Limit.IfNonWorking == IfNonWorking.Keep
            select (situation, Later: situation with { Start = situation.Start.AddMinutes(minutes) }),
            pair => pair.situation.DueAt <= pair.Later.DueAt);

    [Fact]
    public void A_pause_shifts_hours_by_the_time_and_working_hours_by_the_working_time_it_took() =>
        Holds(
            from situation in PlainSituations
            from unit in Gen.Elements(LimitUnit.Minutes, LimitUnit.Hours, LimitUnit.WorkingHours)
            from after in Gen.Choose(0, 5000)
            from length in Gen.Choose(0, 20000)
            select (Situation: situation with { Limit = situation.Limit with { Unit = unit, PauseReasons = ["material"] } }, after, length),
            given =>
            {
                var (calendar, limit, start) = given.Situation;
                var clock = Clock.Start(limit, start, calendar);
                var unpaused = clock.DueAt!.Value;
                var (from, to) = (start.AddMinutes(given.after), start.AddMinutes(given.after + given.length));
                clock.Pause(limit, "material", "li", from);
                clock.Resume(limit, calendar, to);
                var working = calendar.WorkingTimeBetween(from, to);
                return clock.DueAt == (limit.Unit != LimitUnit.WorkingHours ? unpaused + (to - from)
                    : working == TimeSpan.Zero ? unpaused
                    : calendar.AddWorkingTime(unpaused, working));
            });

    [Fact]
    public void A_pause_of_whole_days_shifts_a_limit_in_days_by_as_many() =>
        Holds(
            from situation in PlainSituations
            from days in Gen.Choose(0, 30)
            select (Situation: situation with { Calendar = Given.GoldenCalendar, Limit = situation.Limit with { Unit = LimitUnit.Days } }, days),
            given =>
            {
                var (calendar, limit, start) = given.Situation;
                var pause = new Suspension("material", "li", start, start.AddDays(given.days));
                return DueTime.Compute(limit, start, calendar, null, [pause]).DueAt == given.Situation.DueAt.AddDays(given.days);
            });

    [Fact]
    public void A_pause_of_whole_working_days_shifts_a_limit_in_working_days_by_as_many() =>
        Holds(
            from situation in PlainSituations
            from days in Gen.Choose(1, 15)
            select (Situation: situation with { Calendar = Given.GoldenCalendar, Limit = situation.Limit with { Unit = LimitUnit.WorkingDays, Amount = situation.Limit.Amount % 60 } }, days),
            given =>
            {
                var (calendar, limit, start) = given.Situation;
                var opening = calendar.OpeningOf(calendar.DateOf(start).AddDays(1));
                var until = calendar.OpeningOf(calendar.AddWorkingDays(calendar.DateOf(opening), given.days));
                var due = DueTime.Compute(limit, start, calendar, null, [new Suspension("material", "li", opening, until)]).DueAt;
                return due == calendar.CloseOfBusiness(calendar.AddWorkingDays(calendar.DateOf(given.Situation.DueAt), given.days));
            });

    [Fact]
    public void Months_and_years_keep_the_day_number_or_end_on_the_last_day_of_the_month() =>
        Holds(
            from situation in PlainSituations
            from unit in Gen.Elements(LimitUnit.Months, LimitUnit.Years)
            from amount in Gen.Choose(0, 40)
            select situation with { Limit = situation.Limit with { Unit = unit, Amount = amount } },
            situation =>
            {
                var (start, due) = (situation.Calendar.DateOf(situation.Start), situation.Calendar.DateOf(situation.DueAt));
                var months = (int)situation.Limit.Amount!.Value * (situation.Limit.Unit == LimitUnit.Years ? 12 : 1);
                return (due.Year * 12) + due.Month == (start.Year * 12) + start.Month + months
                    && due.Day == Math.Min(start.Day, DateTime.DaysInMonth(due.Year, due.Month));
            });

    [Fact]
    public void Days_end_at_23_59_on_the_wall_clock_whatever_it_did_in_between() =>
        Holds(
            from situation in PlainSituations
            from unit in Gen.Elements(LimitUnit.Days, LimitUnit.Weeks, LimitUnit.Months)
            from amount in Gen.Choose(0, 60)
            select situation with { Limit = situation.Limit with { Unit = unit, Amount = amount } },
            situation => situation.Calendar.TimeOf(situation.DueAt) == new TimeOnly(23, 59));

    [Fact]
    public void A_local_time_that_is_skipped_or_comes_twice_still_stands_for_one_instant_of_its_day() =>
        Holds(
            from situation in Situations
            from minute in Gen.Choose(0, (24 * 60) - 1)
            select (situation.Calendar, Date: situation.Calendar.DateOf(situation.Start), Time: TimeOnly.MinValue.AddMinutes(minute)),
            given =>
            {
                var at = given.Calendar.At(given.Date, given.Time);
                var later = given.Calendar.At(given.Date, given.Time).AddMinutes(1);
                return given.Calendar.DateOf(at) == given.Date
                    && given.Calendar.TimeOf(at) >= given.Time
                    && (given.Calendar.DateOf(later) > given.Date || given.Calendar.TimeOf(later) > given.Time);
            });

    [Fact]
    public void A_holiday_more_never_makes_working_time_due_earlier_and_a_make_up_day_more_never_later() =>
        Holds(
            from start in Instants
            from unit in Gen.Elements(LimitUnit.WorkingDays, LimitUnit.WorkingHours)
            from amount in Gen.Choose(0, 60)
            from after in Gen.Choose(0, 40)
            select (Limit: Given.Limit("none") with { Unit = unit, Amount = amount }, start, after),
            given =>
            {
                var plain = Given.PlainCalendar("Asia/Shanghai");
                var day = plain.DateOf(given.start).AddDays(given.after);
                var without = DueTime.Compute(given.Limit, given.start, plain).DueAt;
                var off = WorkCalendar.From("plain", plain.ToDocument() with { Holidays = [day] });
                var worked = WorkCalendar.From("plain", plain.ToDocument() with { MakeUpDays = [day] });
                return DueTime.Compute(given.Limit, given.start, off).DueAt >= without && DueTime.Compute(given.Limit, given.start, worked).DueAt <= without;
            });

    [Fact]
    public void Counting_again_by_the_same_calendar_changes_nothing() =>
        Holds(PlainSituations, situation => !Clock.Start(situation.Limit, situation.Start, situation.Calendar)
            .IsCountedOtherwise(situation.Limit, situation.Calendar));

    [Fact]
    public void An_extension_adds_exactly_its_amount() =>
        Holds(
            from situation in PlainSituations
            from unit in Gen.Elements(LimitUnit.Minutes, LimitUnit.Hours, LimitUnit.Days, LimitUnit.WorkingDays)
            from amount in Gen.Choose(1, 40)
            select (situation, By: new Duration(amount, unit)),
            given =>
            {
                var (calendar, limit, start) = given.situation;
                var before = given.situation.DueAt;
                var after = DueTime.Compute(limit, start, calendar, null, null, [new Extension("more", null, start, given.By)]).DueAt!.Value;
                var dates = calendar.DateOf(after).DayNumber - calendar.DateOf(before).DayNumber;
                return given.By.Unit switch
                {
                    LimitUnit.Minutes => after - before == TimeSpan.FromMinutes((double)given.By.Amount),
                    LimitUnit.Hours => after - before == TimeSpan.FromHours((double)given.By.Amount),
                    LimitUnit.Days => dates == given.By.Amount,
                    _ => WorkingDays(calendar, before, after) == given.By.Amount,
                };
            });

    [Fact]
    public void Whatever_happens_to_a_clock_each_rung_acts_at_most_once_and_never_early() =>
        Holds(
            from situation in Situations
            from steps in Gen.Choose(0, 1_000_000).ArrayOf(12)
            select (situation, steps),
            given => Story(given.situation, given.steps),
            tests: 100);

    // Each number is one event: how long after the last one, and what happens.
    private static bool Story(Situation situation, int[] steps)
    {
        var limit = situation.Limit with
        {
            PauseReasons = ["material"],
            Extension = new ExtensionRule(),
            Rungs =
            [
                new Rung("age", RungTime.Parse("start + 2 hours"), []),
                new Rung("warn", RungTime.Parse("80 %"), []),
                new Rung("due", RungTime.Due, []),
                new Rung("manager", RungTime.Parse("due + 1 workingDays"), []),
            ],
        };
        var clock = Clock.Start(limit, situation.Start, situation.Calendar);
        var now = situation.Start;
        var acted = new HashSet<string>();
        foreach (var step in steps)
        {
            now = now.AddMinutes(step % 5000);
            foreach (var rung in clock.DueRungs(now))
            {
                clock.MarkFired(rung.Key, now, rung.Cause);
                if (!acted.Add(rung.Key) || rung.At > now)
                {
                    return false;
                }
            }

            var breached = clock.BreachedAt;
            switch (step % 4)
            {
                case 0 when clock.PausedSince is null:
                    clock.Pause(limit, "material", "li", now);
                    break;
                case 0 or 1 when clock.PausedSince is not null:
                    clock.Resume(limit, situation.Calendar, now);
                    break;
                case 2:
                    clock.Extend(
                        limit, situation.Calendar, new ExtensionRequest { Reason = "r", AskedAt = now, By = new Duration(2, LimitUnit.WorkingDays) }, null, now);
                    break;
                default:
                    limit = limit with { Amount = step % 3, Version = limit.Version + 1 };
                    clock.Recompute(limit, clock.StartedAt, situation.Calendar, null, now, "limit");
                    break;
            }

            var json = JsonSerializer.Serialize(clock);
            clock = JsonSerializer.Deserialize<Clock>(json)!;
            if (JsonSerializer.Serialize(clock) != json || (breached is not null && clock.BreachedAt != breached))
            {
                return false;
            }
        }

        return clock.NextWakeUps(now).All(wake => wake.At > now && !acted.Contains(wake.Key));
    }

    private static int WorkingDays(WorkCalendar calendar, DateTimeOffset from, DateTimeOffset to) =>
        Enumerable.Range(calendar.DateOf(from).DayNumber + 1, calendar.DateOf(to).DayNumber - calendar.DateOf(from).DayNumber)
            .Count(day => calendar.IsWorkingDay(DateOnly.FromDayNumber(day)));

    private static void Holds<T>(Gen<T> given, Func<T, bool> property, int tests = 400) =>
        Prop.ForAll(given.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    private sealed record Situation(WorkCalendar Calendar, TimeLimit Limit, DateTimeOffset Start)
    {
        public DateTimeOffset DueAt => DueTime.Compute(Limit, Start, Calendar).DueAt!.Value;

        public override string ToString() =>
            $"{Calendar.Zone}: {Limit.Amount} {Limit.Unit} {Limit.CountFrom} {Limit.RunsTo} {Limit.IfNonWorking} from {Start:u}";
    }
}
