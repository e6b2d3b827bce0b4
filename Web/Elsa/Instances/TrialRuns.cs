using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.Elsa.Instances;

/// <summary>How a trial run ended, to look at.</summary>
/// <param name="Person">Who may look at it.</param>
/// <param name="Row">Columns as a stored instance has them.</param>
/// <param name="Instance">Its state.</param>
/// <param name="Journal">What happened.</param>
public sealed record TrialRun(string Person, InstanceRow Row, WorkflowInstance Instance, IReadOnlyList<JournalRow> Journal);

/// <summary>What a run is given.</summary>
/// <param name="Input">Values by input name.</param>
public sealed record TrialRequest(string? CorrelationId, IReadOnlyDictionary<string, object?>? Input, string? TriggerActivityId);

/// <summary>
/// Runs definitions for the designer in memory, on a clock of their own, up to where they first wait: no case, task or message comes of it.
/// The last runs are kept for their authors to look at, on this node only.
/// </summary>
public sealed class TrialRuns(
    StoredConfigurations configurations, IDefinitionSource definitions, ActivityRegistry registry, IScriptEngine scripts, TimeProvider clock) : IDisposable
{
    /// <summary>Runs kept.</summary>
    public const int MostKept = 40;

    private const int AtOnce = 2;

    private readonly SemaphoreSlim _turns = new(AtOnce, AtOnce);
    private readonly Lock _lock = new();
    private readonly Queue<TrialRun> _kept = new();

    /// <summary>A run of this person's that is still kept.</summary>
    public TrialRun? Find(Guid id, string person)
    {
        lock (_lock)
        {
            return _kept.FirstOrDefault(r => r.Row.Id == id && r.Person == person);
        }
    }

    /// <summary>The journal of a run; null for an instance that is none.</summary>
    public IReadOnlyList<JournalRow>? JournalOf(Guid id)
    {
        lock (_lock)
        {
            return _kept.FirstOrDefault(r => r.Row.Id == id)?.Journal;
        }
    }

    /// <summary>Runs a definition that takes no case.</summary>
    /// <returns>The run; null with the reason when it does not start.</returns>
    /// <exception cref="UnrunnableDefinitionException">It has findings that keep it from running.</exception>
    public Task<(TrialRun? Run, string? Reason)> RunAsync(
        StoredDefinition stored, WorkflowDefinition definition, TrialRequest request, Person person, CancellationToken cancellationToken) =>
        InTurnAsync<(TrialRun?, string?)>(async () =>
        {
            var draft = definition.With(id: stored.Id, definitionId: stored.DefinitionId, version: stored.Version);
            var plans = new PlanCache(new WithDraft(definitions, draft), registry, scripts);
            var plan = await plans.CompileAsync(draft, cancellationToken);
            if (!plan.CanRun)
            {
                throw new UnrunnableDefinitionException(plan);
            }

            using var store = new InMemoryBurstStore();
            var runtime = new WorkflowRuntime(store, plans, scripts, new VirtualClock(clock.GetUtcNow()));
            var started = await runtime.StartAsync(
                new StartRequest
                {
                    DefinitionVersionId = draft.Id,
                    CorrelationId = request.CorrelationId,
                    Input = request.Input,
                    TriggerNodeId = request.TriggerActivityId,
                },
                cancellationToken);
            if (started.Instance is not { } instance)
            {
                return (null, started.Reason);
            }

            var all = await store.InstancesAsync(cancellationToken);
            return (Keep(person, all.Single(i => i.Row.Id == instance.Id).Row, instance, await store.JournalAsync(instance.Id, cancellationToken)), null);
        }, cancellationToken);

    /// <summary>Runs a process with an invented case of the kind that runs on the workflow.</summary>
    /// <exception cref="InvalidInputException">The process asks for more than an invented case can say.</exception>
    /// <exception cref="RuleViolationException">The process refuses the case, or cannot run.</exception>
    public Task<TrialRun> RunProcessAsync(StoredDefinition stored, ProcessPack pack, Person person, CancellationToken cancellationToken) =>
        InTurnAsync(async () =>
        {
            var installed = (await configurations.CurrentAsync(cancellationToken)).Calendars;
            var calendars = pack.Calendars.ToDictionary(c => c.Key, c => installed.GetValueOrDefault(c.Key) ?? installed.Values.First(), StringComparer.Ordinal);
            using var installation = new SimulatedInstallation(pack, calendars, new Dictionary<string, FactValue>(), clock.GetUtcNow());
            var outcome = await installation.Cases.RegisterAsync(Invented(pack, stored.DefinitionId), person.AsPerformer(), cancellationToken);
            var id = outcome!.Complaint.Instances[^1];
            var kept = await installation.Store.RunAsync(t => t.LoadInstanceAsync(id, cancellationToken), cancellationToken);
            var plan = await new PlanCache(installation, registry, scripts).FindAsync(kept!.Value.Row.DefinitionVersionId, cancellationToken);
            var row = kept.Value.Row with { DefinitionVersionId = stored.Id, DefinitionVersion = stored.Version };
            return Keep(person, row, WorkflowInstance.Read(kept.Value, plan!), installation.Store.Journal(id));
        }, cancellationToken);

    public void Dispose() => _turns.Dispose();

    private static Registration Invented(ProcessPack pack, string definitionId) => new()
    {
        Process = pack.Identity.Id,
        Kind = pack.Identity.Kinds.FirstOrDefault(k => k.Workflow == definitionId)?.Kind ?? pack.Identity.Kinds[0].Kind,
        Channel = pack.Identity.Channels[0].Key,
        Subject = "试运行 · Trial run",
        Description = "试运行 · Trial run",
        Complainant = new Complainant { Name = "试运行", Kind = "person" },
        Category = pack.Categories.Serve("category") ? pack.Categories.NodesFor("category").FirstOrDefault()?.Key : null,
    };

    private TrialRun Keep(Person person, InstanceRow row, WorkflowInstance instance, IReadOnlyList<JournalRow> journal)
    {
        var run = new TrialRun(person.Id, row, instance, [.. journal]);
        lock (_lock)
        {
            _kept.Enqueue(run);
            while (_kept.Count > MostKept)
            {
                _kept.Dequeue();
            }
        }

        return run;
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> run, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await run();
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Published definitions, and the draft that is tried out.</summary>
    private sealed class WithDraft(IDefinitionSource published, WorkflowDefinition draft) : IDefinitionSource
    {
        public ValueTask<WorkflowDefinition?> FindVersionAsync(string definitionVersionId, CancellationToken cancellationToken) =>
            definitionVersionId == draft.Id ? ValueTask.FromResult<WorkflowDefinition?>(draft) : published.FindVersionAsync(definitionVersionId, cancellationToken);

        public ValueTask<string?> FindPublishedVersionIdAsync(string definitionId, CancellationToken cancellationToken) =>
            published.FindPublishedVersionIdAsync(definitionId, cancellationToken);
    }
}
