using System.Globalization;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.CaseActivities;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Runtime.Stores;

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
public sealed class CaseRuntime
{
    /// <summary>A request came again under the same key with another body.</summary>
    public static readonly Rule KeyReused = new("idempotency-key-reused", "This Idempotency-Key was used for another request.");

    public static readonly Rule NoSuchCase = new("complaint-unknown", "There is no such case.");
    public static readonly Rule NoProcess = new("process-unknown", "There is no such published process.");

    public static readonly Rule NothingToRetry = new("nothing-to-retry", "No step of the process has failed.");

    private readonly ICaseStore _store;
    private readonly ICaseConfigurations _configurations;
    private readonly IPlanSource _plans;
    private readonly ITrackingCodes _codes;
    private readonly WorkflowRuntime _refusing;
    private readonly WorkflowRuntime _enduring;
    private readonly CaseWriter _writer;

    /// <param name="store">Where cases and instances live.</param>
    /// <param name="configurations">Processes, limits, calendars.</param>
    /// <param name="plans">Compiled definitions.</param>
    /// <param name="runtimes">Makes the two runtimes: one that hands a domain's refusal to whoever caused it, one that keeps it as an incident.</param>
    /// <param name="codes">Tracking codes.</param>
    /// <param name="wallClock">The wall clock, for the audit; the domain's own clock is the runtimes'.</param>
    public CaseRuntime(
        ICaseStore store, ICaseConfigurations configurations, IPlanSource plans, Func<Func<Exception, bool>, WorkflowRuntime> runtimes,
        ITrackingCodes codes, TimeProvider wallClock)
    {
        _store = store;
        _configurations = configurations;
        _plans = plans;
        _codes = codes;
        _refusing = runtimes(e => e is RuleViolationException or InvalidInputException);
        _enduring = runtimes(_ => false);
        _writer = new CaseWriter(new MessageWriter(codes), wallClock);
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
        var sequence = await transaction.NextAsync($"{rules.Pack.Identity.Id}/{numbering.CycleKey(receivedAt)}", cancellationToken);
        var identity = new CaseIdentity(
            ComplaintId.New(burst.Now), numbering.Format(receivedAt, (int)sequence), process.Version, limits, code?.Hash, code?.Sealed);
        var act = registration.Register(facts, identity, rules, by, burst.Now, new CaseLog());
        var session = new CaseSession(burst, act, null, CaseRowImage.Empty);
        if (registration.Handled is null)
        {
            var definition = process.DefinitionVersionId(rules.Pack.Kind(registration.Kind)!.Workflow);
            await session.StartAsync(definition, await TriggerAsync<ComplaintReceived>(definition, registration.Kind, cancellationToken));
            await session.SettleAsync();
        }

        await SaveAsync(transaction, burst, session, cancellationToken);
        return new CaseOutcome(act.Complaint, rules, code?.Code);
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
        var session = await OpenAsync(transaction, burst, id, by, cancellationToken)
            ?? throw new RuleViolationException(NoSuchCase);
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

    /// <summary>Opens a closed case again: a new run of its process begins at the trigger for that.</summary>
    public ValueTask<CaseOutcome> ReopenAsync(Guid id, Performer by, string? reason, CancellationToken cancellationToken) =>
        _store.RunAsync(
            async transaction =>
            {
                var burst = _refusing.Open(transaction, cancellationToken);
                var session = await OpenAsync(transaction, burst, id, by, cancellationToken)
                    ?? throw new RuleViolationException(NoSuchCase);
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
                var session = await OpenAsync(transaction, burst, id, by, cancellationToken)
                    ?? throw new RuleViolationException(NoSuchCase);
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

    /// <summary>A timer is due: the case or instance it is for looks what its time has come to. A timer that is gone has fired already.</summary>
    /// <returns>False: it had fired already.</returns>
    public ValueTask<bool> FireAsync(Guid timer, CancellationToken cancellationToken) =>
        _store.RunAsync(
            async transaction =>
            {
                if (await transaction.TakeTimerAsync(timer, cancellationToken) is not { } due)
                {
                    return false;
                }

                var burst = _enduring.Open(transaction, cancellationToken);
                var session = await CaseOfAsync(transaction, due, cancellationToken) is { } id
                    ? await OpenAsync(transaction, burst, id, new Performer { Actor = Actor.Timer }, cancellationToken)
                    : null;
                session?.Before.Forget(timer);
                if (due.Kind != CaseTimers.Clock)
                {
                    await burst.FireAsync(due);
                }

                if (session is null)
                {
                    await burst.SaveAsync();
                    return true;
                }

                await session.SettleAsync();
                await SaveAsync(transaction, burst, session, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>Reads a case as it is, with its rules.</summary>
    /// <returns>Null when there is none.</returns>
    public ValueTask<CaseOutcome?> ReadAsync(Guid id, CancellationToken cancellationToken) =>
        _store.RunAsync(
            async transaction => await transaction.LoadCaseAsync(id, cancellationToken) is { } stored
                ? new CaseOutcome(CaseDocument.Read(stored.Document.Span), await RulesOfAsync(transaction, CaseDocument.Read(stored.Document.Span), cancellationToken))
                : null,
            cancellationToken);

    private async ValueTask<CaseSession?> OpenAsync(
        ICaseTransaction transaction, Burst burst, Guid id, Performer by, CancellationToken cancellationToken)
    {
        if (await transaction.LoadCaseAsync(id, cancellationToken) is not { } stored)
        {
            return null;
        }

        var complaint = CaseDocument.Read(stored.Document.Span);
        complaint.Version = stored.Row.Version;
        var rules = await RulesOfAsync(transaction, complaint, cancellationToken);
        var act = new CaseAct(complaint, rules, by, burst.Now, new CaseLog());
        return new CaseSession(burst, act, stored, CaseRowImage.Of(act, DateTimeOffset.MinValue));
    }

    private async ValueTask SaveAsync(ICaseTransaction transaction, Burst burst, CaseSession session, CancellationToken cancellationToken)
    {
        await burst.SaveAsync();
        await transaction.SaveCaseAsync(_writer.Write(session), cancellationToken);
    }

    private async ValueTask<CaseConfiguration> ConfigurationAsync(ICaseTransaction transaction, CancellationToken cancellationToken) =>
        await _configurations.AtAsync(await transaction.ConfigurationVersionAsync(cancellationToken), cancellationToken);

    private async ValueTask<CaseRules> RulesOfAsync(ICaseTransaction transaction, Complaint complaint, CancellationToken cancellationToken)
    {
        var configuration = await ConfigurationAsync(transaction, cancellationToken);
        var process = configuration.Published.GetValueOrDefault(complaint.Process) is { } published && published.Version == complaint.ProcessVersion
            ? published
            : await _configurations.ProcessAsync(complaint.Process, complaint.ProcessVersion, cancellationToken);
        return configuration.RulesFor(process, complaint.LimitsVersion);
    }

    private static async ValueTask<Guid?> CaseOfAsync(ICaseTransaction transaction, TimerRow timer, CancellationToken cancellationToken)
    {
        if (timer.Kind == CaseTimers.Clock)
        {
            return Guid.Parse(timer.Payload!, CultureInfo.InvariantCulture);
        }

        return timer.InstanceId is { } instance
            && await transaction.LoadInstanceAsync(instance, cancellationToken) is { Row.CorrelationId: { } correlation }
            && Guid.TryParse(correlation, out var id)
            ? id
            : null;
    }

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
