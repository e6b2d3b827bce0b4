using CaseManagement.Domain;
using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.CaseActivities;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Cases;

/// <summary>What came of a deed.</summary>
/// <param name="Complaint">The case as it is now.</param>
/// <param name="Rules">The rules it runs under.</param>
/// <param name="TrackingCode">The tracking code, told once, to whoever registered the case.</param>
public sealed record CaseOutcome(Complaint Complaint, CaseRules Rules, string? TrackingCode = null);

/// <summary>What a request that may come twice is known by.</summary>
/// <param name="Principal">Who asks.</param>
/// <param name="Key">The Idempotency-Key with method and route.</param>
/// <param name="BodyHash">SHA-256 of the body, lower-case hex.</param>
public sealed record RequestKey(string Principal, string Key, string BodyHash);

/// <summary>
/// Everything that can be done to cases, each deed one burst and one commit: the case changes, works out what follows, the process goes on,
/// and all of it is written or nothing.
/// </summary>
public sealed partial class CaseRuntime
{
    /// <summary>A request came again under the same key with another body.</summary>
    public static readonly Rule KeyReused = new("idempotency-key-reused", "This Idempotency-Key was used for another request.");

    public static readonly Rule NoSuchCase = new("complaint-unknown", "There is no such case.");
    public static readonly Rule NoProcess = new("process-unknown", "There is no such published process.");

    public static readonly Rule NothingToRetry = new("nothing-to-retry", "No step of the process has failed.");

    private readonly ICaseStore _store;
    private readonly ICaseReads? _reads;
    private readonly ICaseConfigurations _configurations;
    private readonly IPlanSource _plans;
    private readonly ITrackingCodes _codes;
    private readonly WorkflowRuntime _refusing;
    private readonly WorkflowRuntime _enduring;
    private readonly CaseWriter _writer;
    private readonly Func<DateTimeOffset, ComplaintId> _ids;

    /// <param name="store">Where cases and instances live.</param>
    /// <param name="configurations">Processes, limits, calendars.</param>
    /// <param name="plans">Compiled definitions.</param>
    /// <param name="runtimes">Makes the two runtimes: one that hands a domain's refusal to whoever caused it, one that keeps it as an incident.</param>
    /// <param name="codes">Tracking codes.</param>
    /// <param name="wallClock">The wall clock, for the audit; the domain's own clock is the runtimes'.</param>
    /// <param name="ids">Gives a new case its id; null: a new one. A replay gives the recorded one, on which sampling depends.</param>
    /// <param name="reads">Reads cases beside the bursts; null: a read is a burst.</param>
    /// <param name="origin">Knows how whoever acts came in, for the audit; null: nobody is asked.</param>
    public CaseRuntime(
        ICaseStore store, ICaseConfigurations configurations, IPlanSource plans, Func<Func<Exception, bool>, WorkflowRuntime> runtimes,
        ITrackingCodes codes, TimeProvider wallClock, Func<DateTimeOffset, ComplaintId>? ids = null, ICaseReads? reads = null,
        IAuditOrigin? origin = null)
    {
        _ids = ids ?? ComplaintId.New;
        _store = store;
        _reads = reads;
        _configurations = configurations;
        _plans = plans;
        _codes = codes;
        _refusing = runtimes(e => e is RuleViolationException or InvalidInputException);
        _enduring = runtimes(_ => false);
        _writer = new CaseWriter(wallClock, origin);
    }

    /// <summary>Registers a case and starts its process.</summary>
    /// <returns>The case; null when its external id is in already.</returns>
    /// <exception cref="InvalidInputException">What came in cannot be taken.</exception>
    public ValueTask<CaseOutcome?> RegisterAsync(Registration registration, Performer by, CancellationToken cancellationToken) =>
        _store.RunAsync(transaction => RegisterAsync(transaction, registration, by, cancellationToken), cancellationToken);

    /// <summary>Registers a case inside a transaction that does more.</summary>
    public async ValueTask<CaseOutcome?> RegisterAsync(
        ICaseTransaction transaction, Registration registration, Performer by, CancellationToken cancellationToken)
    {
        if (registration.ExternalId is { Length: > 0 } external && await transaction.FindCaseByExternalIdAsync(external, cancellationToken) is not null)
        {
            return null;
        }

        var burst = _refusing.Open(transaction, cancellationToken);
        var configuration = await ConfigurationAsync(transaction, cancellationToken);
        var process = configuration.Published.GetValueOrDefault(registration.Process ?? configuration.DefaultProcess ?? "")
            ?? throw new InvalidInputException([new InputProblem("process", NoProcess.Code, NoProcess.Message)]);
        var limits = configuration.LimitsVersion(process.Pack.Identity.Id);
        var rules = configuration.RulesFor(process, limits);
        var facts = registration.Check(rules, burst.Now);

        var code = registration.Handled is null ? _codes.Create() : null;
        var numbering = rules.Pack.Records.Numbering;
        var receivedAt = registration.ReceivedAt ?? burst.Now;
        var sequence = await NextPlaceAsync(transaction, configuration, rules.Pack, receivedAt, cancellationToken);
        var identity = new CaseIdentity(
            _ids(burst.Now), numbering.Format(receivedAt, (int)sequence), process.Version, limits, code?.Hash, code?.Sealed);
        var act = registration.Register(facts, identity, rules, by, burst.Now, new CaseLog());
        var session = new CaseSession(burst, act, null, CaseRowImage.Empty, new CaseCounting(transaction, cancellationToken));
        if (registration.Handled is null)
        {
            var definition = process.DefinitionVersionId(rules.Pack.Kind(registration.Kind)!.Workflow);
            await session.StartAsync(definition, await TriggerAsync<ComplaintReceived>(definition, registration.Kind, cancellationToken));
            await session.SettleAsync();
        }

        await SaveAsync(transaction, burst, session, cancellationToken);
        return new CaseOutcome(act.Complaint, rules, code?.Code);
    }

    /// <summary>
    /// The next place in the cycle of a process's numbers. Processes whose numbers are written alike count together: all their sequences are taken as far as the furthest, so that no
    /// number comes twice, whichever of them is withdrawn or brought back.
    /// </summary>
    private static async ValueTask<long> NextPlaceAsync(
        ICaseTransaction transaction, CaseConfiguration configuration, ProcessPack pack, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var numbering = pack.Records.Numbering;
        var cycle = numbering.CycleKey(receivedAt);
        var alike = configuration.Published.Values.Select(p => p.Pack).Where(p => (p.Records.Numbering.Pattern, p.Records.Numbering.Cycle) == (numbering.Pattern, numbering.Cycle))
            .Select(p => p.Identity.Id).Append(pack.Identity.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => $"{id}/{cycle}").ToList();

        // always in the same order, so that two registrations do not wait for each other
        var places = new List<long>(alike.Count);
        foreach (var sequence in alike)
        {
            places.Add(await transaction.NextAsync(sequence, cancellationToken));
        }

        var furthest = places.Max();
        foreach (var (sequence, place) in alike.Zip(places))
        {
            for (var behind = place; behind < furthest;)
            {
                behind = await transaction.NextAsync(sequence, cancellationToken);
            }
        }

        return furthest;
    }

    /// <summary>Does something to one case.</summary>
    /// <exception cref="RuleViolationException">It may not be done, or there is no such case; nothing has changed.</exception>
    public ValueTask<CaseOutcome> ActAsync(Guid id, Performer by, Action<CaseAct> deed, CancellationToken cancellationToken) =>
        _store.RunAsync(transaction => ActAsync(transaction, id, by, deed, cancellationToken), cancellationToken);

    /// <inheritdoc cref="ActAsync(Guid, Performer, Action{CaseAct}, CancellationToken)"/>
    public async ValueTask<CaseOutcome> ActAsync(
        ICaseTransaction transaction, Guid id, Performer by, Action<CaseAct> deed, CancellationToken cancellationToken)
    {
        var burst = _refusing.Open(transaction, cancellationToken);
        var session = await OpenForAsync(transaction, burst, id, by, cancellationToken);
        var wasOpen = session.Complaint.IsOpen;
        deed(session.Act);
        if (wasOpen && !session.Complaint.IsOpen)
        {
            await session.EndProcessAsync();
        }

        await session.SettleAsync();
        await SaveAsync(transaction, burst, session, cancellationToken);
        return new CaseOutcome(session.Complaint, session.Act.Rules);
    }

    /// <summary>
    /// Counts the open clocks of cases again where limits and calendars count them otherwise now, in the transaction that changes those. A case that the
    /// change does not concern is left as it is. A case that fails fails the whole.
    /// </summary>
    /// <param name="transaction">The transaction that changes the configuration.</param>
    /// <param name="cases">Which cases; they are read together, so a few hundred at a time.</param>
    /// <param name="change">What changes.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="cancellationToken">Stops before the next case.</param>
    /// <returns>The cases that were counted again.</returns>
    /// <exception cref="RuleViolationException">There is no such case, or one does not come to rest; nothing has changed.</exception>
    /// <exception cref="InvalidTimeRuleException">A limit cannot be counted on one of them; nothing has changed.</exception>
    public async ValueTask<IReadOnlyList<RecountedCase>> CountAgainAsync(
        ICaseTransaction transaction, IReadOnlyList<Guid> cases, ConfigurationChange change, Performer by, CancellationToken cancellationToken)
    {
        var moved = new List<RecountedCase>();
        await transaction.TogetherAsync(
            cases,
            async () =>
            {
                foreach (var id in cases)
                {
                    var burst = _refusing.Open(transaction, cancellationToken);
                    var session = await OpenAsync(transaction, burst, id, by, change.After, cancellationToken)
                        ?? throw new RuleViolationException(NoSuchCase);
                    var before = await RulesOfAsync(change.Before, session.Complaint, cancellationToken);
                    var clocks = session.Complaint.Clocks.CountAgain(session.Act, before, change.Name);
                    if (clocks.Count > 0)
                    {
                        await session.SettleAsync();
                        await SaveAsync(transaction, burst, session, cancellationToken);
                        moved.Add(new RecountedCase(session.Complaint, session.Act.Rules, clocks) { TasksMoved = TasksMoved(session) });
                    }
                }
            },
            cancellationToken);
        return moved;
    }

    /// <summary>
    /// Works out again who is kept out of cases and how closely they are kept, in the transaction that changes the organisation. A case to which that
    /// changes nothing is left as it is, unless it was stored before that was kept.
    /// </summary>
    /// <param name="transaction">The transaction that changes the organisation.</param>
    /// <param name="cases">Which cases; they are read together, so a few hundred at a time.</param>
    /// <param name="after">The configuration with the organisation as it is after the change; null: as it is stored.</param>
    /// <param name="cancellationToken">Stops before the next case.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="RuleViolationException">One does not come to rest; nothing has changed.</exception>
    public async ValueTask<int> FollowAsync(ICaseTransaction transaction, IReadOnlyList<Guid> cases, CaseConfiguration? after, CancellationToken cancellationToken)
    {
        var written = 0;
        await transaction.TogetherAsync(
            cases,
            async () =>
            {
                var configuration = after ?? await ConfigurationAsync(transaction, cancellationToken);
                foreach (var id in cases)
                {
                    var burst = _refusing.Open(transaction, cancellationToken);
                    if (await OpenAsync(transaction, burst, id, new Performer { Actor = Actor.Workflow }, configuration, cancellationToken) is { } session
                        && (Follow(session) || session.Stored?.Row.Confidentiality is null))
                    {
                        await session.SettleAsync();
                        await SaveAsync(transaction, burst, session, cancellationToken);
                        written++;
                    }
                }
            },
            cancellationToken);
        return written;

        static bool Follow(CaseSession session)
        {
            var (act, kept) = (session.Act, session.Complaint.Confidentiality);
            var before = kept.ReadBy;
            if (CaseExclusion.Changes(act))
            {
                return true;
            }

            kept.NoteReaders(act);
            return !kept.ReadBy.SequenceEqual(before, StringComparer.Ordinal);
        }
    }

    /// <summary>What the change would do to one case as it is. Stores nothing.</summary>
    /// <param name="document">The case's document.</param>
    /// <param name="change">What changes.</param>
    /// <param name="now">The moment to count at.</param>
    /// <param name="cancellationToken">Stops before anything is read.</param>
    /// <returns>Null when the change does not concern it.</returns>
    public async ValueTask<RecountedCase?> TryCountAgainAsync(ReadOnlyMemory<byte> document, ConfigurationChange change, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var complaint = CaseDocument.Read(document.Span);
        var rules = await RulesOfAsync(change.After, complaint, cancellationToken);
        var act = new CaseAct(complaint, rules, new Performer { Actor = Actor.Workflow }, now, new CaseLog());
        var clocks = complaint.Clocks.CountAgain(act, await RulesOfAsync(change.Before, complaint, cancellationToken), change.Name);
        return clocks.Count == 0 ? null : new RecountedCase(complaint, rules, clocks);
    }

    /// <summary>What something would do to the open clocks of a case. Everything is worked out and nothing written.</summary>
    /// <returns>The case as it would be, and its clocks that would be due at another time, under another limit, or over.</returns>
    /// <exception cref="RuleViolationException">It may not be done, or there is no such case.</exception>
    public ValueTask<(CaseOutcome Case, IReadOnlyList<MovedClock> Clocks)> TryOutAsync(
        Guid id, Performer by, Action<CaseAct> deed, CancellationToken cancellationToken) =>
        _store.RunAsync<(CaseOutcome Case, IReadOnlyList<MovedClock> Clocks)>(
            async transaction =>
            {
                var session = await OpenForAsync(transaction, _refusing.Open(transaction, cancellationToken), id, by, cancellationToken);
                var clocks = session.Complaint.Clocks;
                var before = clocks.All.Values.Where(c => c.IsOpen).ToDictionary(c => c.Key, c => (c.DueAt, c.LimitKey), StringComparer.Ordinal);
                deed(session.Act);
                await session.SettleAsync();
                return (
                    new CaseOutcome(session.Complaint, session.Act.Rules),
                    [.. before.Where(b => clocks.All[b.Key] is var now && (!now.IsOpen || (now.DueAt, now.LimitKey) != b.Value))
                        .Select(b => new MovedClock(b.Key, b.Value.DueAt, clocks.All[b.Key] is { IsOpen: true } open ? open.DueAt : null))]);
            },
            cancellationToken);

    /// <summary>Does something to the case that has this task.</summary>
    /// <exception cref="RuleViolationException"><c>no-such-task</c>, or a rule of the deed.</exception>
    public ValueTask<CaseOutcome> ActOnTaskAsync(Guid task, Performer by, Action<CaseAct> deed, CancellationToken cancellationToken) =>
        _store.RunAsync(
            async transaction =>
            {
                var id = await transaction.FindCaseOfTaskAsync(task, cancellationToken)
                    ?? throw new RuleViolationException(Domain.Tasks.TaskRules.NoSuchTask);
                return await ActAsync(transaction, id, by, deed, cancellationToken);
            },
            cancellationToken);

    /// <summary>Figures have changed: the case looks what its facts, counters and tables come to now.</summary>
    public ValueTask<CaseOutcome> CountFiguresAsync(Guid id, CancellationToken cancellationToken) =>
        _store.RunAsync(
            async transaction =>
            {
                var burst = _enduring.Open(transaction, cancellationToken);
                var session = await OpenForAsync(transaction, burst, id, new Performer { Actor = Actor.Workflow }, cancellationToken);
                session.CountAgain = true;
                session.Act.Log.Signal(CaseSignals.FactsChanged);
                await FinishAsync(transaction, burst, session, cancellationToken);
                return new CaseOutcome(session.Complaint, session.Act.Rules);
            },
            cancellationToken);

    /// <summary>Opens a closed case again: a new run of its process begins at the trigger for that.</summary>
    public ValueTask<CaseOutcome> ReopenAsync(Guid id, Performer by, string? reason, CancellationToken cancellationToken) =>
        _store.RunAsync(
            async transaction =>
            {
                var burst = _refusing.Open(transaction, cancellationToken);
                var session = await OpenForAsync(transaction, burst, id, by, cancellationToken);
                var complaint = session.Complaint;
                complaint.Reopen(session.Act, reason);
                var definition = ProcessVersionInUse.IdOf(complaint.Process, complaint.ProcessVersion, session.Act.Rules.Pack.Kind(complaint.Kind)!.Workflow);
                await session.StartAsync(definition, await TriggerAsync<ComplaintReopened>(definition, null, cancellationToken));
                await session.SettleAsync();
                await SaveAsync(transaction, burst, session, cancellationToken);
                return new CaseOutcome(complaint, session.Act.Rules);
            },
            cancellationToken);

    /// <summary>Runs the steps of the process again that failed. What fails again is an incident again; the case stays as it is.</summary>
    /// <exception cref="RuleViolationException"><see cref="NoSuchCase"/>, <see cref="NothingToRetry"/></exception>
    public ValueTask<CaseOutcome> RetryAsync(Guid id, Performer by, CancellationToken cancellationToken) =>
        _store.RunAsync(
            async transaction =>
            {
                var burst = _enduring.Open(transaction, cancellationToken);
                var session = await OpenForAsync(transaction, burst, id, by, cancellationToken);
                session.Act.Log.Record(CaseEvents.IncidentRetried, session.Act.At, by.Actor);
                RuleViolationException.ThrowUnless(session.Complaint.Instances is [.., var running] && await burst.RetryAsync(running), NothingToRetry);
                await session.SettleAsync();
                await SaveAsync(transaction, burst, session, cancellationToken);
                return new CaseOutcome(session.Complaint, session.Act.Rules);
            },
            cancellationToken);

    /// <summary>
    /// Runs a request that may come twice: the first time the work is done and its answer kept in the same commit, later the first answer is given again.
    /// </summary>
    /// <param name="request">What the request is known by; null: it is done each time.</param>
    /// <param name="work">The work, ending in HTTP status and body.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="RuleViolationException"><see cref="KeyReused"/>, or a rule of the work.</exception>
    public ValueTask<(int Status, string Answer)> OnceAsync(
        RequestKey? request, Func<ICaseTransaction, ValueTask<(int Status, string Answer)>> work, DateTimeOffset now, CancellationToken cancellationToken) =>
        _store.RunAsync(
            async transaction =>
            {
                if (request is not null && await transaction.FindAnswerAsync(request.Principal, request.Key, cancellationToken) is { } first)
                {
                    RuleViolationException.ThrowUnless(first.BodyHash == request.BodyHash, KeyReused);
                    return (first.Status, first.Answer);
                }

                var (status, answer) = await work(transaction);
                if (request is not null)
                {
                    await transaction.SaveAnswerAsync(new AnswerRow(request.Principal, request.Key, request.BodyHash, status, answer, now), cancellationToken);
                }

                return (status, answer);
            },
            cancellationToken);

    /// <summary>Reads a case as it is, with its rules.</summary>
    /// <returns>Null when there is none.</returns>
    public async ValueTask<CaseOutcome?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_reads is not null)
        {
            return await _reads.FindAsync(id, cancellationToken) is { } read
                ? await ReadAsync(read.Document, await _configurations.AtAsync(read.ConfigurationVersion, cancellationToken), cancellationToken)
                : null;
        }

        return await _store.RunAsync<CaseOutcome?>(
            async transaction =>
            {
                return await transaction.LoadCaseAsync(id, cancellationToken) is { } stored
                    ? await ReadAsync(stored.Document, await ConfigurationAsync(transaction, cancellationToken), cancellationToken)
                    : null;
            },
            cancellationToken);
    }

    private async ValueTask<CaseOutcome> ReadAsync(ReadOnlyMemory<byte> document, CaseConfiguration configuration, CancellationToken cancellationToken)
    {
        var complaint = CaseDocument.Read(document.Span);
        return new CaseOutcome(complaint, await RulesOfAsync(configuration, complaint, cancellationToken));
    }

    private static IReadOnlyList<string> TasksMoved(CaseSession session)
    {
        var after = CaseRowImage.Of(session.Act, session.Act.At).Tasks;
        return [.. after.Values.Where(t => t.Assignee is not null && session.Before.Tasks.TryGetValue(t.Id, out var old) && old.DueAt != t.DueAt)
            .Select(t => t.Assignee!).Distinct(StringComparer.Ordinal)];
    }

    // asked within the burst: somebody may have been kept out since the request was let in
    private async ValueTask<CaseSession> OpenForAsync(
        ICaseTransaction transaction, Burst burst, Guid id, Performer by, CancellationToken cancellationToken)
    {
        var session = await OpenAsync(transaction, burst, id, by, cancellationToken);
        RuleViolationException.ThrowUnless(
            session is not null && by.Persons.All(person => !session.Complaint.Exclusion.Bars(person) && session.Complaint.Confidentiality.Admits(person)), NoSuchCase);
        return session!;
    }

    private async ValueTask<CaseSession?> OpenAsync(
        ICaseTransaction transaction, Burst burst, Guid id, Performer by, CancellationToken cancellationToken) =>
        await OpenAsync(transaction, burst, id, by, await ConfigurationAsync(transaction, cancellationToken), cancellationToken);

    private async ValueTask<CaseSession?> OpenAsync(
        ICaseTransaction transaction, Burst burst, Guid id, Performer by, CaseConfiguration configuration, CancellationToken cancellationToken)
    {
        if (await transaction.LoadCaseAsync(id, cancellationToken) is not { } stored)
        {
            return null;
        }

        var complaint = CaseDocument.Read(stored.Document.Span);
        complaint.Version = stored.Row.Version;
        var rules = await RulesOfAsync(configuration, complaint, cancellationToken);
        var act = new CaseAct(complaint, rules, by, burst.Now, new CaseLog());
        return new CaseSession(burst, act, stored, CaseRowImage.Of(act, DateTimeOffset.MinValue), new CaseCounting(transaction, cancellationToken));
    }

    private async ValueTask FinishAsync(ICaseTransaction transaction, Burst burst, CaseSession? session, CancellationToken cancellationToken)
    {
        if (session is null)
        {
            await burst.SaveAsync();
            return;
        }

        await session.SettleAsync();
        await SaveAsync(transaction, burst, session, cancellationToken);
    }

    private async ValueTask SaveAsync(ICaseTransaction transaction, Burst burst, CaseSession session, CancellationToken cancellationToken)
    {
        await burst.SaveAsync();
        await session.Counting.SaveAsync();
        await transaction.SaveCaseAsync(_writer.Write(session), cancellationToken);
    }

    private async ValueTask<CaseConfiguration> ConfigurationAsync(ICaseTransaction transaction, CancellationToken cancellationToken) =>
        await _configurations.AtAsync(await transaction.ConfigurationVersionAsync(cancellationToken), cancellationToken);

    private async ValueTask<CaseRules> RulesOfAsync(CaseConfiguration configuration, Complaint complaint, CancellationToken cancellationToken)
    {
        return configuration.RulesFor(
            await VersionAsync(configuration, complaint.Process, complaint.ProcessVersion, cancellationToken), complaint.LimitsVersion);
    }

    private ValueTask<ProcessVersionInUse> VersionAsync(CaseConfiguration configuration, string process, int version, CancellationToken cancellationToken) =>
        configuration.Published.GetValueOrDefault(process) is { } published && published.Version == version
            ? ValueTask.FromResult(published)
            : _configurations.ProcessAsync(process, version, cancellationToken);

    /// <summary>The shape of this definition at which such a case comes in.</summary>
    private async ValueTask<string> TriggerAsync<TTrigger>(string definitionVersionId, string? kind, CancellationToken cancellationToken)
        where TTrigger : Activity
    {
        var plan = await _plans.FindAsync(definitionVersionId, cancellationToken)
            ?? throw new RuleViolationException(new Rule("process-cannot-run", $"The workflow {definitionVersionId} is gone."));
        var triggers = plan.Nodes.Where(n => n.Activity is TTrigger && n.CanStartWorkflow).ToList();
        var trigger = triggers.Find(n => kind is null || Kinds(n) is not { Count: > 0 } kinds || kinds.Contains(kind));
        return trigger?.NodeId ?? throw new RuleViolationException(
            kind is null ? ComplaintRules.ReopeningNotDrawn : new Rule("process-cannot-run", $"The workflow {definitionVersionId} has no way in for {kind}."));
    }

    private static List<string> Kinds(PlanNode node)
    {
        var value = (string?)node.Json["kinds"]?["expression"]?["value"];
        return value is null ? [] : System.Text.Json.JsonSerializer.Deserialize(value, KindsJson.Default.ListString) ?? [];
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(List<string>))]
internal sealed partial class KindsJson : System.Text.Json.Serialization.JsonSerializerContext;
