using System.Text.Json.Nodes;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Runtime.Stores;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Workflows.Tests;

/// <summary>A runtime on an in-memory store and a clock that tests move.</summary>
internal sealed class Host : IDisposable
{
    private readonly InMemoryDefinitions _definitions = new();
    private readonly PlanCache _plans;

    public Host(RuntimeLimits? limits = null, Func<Exception, bool>? passesThrough = null, params Activity[] activities)
    {
        var scripts = new JavaScriptEngine();
        _plans = new PlanCache(_definitions, new ActivityRegistry(BuiltInActivities.All.Concat(activities)), scripts);
        Runtime = new WorkflowRuntime(Store, _plans, scripts, Clock, limits, passesThrough);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public InMemoryBurstStore Store { get; } = new();
    public VirtualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    public WorkflowRuntime Runtime { get; }

    public Task<WorkflowPlan> PublishAsync(Flow flow) => PublishAsync(flow.ToJson());

    public async Task<WorkflowPlan> PublishAsync(JsonObject flow)
    {
        var saved = _definitions.Save(WorkflowDefinition.From(flow), publish: true);
        var plan = (await _plans.FindAsync(saved.Id, Token))!;
        await Runtime.RunAsync(
            burst =>
            {
                burst.Publish(plan);
                return ValueTask.FromResult(true);
            },
            Token);
        return plan;
    }

    public Task<Guid> StartAsync(Flow flow, string? correlationId = null, Dictionary<string, object?>? input = null) =>
        StartAsync(flow.ToJson(), correlationId, input);

    public async Task<Guid> StartAsync(JsonObject flow, string? correlationId = null, Dictionary<string, object?>? input = null)
    {
        await PublishAsync(flow);
        var started = await Runtime.StartAsync(
            new StartRequest { DefinitionId = (string)flow["definitionId"]!, CorrelationId = correlationId, Input = input }, Token);
        Assert.Equal(StartOutcome.Started, started.Outcome);
        return started.Instance!.Id;
    }

    public async Task<WorkflowInstance> ReadAsync(Guid id)
    {
        var stored = (await Store.RunAsync(t => t.LoadInstanceAsync(id, Token), Token))!.Value;
        return WorkflowInstance.Read(stored, (await _plans.FindAsync(stored.Row.DefinitionVersionId, Token))!);
    }

    /// <summary>Ids of activities in the order they ran or resumed to completion.</summary>
    public async Task<string> CompletedAsync(Guid id) => string.Join(
        ' ', (await Store.JournalAsync(id, Token)).Where(r => r.Event == JournalEvent.Completed).Select(r => r.ActivityId));

    public async Task<string> CanceledAsync(Guid id) => string.Join(
        ' ', (await Store.JournalAsync(id, Token)).Where(r => r.Event == JournalEvent.Canceled).Select(r => r.ActivityId));

    public async Task<string> WaitingAsync(Guid id) =>
        string.Join(' ', (await ReadAsync(id)).Bookmarks.Select(b => b.ActivityId).Order());

    public ValueTask<DeliverResult> EventAsync(string name, Guid? instance = null, string? correlationId = null, object? input = null) =>
        Runtime.DeliverAsync(
            new Stimulus(Stimuli.Event, name)
            {
                InstanceId = instance,
                CorrelationId = correlationId,
                Input = input,
                KeepIfUnmatched = true,
            },
            Token);

    /// <summary>Moves the clock, stopping at every timer on the way.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var until = Clock.GetUtcNow() + by;
        while (await Store.FirstDueAsync(until, Token) is { } timer)
        {
            Clock.MoveTo(timer.DueAt);
            await Runtime.FireTimerAsync(timer.Id, Token);
        }

        Clock.MoveTo(until);
    }

    public void Dispose() => Store.Dispose();
}

/// <summary>Writes a flowchart definition.</summary>
internal sealed class Flow(string id)
{
    private readonly JsonArray _activities = [];
    private readonly JsonArray _connections = [];
    private readonly JsonArray _variables = [];
    private readonly JsonArray _inputs = [];
    private readonly JsonObject _options = [];

    public string Id => id;

    public Flow Add(string activityId, string type, params (string Name, JsonNode? Value)[] properties)
    {
        var activity = new JsonObject { ["id"] = activityId, ["type"] = type };
        foreach (var (name, value) in properties)
        {
            activity[name] = value;
        }

        _activities.Add(activity);
        return this;
    }

    public Flow Line(string activityId, string? script = null) =>
        Add(activityId, "Elsa.WriteLine", ("text", script is null ? Literal(activityId) : Script(script)));

    public Flow Wait(string activityId, string? eventName = null) =>
        Add(activityId, "Elsa.Event", ("eventName", Literal(eventName ?? activityId)));

    public Flow Trigger(string activityId) => Add(
        activityId, "Elsa.Event", ("eventName", Literal(activityId)),
        ("customProperties", new JsonObject { ["canStartWorkflow"] = true }));

    public Flow Join(string activityId, string mode) => Add(activityId, "Elsa.FlowJoin", ("mode", Literal(mode)));

    public Flow Decide(string activityId, string script) => Add(activityId, "Elsa.FlowDecision", ("condition", Script(script)));

    public Flow Set(string activityId, string variable, string script) => Add(
        activityId, "Elsa.SetVariable", ("variable", new JsonObject { ["id"] = variable, ["name"] = variable }), ("value", Script(script)));

    public Flow Variable(string name, string type, string? value = null)
    {
        _variables.Add(new JsonObject { ["id"] = name, ["name"] = name, ["typeName"] = type, ["value"] = value });
        return this;
    }

    public Flow Input(string name, string type)
    {
        _inputs.Add(new JsonObject { ["name"] = name, ["type"] = type });
        return this;
    }

    public Flow Option(string name, string value)
    {
        _options[name] = value;
        return this;
    }

    /// <summary>Connects along <c>a</c>, <c>b</c>, <c>c</c>; <c>a/True</c> leaves by that port.</summary>
    public Flow Connect(params string[] ends)
    {
        for (var i = 0; i + 1 < ends.Length; i++)
        {
            var source = ends[i].Split('/');
            _connections.Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
                ["target"] = new JsonObject { ["activity"] = ends[i + 1].Split('/')[0], ["port"] = "In" },
            });
        }

        return this;
    }

    public JsonObject ToJson() => new()
    {
        ["id"] = null,
        ["definitionId"] = id,
        ["name"] = id,
        ["variables"] = _variables.DeepClone(),
        ["inputs"] = _inputs.DeepClone(),
        ["options"] = _options.DeepClone(),
        ["root"] = new JsonObject
        {
            ["id"] = "Flowchart1",
            ["type"] = "Elsa.Flowchart",
            ["activities"] = _activities.DeepClone(),
            ["connections"] = _connections.DeepClone(),
        },
    };

    public static JsonObject Literal(string value) => Expression("Literal", value);

    public static JsonObject Script(string source) => Expression("JavaScript", source);

    private static JsonObject Expression(string type, string value) => new()
    {
        ["typeName"] = "Object",
        ["expression"] = new JsonObject { ["type"] = type, ["value"] = value },
    };
}
