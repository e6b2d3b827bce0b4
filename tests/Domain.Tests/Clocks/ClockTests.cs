using System.Text.Json;
using CaseManagement.Domain.Clocks;

namespace CaseManagement.Domain.Tests.Clocks;

/// <summary>One clock from start to end: rungs, breach, being met, cancelled, kept as JSON.</summary>
public class ClockTests
{
    private static readonly WorkCalendar Golden = Given.GoldenCalendar;
    private static readonly TimeLimit Reply = Given.Limit("24 hours", "warn: due - 4 hours", "overdue: due", "manager: due + 24 hours");

    private readonly Clock _clock = Clock.Start(Reply, Given.At("2026-09-02 10:00"), Golden);

    [Fact]
    public void A_clock_knows_from_its_start_when_it_wants_to_be_looked_at()
    {
        Assert.Equal(ClockState.Running, _clock.State);
        Assert.Equal(Given.At("2026-09-03 10:00"), _clock.DueAt);
        Assert.Equal(
            [
                new WakeUp("warn", Given.At("2026-09-03 06:00")),
                new WakeUp(Clock.BreachKey, Given.At("2026-09-03 10:00")),
                new WakeUp("overdue", Given.At("2026-09-03 10:00")),
                new WakeUp("manager", Given.At("2026-09-04 10:00")),
            ],
            _clock.NextWakeUps(Given.At("2026-09-02 10:00")));
    }

    [Fact]
    public void The_breach_is_woken_even_when_no_rung_stands_at_the_due_time()
    {
        var clock = Clock.Start(Given.Limit("7 days"), Given.At("2026-09-02 10:00"), Golden);

        Assert.Equal([new WakeUp(Clock.BreachKey, Given.At("2026-09-10 00:00"))], clock.NextWakeUps(Given.At("2026-09-02 10:00")));
    }

    [Fact]
    public void A_limit_without_a_number_wakes_only_rungs_that_hang_on_the_start()
    {
        var clock = Clock.Start(Given.Limit("immediate", "age: start + 30 minutes", "late: due"), Given.At("2026-09-02 10:00"), Golden);

        Assert.Null(clock.DueAt);
        Assert.Equal([new WakeUp("age", Given.At("2026-09-02 10:30"))], clock.NextWakeUps(Given.At("2026-09-02 10:00")));
    }

    [Fact]
    public void Rungs_act_in_the_order_of_their_times_and_the_breach_before_the_rung_at_the_due_time()
    {
        var keys = _clock.DueRungs(Given.At("2026-09-05 00:00")).Select(rung => rung.Key);

        Assert.Equal(["warn", Clock.BreachKey, "overdue", "manager"], keys);
    }

    [Fact]
    public void A_limit_to_an_instant_is_breached_at_that_instant()
    {
        Assert.Equal(["warn"], _clock.DueRungs(Given.At("2026-09-03 10:00").AddSeconds(-1)).Select(rung => rung.Key));
        Assert.Contains(_clock.DueRungs(Given.At("2026-09-03 10:00")), rung => rung.Key == Clock.BreachKey);
    }

    [Fact]
    public void A_limit_to_the_end_of_a_day_leaves_the_whole_day()
    {
        var clock = Clock.Start(Given.Limit("7 days"), Given.At("2026-09-02 10:00"), Golden);

        Assert.Empty(clock.DueRungs(Given.At("2026-09-09 23:59").AddSeconds(59)));
        Assert.Contains(clock.DueRungs(Given.At("2026-09-10 00:00")), rung => rung.Key == Clock.BreachKey);
    }

    [Fact]
    public void The_breach_is_dated_with_the_due_time_and_a_rung_with_its_own()
    {
        Fire(Given.At("2026-09-03 10:03"));

        Assert.Equal(ClockState.Breached, _clock.State);
        Assert.Equal(Given.At("2026-09-03 10:00"), _clock.BreachedAt);
        var warn = _clock.Rungs[0];
        Assert.Equal(Given.At("2026-09-03 06:00"), warn.FiredAt);
        Assert.Equal(Given.At("2026-09-03 10:03"), warn.ActedAt);
        Assert.Equal(RungCause.Time, warn.Cause);
        Assert.Equal(["manager"], _clock.NextWakeUps(Given.At("2026-09-03 10:03")).Select(wake => wake.Key));
    }

    [Fact]
    public void A_rung_acts_once()
    {
        Fire(Given.At("2026-09-03 06:00"));

        Refused("clock.rung-acted", () => _clock.MarkFired("warn", Given.At("2026-09-03 07:00"), RungCause.Time));
        Assert.Empty(_clock.DueRungs(Given.At("2026-09-03 07:00")));
    }

    [Fact]
    public void A_rung_never_acts_early()
    {
        Refused("clock.rung-too-early", () => _clock.MarkFired("warn", Given.At("2026-09-03 05:59"), RungCause.Time));
        Refused("clock.rung-too-early", () => _clock.MarkFired(Clock.BreachKey, Given.At("2026-09-03 09:59"), RungCause.Time));
        Refused("clock.rung-unknown", () => _clock.MarkFired("other", Given.At("2026-09-03 10:00"), RungCause.Time));
    }

    [Fact]
    public void A_rung_withheld_by_a_condition_is_offered_again_and_dated_when_it_holds()
    {
        _clock.MarkFired(Clock.BreachKey, Given.At("2026-09-03 10:01"), RungCause.Time);

        Assert.Contains(_clock.DueRungs(Given.At("2026-09-03 12:00")), rung => rung.Key == "overdue");
        Assert.DoesNotContain(_clock.NextWakeUps(Given.At("2026-09-03 12:00")), wake => wake.Key == "overdue");
        _clock.MarkFired("overdue", Given.At("2026-09-03 12:00"), RungCause.Condition);
        Assert.Equal(Given.At("2026-09-03 12:00"), _clock.Rungs[1].FiredAt);
    }

    [Theory]
    [InlineData("2026-09-03 09:59", ClockState.Met)]
    [InlineData("2026-09-03 10:00", ClockState.Met)]
    [InlineData("2026-09-03 10:01", ClockState.Breached)]
    public void A_clock_is_met_in_time_or_stays_breached_with_the_time_it_was_met(string at, ClockState state)
    {
        _clock.Meet(Given.At(at));

        Assert.Equal(state, _clock.State);
        Assert.Equal(Given.At(at), _clock.MetAt);
        Assert.Equal(state == ClockState.Breached ? Given.At("2026-09-03 10:00") : null, _clock.BreachedAt);
        Assert.Empty(_clock.DueRungs(Given.At("2026-10-01 00:00")));
        Assert.Empty(_clock.NextWakeUps(Given.At("2026-09-02 00:00")));
    }

    [Fact]
    public void A_clock_that_is_over_takes_no_more_changes()
    {
        _clock.Meet(Given.At("2026-09-02 12:00"));
        var later = Given.At("2026-09-02 13:00");

        Refused("clock.not-running", () => _clock.Meet(later));
        Refused("clock.not-running", () => _clock.Cancel(later));
        Refused("clock.not-running", () => _clock.Pause(Reply, "material", "li", later));
        Refused("clock.not-running", () => _clock.Resume(Reply, Golden, later));
        Refused("clock.not-running", () => _clock.Recompute(Reply, later, Golden, null, later, "limit"));
        Refused("clock.not-running", () => _clock.MarkFired("warn", later, RungCause.Time));
    }

    [Fact]
    public void A_cancelled_clock_rests_and_a_breached_one_stays_breached()
    {
        var other = Clock.Start(Reply, Given.At("2026-09-02 10:00"), Golden);
        other.Cancel(Given.At("2026-09-02 11:00"));
        Fire(Given.At("2026-09-03 10:01"));
        _clock.Cancel(Given.At("2026-09-03 12:00"));

        Assert.Equal(ClockState.Cancelled, other.State);
        Assert.Equal(ClockState.Breached, _clock.State);
        Assert.Equal(Given.At("2026-09-03 12:00"), _clock.CancelledAt);
        Assert.Empty(_clock.NextWakeUps(Given.At("2026-09-03 12:00")));
    }

    [Fact]
    public void Shares_of_a_working_limit_are_shares_of_its_working_time()
    {
        var clock = Clock.Start(Given.Limit("4 workingHours", "warn: 80 %", "all: 100 %"), Given.At("2026-09-11 16:00"), Golden);

        Assert.Equal(Given.At("2026-09-14 10:12"), clock.Rungs[0].At);
        Assert.Equal(clock.DueAt, clock.Rungs[1].At);
    }

    [Theory]
    [InlineData("24 hours", "50 %", "2026-09-30 04:00")]
    [InlineData("24 hours", "start + 2 workingDays", "2026-10-08 18:00")]
    [InlineData("24 hours", "start + 1 days", "2026-09-30 16:00")]
    [InlineData("7 days", "due - 1 days", "2026-10-05 23:59")]
    [InlineData("7 days", "due - 2 workingDays", "2026-09-29 18:00")]
    [InlineData("5 workingDays", "due - 2 workingDays", "2026-10-09 18:00")]
    [InlineData("5 workingDays", "due + 1 workingDays", "2026-10-13 18:00")]
    [InlineData("5 workingDays", "due - 4 workingHours", "2026-10-12 14:00")]
    [InlineData("5 workingDays", "due + 1 weeks", "2026-10-19 18:00")]
    [InlineData("2 hours", "due - 4 hours", "2026-09-29 16:00")]
    public void A_rung_time_is_counted_from_the_start_or_the_due_time(string limit, string rung, string at)
    {
        var clock = Clock.Start(Given.Limit(limit, "rung: " + rung), Given.At("2026-09-29 16:00"), Golden);

        Assert.Equal(Given.At(at), clock.Rungs[0].At);
    }

    [Fact]
    public void A_clock_kept_as_json_comes_back_exactly_and_goes_on()
    {
        var limit = Reply with
        {
            PauseReasons = ["material"],
            Extension = new ExtensionRule { Max = Duration.Parse("48 hours") },
        };
        var clock = Clock.Start(limit, Given.At("2026-09-30 10:00"), Golden);
        clock.MarkFired("warn", Given.At("2026-10-01 06:00"), RungCause.Time);
        clock.Pause(limit, "material", "li", Given.At("2026-10-01 07:00"));
        clock.Resume(limit, Golden, Given.At("2026-10-01 09:00"));
        clock.Extend(
            limit,
            Golden,
            new ExtensionRequest { Reason = "laboratory", AskedAt = Given.At("2026-10-01 10:00"), By = Duration.Parse("1.5 hours") },
            "wang",
            Given.At("2026-10-01 11:00"));
        clock.Pause(limit, "material", "li", Given.At("2026-10-01 12:00"));

        var json = JsonSerializer.Serialize(clock);
        var again = JsonSerializer.Deserialize<Clock>(json)!;

        Assert.Equal(json, JsonSerializer.Serialize(again));
        Assert.Equal(clock.Rungs, again.Rungs);
        Assert.Equal(clock.Suspensions, again.Suspensions);
        Assert.Equal(clock.Extensions, again.Extensions);
        Assert.Equal(clock.Explanation.Days, again.Explanation.Days);
        Assert.Equal(clock.Explanation.ToText("en"), again.Explanation.ToText("en"));
        again.Resume(limit, Golden, Given.At("2026-10-01 13:00"));
        clock.Resume(limit, Golden, Given.At("2026-10-01 13:00"));
        Assert.Equal(JsonSerializer.Serialize(clock), JsonSerializer.Serialize(again));
        Assert.Equal(Given.At("2026-10-01 14:30"), again.DueAt);
    }

    [Fact]
    public void Json_says_states_and_units_in_the_words_of_the_api_and_a_small_clock_is_small()
    {
        var clock = Clock.Start(Given.Limit("5 workingDays", "overdue: due"), Given.At("2026-09-30 16:00"), Golden);

        var json = JsonSerializer.Serialize(clock, JsonSerializerOptions.Web);

        Assert.Contains("\"state\":\"running\"", json, StringComparison.Ordinal);
        Assert.Contains("\"unit\":\"workingDays\"", json, StringComparison.Ordinal);
        Assert.Contains("\"2026-10-01..2026-10-07 Off\"", json, StringComparison.Ordinal);
        Assert.InRange(json.Length, 500, 2500);
    }

    private void Fire(DateTimeOffset now)
    {
        foreach (var rung in _clock.DueRungs(now))
        {
            _clock.MarkFired(rung.Key, now, rung.Cause);
        }
    }

    private static void Refused(string code, Action action) =>
        Assert.Equal(code, Assert.Throws<RuleViolationException>(action).Rule.Code);
}
