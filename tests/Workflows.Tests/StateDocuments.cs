using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Tests;

public sealed class StateDocuments : IDisposable
{
    private readonly Host _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Reading_and_writing_a_document_changes_nothing()
    {
        var body = new JsonObject { ["id"] = "wait", ["type"] = "Elsa.Event", ["eventName"] = Flow.Literal("go") };
        var flow = new Flow("f").Option("incidentStrategyType", "ContinueWithIncidents")
            .Variable("Bag", "Object").Variable("Money", "Decimal", "12345678901234567.89").Variable("Long", "Int64", "9007199254740993")
            .Input("In", "Object").Line("fork")
            .Set("set", "Bag", "({a: [1, 'two', null, true, {$b: 0.1}], $named: 'x'})")
            .Add("out", "Elsa.SetOutput", ("outputName", Flow.Literal("O")), ("outputValue", Flow.Script("[1]")))
            .Add("each", "Elsa.ParallelForEach", ("items", Flow.Script("['x', 'y']")), ("body", body))
            .Add("d", "Elsa.Delay", ("timeSpan", Flow.Literal("3650.00:00:00")))
            .Add("boom", "Elsa.Fault", ("message", Flow.Literal("boom"))).Join("never", "WaitAll")
            .Connect("fork", "set", "out", "each", "never").Connect("fork", "d", "never").Connect("fork", "boom");
        var id = await _host.StartAsync(flow, "K", new Dictionary<string, object?> { ["In"] = new List<object?> { "语", 1.5 } });

        var instance = await _host.ReadAsync(id);
        var text = Encoding.UTF8.GetString(instance.WriteState());
        var again = WorkflowInstance.Read(
            new StoredInstance((await Stored(id)).Row, Encoding.UTF8.GetBytes(text)), instance.Plan);

        Assert.Equal(Encoding.UTF8.GetString((await Stored(id)).State.Span), text);
        Assert.Equal(text, Encoding.UTF8.GetString(again.WriteState()));
        Assert.Equal(12345678901234567.89m, again.Variables["Money"]);
        Assert.Equal(9007199254740993m, again.Variables["Long"]);
        Assert.Equal("x", ((Dictionary<string, object?>)again.Variables["Bag"]!)["$named"]);
        Assert.Equal(3, again.Bookmarks.Count);
        Assert.Single(again.Incidents);
    }

    [Fact]
    public async Task Finished_activities_leave_the_document()
    {
        var flow = new Flow("f").Variable("N", "Int32", "0").Set("inc", "N", "getN() + 1").Decide("more", "getN() < 200").Wait("go")
            .Connect("inc", "more").Connect("more/True", "inc").Connect("more/False", "go");
        var id = await _host.StartAsync(flow);

        Assert.Equal(3, (await _host.ReadAsync(id)).Executions.Count);
        Assert.InRange((await Stored(id)).State.Length, 1, 800);
    }

    [Fact]
    public async Task The_name_of_a_childs_status_survives_being_stored()
    {
        await _host.PublishAsync(new Flow("child").Line("c"));
        var flow = new Flow("f").Variable("R", "Object")
            .Add("call", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Flow.Literal("child")),
                ("result", new JsonObject { ["memoryReference"] = new JsonObject { ["id"] = "R" } }))
            .Wait("go").Add("out", "Elsa.SetOutput", ("outputName", Flow.Literal("S")), ("outputValue", Flow.Script("getR().SubStatus")))
            .Connect("call", "go", "out");
        var id = await _host.StartAsync(flow);

        await _host.EventAsync("go", id);

        Assert.Equal("Finished", (await _host.ReadAsync(id)).Output["S"]);
    }

    [Fact]
    public async Task A_script_changes_a_variable_only_by_setting_it()
    {
        var flow = new Flow("f").Variable("L", "Object").Set("set", "L", "[1]").Line("push", "getL().push(2)").Line("show", "getL().length");
        var id = await _host.StartAsync(flow.Connect("set", "push", "show"));

        Assert.Equal("[1]", WorkflowValues.ToJson((await _host.ReadAsync(id)).Variables["L"]));
    }

    [Fact]
    public async Task Outputs_of_earlier_activities_are_kept_where_a_script_asks_for_them()
    {
        var flow = new Flow("f").Add("t", "Elsa.RunTask", ("taskName", Flow.Literal("T"))).Wait("go")
            .Add("out", "Elsa.SetOutput", ("outputName", Flow.Literal("O")), ("outputValue", Flow.Script("getOutputFrom('t', 'Result').v")))
            .Connect("t", "go", "out");
        var id = await _host.StartAsync(flow);
        await _host.Runtime.CompleteTaskAsync(
            (await _host.ReadAsync(id)).Bookmarks.Single().StimulusKey, new Dictionary<string, object?> { ["v"] = "kept" }, Host.Token);

        await _host.EventAsync("go", id);

        Assert.Equal("kept", (await _host.ReadAsync(id)).Output["O"]);
    }

    private async Task<StoredInstance> Stored(Guid id) =>
        (await _host.Store.RunAsync(t => t.LoadInstanceAsync(id, Host.Token), Host.Token))!.Value;
}
