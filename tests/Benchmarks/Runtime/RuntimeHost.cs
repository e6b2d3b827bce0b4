using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using CaseManagement.Web.Persistence.Sqlite;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Runtime.Stores;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaseManagement.Benchmarks.Runtime;

/// <summary>The runtime on a store of its own: in memory, or durable on a SQLite file with history on.</summary>
internal sealed class RuntimeHost : IAsyncDisposable
{
    private readonly InMemoryDefinitions _definitions = new();
    private readonly DirectoryInfo? _folder;
    private readonly MeterListener _listener = new();
    private long _commits;
    private long _bursts;

    public RuntimeHost(bool durable, TimeProvider clock)
    {
        Clock = clock;
        if (durable)
        {
            _folder = Directory.CreateTempSubdirectory("casemanagement-bench-");
            ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "cases.db")};Pooling=False";
            using (var context = NewContext())
            {
                context.Database.Migrate();
            }

            Sqlite = new SqliteCaseStore(ConnectionString, 10_000, NullLogger<SqliteCaseStore>.Instance);
            Store = Sqlite;
        }
        else
        {
            Memory = new InMemoryBurstStore();
            Store = Memory;
        }

        Scripts = new JavaScriptEngine();
        Plans = new PlanCache(_definitions, new ActivityRegistry(BuiltInActivities.All), Scripts);
        Runtime = new WorkflowRuntime(Store, Plans, Scripts, clock);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "CaseManagement.Store")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            Interlocked.Add(ref instrument.Name == "store.commits" ? ref _commits : ref _bursts, value));
        _listener.Start();
    }

    public TimeProvider Clock { get; }

    public IBurstStore Store { get; }

    public SqliteCaseStore? Sqlite { get; }

    public InMemoryBurstStore? Memory { get; }

    public WorkflowRuntime Runtime { get; }

    public PlanCache Plans { get; }

    public JavaScriptEngine Scripts { get; }

    public string ConnectionString { get; } = "";

    /// <summary>So far; on the durable store only.</summary>
    public (long Commits, long Bursts) Counts => (Interlocked.Read(ref _commits), Interlocked.Read(ref _bursts));

    public SqliteCaseManagementDbContext NewContext() => new(
        new DbContextOptionsBuilder<SqliteCaseManagementDbContext>().UseSqliteStore(ConnectionString).Options);

    public async Task<WorkflowPlan> PublishAsync(JsonObject definition)
    {
        var saved = _definitions.Save(WorkflowDefinition.From(definition), publish: true);
        return (await Plans.FindAsync(saved.Id, CancellationToken.None))!;
    }

    /// <summary>Workloads A and B: one whole call, which must end Finished.</summary>
    public async Task StartAsync(string definitionId)
    {
        var started = await Runtime.StartAsync(new StartRequest { DefinitionId = definitionId }, CancellationToken.None);
        Require(started.Instance?.SubStatus == WorkflowSubStatus.Finished);
    }

    /// <summary>Workload C: start, which must wait; the event, addressed; load and look.</summary>
    public async Task StartAndResumeAsync(string definitionId)
    {
        var started = await Runtime.StartAsync(new StartRequest { DefinitionId = definitionId }, CancellationToken.None);
        Require(started.Instance?.SubStatus == WorkflowSubStatus.Suspended);
        var id = started.Instance!.Id;
        await Runtime.DeliverAsync(new Stimulus(Stimuli.Event, "Go") { InstanceId = id }, CancellationToken.None);
        var stored = await Store.RunAsync(t => t.LoadInstanceAsync(id, CancellationToken.None), CancellationToken.None);
        Require(stored?.Row.SubStatus == WorkflowSubStatus.Finished);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Memory?.Dispose();
        if (Sqlite is not null)
        {
            await Sqlite.DisposeAsync();
        }

        _folder?.Delete(recursive: true);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The workload did not end as it must.");
        }
    }
}
