using System.Text.Json.Serialization;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>A clock that was counted again.</summary>
/// <param name="Clock">As it is now.</param>
/// <param name="OldDueAt">When it was due before.</param>
/// <param name="NewDueAt">When the change makes it due, before anything else follows from that.</param>
/// <param name="IsLateAtOnce">The change puts its due time in the past, and it was not breached before.</param>
public sealed record RecountedClock(Clock Clock, DateTimeOffset? OldDueAt, DateTimeOffset? NewDueAt, bool IsLateAtOnce);

/// <summary>The clocks of one case. Each runs under one limit at a time: of the limits that share its name, the first whose condition holds.</summary>
public sealed class CaseClocks
{
    [JsonInclude, JsonPropertyName("all")]
    internal Dictionary<string, Clock> Items { get; init; } = new(StringComparer.Ordinal);

    [JsonIgnore]
    public IReadOnlyDictionary<string, Clock> All => Items;

    /// <summary>The department whose head was last told of a clock, by clock; empty where nobody above was left.</summary>
    [JsonInclude, JsonPropertyName("reached")]
    internal Dictionary<string, string>? Reached { get; set; }

    /// <summary>The department whose head was last told of this clock; empty once nobody above was left, null while nobody was told.</summary>
    public string? ReachedBy(string key) => Reached?.GetValueOrDefault(key);

    /// <summary>running, paused, met, breached or cancelled; null when the clock was never started.</summary>
    /// <remarks>Of a clock that each element of a list has for itself: breached while one is late and not met, else running while one runs, else as the last.</remarks>
    public string? StateOf(string key)
    {
        if (Items.TryGetValue(key, out var clock))
        {
            return StateName(clock);
        }

        var own = Items.Values.Where(c => c.EachOf is not null && Clock.NameOf(c.Key) == key).ToList();
        return (own.Find(c => c is { IsOpen: true, BreachedAt: not null }) ?? own.Find(c => c.IsOpen) ?? own.LastOrDefault()) is { } told ? StateName(told) : null;
    }

    /// <summary>The key of the clock that runs for one element: each row of a table has its own, the elements of a list share one.</summary>
    public static string KeyOf(CaseAct act, string name, ListElement element) =>
        act.Rules.Pack.Facts.Find(element.List)?.Type == Facts.FactType.Rows ? $"{name}{Clock.ElementMark}{element.Key}" : name;

    /// <summary>The state as the API and conditions write it. A clock that was cancelled late is over; that it was late its moment of breach tells.</summary>
    public static string StateName(Clock clock) => clock.State switch
    {
        ClockState.Running => "running",
        ClockState.Paused => "paused",
        ClockState.Met => "met",
        ClockState.Breached when clock.CancelledAt is not null => "cancelled",
        ClockState.Breached => "breached",
        ClockState.Cancelled => "cancelled",
    };

    /// <summary>Starts a clock. One that runs is left alone; one that was met or cancelled starts afresh. A clock none of whose limits holds does not start.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="key">The clock.</param>
    /// <param name="element">The element whose own clock it is, where the key says so.</param>
    public void Start(CaseAct act, string key, ListElement? element = null)
    {
        var facts = act.Facts.For(element);
        if ((Items.TryGetValue(key, out var running) && running.IsOpen) || act.Rules.Choose(key, facts) is not { } limit)
        {
            return;
        }

        var clock = Items[key] = Clock.Start(
            limit.Rule, StartOf(facts, limit.Rule) ?? act.At, CalendarOf(act, limit.Rule), PromisedDate(facts, limit.Rule),
            key, Clock.IsOfOneElement(key) ? element?.List : null);
        Reached?.Remove(key);
        act.Record(CaseEvents.ClockStarted, ("clock", key), ("limit", limit.Rule.Key), ("dueAt", clock.DueAt), ("startedAt", clock.StartedAt));
        act.Log.Signal(CaseSignals.FactsChanged);

        // the moment it runs to may have come before it started, as when the first reply was given on the telephone
        if (limit.Rule.To is { } to && act.Complaint.Facts.Instant(to) is { } reached && reached >= clock.StartedAt)
        {
            Meet(act, clock, reached);
        }
    }

    /// <summary>The case has done what the clock asks. A clock that does not run is left alone.</summary>
    public void Meet(CaseAct act, string key)
    {
        if (Items.TryGetValue(key, out var clock) && clock.IsOpen)
        {
            Meet(act, clock, act.At);
        }
    }

    public void Cancel(CaseAct act, string key) => Cancel(act, key, null);

    internal void HasReached(string key, string? department) =>
        (Reached ??= new Dictionary<string, string>(StringComparer.Ordinal))[key] = department ?? "";

    private void Cancel(CaseAct act, string key, string? change)
    {
        if (Items.TryGetValue(key, out var clock) && clock.IsOpen)
        {
            clock.Cancel(act.At);
            DropWish(act, clock);
            act.Record(CaseEvents.ClockCancelled, ("clock", key), ("change", change));
            act.Log.Signal(CaseSignals.ClockStopped, key);
            act.Log.Signal(CaseSignals.FactsChanged);
        }
    }

    /// <summary>Pauses a clock for one of its limit's reasons, and tells the complainant where the limit says so.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="key">The clock.</param>
    /// <param name="reason">One of the limit's reasons.</param>
    /// <param name="from">Since when, where that was before; entered afterwards, which the record says.</param>
    /// <param name="to">Until when, where it is over already.</param>
    /// <param name="note">Why it is entered afterwards; required then.</param>
    /// <exception cref="RuleViolationException">clock-unknown, reason-required, clock.pause-in-future, or a rule of the clock.</exception>
    public void Pause(CaseAct act, string key, string reason, DateTimeOffset? from = null, DateTimeOffset? to = null, string? note = null)
    {
        var clock = Find(key);
        var limit = act.Rules.LimitOf(clock);
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(reason), ComplaintRules.ReasonRequired);
        RuleViolationException.ThrowUnless((from ?? act.At) <= act.At && (to is null || (to >= from && to <= act.At)), ClockRules.PauseInFuture);
        RuleViolationException.ThrowUnless(from is null || !string.IsNullOrWhiteSpace(note), ComplaintRules.ReasonRequired);
        ClockRights.Ensure(act, clock, limit, ClockDeed.Pause);
        PauseClock(act, clock, reason, from, note);
        Tell(act, clock, limit, act.Rules.Pack.PauseReasons.FirstOrDefault(one => one.Key == reason)?.Name);
        if (to is { } over)
        {
            ResumeClock(act, clock, over);
        }
    }

    private static void PauseClock(CaseAct act, Clock clock, string reason, DateTimeOffset? from, string? note)
    {
        clock.Pause(act.Rules.LimitOf(clock), reason, NameOf(act), from ?? act.At, from is null ? null : act.At);
        act.Record(CaseEvents.ClockPaused, ("clock", clock.Key), ("reason", reason), ("from", from), ("note", note));
        act.Log.Signal(CaseSignals.FactsChanged);
    }

    private static string NameOf(CaseAct act) => act.By.Actor.Name ?? act.By.Actor.Id ?? act.By.Actor.Kind.ToString();

    // one reason is both languages; what a person typed is as it is
    private static void Tell(CaseAct act, Clock clock, TimeLimit limit, Facts.BilingualText? words)
    {
        if (limit.Notice is { } template)
        {
            act.Log.Send(new CaseMessage(template, Candidates.Complainant, clock.Key, words?.Zh) { TextEn = words?.En });
        }
    }

    // a date that was promised has moved: the complainant learns it by the limit's own notice, else in the product's words
    private static void TellMoved(CaseAct act, Clock clock, TimeLimit limit, string? reason)
    {
        var words = reason is null ? null : new Facts.BilingualText(reason, reason);
        if (limit.Notice is not null)
        {
            Tell(act, clock, limit, words);
        }
        else if (PromisedClocks.KeysOf(act.Rules, act.Complaint.Kind).Contains(clock.Key))
        {
            act.Log.Send(new CaseMessage(Packs.ProductTemplates.DateMoved, Candidates.Complainant, clock.Key, reason));
        }
    }

    /// <summary>Pauses a clock that runs, as a step of the process does; the limit's own first reason unless one is given.</summary>
    public void PauseIfRunning(CaseAct act, string key, string? reason)
    {
        if (Items.TryGetValue(key, out var clock) && clock is { IsOpen: true, PausedSince: null }
            && (reason ?? (act.Rules.LimitOf(clock).PauseReasons is [var first, ..] ? first : null)) is { } why)
        {
            PauseClock(act, clock, why, null, null);
        }
    }

    /// <summary>Resumes a clock that is paused, as a step of the process does.</summary>
    public void ResumeIfPaused(CaseAct act, string key)
    {
        if (Items.TryGetValue(key, out var clock) && clock is { IsOpen: true, PausedSince: not null })
        {
            ResumeClock(act, clock, act.At);
        }
    }

    /// <summary>Goes on counting; the due time moves by the time paused. The complainant is told where it was promised to them.</summary>
    public void Resume(CaseAct act, string key)
    {
        var clock = Find(key);
        ClockRights.Ensure(act, clock, act.Rules.LimitOf(clock), ClockDeed.Resume);
        ResumeClock(act, clock, act.At);
        TellMoved(act, clock, act.Rules.LimitOf(clock), null);
    }

    private static void ResumeClock(CaseAct act, Clock clock, DateTimeOffset at)
    {
        var limit = act.Rules.LimitOf(clock);
        clock.Resume(limit, CalendarOf(act, limit), at, PromisedDate(FactsOf(act, clock), limit));
        act.Record(CaseEvents.ClockResumed, ("clock", clock.Key), ("to", at == act.At ? null : at), ("oldDueAt", clock.OldDueAt), ("dueAt", clock.DueAt));
        act.Log.Signal(CaseSignals.FactsChanged);
    }

    /// <summary>
    /// Asks for more time: granted at once where the limit asks nobody, or where who asks is who would be asked; else its approval chain is asked, by tasks.
    /// </summary>
    /// <param name="act">The deed.</param>
    /// <param name="key">The clock.</param>
    /// <param name="request">How much more, and why.</param>
    /// <exception cref="RuleViolationException">clock-unknown, clock.extension-pending, or a rule of <see cref="Clock.EnsureExtendable"/>.</exception>
    public void AskExtension(CaseAct act, string key, ExtensionRequest request)
    {
        var clock = Find(key);
        var limit = act.Rules.LimitOf(clock);
        RuleViolationException.ThrowUnless(clock.Wish is null, ClockRules.ExtensionPending);
        ClockRights.Ensure(act, clock, limit, ClockDeed.Extend);
        var asked = request with { AskedBy = NameOf(act) };
        var due = clock.EnsureExtendable(limit, CalendarOf(act, limit), asked, PromisedDate(FactsOf(act, clock), limit));
        if (limit.Extension!.Approval is not { } chain)
        {
            Grant(act, key, asked, null);
            act.Complaint.Tasks.DoneBy(act, act.Complaint.Tasks.AskingForTime(key), Tasks.HumanTask.TimeAskedOutcome, request.Reason);
        }
        else if (act.Rules.Chain(chain).Steps.All(step => act.Facts.ResolveWho([step.Who]).Any(act.By.Is)))
        {
            Grant(act, key, asked, NameOf(act));
            act.Complaint.Tasks.DoneBy(act, act.Complaint.Tasks.AskingForTime(key), Tasks.HumanTask.TimeAskedOutcome, request.Reason);
        }
        else
        {
            clock.Wish = new ExtensionWish(asked, act.By.Actor.Id ?? act.By.Actor.Kind.ToString(), act.By.Actor.Name, due);
            act.Record(CaseEvents.ExtensionAsked, ("clock", key), ("reason", request.Reason), ("dueAt", clock.DueAt), ("wished", due), ("chain", chain));
            act.Complaint.Approvals.OpenExtension(act, chain, key, clock.Wish, CalendarOf(act, limit));
            act.Complaint.Tasks.DoneBy(act, act.Complaint.Tasks.AskingForTime(key), Tasks.HumanTask.TimeAskedOutcome, request.Reason);
        }
    }

    /// <summary>The approval of an extension was given or not.</summary>
    internal void ExtensionDecided(CaseAct act, string key, bool approved, string? reason, IReadOnlyList<string> by)
    {
        if (Items.GetValueOrDefault(key) is not { IsOpen: true, Wish: { } wish } clock)
        {
            return;
        }

        clock.Wish = null;
        if (approved)
        {
            Grant(act, key, wish.Request, string.Join(", ", by));
        }
        else
        {
            act.Record(CaseEvents.ExtensionRefused, ("clock", key), ("reason", reason), ("dueAt", clock.DueAt));
        }
    }

    /// <summary>Promises the complainant a date, which the clock runs to from then on, and tells them.</summary>
    /// <exception cref="RuleViolationException">clock-unknown, clock.not-running, clock.not-promised, clock.promise-missing, clock.promise-in-past, reason-required.</exception>
    public void Promise(CaseAct act, string key, DateOnly? until, string? reason)
    {
        var clock = Find(key);
        var limit = act.Rules.LimitOf(clock);
        RuleViolationException.ThrowUnless(clock.IsOpen, ClockRules.NotRunning);
        RuleViolationException.ThrowUnless(limit.Promised is not null, ClockRules.NotPromised);
        ClockRights.Ensure(act, clock, limit, ClockDeed.Promise);
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(reason), ComplaintRules.ReasonRequired);
        RuleViolationException.ThrowUnless(until is not null, ClockRules.PromiseMissing);
        RuleViolationException.ThrowUnless(until >= CalendarOf(act, limit).DateOf(act.At), ClockRules.PromiseInPast);
        var date = new Dictionary<string, Facts.FactValue> { [limit.Promised!] = Facts.FactValue.Of(until!.Value) };
        act.Complaint.ChangeFacts(act, ElementOf(clock)?.Gather(date, act.Complaint.Facts) ?? date, reason);
        act.Record(CaseEvents.Promised, ("clock", key), ("until", until.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("reason", reason));
        ChooseLimits(act, reason);
    }

    /// <summary>Grants more time. The complainant is told where it was promised to them.</summary>
    public void Extend(CaseAct act, string key, ExtensionRequest request, string? approvedBy)
    {
        var clock = Find(key);
        ClockRights.Ensure(act, clock, act.Rules.LimitOf(clock), ClockDeed.Extend);
        Grant(act, key, request, approvedBy);
    }

    private void Grant(CaseAct act, string key, ExtensionRequest request, string? approvedBy)
    {
        var clock = Find(key);
        var limit = act.Rules.LimitOf(clock);
        clock.Extend(limit, CalendarOf(act, limit), request, approvedBy, act.At, PromisedDate(FactsOf(act, clock), limit));
        act.Record(CaseEvents.ClockExtended, ("clock", key), ("reason", request.Reason), ("approvedBy", approvedBy),
            ("by", request.By?.ToString()), ("until", request.Until?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            ("oldDueAt", clock.OldDueAt), ("dueAt", clock.DueAt));
        act.Log.Signal(CaseSignals.FactsChanged);
        TellMoved(act, clock, limit, request.Reason);
    }

    /// <summary>Counts every open clock of this limit again, as after an administrator's change.</summary>
    /// <returns>The clocks whose due time moved, with the old one.</returns>
    public IReadOnlyList<(Clock Clock, DateTimeOffset? OldDueAt)> Recompute(CaseAct act, string limitKey, string change)
    {
        var moved = new List<(Clock, DateTimeOffset?)>();
        foreach (var clock in Items.Values.Where(c => c.IsOpen && c.LimitKey == limitKey))
        {
            var old = clock.DueAt;
            Recount(act, clock, act.Rules.LimitOf(clock), clock.StartedAt, change);
            if (clock.DueAt != old)
            {
                moved.Add((clock, old));
            }
        }

        return moved;
    }

    /// <summary>
    /// Counts every open clock again that limits and calendars as they are now would count otherwise. A limit whose condition no longer holds gives
    /// way to the first whose does; where none does the clock runs on as it was, or without a due time where its limit was taken away. A limit that
    /// counts from another moment now starts there.
    /// </summary>
    /// <param name="act">The deed, under the rules that hold from now on.</param>
    /// <param name="before">The rules that held so far.</param>
    /// <param name="change">What changed, for the record.</param>
    /// <returns>The clocks that were counted again.</returns>
    public IReadOnlyList<RecountedClock> CountAgain(CaseAct act, CaseRules before, string change)
    {
        var moved = new List<RecountedClock>();
        foreach (var clock in Items.Values.Where(c => c.IsOpen))
        {
            var facts = FactsOf(act, clock);
            var chosen = act.Rules.Choose(clock.Key, facts)?.Rule;
            if (chosen is null && !act.Rules.IsTakenAway(clock.LimitKey))
            {
                // as when the facts change so that none holds: the clock runs on as it was counted
                continue;
            }

            var limit = chosen ?? act.Rules.LimitOf(clock);
            var startedAt = limit.Key == clock.LimitKey && limit.From == before.LimitOf(clock).From ? clock.StartedAt : StartOf(facts, limit) ?? clock.StartedAt;
            if (limit.Key != clock.LimitKey || startedAt != clock.StartedAt || clock.IsCountedOtherwise(limit, CalendarOf(act, limit), PromisedDate(facts, limit)))
            {
                var old = clock.DueAt;
                Recount(act, clock, limit, startedAt, change);
                moved.Add(new RecountedClock(clock, old, clock.DueAt, clock.IsOvertakenBy(act.At)));
            }
        }

        return moved;
    }

    /// <summary>A moment was stamped: clocks that run to it are met at it, clocks that count from it move with it.</summary>
    internal void MomentReached(CaseAct act, string moment, DateTimeOffset at)
    {
        foreach (var clock in Items.Values.Where(c => c.IsOpen && act.Rules.LimitOf(c).To == moment).ToList())
        {
            Meet(act, clock, at < clock.StartedAt ? clock.StartedAt : at);
        }

        foreach (var clock in Items.Values.Where(c => c.IsOpen && c.StartedAt < at).ToList())
        {
            if (act.Rules.LimitOf(clock) is { Reset: true } limit && limit.From == moment)
            {
                Items[clock.Key] = Clock.Start(limit, at, CalendarOf(act, limit), PromisedDate(FactsOf(act, clock), limit), clock.Key, clock.EachOf);
                act.Record(CaseEvents.ClockReset, ("clock", clock.Key), ("startedAt", at), ("oldDueAt", clock.DueAt), ("dueAt", Items[clock.Key].DueAt));
                act.Log.Signal(CaseSignals.FactsChanged);
            }
        }
    }

    /// <summary>Chooses the limits of open clocks again: another one may hold now, a promise may have been made or moved, of which the complainant is told.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="why">Why the date was promised, where somebody said so.</param>
    internal bool ChooseLimits(CaseAct act, string? why = null)
    {
        var moved = false;
        foreach (var clock in Items.Values.Where(c => c.IsOpen).ToList())
        {
            var facts = FactsOf(act, clock);
            if (act.Rules.Choose(clock.Key, facts)?.Rule is not { } limit)
            {
                continue;
            }

            if (limit.Key != clock.LimitKey)
            {
                Recount(act, clock, limit, StartOf(facts, limit) ?? clock.StartedAt, "limit:" + limit.Key);
                moved = true;
            }
            else if (limit.Unit == LimitUnit.Promised && PromisedDate(facts, limit) != clock.Explanation.Promised)
            {
                Recount(act, clock, limit, clock.StartedAt, "promise");
                TellMoved(act, clock, limit, why);
                moved = true;
            }
            else if (limit.Calendar == TimeLimit.DepartmentCalendar && CalendarOf(act, limit).Id is var calendar && calendar != clock.Explanation.Calendar)
            {
                // another department leads now
                Recount(act, clock, limit, clock.StartedAt, "calendar:" + calendar);
                moved = true;
            }
        }

        return moved;
    }

    /// <summary>
    /// Counts open clocks under the limits of the version the case has moved to: start, pauses and extensions stay. A clock for which that version
    /// has no limit is cancelled.
    /// </summary>
    internal void MoveTo(CaseAct act, string change)
    {
        foreach (var clock in Items.Values.Where(c => c.IsOpen).ToList())
        {
            var facts = FactsOf(act, clock);
            if (act.Rules.Choose(clock.Key, facts)?.Rule is not { } limit)
            {
                Cancel(act, clock.Key, change);
                continue;
            }

            var (limitKey, due, rungs) = (clock.LimitKey, clock.DueAt, clock.Rungs.Select(r => (r.Key, r.At)).ToList());
            clock.Recompute(limit, clock.StartedAt, CalendarOf(act, limit), PromisedDate(facts, limit), act.At, change);
            if (clock.LimitKey != limitKey || clock.DueAt != due || !clock.Rungs.Select(r => (r.Key, r.At)).SequenceEqual(rungs))
            {
                RecordRecount(act, clock, change, due);
            }
        }
    }

    /// <summary>Lets everything that is due act, in order of time.</summary>
    internal bool Tick(CaseAct act)
    {
        var moved = false;
        var due = Items.Values.SelectMany(clock => clock.DueRungs(act.At).Select(rung => (Clock: clock, Rung: rung))).OrderBy(d => d.Rung.At);
        foreach (var (clock, rung) in due.ToList())
        {
            if (clock.IsOpen)
            {
                moved |= rung.Key == Clock.BreachKey ? Breach(act, clock, rung) : Fire(act, clock, rung);
            }
        }

        return moved;
    }

    internal void CancelAll(CaseAct act)
    {
        foreach (var key in Items.Where(c => c.Value.IsOpen).Select(c => c.Key).ToList())
        {
            Cancel(act, key);
        }
    }

    private static bool Breach(CaseAct act, Clock clock, DueRung due)
    {
        clock.MarkFired(due.Key, act.At, due.Cause);
        act.Log.Record(CaseEvents.ClockBreached, due.At, Actor.Timer, ("clock", clock.Key), ("dueAt", clock.DueAt), ("change", due.Change));
        act.Log.Signal(CaseSignals.FactsChanged);
        return true;
    }

    private static bool Fire(CaseAct act, Clock clock, DueRung due)
    {
        var rung = act.Rules.LimitOf(clock).Rungs.FirstOrDefault(r => r.Key == due.Key);
        var when = act.Rules.RungCondition(clock.LimitKey, due.Key);
        if (rung is null || (when is not null && !when.Holds(act.Facts)))
        {
            return false;
        }

        var cause = when is not null && act.At - due.At > Clock.Grace ? RungCause.Condition : due.Cause;
        clock.MarkFired(due.Key, act.At, cause);
        var at = cause == RungCause.Time ? due.At : act.At;
        act.Log.Record(CaseEvents.RungActed, at, Actor.Timer, ("clock", clock.Key), ("rung", due.Key), ("dueAt", clock.DueAt), ("change", due.Change));
        act.Log.Signal(CaseSignals.RungActed, clock.Key);
        act.Log.Signal(CaseSignals.FactsChanged);
        Settling.Act(act.As(Actor.Timer, at), clock, rung, late: clock.DueAt is { } dueAt && due.At >= dueAt);
        return true;
    }

    private static void Meet(CaseAct act, Clock clock, DateTimeOffset at)
    {
        clock.Meet(at);
        DropWish(act, clock);
        act.Record(CaseEvents.ClockMet, ("clock", clock.Key), ("metAt", clock.MetAt), ("dueAt", clock.DueAt), ("late", clock.BreachedAt is not null));
        act.Log.Signal(CaseSignals.ClockStopped, clock.Key);
        act.Log.Signal(CaseSignals.FactsChanged);
    }

    private static void DropWish(CaseAct act, Clock clock)
    {
        if (clock.Wish is not null)
        {
            clock.Wish = null;
            act.Complaint.Approvals.WithdrawExtension(act, clock.Key);
        }
    }

    private static void Recount(CaseAct act, Clock clock, TimeLimit limit, DateTimeOffset startedAt, string change)
    {
        var old = clock.DueAt;
        clock.Recompute(limit, startedAt, CalendarOf(act, limit), PromisedDate(FactsOf(act, clock), limit), act.At, change);
        RecordRecount(act, clock, change, old);
    }

    private static void RecordRecount(CaseAct act, Clock clock, string change, DateTimeOffset? oldDueAt)
    {
        act.Record(CaseEvents.ClockRecomputed, ("clock", clock.Key), ("limit", clock.LimitKey), ("change", change), ("oldDueAt", oldDueAt), ("dueAt", clock.DueAt));
        act.Log.Signal(CaseSignals.FactsChanged);
    }

    private static WorkCalendar CalendarOf(CaseAct act, TimeLimit limit) => act.Rules.Calendar(limit, act.Complaint.Lead);

    private static DateTimeOffset? StartOf(CaseFacts facts, TimeLimit limit) =>
        limit.From is { } moment ? facts.Read(moment).Instant : null;

    private static DateOnly? PromisedDate(CaseFacts facts, TimeLimit limit) =>
        limit.Promised is { } fact ? facts.Read(fact).Date : null;

    private static CaseFacts FactsOf(CaseAct act, Clock clock) => act.Facts.For(ElementOf(clock));

    private static ListElement? ElementOf(Clock clock) =>
        clock.EachOf is { } list ? new ListElement(list, clock.Key[(clock.Key.IndexOf(Clock.ElementMark, StringComparison.Ordinal) + 1)..]) : null;

    private Clock Find(string key) =>
        Items.GetValueOrDefault(key) ?? throw new RuleViolationException(ComplaintRules.ClockUnknown);
}
