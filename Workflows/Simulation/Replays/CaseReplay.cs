using System.Globalization;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;

namespace CaseManagement.Workflows.Simulation.Replays;

/// <summary>Where a recorded case stopped fitting the process it is replayed on.</summary>
/// <param name="At">The moment of the recorded event that no longer fits.</param>
/// <param name="Event">The event's type.</param>
/// <param name="What">What it was about: a task's or clock's key, a fact; empty where the type says it all.</param>
/// <param name="Code">Why: a code of a rule, or one of this class.</param>
public sealed record ReplayStop(DateTimeOffset At, string Event, string What, string Code)
{
    /// <summary>The process has no such task open then.</summary>
    public const string TaskNotOpen = "task-not-open";

    /// <summary>The case was closed in truth and would still be open.</summary>
    public const string StillOpen = "still-open";

    /// <summary>A step of the process fails that did not fail in truth.</summary>
    public const string Fails = "step-fails";

    /// <summary>It was handled to its end before it came here.</summary>
    public const string CameClosed = "came-closed";

    /// <summary>The record has an event that a replay does not know how to repeat.</summary>
    public const string NotRepeatable = "not-repeatable";
}

/// <summary>One case as it really went and as it would have gone.</summary>
/// <param name="Recorded">Every run of its clocks in truth.</param>
/// <param name="Replayed">Every run of its clocks in the replay, up to where that stopped.</param>
/// <param name="Stop">Set when it cannot be replayed to its end.</param>
/// <param name="NotAsked">Keys of tasks that escalations had opened in truth and that nobody is asked in the replay.</param>
public sealed record ReplayedCase(
    Guid Id, string Number, IReadOnlyList<ClockRun> Recorded, IReadOnlyList<ClockRun> Replayed, ReplayStop? Stop, IReadOnlyList<string> NotAsked);

/// <summary>
/// Replays one recorded case: the same things are done at the same moments by the same people, under the limits and calendars of a
/// <see cref="ConfigurationHistory"/>. Everything else follows anew. Nothing is written anywhere.
/// </summary>
public sealed class CaseReplay : IDisposable
{
    private readonly RecordedCase _recorded;
    private readonly ConfigurationHistory _history;
    private readonly MovingConfiguration _configuration;
    private readonly VirtualInstallation _installation;
    private readonly List<string> _notAsked = [];
    private readonly Guid _id;

    private CaseReplay(RecordedCase recorded, ProcessPlans process, ConfigurationHistory history)
    {
        var start = recorded.Events[0].At;
        _recorded = recorded;
        _history = history;
        _id = recorded.Complaint.Id.Value;
        _configuration = new MovingConfiguration(history, history.EpochAt(start));
        _installation = new VirtualInstallation(_configuration, process.Plans, start, new SimulationBounds(), _ => recorded.Complaint.Id);
    }

    /// <param name="recorded">The case.</param>
    /// <param name="process">The version to replay it on.</param>
    /// <param name="history">What is in force, moment by moment, for that version.</param>
    /// <param name="now">Now; an open case is replayed up to it.</param>
    public static async ValueTask<ReplayedCase> RunAsync(
        RecordedCase recorded, ProcessPlans process, ConfigurationHistory history, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var truth = ClockRun.Of(recorded);
        if (recorded.CameClosed)
        {
            return Of(recorded, truth, [], new ReplayStop(recorded.Events[0].At, CaseEvents.Received, "", ReplayStop.CameClosed), []);
        }

        using var replay = new CaseReplay(recorded, process, history);
        var stop = await replay.RunAsync(now, cancellationToken);
        return Of(recorded, truth, replay.Runs(), stop, replay._notAsked);
    }

    public void Dispose() => _installation.Dispose();

    private static ReplayedCase Of(
        RecordedCase recorded, IReadOnlyList<ClockRun> truth, IReadOnlyList<ClockRun> replayed, ReplayStop? stop, IReadOnlyList<string> notAsked) =>
        new(recorded.Complaint.Id.Value, recorded.Complaint.Number, truth, replayed, stop, notAsked);

    private async ValueTask<ReplayStop?> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var deed in RecordedDeeds.Of(_recorded))
        {
            try
            {
                await MoveToAsync(deed.Event.At, cancellationToken);
                if (await DoAsync(deed, cancellationToken) is { } stop)
                {
                    return stop;
                }
            }
            catch (RuleViolationException refused)
            {
                return Stop(deed.Event, refused.Rule.Code);
            }
            catch (InvalidInputException refused)
            {
                return Stop(deed.Event, refused.Problems[0].Code) with { What = refused.Problems[0].Field };
            }
            catch (InvalidTimeRuleException refused)
            {
                return Stop(deed.Event, refused.Code);
            }
            catch (SimulationStoppedException stopped)
            {
                return Stop(deed.Event, stopped.Code);
            }
        }

        var end = _recorded.EndsAt(now);
        try
        {
            await MoveToAsync(end, cancellationToken);
        }
        catch (Exception error) when (error is RuleViolationException or SimulationStoppedException)
        {
            return new ReplayStop(end, CaseEvents.Incident, "", error is RuleViolationException refused ? refused.Rule.Code : ((SimulationStoppedException)error).Code);
        }

        return await DifferentEndAsync(end, cancellationToken);
    }

    private async ValueTask<ReplayStop?> DifferentEndAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        var failed = _recorded.Events.Count(e => e.Type == CaseEvents.Incident);
        var failures = _installation.Store.Events(_id).Where(e => e.Type == CaseEvents.Incident).ToList();
        if (failures.Count > failed)
        {
            return new ReplayStop(failures[0].At, CaseEvents.Incident, RecordedEvent.Of(failures[0]).Text("shape") ?? "", ReplayStop.Fails);
        }

        var complaint = (await _installation.Cases.ReadAsync(_id, cancellationToken))!.Complaint;
        return !_recorded.Complaint.IsOpen && complaint.IsOpen
            ? new ReplayStop(end, CaseEvents.Closed, complaint.Tasks.Open.FirstOrDefault()?.Key ?? "", ReplayStop.StillOpen)
            : null;
    }

    /// <summary>Moves the clock; on the way, limits and calendars change as they did.</summary>
    private async ValueTask MoveToAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        for (var next = _configuration.Epoch + 1; next <= _history.EpochAt(moment); next++)
        {
            await _installation.MoveToAsync(_history.StartOf(next), cancellationToken);
            _configuration.Epoch = next;
            foreach (var limit in _history.RecountedAt(next))
            {
                if (_installation.Store.Cases is [var stored, ..] && stored.Row.Status == CaseStatus.Open)
                {
                    await _installation.Cases.ActAsync(
                        _id, new Performer { Actor = new Actor(ActorKind.System) }, act => act.Complaint.Clocks.Recompute(act, limit, "limit"), cancellationToken);
                }
            }
        }

        await _installation.MoveToAsync(moment, cancellationToken);
    }

    private async ValueTask<ReplayStop?> DoAsync(RecordedDeed deed, CancellationToken cancellationToken)
    {
        var (happened, by) = (deed.Event, new Performer { Actor = deed.Event.By, ActsForHolders = true });
        switch (happened.Type)
        {
            case CaseEvents.Received:
                await _installation.Cases.RegisterAsync(_recorded.Registration(_history.Process.Pack), by, cancellationToken);
                return null;
            case CaseEvents.Reopened:
                await _installation.Cases.ReopenAsync(_id, by, happened.Text("reason"), cancellationToken);
                return null;
            case CaseEvents.TaskClaimed or CaseEvents.TaskReleased or CaseEvents.TaskAssigned or CaseEvents.TaskCompleted:
                return await TaskAsync(deed, by, cancellationToken);
            case var type when !RecordedDeeds.Repeatable.Contains(type):
                return Stop(happened, ReplayStop.NotRepeatable);
            default:
                await _installation.Cases.ActAsync(_id, by, act => Deed(act, happened), cancellationToken);
                return null;
        }
    }

    private async ValueTask<ReplayStop?> TaskAsync(RecordedDeed deed, Performer by, CancellationToken cancellationToken)
    {
        var happened = deed.Event;
        var (key, each) = (happened.Text("task") ?? "", happened.Text("each"));
        var complaint = (await _installation.Cases.ReadAsync(_id, cancellationToken))!.Complaint;
        var element = each ?? _recorded.Complaint.Tasks.All.FirstOrDefault(t => t.Id == happened.Task)?.Each;
        if (complaint.Tasks.Open.FirstOrDefault(t => t.Key == key && t.Each == element) is not { } task)
        {
            if (happened.Type != CaseEvents.TaskCompleted)
            {
                return null;
            }

            if (!deed.ByEscalation)
            {
                return Stop(happened, ReplayStop.TaskNotOpen);
            }

            _notAsked.Add(key);
            return null;
        }

        await _installation.Cases.ActAsync(
            _id, by,
            act =>
            {
                switch (happened.Type)
                {
                    case CaseEvents.TaskClaimed when task.State == TaskState.Open:
                        act.Complaint.Tasks.Claim(act, task.Id);
                        break;
                    case CaseEvents.TaskReleased when task.State == TaskState.Claimed:
                        act.Complaint.Tasks.Release(act, task.Id);
                        break;
                    case CaseEvents.TaskAssigned:
                        act.Complaint.Tasks.Assign(
                            act, task.Id, new Performer { Actor = new Actor(ActorKind.Person, happened.Text("to"), happened.Text("toName")), ActsForHolders = true });
                        break;
                    case CaseEvents.TaskCompleted:
                        act.Complaint.Tasks.Complete(act, task.Id, Completion(act, task, happened));
                        break;
                }
            },
            cancellationToken);
        return null;
    }

    private TaskCompletion Completion(CaseAct act, HumanTask task, RecordedEvent happened)
    {
        var form = task.Form is { } key ? act.Rules.Form(key) : null;
        var done = _recorded.Complaint.Tasks.All.FirstOrDefault(t => t.Id == happened.Task);
        return new TaskCompletion
        {
            Outcome = happened.Text("outcome") ?? "",

            // what the form no longer asks nobody would have filled in
            Data = happened.Facts("facts").Where(f => form is null || form.Fields.Any(field => field.Fact == f.Key))
                .ToDictionary(f => f.Key, f => PlainFact.Of(f.Value), StringComparer.Ordinal),
            Signatures = happened.Texts("signatures") ?? [.. form?.Signatures.Select(s => s.Key).Where(s => _recorded.Complaint.Signatures.Contains($"{form.Key}.{s}")) ?? []],
            With = done?.DoneBy ?? [],
            Reason = happened.Text("reason") ?? (task.Kind == TaskKind.Approval ? "…" : null),
            Text = done?.Text,
        };
    }

    private void Deed(CaseAct act, RecordedEvent happened)
    {
        var complaint = act.Complaint;
        var (clock, reason) = (happened.Text("clock") ?? "", happened.Text("reason"));
        switch (happened.Type)
        {
            case CaseEvents.FactsChanged:
                complaint.ChangeFacts(act, Typed(act, happened), reason);
                break;
            case CaseEvents.Answered:
                complaint.ThrowUnlessAwaited(happened.Text("outcome") ?? "");
                complaint.Answer(act, happened.Text("outcome") ?? "", reason, Typed(act, happened));
                break;
            case CaseEvents.LevelOverridden:
                complaint.OverrideLevel(act, happened.Text("to") ?? "", reason);
                break;
            case CaseEvents.Replied:
                complaint.Reply(act, happened.Text("kind") ?? "", happened.Text("text"), happened.Text("template"));
                break;
            case CaseEvents.ClockPaused:
                complaint.Clocks.Pause(act, clock, reason ?? "");
                break;
            case CaseEvents.ClockResumed:
                complaint.Clocks.Resume(act, clock);
                break;
            case CaseEvents.ClockExtended:
                complaint.Clocks.Extend(act, clock, Wish(happened), happened.Text("approvedBy"));
                break;
            case CaseEvents.Withdrawn:
                complaint.Withdraw(act, reason);
                break;
            case CaseEvents.Closed:
                complaint.Close(act, happened.Text("as"));
                break;
        }
    }

    private ExtensionRequest Wish(RecordedEvent happened)
    {
        var kept = _recorded.Complaint.Clocks.All.GetValueOrDefault(happened.Text("clock") ?? "")?.Extensions.FirstOrDefault(e => e.At == happened.At);
        return new ExtensionRequest
        {
            Reason = happened.Text("reason") ?? "",
            AskedAt = happened.At,
            By = happened.Text("by") is { } by ? Duration.Parse(by) : kept?.By,
            Until = happened.Text("until") is { } until ? DateOnly.Parse(until, CultureInfo.InvariantCulture) : kept?.Until,
        };
    }

    /// <exception cref="InvalidInputException">The process no longer knows a fact, or takes other values of it.</exception>
    private static Dictionary<string, FactValue> Typed(CaseAct act, RecordedEvent happened)
    {
        var typed = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        foreach (var (name, value) in happened.Facts("facts"))
        {
            var result = act.Rules.Pack.Facts.Find(name) is { } definition
                ? FactCoercion.Coerce(definition, PlainFact.Of(value), act.Rules.Zone)
                : new FactResult(name, FactValue.Unknown, FactRefusals.FactUnknown);
            typed[name] = result.IsGood ? result.Value : throw new InvalidInputException([new InputProblem(name, result.Refusal!, $"'{name}' is refused.")]);
        }

        return typed;
    }

    private static ReplayStop Stop(RecordedEvent happened, string code) => new(
        happened.At, happened.Type, happened.Text("task") ?? happened.Text("clock") ?? happened.Facts("facts").Keys.FirstOrDefault() ?? "", code);

    private IReadOnlyList<ClockRun> Runs()
    {
        if (_installation.Store.Cases is not [var stored, ..])
        {
            return [];
        }

        return ClockRun.Of(RecordedCase.Of(CaseDocument.Read(stored.Document.Span), _installation.Store.Events(_id)));
    }
}
