using CaseManagement.Workflows.Runtime.Migration;
using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Runtime;

/// <summary>
/// The unit of work for one stimulus: everything that happens until nothing is left to run, written in one transaction. Used by
/// one caller at a time; forget it after <see cref="SaveAsync"/> or an exception.
/// </summary>
public sealed class Burst
{
    private readonly RuntimeServices _services;
    private readonly Dictionary<Guid, WorkflowInstance> _instances = [];
    private readonly BurstQueue _queue;
    private Dictionary<Type, object>? _features;
    private ScriptScopes? _scripts;
    private BurstChanges? _changes;
    private int _executions;
    private int _ids;

    internal Burst(RuntimeServices services, IBurstTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _services = services;
        Transaction = transaction;
        Now = now;
        CancellationToken = cancellationToken;
        Runner = new InstanceRunner(this);
        _queue = new BurstQueue(this);
        Starter = new InstanceStarter(this);
    }

    /// <summary>The burst's moment, UTC.</summary>
    public DateTimeOffset Now { get; }

    public IBurstTransaction Transaction { get; }
    public CancellationToken CancellationToken { get; }

    /// <summary>What the burst will write. Other layers may add timers of their own kinds.</summary>
    public BurstChanges Changes => _changes ??= new BurstChanges();

    /// <summary>Instances loaded or started in this burst.</summary>
    public IReadOnlyCollection<WorkflowInstance> Instances => _instances.Values;

    internal InstanceRunner Runner { get; }
    internal InstanceStarter Starter { get; }
    internal RuntimeLimits Limits => _services.Limits;
    internal IPlanSource Plans => _services.Plans;
    internal ScriptScopes Scripts => _scripts ??= new ScriptScopes(this);
    internal Expressions.IScriptEngine ScriptEngine => _services.Scripts;

    /// <summary>Hangs another layer's session on the burst.</summary>
    public void Set<T>(T feature)
        where T : class => (_features ??= [])[typeof(T)] = feature;

    /// <exception cref="InvalidOperationException">Nobody has set it.</exception>
    public T Get<T>()
        where T : class =>
        Find<T>() ?? throw new InvalidOperationException($"The burst carries no {typeof(T).Name}.");

    public T? Find<T>()
        where T : class => _features?.GetValueOrDefault(typeof(T)) as T;

    /// <summary>An instance, loaded once per burst; null where there is none.</summary>
    public async ValueTask<WorkflowInstance?> LoadAsync(Guid instanceId)
    {
        if (_instances.TryGetValue(instanceId, out var known))
        {
            return known;
        }

        if (await Transaction.LoadInstanceAsync(instanceId, CancellationToken) is not { } stored)
        {
            return null;
        }

        var plan = await Plans.FindAsync(stored.Row.DefinitionVersionId, CancellationToken)
            ?? throw new InvalidOperationException($"Definition version {stored.Row.DefinitionVersionId} is gone.");
        var instance = InstanceDocument.Read(stored, plan);
        _instances.Add(instanceId, instance);
        return instance;
    }

    /// <summary>Starts an instance and runs it until it waits or ends.</summary>
    public async ValueTask<StartResult> StartAsync(StartRequest request)
    {
        var result = await Starter.StartAsync(request);
        await _queue.SettleAsync();
        return result;
    }

    /// <summary>Resumes everybody who waits for the stimulus and starts the workflows it triggers.</summary>
    public async ValueTask<DeliverResult> DeliverAsync(Stimulus stimulus)
    {
        var result = await _queue.DeliverAsync(stimulus);
        await _queue.SettleAsync();
        return result;
    }

    /// <summary>
    /// Starts what the stimulus triggers, but resumes nobody where more than one instance waits: those are answered, to get a
    /// burst each.
    /// </summary>
    internal async ValueTask<(DeliverResult Result, IReadOnlyList<Guid> Waiting)> DeliverToOneAsync(Stimulus stimulus)
    {
        var rows = await Transaction.FindBookmarksAsync(stimulus.Name, stimulus.Key, stimulus.CorrelationId, CancellationToken);
        var waiting = rows.Select(r => r.InstanceId).Distinct().ToList();
        if (waiting.Count <= 1)
        {
            return (await DeliverAsync(stimulus), []);
        }

        var started = await _queue.StartTriggeredAsync(stimulus) ?? [];
        await _queue.SettleAsync();
        return (new DeliverResult(DeliverOutcome.Delivered, 0, started), waiting);
    }

    /// <summary>Resumes one bookmark.</summary>
    public async ValueTask<DeliverResult> ResumeBookmarkAsync(Guid instanceId, Guid bookmarkId, object? input = null)
    {
        var instance = await LoadAsync(instanceId);
        var bookmark = instance?.BookmarkList.Find(b => b.Id == bookmarkId);
        if (bookmark is null || !await _queue.ResumeAsync(instance!, bookmark, Expressions.WorkflowValues.From(input)))
        {
            return DeliverResult.AlreadyDone;
        }

        await _queue.SettleAsync();
        return DeliverResult.ResumedOne;
    }

    /// <summary>Completes an <c>Elsa.RunTask</c> from outside.</summary>
    public ValueTask<DeliverResult> CompleteTaskAsync(string taskId, object? result) =>
        DeliverAsync(new Stimulus(Stimuli.RunTask, taskId) { Input = result });

    /// <summary>Fires a timer of the runtime's own kinds. A timer that is gone has fired already.</summary>
    public async ValueTask<DeliverResult> FireTimerAsync(Guid timerId)
    {
        var timer = await Transaction.TakeTimerAsync(timerId, CancellationToken);
        return timer is null ? DeliverResult.AlreadyDone : await FireAsync(timer);
    }

    /// <summary>Acts on a timer whose row this burst has already taken.</summary>
    public async ValueTask<DeliverResult> FireAsync(TimerRow timer)
    {
        if (timer.Kind == TimerKinds.Trigger)
        {
            var result = await TriggerTimers.FireAsync(this, timer);
            await _queue.SettleAsync();
            return result;
        }

        if (timer.InstanceId is not { } instanceId || timer.BookmarkId is not { } bookmarkId)
        {
            return DeliverResult.AlreadyDone;
        }

        if (await LoadAsync(instanceId) is { } instance && instance.BookmarkList.Find(b => b.Id == bookmarkId) is { } bookmark)
        {
            bookmark.HasTimerRow = false;
        }

        return await ResumeBookmarkAsync(instanceId, bookmarkId);
    }

    /// <summary>Cancels an instance and the children it waits for. Nothing is journalled for what waited (Elsa 3.8).</summary>
    /// <returns>False: there is no such instance, or it has finished.</returns>
    public async ValueTask<bool> CancelAsync(Guid instanceId)
    {
        if (await LoadAsync(instanceId) is not { } instance
            || instance.SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Cancelled)
        {
            return false;
        }

        await Runner.EndAsync(instance, WorkflowSubStatus.Cancelled);
        await _queue.SettleAsync();
        return true;
    }

    /// <summary>Runs faulted activities again: of one incident, or of all that are open.</summary>
    /// <returns>False: nothing to retry.</returns>
    public async ValueTask<bool> RetryAsync(Guid instanceId, int? incidentId = null)
    {
        if (await LoadAsync(instanceId) is not { } instance
            || instance.SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Cancelled)
        {
            return false;
        }

        var requeued = false;
        foreach (var incident in instance.IncidentList.ToArray())
        {
            if (incident.ResolvedAt is null && (incidentId is null || incident.Id == incidentId))
            {
                requeued |= Runner.Requeue(instance, incident.ExecutionId);
            }
        }

        if (!requeued)
        {
            return false;
        }

        foreach (var execution in instance.ExecutionList)
        {
            if (execution.Status == ActivityStatus.Pending && !instance.Queue.Any(i => ReferenceEquals(i.Execution, execution)))
            {
                instance.Queue.Enqueue(new WorkItem(execution));
            }
        }

        instance.SubStatus = WorkflowSubStatus.Executing;
        instance.FinishedAt = null;
        await Runner.DrainAsync(instance);
        await _queue.SettleAsync();
        return true;
    }

    /// <summary>
    /// Takes an instance to another version of its definition. Finished activities stay finished; those that wait go on waiting at their
    /// counterparts; what lies ahead and is free to go runs.
    /// </summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="map">The two versions and what became of each activity.</param>
    /// <param name="journal">What the journal notes beside the versions: who and why.</param>
    /// <exception cref="MigrationRefusedException">It cannot go; the burst must be given up.</exception>
    public async ValueTask<MigrationReport> MigrateAsync(Guid instanceId, ActivityMap map, IReadOnlyDictionary<string, object?> journal)
    {
        if (await LoadAsync(instanceId) is not { } old)
        {
            throw new MigrationRefusedException([new MigrationRefusal(MigrationRefusals.NothingRuns, null, "There is no such instance.")]);
        }

        if (!ReferenceEquals(old.Plan, map.From))
        {
            throw new ArgumentException($"Instance {instanceId} is on {old.Plan.VersionId}, not on {map.From.VersionId}.", nameof(map));
        }

        var (instance, report) = InstanceMigration.Carry(old, map);
        _instances[instanceId] = instance;
        Runner.Journal.WriteMigrated(instance, new Dictionary<string, object?>(journal, StringComparer.Ordinal)
        {
            ["from"] = map.From.VersionId,
            ["to"] = map.To.VersionId,
            ["map"] = map.Renamed.Count == 0 ? null : map.Renamed.ToDictionary(r => r.Key, r => (object?)r.Value, StringComparer.Ordinal),
        });
        // what lies inside first: a container may cancel it
        foreach (var execution in instance.ExecutionList.Where(e => e.Status == ActivityStatus.Running).Reverse().ToList())
        {
            try
            {
                await execution.Node.Activity.MigratedAsync(
                    new ActivityContext(this, instance, execution), old.FindExecution(execution.Id)!.Node);
            }
            catch (Exception exception) when (!PassesThrough(exception))
            {
                throw new MigrationRefusedException([new MigrationRefusal(MigrationRefusals.Fails, execution.Node.Id, exception.Message)]);
            }
        }

        if (instance.Queue.Count > 0)
        {
            await Runner.DrainAsync(instance);
        }

        await _queue.SettleAsync();
        return report;
    }

    /// <summary>From inside an activity: delivers after what runs now, in this burst.</summary>
    public void Post(Stimulus stimulus) => _queue.Post(stimulus);

    /// <summary>From inside an activity: starts after what runs now, in this burst.</summary>
    public void Post(StartRequest request) => _queue.Post(request);

    /// <summary>Does what was posted. The other methods do so themselves.</summary>
    public ValueTask SettleAsync() => _queue.SettleAsync();

    /// <summary>Makes this version the one its triggers start; replaces those of earlier versions.</summary>
    public void Publish(WorkflowPlan plan) => Changes.ReplacedTriggers.Add(TriggerTimers.Of(plan, Now));

    /// <summary>Withdraws the definition's triggers.</summary>
    public void Retract(string definitionId) => Changes.ReplacedTriggers.Add(new ReplacedTriggers(definitionId, [], []));

    /// <summary>Writes everything. The store commits when the burst's delegate returns.</summary>
    /// <exception cref="LostRaceException">Somebody else changed an instance meanwhile.</exception>
    public async ValueTask SaveAsync()
    {
        foreach (var instance in _instances.Values)
        {
            if (instance.IsDirty)
            {
                InstanceRows.Collect(this, instance);
            }
        }

        var changes = Changes;
        _changes = null;
        await Transaction.SaveAsync(changes, CancellationToken);
    }

    /// <summary>A UUIDv7 of the burst's moment; those of one burst sort in the order they were made.</summary>
    internal Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(Now).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)(0x70 | (_ids >> 8));
        bytes[7] = (byte)_ids;
        _ids = Math.Min(_ids + 1, 0xFFF);
        return new Guid(bytes, bigEndian: true);
    }

    internal void Add(WorkflowInstance instance) => _instances.Add(instance.Id, instance);

    internal void MayTakeKept(WorkflowInstance instance, Bookmark bookmark) => _queue.MayTakeKept(instance, bookmark);

    internal void TellParent(WorkflowInstance child) => _queue.TellParent(child);

    internal void RemoveRows(Bookmark bookmark)
    {
        if (bookmark.HasIndexRow)
        {
            bookmark.HasIndexRow = false;
            Changes.RemovedBookmarks.Add(bookmark.Id);
        }

        if (bookmark.HasTimerRow)
        {
            bookmark.HasTimerRow = false;
            Changes.RemovedTimers.Add(bookmark.Id);
        }
    }

    internal void CountExecution()
    {
        if (++_executions > Limits.MaxExecutionsPerBurst)
        {
            throw new BurstLimitException($"More than {Limits.MaxExecutionsPerBurst} activities ran without a pause.");
        }
    }

    /// <summary>Whether an exception undoes the burst instead of becoming an incident.</summary>
    internal bool PassesThrough(Exception exception) =>
        exception is BurstAbortedException or System.Data.Common.DbException or OutOfMemoryException
        || (exception is OperationCanceledException && CancellationToken.IsCancellationRequested)
        || _services.PassesThrough(exception);
}

/// <summary>A burst did more than it may; most likely the definition goes in circles.</summary>
public sealed class BurstLimitException(string message) : Exception(message);
