using System.Text.Json;
using CaseManagement.Domain.Clocks;

namespace CaseManagement.Domain.Tests.Clocks;

/// <summary>What moves a running clock: pauses, extensions, another limit, another calendar, a promise.</summary>
public class ClockChangeTests
{
    private static readonly WorkCalendar Golden = Given.GoldenCalendar;

    private static readonly TimeLimit Resolution =
        Given.Limit("7 days", "warn: due - 24 hours", "overdue: due", "manager: due + 24 hours") with
        {
            PauseReasons = ["material"],
            Extension = new ExtensionRule
            {
                Times = 1,
                Max = Duration.Parse("7 days"),
                Approval = "extension",
                Before = RungTime.Due,
            },
        };

    private readonly Clock _clock = Clock.Start(Resolution, Given.At("2026-09-02 10:00"), Golden);

    [Fact]
    public void A_paused_clock_sleeps_and_goes_on_with_everything_moved()
    {
        _clock.Pause(Resolution, "material", "li", Given.At("2026-09-04 10:00"));

        Assert.Equal(ClockState.Paused, _clock.State);
        Assert.Empty(_clock.NextWakeUps(Given.At("2026-09-04 10:00")));
        Assert.Empty(_clock.DueRungs(Given.At("2026-12-01 10:00")));
        Refused("clock.paused", () => _clock.MarkFired("warn", Given.At("2026-12-01 10:00"), RungCause.Time));

        _clock.Resume(Resolution, Golden, Given.At("2026-09-06 10:00"));

        Assert.Equal(ClockState.Running, _clock.State);
        Assert.Equal(Given.At("2026-09-11 23:59"), _clock.DueAt);
        Assert.Equal(Given.At("2026-09-09 23:59"), _clock.OldDueAt);
        Assert.Equal(Given.At("2026-09-10 23:59"), _clock.Rungs[0].At);
        Assert.Equal([new Suspension("material", "li", Given.At("2026-09-04 10:00"), Given.At("2026-09-06 10:00"))], _clock.Suspensions);
    }

    [Fact]
    public void Pausing_needs_a_reason_the_limit_knows_and_a_clock_that_runs()
    {
        Refused("clock.pause-reason-unknown", () => _clock.Pause(Resolution, "holiday", "li", Given.At("2026-09-04 10:00")));
        Refused("clock.not-pausable", () => _clock.Pause(Resolution with { PauseReasons = [] }, "material", "li", Given.At("2026-09-04 10:00")));
        Refused("clock.time-goes-back", () => _clock.Pause(Resolution, "material", "li", Given.At("2026-09-01 10:00")));
        Refused("clock.not-paused", () => _clock.Resume(Resolution, Golden, Given.At("2026-09-04 10:00")));
        Assert.Equal(ClockState.Running, _clock.State);
        Assert.Empty(_clock.Suspensions);

        _clock.Pause(Resolution, "material", "li", Given.At("2026-09-04 10:00"));
        Refused("clock.paused-already", () => _clock.Pause(Resolution, "material", "li", Given.At("2026-09-05 10:00")));
        Refused("clock.time-goes-back", () => _clock.Resume(Resolution, Golden, Given.At("2026-09-04 09:00")));
        _clock.Resume(Resolution, Golden, Given.At("2026-09-05 10:00"));
        Refused("clock.time-goes-back", () => _clock.Pause(Resolution, "material", "li", Given.At("2026-09-05 09:00")));
    }

    [Fact]
    public void A_clock_met_while_paused_before_its_due_time_was_met_in_time()
    {
        _clock.Pause(Resolution, "material", "li", Given.At("2026-09-04 10:00"));

        _clock.Meet(Given.At("2026-10-01 10:00"));

        Assert.Equal(ClockState.Met, _clock.State);
        Assert.Equal(Given.At("2026-10-01 10:00"), Assert.Single(_clock.Suspensions).To);
    }

    [Fact]
    public void A_pause_after_the_breach_moves_the_escalation_and_the_clock_stays_breached()
    {
        Fire(Given.At("2026-09-10 00:00"));
        _clock.Pause(Resolution, "material", "li", Given.At("2026-09-10 12:00"));
        Assert.Equal(ClockState.Paused, _clock.State);

        _clock.Resume(Resolution, Golden, Given.At("2026-09-12 12:00"));

        Assert.Equal(ClockState.Breached, _clock.State);
        Assert.Equal(Given.At("2026-09-09 23:59"), _clock.BreachedAt);
        Assert.Equal([new WakeUp("manager", Given.At("2026-09-12 23:59"))], _clock.NextWakeUps(Given.At("2026-09-12 12:00")));
    }

    [Fact]
    public void A_clock_that_was_late_when_it_was_paused_is_breached()
    {
        _clock.Pause(Resolution, "material", "li", Given.At("2026-09-10 08:00"));

        Assert.Equal(Given.At("2026-09-09 23:59"), _clock.BreachedAt);
    }

    [Fact]
    public void Rungs_that_hang_on_the_start_move_with_a_pause_too()
    {
        var limit = Given.Limit("none", "age: start + 30 days") with { PauseReasons = ["material"] };
        var clock = Clock.Start(limit, Given.At("2026-09-02 10:00"), Golden);

        clock.Pause(limit, "material", "li", Given.At("2026-09-04 10:00"));
        clock.Resume(limit, Golden, Given.At("2026-09-06 10:00"));

        Assert.Equal(Given.At("2026-10-04 10:00"), clock.Rungs[0].At);
    }

    [Fact]
    public void An_extension_moves_the_due_time_and_keeps_the_old_one()
    {
        _clock.Extend(Resolution, Golden, Wish("7 days"), "wang", Given.At("2026-09-05 10:00"));

        Assert.Equal(Given.At("2026-09-16 23:59"), _clock.DueAt);
        Assert.Equal(Given.At("2026-09-09 23:59"), _clock.OldDueAt);
        var entry = Assert.Single(_clock.Extensions);
        Assert.Equal(("laboratory", "wang"), (entry.Reason, entry.ApprovedBy));
        Assert.Equal((Given.At("2026-09-09 23:59"), Given.At("2026-09-16 23:59")), (entry.OldDueAt, entry.NewDueAt));
    }

    [Fact]
    public void An_extension_is_refused_by_each_part_of_the_rule()
    {
        var at = Given.At("2026-09-05 10:00");
        void Ask(string code, ExtensionRequest wish, TimeLimit? limit = null, string? approvedBy = "wang") =>
            Refused(code, () => _clock.Extend(limit ?? Resolution, Golden, wish, approvedBy, at));

        Ask("reason-required", Wish("1 days") with { Reason = " " });
        Ask("not-extendable", Wish("1 days"), Resolution with { Extension = null });
        Ask("clock.approval-required", Wish("1 days"), approvedBy: null);
        Ask("clock.extension-amount", Wish("1 days") with { By = null });
        Ask("clock.extension-amount", Wish("1 days") with { Until = new DateOnly(2026, 9, 12) });
        Ask("clock.extension-too-long", Wish("8 days"));
        Ask("clock.extension-too-long", Wish("1 days") with { By = null, Until = new DateOnly(2026, 9, 17) });
        Ask("clock.extension-not-later", Wish("0 days"));
        Ask("clock.extension-not-later", Wish("1 days") with { By = null, Until = new DateOnly(2026, 9, 9) });
        Ask("clock.extension-too-late", Wish("1 days") with { AskedAt = Given.At("2026-09-10 00:00") });
        Assert.Equal(Given.At("2026-09-09 23:59"), _clock.DueAt);
        Assert.Empty(_clock.Extensions);

        _clock.Extend(Resolution, Golden, Wish("1 days") with { AskedAt = Given.At("2026-09-09 23:59") }, "wang", Given.At("2026-09-10 08:00"));
        Ask("clock.extensions-used-up", Wish("1 days"));
    }

    [Fact]
    public void Whether_an_extension_may_be_asked_for_is_said_before_anybody_approves_it()
    {
        var due = _clock.EnsureExtendable(Resolution, Golden, Wish("2 days"));

        Assert.Equal(Given.At("2026-09-11 23:59"), due);
        Assert.Equal(Given.At("2026-09-09 23:59"), _clock.DueAt);
        Refused("clock.extension-too-long", () => _clock.EnsureExtendable(Resolution, Golden, Wish("9 days")));
    }

    [Fact]
    public void A_clock_without_a_due_time_has_nothing_to_extend()
    {
        var limit = Given.Limit("promised", "overdue: due") with { Extension = new ExtensionRule() };
        var clock = Clock.Start(limit, Given.At("2026-09-02 10:00"), Golden);

        Refused("clock.no-due-time", () => clock.Extend(limit, Golden, Wish("2 days"), null, Given.At("2026-09-03 10:00")));
    }

    [Fact]
    public void A_promise_gives_the_clock_its_due_time_and_an_extension_until_a_later_date_moves_it()
    {
        var limit = Given.Limit("promised", "warn: due - 1 days") with { Extension = new ExtensionRule { Approval = "leader" } };
        var promised = new DateOnly(2026, 9, 18);
        var clock = Clock.Start(limit, Given.At("2026-09-15 10:00"), Golden);
        clock.Recompute(limit, Given.At("2026-09-15 10:00"), Golden, promised, Given.At("2026-09-15 11:00"), "promise");
        Assert.Equal(Given.At("2026-09-18 23:59"), clock.DueAt);

        clock.Extend(limit, Golden, Wish("1 days") with { By = null, Until = new DateOnly(2026, 9, 25) }, "leader", Given.At("2026-09-16 11:00"), promised);

        Assert.Equal(Given.At("2026-09-25 23:59"), clock.DueAt);
        Assert.Equal(Given.At("2026-09-18 23:59"), clock.OldDueAt);
        Assert.Equal(Given.At("2026-09-24 23:59"), clock.Rungs[0].At);
    }

    [Fact]
    public void An_extension_survives_a_change_of_limit()
    {
        _clock.Extend(Resolution, Golden, Wish("2 days"), "wang", Given.At("2026-09-05 10:00"));

        _clock.Recompute(Resolution with { Amount = 5, Version = 2 }, _clock.StartedAt, Golden, null, Given.At("2026-09-06 10:00"), "limit");

        Assert.Equal(Given.At("2026-09-09 23:59"), _clock.DueAt);
        Assert.Equal(2, _clock.LimitVersion);
    }

    [Fact]
    public void Rungs_that_a_change_puts_in_the_past_are_due_once_and_marked_with_it()
    {
        _clock.Recompute(Resolution with { Amount = 2 }, _clock.StartedAt, Golden, null, Given.At("2026-09-06 10:00"), "limit v2");

        var due = _clock.DueRungs(Given.At("2026-09-06 10:00"));
        Assert.Equal(["warn", Clock.BreachKey, "overdue", "manager"], due.Select(rung => rung.Key));
        Assert.All(due, rung => Assert.Equal((RungCause.Change, "limit v2"), (rung.Cause, rung.Change)));

        Fire(Given.At("2026-09-06 10:00"));
        Assert.Empty(_clock.DueRungs(Given.At("2026-09-30 10:00")));
        Assert.Equal(Given.At("2026-09-04 23:59"), _clock.BreachedAt);
        Assert.Equal(Given.At("2026-09-06 10:00"), _clock.Breach.ActedAt);
        Assert.Equal((Given.At("2026-09-03 23:59"), Given.At("2026-09-06 10:00")), (_clock.Rungs[0].At, _clock.Rungs[0].FiredAt));
        Assert.Equal(RungCause.Change, _clock.Rungs[0].Cause);
    }

    [Fact]
    public void A_rung_whose_time_had_come_before_the_change_is_not_blamed_on_it()
    {
        var at = Given.At("2026-09-09 12:00");

        _clock.Recompute(Resolution with { Amount = 6 }, _clock.StartedAt, Golden, null, at, "limit v2");

        Assert.Equal(
            [("warn", RungCause.Time), (Clock.BreachKey, RungCause.Change), ("overdue", RungCause.Change)],
            _clock.DueRungs(at).Select(rung => (rung.Key, rung.Cause)));
    }

    [Fact]
    public void A_rung_that_a_later_change_moves_ahead_again_is_not_marked()
    {
        _clock.Recompute(Resolution with { Amount = 2 }, _clock.StartedAt, Golden, null, Given.At("2026-09-06 10:00"), "limit v2");
        _clock.Recompute(Resolution, _clock.StartedAt, Golden, null, Given.At("2026-09-06 11:00"), "limit v3");

        Assert.Empty(_clock.DueRungs(Given.At("2026-09-06 11:00")));
        Assert.All(_clock.DueRungs(Given.At("2026-09-30 11:00")), rung => Assert.Equal(RungCause.Time, rung.Cause));
    }

    [Fact]
    public void A_breached_clock_that_gets_more_time_stays_breached_in_history_and_runs_on()
    {
        Fire(Given.At("2026-09-10 00:00"));

        _clock.Recompute(Resolution with { Amount = 14 }, _clock.StartedAt, Golden, null, Given.At("2026-09-10 10:00"), "limit v2");

        Assert.Equal(ClockState.Breached, _clock.State);
        Assert.Equal(Given.At("2026-09-09 23:59"), _clock.BreachedAt);
        Assert.Equal(Given.At("2026-09-16 23:59"), _clock.DueAt);
        Assert.Equal([new WakeUp("manager", Given.At("2026-09-17 23:59"))], _clock.NextWakeUps(Given.At("2026-09-10 10:00")));

        _clock.Meet(Given.At("2026-09-15 10:00"));
        Assert.Equal(ClockState.Breached, _clock.State);
    }

    [Fact]
    public void A_clock_that_changes_to_another_limit_starts_from_that_limits_own_moment()
    {
        var again = Given.Limit("3 days", "warn: due - 24 hours", "chief: due") with { Key = "resolution-again", From = "reopenedAt" };
        Fire(Given.At("2026-09-08 23:59"));

        _clock.Recompute(again, Given.At("2026-09-09 09:00"), Golden, null, Given.At("2026-09-09 09:00"), "reopened");

        Assert.Equal(("resolution-again", Given.At("2026-09-09 09:00")), (_clock.LimitKey, _clock.StartedAt));
        Assert.Equal(Given.At("2026-09-12 23:59"), _clock.DueAt);
        Assert.Equal(Given.At("2026-09-08 23:59"), _clock.Rungs.Single(rung => rung.Key == "warn").FiredAt);
        Assert.Equal([Clock.BreachKey, "chief"], _clock.NextWakeUps(Given.At("2026-09-09 09:00")).Select(wake => wake.Key));
    }

    [Fact]
    public void Rungs_that_acted_under_an_earlier_limit_are_kept_and_the_others_go()
    {
        Fire(Given.At("2026-09-08 23:59"));
        var other = Given.Limit("30 days", "chief: due") with { Key = "other" };

        _clock.Recompute(other, _clock.StartedAt, Golden, null, Given.At("2026-09-09 09:00"), "level");

        Assert.Equal(["chief", "warn"], _clock.Rungs.Select(rung => rung.Key));
        Refused("clock.rung-acted", () => _clock.MarkFired("warn", Given.At("2026-10-09 09:00"), RungCause.Time));
    }

    [Fact]
    public void A_new_calendar_moves_the_due_time_and_a_preview_of_it_moves_nothing()
    {
        var limit = Given.Limit("5 workingDays", "overdue: due");
        var clock = Clock.Start(limit, Given.At("2026-09-30 16:00"), Golden);
        var document = Golden.ToDocument();
        var weekend = WorkCalendar.From("golden-2026", document with { MakeUpDays = [.. document.MakeUpDays!.Where(day => day.Month != 10)] });

        var preview = clock.DueUnder(limit, clock.StartedAt, weekend);
        Assert.Equal(Given.At("2026-10-13 18:00"), clock.DueAt);
        clock.Recompute(limit, clock.StartedAt, weekend, null, Given.At("2026-10-08 09:00"), "calendar");

        Assert.Equal(Given.At("2026-10-14 18:00"), clock.DueAt);
        Assert.Equal(preview.DueAt, clock.DueAt);
    }

    [Fact]
    public void A_change_made_while_paused_marks_only_what_it_put_before_the_pause()
    {
        _clock.Pause(Resolution, "material", "li", Given.At("2026-09-05 10:00"));
        _clock.Recompute(Resolution with { Amount = 4 }, _clock.StartedAt, Golden, null, Given.At("2026-09-20 10:00"), "limit v2");
        _clock.Resume(Resolution, Golden, Given.At("2026-09-21 10:00"));

        Assert.Empty(_clock.DueRungs(Given.At("2026-09-21 10:00")));
    }

    [Fact]
    public void A_clock_is_never_counted_by_the_wrong_limit_nor_changed_by_a_bad_one()
    {
        var other = Resolution with { Key = "other" };
        Assert.Throws<ArgumentException>(() => _clock.Pause(other, "material", "li", Given.At("2026-09-04 10:00")));
        Assert.Throws<ArgumentException>(
            () => _clock.Recompute(other with { ClockKey = "x" }, _clock.StartedAt, Golden, null, Given.At("2026-09-04 10:00"), "limit"));
        Assert.Throws<InvalidTimeRuleException>(
            () => _clock.Recompute(other with { Amount = -1 }, _clock.StartedAt, Golden, null, Given.At("2026-09-04 10:00"), "limit"));
        Refused("reason-required", () => _clock.Recompute(Resolution, _clock.StartedAt, Golden, null, Given.At("2026-09-04 10:00"), ""));

        Assert.Equal(("reply", Given.At("2026-09-09 23:59")), (_clock.LimitKey, _clock.DueAt));
    }

    [Fact]
    public void A_rung_that_cannot_be_placed_leaves_the_clock_as_it_was()
    {
        var start = Given.At("2300-09-01 10:00");
        var clock = Clock.Start(Resolution, start, Golden);
        var before = JsonSerializer.Serialize(clock);
        var far = Given.Limit("3 days", "far: due + 36500 workingDays");

        var refused = Assert.Throws<InvalidTimeRuleException>(
            () => clock.Recompute(far, start.AddDays(1), Golden, null, start.AddDays(1), "limit v2"));

        Assert.Equal("calendar.out-of-range", refused.Code);
        Assert.Equal(before, JsonSerializer.Serialize(clock));
    }

    [Fact]
    public void The_ledger_has_a_bound()
    {
        var at = Given.At("2026-09-04 10:00");
        for (var i = 0; i < Clock.MaxLedgerEntries; i++)
        {
            _clock.Pause(Resolution, "material", "li", at);
            _clock.Resume(Resolution, Golden, at);
        }

        Refused("clock.ledger-full", () => _clock.Pause(Resolution, "material", "li", at));
    }

    private static ExtensionRequest Wish(string by) =>
        new() { Reason = "laboratory", AskedAt = Given.At("2026-09-05 09:00"), By = Duration.Parse(by) };

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
