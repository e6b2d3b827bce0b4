using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Clocks;

/// <summary>
/// One time limit running on one case: its due time, its ledger of pauses and extensions, and what its rungs have done. Part of the case's document.
/// Whoever changes a clock first lets it do what is due (<see cref="DueRungs"/>), so that nothing late is overlooked.
/// </summary>
public sealed class Clock
{
    /// <summary>The reserved key under which the breach itself is woken and marked.</summary>
    public const string BreachKey = "$breach";

    /// <summary>Pauses and extensions of one clock together, at most.</summary>
    public const int MaxLedgerEntries = 200;

    /// <summary>A limit that runs to the end of a day (23:59, close of business) is breached at the first minute after it, so that it leaves the whole day. One that runs to an instant is breached at that instant.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>Between a clock's name and the element it runs for (<c>measure:2</c>).</summary>
    public const char ElementMark = ':';

    /// <summary>The name by which limits know a clock, without the element it runs for.</summary>
    public static string NameOf(string key) => key.IndexOf(ElementMark, StringComparison.Ordinal) is >= 0 and var mark ? key[..mark] : key;

    /// <summary>Whether this is the clock of one element of a list.</summary>
    public static bool IsOfOneElement(string key) => key.Contains(ElementMark, StringComparison.Ordinal);

    [JsonConstructor]
    internal Clock()
    {
    }

    /// <summary>The clock's name; with <see cref="ElementMark"/> and the element where each element of a list has its own.</summary>
    [JsonInclude]
    public string Key { get; internal set; } = "";

    /// <summary>The fact that holds the list, where the clock is that of one element.</summary>
    [JsonInclude]
    public string? EachOf { get; internal set; }

    [JsonInclude]
    public string LimitKey { get; internal set; } = "";

    [JsonInclude]
    public int LimitVersion { get; internal set; }

    [JsonInclude]
    public ClockState State { get; internal set; }

    [JsonInclude]
    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>None when the limit has no number. While paused: as if it went on at the instant of the pause.</summary>
    [JsonInclude]
    public DateTimeOffset? DueAt { get; internal set; }

    /// <summary>The due time before the latest change of it.</summary>
    [JsonInclude]
    public DateTimeOffset? OldDueAt { get; internal set; }

    [JsonInclude]
    public DateTimeOffset? MetAt { get; internal set; }

    [JsonInclude]
    public DateTimeOffset? CancelledAt { get; internal set; }

    [JsonInclude]
    public DueExplanation Explanation { get; internal set; } = null!;

    [JsonInclude]
    public IReadOnlyList<Suspension> Suspensions { get; internal set; } = [];

    [JsonInclude]
    public IReadOnlyList<Extension> Extensions { get; internal set; } = [];

    /// <summary>More time that was asked for and hangs on an approval; none when nothing does.</summary>
    [JsonInclude]
    public ExtensionWish? Wish { get; internal set; }

    /// <summary>The limit's rungs in its order, then those that acted under an earlier limit.</summary>
    [JsonInclude]
    public IReadOnlyList<RungState> Rungs { get; internal set; } = [];

    /// <summary>The breach, kept like a rung.</summary>
    [JsonInclude]
    public RungState Breach { get; internal set; } = new(BreachKey, null);

    /// <summary>The due time that passed, whether or not the clock was met or given more time since.</summary>
    [JsonIgnore]
    public DateTimeOffset? BreachedAt => Breach.FiredAt;

    /// <summary>The due time rests on days whose holidays are not yet published.</summary>
    [JsonIgnore]
    public bool Provisional => Explanation.Provisional;

    /// <summary>Neither met nor cancelled: running, paused, or breached and still unmet.</summary>
    [JsonIgnore]
    public bool IsOpen => MetAt is null && CancelledAt is null;

    /// <summary>Since when it is paused.</summary>
    [JsonIgnore]
    public DateTimeOffset? PausedSince => Suspensions is [.., { To: null } open] ? open.From : null;

    /// <summary>Starts a clock; the start may lie in the past, its rungs are then due at once.</summary>
    /// <param name="limit">The rule that holds.</param>
    /// <param name="startedAt">The moment the rule counts from.</param>
    /// <param name="calendar">The calendar the rule names.</param>
    /// <param name="promised">The promised date, for a limit in promised dates.</param>
    /// <param name="key">The clock's key where it is that of one element of a list.</param>
    /// <param name="eachOf">The fact that holds the list.</param>
    /// <exception cref="InvalidTimeRuleException">The limit cannot be counted.</exception>
    public static Clock Start(TimeLimit limit, DateTimeOffset startedAt, WorkCalendar calendar, DateOnly? promised = null, string? key = null, string? eachOf = null)
    {
        ArgumentNullException.ThrowIfNull(limit);
        limit.EnsureValid();
        var clock = new Clock { Key = key ?? limit.ClockKey, EachOf = eachOf };
        clock.Apply(limit, clock.DueUnder(limit, startedAt, calendar, promised), calendar, [], now: null, change: null);
        return clock;
    }

    /// <summary>What the due time would be under a rule: the preview of <see cref="Recompute"/>. Changes nothing.</summary>
    public DueTime DueUnder(TimeLimit limit, DateTimeOffset startedAt, WorkCalendar calendar, DateOnly? promised = null) =>
        DueTime.Compute(limit, startedAt, calendar, promised, Suspensions, Extensions);

    /// <summary>Whether counting again under its limit, which may have changed as the calendar may, would change the due time, a rung or the explanation.</summary>
    public bool IsCountedOtherwise(TimeLimit limit, WorkCalendar calendar, DateOnly? promised = null)
    {
        EnsureOwn(limit);
        var now = DueUnder(limit, StartedAt, calendar, promised);
        return now.DueAt != DueAt
            || now.Explanation.Calendar != Explanation.Calendar
            || (now.Explanation.Unit, now.Explanation.Amount) != (Explanation.Unit, Explanation.Amount)
            || limit.Rungs.Any(rung => !Rungs.Any(known => known.Key == rung.Key))
            || Rungs.Any(known => known.FiredAt is null && !limit.Rungs.Any(rung => rung.Key == known.Key))
            || now.Provisional != Provisional
            || !now.Explanation.DaysOff.SequenceEqual(Explanation.DaysOff)
            || !now.Explanation.MakeUpDays.SequenceEqual(Explanation.MakeUpDays)
            || !now.Explanation.Days.SequenceEqual(Explanation.Days)
            || limit.Rungs.Any(rung => Rungs.FirstOrDefault(known => known.Key == rung.Key) is { FiredAt: null } known
                && known.At != RungInstant.Of(rung.At, limit.Unit, StartedAt, now.DueAt, Suspensions, calendar));
    }

    /// <summary>Stops counting; rungs sleep until <see cref="Resume"/>.</summary>
    /// <param name="limit">The rule it runs under.</param>
    /// <param name="reason">One of the rule's reasons.</param>
    /// <param name="by">Who pauses it.</param>
    /// <param name="at">Since when: now, or an earlier moment after the start and the latest entry of the ledger.</param>
    /// <param name="enteredAt">Now, where the pause began before; a breach before it stays, one after it too.</param>
    /// <exception cref="RuleViolationException">
    /// clock.not-running, clock.paused-already, clock.not-pausable, clock.pause-reason-unknown, clock.time-goes-back, clock.ledger-full.
    /// </exception>
    public void Pause(TimeLimit limit, string reason, string by, DateTimeOffset at, DateTimeOffset? enteredAt = null)
    {
        EnsureOwn(limit);
        EnsureOpen();
        at = at.ToUniversalTime();
        RuleViolationException.ThrowUnless(PausedSince is null, ClockRules.PausedAlready);
        RuleViolationException.ThrowUnless(limit.PauseReasons.Count > 0, ClockRules.NotPausable);
        RuleViolationException.ThrowUnless(limit.PauseReasons.Contains(reason), ClockRules.PauseReasonUnknown);
        RuleViolationException.ThrowUnless(at >= StartedAt && (Suspensions is not [.., var last] || at >= last.To), ClockRules.TimeGoesBack);
        EnsureRoomInLedger();

        BreachIfLate(at);
        Suspensions = [.. Suspensions, new Suspension(reason, by, at) { EnteredAt = enteredAt?.ToUniversalTime() }];
        State = ClockState.Paused;
    }

    /// <summary>Goes on counting; the due time and the rungs move by the time paused.</summary>
    /// <exception cref="RuleViolationException">clock.not-running, clock.not-paused, clock.time-goes-back.</exception>
    public void Resume(TimeLimit limit, WorkCalendar calendar, DateTimeOffset at, DateOnly? promised = null)
    {
        EnsureOwn(limit);
        EnsureOpen();
        at = at.ToUniversalTime();
        RuleViolationException.ThrowUnless(PausedSince is not null, ClockRules.NotPaused);
        RuleViolationException.ThrowUnless(at >= PausedSince, ClockRules.TimeGoesBack);

        var closed = WithPauseClosed(at);
        var due = DueTime.Compute(limit, StartedAt, calendar, promised, closed, Extensions);
        Apply(limit, due, calendar, closed, now: null, change: null);
        State = BreachedAt is null ? ClockState.Running : ClockState.Breached;
    }

    /// <summary>Refuses a wish for more time that could not be granted, before anybody is asked to approve it.</summary>
    /// <returns>The due time it would lead to.</returns>
    /// <exception cref="RuleViolationException">
    /// clock.not-running, not-extendable, clock.extensions-used-up, reason-required, clock.extension-amount, clock.no-due-time,
    /// clock.extension-too-late, clock.extension-not-later, clock.extension-too-long, clock.ledger-full.
    /// </exception>
    public DateTimeOffset EnsureExtendable(TimeLimit limit, WorkCalendar calendar, ExtensionRequest request, DateOnly? promised = null) =>
        Extended(limit, calendar, request, approvedBy: null, request.AskedAt, promised).DueAt!.Value;

    /// <summary>
    /// Grants at <paramref name="at"/> what was asked for. <paramref name="approvedBy"/> may be none only where the rule asks nobody. A breached clock
    /// stays breached in history and runs on to its new due time.
    /// </summary>
    /// <exception cref="RuleViolationException">Those of <see cref="EnsureExtendable"/>, and clock.approval-required.</exception>
    public void Extend(
        TimeLimit limit, WorkCalendar calendar, ExtensionRequest request, string? approvedBy, DateTimeOffset at, DateOnly? promised = null)
    {
        var due = Extended(limit, calendar, request, approvedBy, at, promised);
        RuleViolationException.ThrowUnless(
            limit.Extension!.Approval is null || !string.IsNullOrWhiteSpace(approvedBy), ClockRules.ApprovalRequired);

        Apply(limit, due, calendar, Suspensions, now: null, change: null);
        Extensions = due.Explanation.Extensions;
    }

    /// <summary>
    /// Counts again because the limit, the calendar or the promise changed, or because another limit of this clock holds now. Rungs that have acted
    /// stay as they are; those that the change puts in the past are due once, marked with it.
    /// </summary>
    /// <param name="limit">The rule that holds now.</param>
    /// <param name="startedAt">The moment that rule counts from.</param>
    /// <param name="calendar">The calendar that rule names.</param>
    /// <param name="promised">The promised date, for a limit in promised dates.</param>
    /// <param name="at">When the change is made.</param>
    /// <param name="change">What changed, for the record.</param>
    /// <exception cref="RuleViolationException">clock.not-running, reason-required.</exception>
    public void Recompute(
        TimeLimit limit, DateTimeOffset startedAt, WorkCalendar calendar, DateOnly? promised, DateTimeOffset at, string change)
    {
        ArgumentNullException.ThrowIfNull(limit);
        if (limit.ClockKey != NameOf(Key))
        {
            throw new ArgumentException($"The limit {limit.Key} belongs to the clock {limit.ClockKey}, not {Key}.", nameof(limit));
        }

        EnsureOpen();
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(change), ClockRules.ReasonRequired);
        limit.EnsureValid();
        var due = DueUnder(limit, startedAt, calendar, promised);

        Apply(limit, due, calendar, Suspensions, now: PausedSince ?? at.ToUniversalTime(), change);
    }

    /// <summary>The case has done what the limit asks. In the due minute itself it is still in time; later it stays breached, with the time it was met.</summary>
    /// <param name="at">When it was done; a moment recorded afterwards may lie in the past.</param>
    /// <exception cref="RuleViolationException">clock.not-running.</exception>
    public void Meet(DateTimeOffset at)
    {
        EnsureOpen();
        at = at.ToUniversalTime();

        BreachIfLate(PausedSince < at ? PausedSince.Value : at);
        Suspensions = WithPauseClosed(at);
        MetAt = at;
        State = BreachedAt is null ? ClockState.Met : ClockState.Breached;
    }

    /// <summary>The limit no longer matters, e.g. the case is closed. A breached clock stays breached; its rungs rest.</summary>
    /// <exception cref="RuleViolationException">clock.not-running.</exception>
    public void Cancel(DateTimeOffset at)
    {
        EnsureOpen();
        at = at.ToUniversalTime();

        Suspensions = WithPauseClosed(at);
        CancelledAt = at;
        State = BreachedAt is null ? ClockState.Cancelled : ClockState.Breached;
    }

    /// <summary>What has come due and not acted, by time; at the same time the breach goes first. Nothing while paused or when over.</summary>
    public IReadOnlyList<DueRung> DueRungs(DateTimeOffset now) =>
        [.. Sleeping()
            .Where(rung => rung.WakesAt <= now)
            .OrderBy(rung => rung.At)
            .Select(rung => new DueRung(rung.Key, rung.At!.Value, rung.Change is null ? RungCause.Time : RungCause.Change, rung.Change))];

    /// <summary>When the clock wants to be looked at after <paramref name="now"/>: its timer rows. Nothing while paused or when over.</summary>
    public IReadOnlyList<WakeUp> NextWakeUps(DateTimeOffset now) =>
        [.. Sleeping()
            .Where(rung => rung.WakesAt > now)
            .OrderBy(rung => rung.WakesAt)
            .Select(rung => new WakeUp(rung.Key, rung.WakesAt!.Value))];

    /// <summary>A rung acts: once, and never early.</summary>
    /// <param name="rungKey">The rung's key, or <see cref="BreachKey"/>.</param>
    /// <param name="at">Now.</param>
    /// <param name="cause">Why now: as <see cref="DueRungs"/> said, or that a condition withheld it until now.</param>
    /// <exception cref="RuleViolationException">
    /// clock.not-running, clock.paused, clock.rung-unknown, clock.rung-acted, clock.rung-too-early.
    /// </exception>
    public void MarkFired(string rungKey, DateTimeOffset at, RungCause cause)
    {
        EnsureOpen();
        at = at.ToUniversalTime();
        RuleViolationException.ThrowUnless(PausedSince is null, ClockRules.Asleep);
        var rung = rungKey == BreachKey ? Breach : Rungs.FirstOrDefault(rung => rung.Key == rungKey);
        RuleViolationException.ThrowUnless(rung is not null, ClockRules.RungUnknown);
        RuleViolationException.ThrowUnless(rung!.FiredAt is null, ClockRules.RungActed);
        RuleViolationException.ThrowUnless(rung.WakesAt <= at, ClockRules.RungTooEarly);

        var fired = rung with { FiredAt = cause == RungCause.Time ? rung.At : at, ActedAt = at, Cause = cause };
        if (rungKey == BreachKey)
        {
            Breach = fired with { FiredAt = rung.At };
            State = ClockState.Breached;
        }
        else
        {
            Rungs = [.. Rungs.Select(other => other.Key == rungKey ? fired : other)];
        }
    }

    /// <summary>Whether a moment near the due time has come, such as the last at which the clock may be paused; never where it depends on a due time there is not.</summary>
    /// <param name="moment">The moment, as a rung's.</param>
    /// <param name="limit">The rule it runs under.</param>
    /// <param name="calendar">The calendar the rule names.</param>
    /// <param name="at">Now.</param>
    public bool HasCome(RungTime moment, TimeLimit limit, WorkCalendar calendar, DateTimeOffset at) =>
        RungInstant.Of(moment, limit.Unit, StartedAt, DueAt, Suspensions, calendar) is { } until && at >= until + (until == DueAt ? Grace : TimeSpan.Zero);

    /// <summary>A change of the limit or the calendar put the due time in the past, and the breach has yet to act.</summary>
    public bool IsOvertakenBy(DateTimeOffset now) => Sleeping().Any(rung => rung.Key == BreachKey && rung.Change is not null && rung.WakesAt <= now);

    private IEnumerable<RungState> Sleeping() =>
        IsOpen && PausedSince is null ? Rungs.Prepend(Breach).Where(rung => rung.FiredAt is null) : [];

    private DueTime Extended(
        TimeLimit limit, WorkCalendar calendar, ExtensionRequest request, string? approvedBy, DateTimeOffset at, DateOnly? promised)
    {
        EnsureOwn(limit);
        EnsureOpen();
        RuleViolationException.ThrowUnless(
            limit.Extension is { ReasonRequired: false } || !string.IsNullOrWhiteSpace(request.Reason), ClockRules.ReasonRequired);
        RuleViolationException.ThrowUnless(limit.Extension is not null, ClockRules.NotExtendable);
        var rule = limit.Extension!;
        RuleViolationException.ThrowUnless(rule.Times is null || Extensions.Count < rule.Times, ClockRules.ExtensionsUsedUp);
        RuleViolationException.ThrowUnless(request.By is null != request.Until is null, ClockRules.ExtensionAmount);
        RuleViolationException.ThrowUnless(DueAt is not null, ClockRules.NoDueTime);
        EnsureRoomInLedger();
        var old = DueAt!.Value;
        if (rule.Before is { } before)
        {
            var until = RungInstant.Of(before, limit.Unit, StartedAt, old, Suspensions, calendar)!.Value;
            RuleViolationException.ThrowUnless(
                request.AskedAt < until + (until == old ? Grace : TimeSpan.Zero), ClockRules.ExtensionTooLate);
        }

        var extension = new Extension(request.Reason, approvedBy, at.ToUniversalTime(), request.By, request.Until, old) { AskedBy = request.AskedBy };
        var due = DueTime.Compute(limit, StartedAt, calendar, promised, Suspensions, [.. Extensions, extension]);
        RuleViolationException.ThrowUnless(due.DueAt > old, ClockRules.ExtensionNotLater);
        RuleViolationException.ThrowUnless(
            rule.Max is not { } max || due.DueAt <= new DueArithmetic(limit, calendar, StartedAt).Extended(old, max),
            ClockRules.ExtensionTooLong);

        var explanation = due.Explanation with { Extensions = [.. Extensions, extension with { NewDueAt = due.DueAt }] };
        return due with { Explanation = explanation };
    }

    // Works everything out before it changes anything, so that a rung that cannot be placed leaves the clock as it was.
    private void Apply(
        TimeLimit limit, DueTime due, WorkCalendar calendar, IReadOnlyList<Suspension> suspensions, DateTimeOffset? now, string? change)
    {
        var startedAt = due.Explanation.StartedAt;
        var runsToEndOfDay = limit.RunsTo != EndOf.Instant;
        var known = limit.Rungs.Select(rung => Moved(
            Rungs.FirstOrDefault(old => old.Key == rung.Key),
            new RungState(rung.Key, RungInstant.Of(rung.At, limit.Unit, startedAt, due.DueAt, suspensions, calendar)) { WaitsOutMinute = runsToEndOfDay && IsDue(rung.At) }));
        var past = Rungs.Where(old => old.FiredAt is not null && limit.Rungs.All(rung => rung.Key != old.Key));
        Rungs = [.. known, .. past];

        Breach = Moved(Breach, Breach with { At = due.DueAt, WaitsOutMinute = runsToEndOfDay });
        OldDueAt = Explanation is null || due.DueAt == DueAt ? OldDueAt : DueAt;
        DueAt = due.DueAt;
        StartedAt = startedAt;
        Suspensions = suspensions;
        Explanation = due.Explanation;
        LimitKey = limit.Key;
        LimitVersion = limit.Version;

        RungState Moved(RungState? old, RungState moved)
        {
            if (old?.FiredAt is not null)
            {
                return old;
            }

            var overtaken = moved.WakesAt <= now && !(old?.WakesAt <= now);
            var unmoved = moved.At == old?.At || moved.WakesAt <= now;
            return moved with { Change = overtaken ? change : unmoved ? old?.Change : null };
        }
    }

    private static bool IsDue(RungTime at) =>
        at.Anchor == RungAnchor.Due ? at.Offset is not { Amount: > 0 } : at.Anchor == RungAnchor.Share && at.Percent == 100;

    private void BreachIfLate(DateTimeOffset at)
    {
        if (BreachedAt is null && (Breach.WaitsOutMinute ? Breach.WakesAt <= at : Breach.WakesAt < at))
        {
            Breach = Breach with { FiredAt = Breach.At, ActedAt = at, Cause = Breach.Change is null ? RungCause.Time : RungCause.Change };
        }
    }

    private IReadOnlyList<Suspension> WithPauseClosed(DateTimeOffset at) =>
        Suspensions is [.., { To: null } open]
            ? [.. Suspensions.Take(Suspensions.Count - 1), open with { To = at > open.From ? at : open.From }]
            : Suspensions;

    private void EnsureOpen() => RuleViolationException.ThrowUnless(IsOpen, ClockRules.NotRunning);

    private void EnsureRoomInLedger() =>
        RuleViolationException.ThrowUnless(Suspensions.Count + Extensions.Count < MaxLedgerEntries, ClockRules.LedgerFull);

    private void EnsureOwn(TimeLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        if (limit.Key != LimitKey)
        {
            throw new ArgumentException($"The clock {Key} runs under the limit {LimitKey}, not {limit.Key}.", nameof(limit));
        }
    }
}
