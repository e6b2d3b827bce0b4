using CaseManagement.Tests;
using CaseManagement.Web.Persistence.Sqlite;
using CaseManagement.Web.Tests.Persistence;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.Tests.Runtime;

/// <summary>The runtime on the product's database, which can be closed and opened again as by a restart of the product.</summary>
internal sealed class SqliteRuntime : IAsyncDisposable
{
    private readonly SqliteStoreUnderTest _under = SqliteStoreUnderTest.Create();
    private readonly InMemoryDefinitions _definitions = new();
    private readonly RuntimeLimits? _limits;

    public SqliteRuntime(RuntimeLimits? limits = null)
    {
        _limits = limits;
        Open(_under.Store);
    }

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public SqliteCaseStore Store { get; private set; } = null!;

    public WorkflowRuntime Runtime { get; private set; } = null!;

    public CaseRuntime Cases { get; private set; } = null!;

    private PlanCache Plans { get; set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The process ends and another one starts on the same file.</summary>
    public async Task RestartAsync()
    {
        await Store.DisposeAsync();
        Open(_under.Open());
    }

    public async Task<WorkflowPlan> PublishAsync(string json)
    {
        var saved = _definitions.Save(WorkflowDefinition.Parse(json), publish: true);
        var plan = (await Plans.FindAsync(saved.Id, Token))!;
        await Runtime.RunAsync(
            burst =>
            {
                burst.Publish(plan);
                return ValueTask.FromResult(true);
            },
            Token);
        return plan;
    }

    public async Task<Guid> StartAsync(string json)
    {
        var plan = await PublishAsync(json);
        var started = await Runtime.StartAsync(new StartRequest { DefinitionId = plan.DefinitionId }, Token);
        Assert.Equal((StartOutcome.Started, null), (started.Outcome, started.Reason));
        return started.Instance!.Id;
    }

    public async Task<WorkflowInstance> ReadAsync(Guid id)
    {
        var stored = (await Store.RunAsync(t => t.LoadInstanceAsync(id, Token), Token))!.Value;
        return WorkflowInstance.Read(stored, (await Plans.FindAsync(stored.Row.DefinitionVersionId, Token))!);
    }

    public async Task<IReadOnlyList<MessageRow>> MessagesAsync() => await _under.MessagesAsync(Guid.Empty);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _under.DisposeAsync();
    }

    private void Open(SqliteCaseStore store)
    {
        Store = store;
        var scripts = new JavaScriptEngine();
        Plans = new PlanCache(_definitions, new ActivityRegistry(BuiltInActivities.All), scripts);
        Runtime = new WorkflowRuntime(Store, Plans, scripts, Clock, _limits);
        Cases = new CaseRuntime(
            Store, new NoConfigurations(), Plans, passesThrough => new WorkflowRuntime(Store, Plans, scripts, Clock, _limits, passesThrough),
            new NoCodes(), Clock);
    }

    private sealed class NoConfigurations : ICaseConfigurations
    {
        public ValueTask<CaseConfiguration> AtAsync(long version, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ProcessVersionInUse> ProcessAsync(string process, int version, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class NoCodes : ITrackingCodes
    {
        public TrackingCode Create() => throw new NotSupportedException();

        public string? Open(string kept) => null;
    }
}
