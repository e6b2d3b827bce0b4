using System.Text.Json.Nodes;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Tests;

/// <summary>Rules of Elsa's activities that the recorded suite does not touch.</summary>
public sealed class ActivityRules : IDisposable
{
    private readonly Host _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task An_activity_marked_to_run_asynchronously_has_a_burst_of_its_own()
    {
        var flow = new Flow("f").Line("a").Add(
                "slow", "Elsa.WriteLine", ("text", Flow.Script("'at ' + getX()")), ("customProperties", new JsonObject { ["runAsynchronously"] = true }))
            .Line("b").Variable("X", "String", "last").Connect("a", "slow", "b");

        var id = await _host.StartAsync(flow);
        Assert.Equal(("a", "slow"), (await _host.CompletedAsync(id), await _host.WaitingAsync(id)));
        await _host.AdvanceAsync(TimeSpan.Zero);

        Assert.Equal("a slow b Flowchart1", await _host.CompletedAsync(id));
        Assert.Equal(
            [JournalEvent.Suspended, JournalEvent.Resumed, JournalEvent.Completed],
            (await _host.Store.JournalAsync(id, Host.Token)).Where(r => r.ActivityId == "slow").Select(r => r.Event));
    }

    [Fact]
    public async Task A_cancelled_instance_does_not_run_what_was_to_run_asynchronously()
    {
        var flow = new Flow("f").Add("slow", "Elsa.WriteLine", ("text", Flow.Literal("x")), ("customProperties", new JsonObject { ["runAsynchronously"] = true }));
        var id = await _host.StartAsync(flow);

        await _host.Runtime.CancelAsync(id, Host.Token);
        await _host.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("", await _host.CompletedAsync(id));
        Assert.Equal((0, 0, 0), await _host.Store.CountRowsAsync(Host.Token));
    }

    [Fact]
    public async Task Parallel_for_each_inside_parallel_for_each_keeps_every_value_with_its_branch()
    {
        var inner = Each("inner", "[1, 2]", Body("'' + getVariable('Outer') + getVariable('CurrentValue') + '@' + getVariable('CurrentIndex')"));
        var outer = new JsonObject
        {
            ["id"] = "scope",
            ["type"] = "Elsa.Sequence",
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "Outer", ["name"] = "Outer", ["typeName"] = "String" }),
            ["activities"] = new JsonArray(
                new JsonObject
                {
                    ["id"] = "keep",
                    ["type"] = "Elsa.SetVariable",
                    ["variable"] = new JsonObject { ["id"] = "Outer", ["name"] = "Outer" },
                    ["value"] = Flow.Script("getVariable('CurrentValue')"),
                },
                inner),
        };

        var id = await _host.StartAsync(new Flow("f").Add("outer", "Elsa.ParallelForEach", ("items", Flow.Script("['a', 'b']")), ("body", outer)));

        Assert.Equal(["a1@0", "a2@1", "b1@0", "b2@1"], (await LinesAsync(id)).Order());
    }

    [Fact]
    public async Task Waiting_branches_of_nested_parallel_for_each_resume_with_their_own_values()
    {
        var body = new JsonObject
        {
            ["id"] = "s",
            ["type"] = "Elsa.Sequence",
            ["activities"] = new JsonArray(
                new JsonObject { ["id"] = "w", ["type"] = "Elsa.Event", ["eventName"] = Flow.Script("'go' + getVariable('CurrentValue')") },
                new JsonObject { ["id"] = "l", ["type"] = "Elsa.WriteLine", ["text"] = Flow.Script("'' + getVariable('CurrentValue')") }),
        };
        var id = await _host.StartAsync(new Flow("f").Add("each", "Elsa.ParallelForEach", ("items", Flow.Script("[1, 2, 3]")), ("body", body)));

        foreach (var number in (int[])[3, 1, 2])
        {
            await _host.EventAsync($"go{number}", id);
        }

        Assert.Equal(["3", "1", "2"], await LinesAsync(id));
        Assert.Equal(WorkflowSubStatus.Finished, (await _host.ReadAsync(id)).SubStatus);
    }

    [Fact]
    public async Task Parallel_completes_with_the_last_of_its_branches()
    {
        var id = await _host.StartAsync(new Flow("f").Add("p", "Elsa.Parallel", ("activities", new JsonArray(
            new JsonObject { ["id"] = "x", ["type"] = "Elsa.Event", ["eventName"] = Flow.Literal("x") },
            new JsonObject { ["id"] = "y", ["type"] = "Elsa.WriteLine", ["text"] = Flow.Literal("y") },
            new JsonObject { ["id"] = "z", ["type"] = "Elsa.Event", ["eventName"] = Flow.Literal("z") }))).Line("after").Connect("p", "after"));

        Assert.Equal("x z", await _host.WaitingAsync(id));
        await _host.EventAsync("z", id);
        Assert.Equal("x", await _host.WaitingAsync(id));
        await _host.EventAsync("x", id);

        Assert.Equal("y z x p after Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_variable_survives_a_wait_whatever_storage_it_names()
    {
        var flow = new Flow("f").Variable("Plain", "String", "-").Set("s", "Plain", "'kept'").Wait("w").Line("l", "getPlain()").Connect("s", "w", "l");
        var json = flow.ToJson();
        foreach (var driver in (string?[])[null, "Elsa.Workflows.MemoryStorageDriver, Elsa.Workflows.Core", "MemoryStorageDriver", "WorkflowInstanceStorageDriver"])
        {
            json["definitionId"] = "f" + driver;
            json["variables"]![0]!["storageDriverTypeName"] = driver;
            var id = await _host.StartAsync(json);
            await _host.EventAsync("w", id);

            Assert.Equal(["kept"], await LinesAsync(id));
        }
    }

    [Fact]
    public async Task An_inner_variable_hides_the_outer_one_of_its_name()
    {
        var inner = new JsonObject
        {
            ["id"] = "Inner",
            ["type"] = "Elsa.Flowchart",
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "X2", ["name"] = "X", ["typeName"] = "String", ["value"] = "inner" }),
            ["activities"] = new JsonArray(
                new JsonObject { ["id"] = "set", ["type"] = "Elsa.RunJavaScript", ["script"] = Flow.Literal("setX(getX() + '!')") },
                new JsonObject { ["id"] = "l", ["type"] = "Elsa.WriteLine", ["text"] = Flow.Script("getX()") }),
            ["connections"] = new JsonArray(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = "set", ["port"] = "Done" },
                ["target"] = new JsonObject { ["activity"] = "l", ["port"] = "In" },
            }),
        };
        var id = await _host.StartAsync(new Flow("f").Variable("X", "String", "outer")
            .Add("if", "Elsa.If", ("condition", Flow.Script("true")), ("then", inner)).Line("o", "getX()").Connect("if", "o"));

        Assert.Equal(["inner!", "outer"], await LinesAsync(id));
    }

    [Theory]
    [InlineData("Elsa.Timer", "interval", "00:05:00", 5)]
    [InlineData("Elsa.StartAt", "dateTime", "2026-03-02T09:05:00Z", 5)]
    [InlineData("Elsa.Cron", "cronExpression", "*/5 * * * *", 5)]
    public async Task A_scheduling_step_inside_a_flow_waits_once(string type, string input, string value, int minutes)
    {
        var id = await _host.StartAsync(new Flow("f").Line("a").Add("t", type, (input, Flow.Literal(value))).Line("b").Connect("a", "t", "b"));

        await _host.AdvanceAsync(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.Equal("t", await _host.WaitingAsync(id));
        await _host.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("a t b Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_moment_that_is_past_is_passed_at_once_in_a_flow_and_caught_up_with_once_as_a_trigger()
    {
        var inFlow = await _host.StartAsync(new Flow("f").Add("t", "Elsa.StartAt", ("dateTime", Flow.Literal("2020-01-01T00:00:00Z"))));
        await _host.PublishAsync(new Flow("g").Add(
            "t", "Elsa.StartAt", ("dateTime", Flow.Literal("2020-01-01T00:00:00Z")), ("customProperties", new JsonObject { ["canStartWorkflow"] = true })));
        await _host.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(WorkflowSubStatus.Finished, (await _host.ReadAsync(inFlow)).SubStatus);
        Assert.Single(await _host.Store.InstancesAsync(Host.Token), i => i.Row.DefinitionId == "g");
    }

    [Fact]
    public async Task A_cron_trigger_starts_at_every_occurrence_until_it_is_replaced()
    {
        Flow Every(string cron) => new Flow("g").Add(
            "t", "Elsa.Cron", ("cronExpression", Flow.Literal(cron)), ("customProperties", new JsonObject { ["canStartWorkflow"] = true }));
        await _host.PublishAsync(Every("0 * * * *"));
        await _host.AdvanceAsync(TimeSpan.FromHours(3));
        await _host.PublishAsync(Every("0 0 1 1 *"));
        await _host.AdvanceAsync(TimeSpan.FromHours(3));

        Assert.Equal(3, (await _host.Store.InstancesAsync(Host.Token)).Count);
    }

    [Fact]
    public async Task A_merge_mode_changes_nothing_in_the_counter_model()
    {
        var flow = new Flow("f").Line("s").Line("a").Wait("b").Add(
            "m", "Elsa.WriteLine", ("text", Flow.Literal("m")), ("customProperties", new JsonObject { ["mergeMode"] = "Race" }))
            .Connect("s", "a", "m").Connect("s", "b", "m");

        var id = await _host.StartAsync(flow);
        Assert.Equal("b", await _host.WaitingAsync(id));
        await _host.EventAsync("b", id);

        Assert.Equal("s a b m Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_script_knows_the_moment_of_its_burst_and_a_step_can_wait_relative_to_it()
    {
        var id = await _host.StartAsync(new Flow("f").Line("now", "new Date().toISOString()")
            .Add("t", "Elsa.StartAt", ("dateTime", Flow.Script("new Date(Date.now() + 90000)"))).Line("then", "new Date(Date.now()).toISOString()")
            .Connect("now", "t", "then"));

        await _host.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(["2026-03-02T09:00:00.000Z", "2026-03-02T09:01:30.000Z"], await LinesAsync(id));
    }

    [Theory]
    [InlineData("stringFromBase64(stringToBase64('投诉'))", "投诉")]
    [InlineData("parseGuid('{0F8FAD5B-D9CB-469F-A165-70867728950E}')", "0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("isNullOrWhiteSpace(' ') + '/' + isNullOrEmpty('x') + '/' + getShortGuid().length", "true/false/22")]
    public async Task Scripts_have_Elsas_helpers(string script, string printed) =>
        Assert.Equal([printed], await LinesAsync(await _host.StartAsync(new Flow("f").Line("a", script))));

    [Theory]
    [InlineData("CorrelationStrategy", "f", "c-1", false)]
    [InlineData("CorrelationStrategy", "g", "c-1", false)]
    [InlineData("CorrelationStrategy", "f", "c-2", true)]
    [InlineData("CorrelatedSingletonStrategy", "f", "c-1", false)]
    [InlineData("CorrelatedSingletonStrategy", "g", "c-1", true)]
    [InlineData("CorrelatedSingletonStrategy", "f", "c-2", true)]
    [InlineData("SingletonStrategy", "f", "c-2", false)]
    [InlineData("SingletonStrategy", "g", "c-1", true)]
    [InlineData("AllowAlwaysStrategy", "f", "c-1", true)]
    public async Task An_activation_strategy_looks_at_what_runs_already(string strategy, string definition, string correlation, bool starts)
    {
        Flow Waiting(string id) => new Flow(id).Option("activationStrategyType", $"Elsa.Workflows.ActivationValidators.{strategy}, Elsa.Workflows.Runtime").Wait("w");
        await _host.StartAsync(Waiting("f"), "c-1");
        await _host.PublishAsync(Waiting("g"));

        var second = await _host.Runtime.StartAsync(new StartRequest { DefinitionId = definition, CorrelationId = correlation }, Host.Token);

        Assert.Equal(starts ? StartOutcome.Started : StartOutcome.Refused, second.Outcome);
        Assert.Equal(starts ? 2 : 1, (await _host.Store.InstancesAsync(Host.Token)).Count);
    }

    [Fact]
    public async Task A_parent_goes_on_a_moment_after_its_child_was_cancelled_and_learns_how_it_ended()
    {
        await _host.PublishAsync(new Flow("child").Wait("w"));
        var flow = new Flow("f").Variable("R", "Object").Add(
                "call", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Flow.Literal("child")), ("waitForCompletion", Flow.Script("true")),
                ("result", new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "R" } }))
            .Line("l", "getR().SubStatus").Connect("call", "l");
        var id = await _host.StartAsync(flow);
        var child = (await _host.Store.InstancesAsync(Host.Token)).Single(i => i.Row.DefinitionId == "child").Row.Id;

        await _host.Runtime.CancelAsync(child, Host.Token);
        Assert.Equal("call", await _host.WaitingAsync(id));
        await _host.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["Cancelled"], await LinesAsync(id));
    }

    [Fact]
    public async Task A_parent_cancelled_right_after_its_child_does_not_go_on()
    {
        await _host.PublishAsync(new Flow("child").Wait("w"));
        var id = await _host.StartAsync(new Flow("f").Add(
                "call", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Flow.Literal("child")), ("waitForCompletion", Flow.Script("true")))
            .Line("l").Connect("call", "l"));
        var child = (await _host.Store.InstancesAsync(Host.Token)).Single(i => i.Row.DefinitionId == "child").Row.Id;

        await _host.Runtime.CancelAsync(child, Host.Token);
        await _host.Runtime.CancelAsync(id, Host.Token);
        await _host.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("", await _host.CompletedAsync(id));
        Assert.Equal((0, 0, 0), await _host.Store.CountRowsAsync(Host.Token));
    }

    [Fact]
    public async Task Three_hundred_activities_run_in_one_burst()
    {
        var flow = new Flow("f");
        for (var i = 0; i < 300; i++)
        {
            flow.Line($"a{i}");
        }

        var id = await _host.StartAsync(flow.Connect([.. Enumerable.Range(0, 300).Select(i => $"a{i}")]));

        Assert.Equal(WorkflowSubStatus.Finished, (await _host.ReadAsync(id)).SubStatus);
        Assert.Equal(301, (await _host.CompletedAsync(id)).Split(' ').Length);
    }

    private static JsonObject Each(string id, string items, JsonObject body) =>
        new() { ["id"] = id, ["type"] = "Elsa.ParallelForEach", ["items"] = Flow.Script(items), ["body"] = body };

    private static JsonObject Body(string script) => new() { ["id"] = "line", ["type"] = "Elsa.WriteLine", ["text"] = Flow.Script(script) };

    private async Task<IEnumerable<string?>> LinesAsync(Guid id) => (await _host.Store.JournalAsync(id, Host.Token))
        .Where(r => r is { ActivityType: "Elsa.WriteLine", Event: JournalEvent.Completed }).Select(r => (string?)JsonNode.Parse(r.Data!)!["Text"]);
}
