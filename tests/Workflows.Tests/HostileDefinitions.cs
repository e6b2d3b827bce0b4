using CaseManagement.Workflows.Expressions.JavaScript;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Tests;

/// <summary>What a definition may do to the process and to the other instances: nothing.</summary>
public sealed class HostileDefinitions : IDisposable
{
    private readonly Host _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("while (true);")]
    [InlineData("const f = () => f(); f()")]
    [InlineData("let s = 'x'; while (true) s += s")]
    [InlineData("const a = []; for (;;) a.push(a)")]
    [InlineData("'x'.repeat(1e9)")]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')")]
    [InlineData("({}).constructor.constructor('return process')()")]
    [InlineData("getVariable.GetType()")]
    [InlineData("JSON.parse('['.repeat(100000))")]
    public async Task A_hostile_script_is_an_incident_and_the_next_instance_runs(string script)
    {
        var hostile = await _host.StartAsync(new Flow("hostile").Line("a", "(() => { " + Returning(script) + " })()").Line("b").Connect("a", "b"));
        var next = await _host.StartAsync(new Flow("next").Line("a"));

        var incident = Assert.Single((await _host.ReadAsync(hostile)).Incidents);
        Assert.Equal("a", incident.ActivityId);
        Assert.NotEqual("", incident.Message);
        Assert.DoesNotContain("b", await _host.CompletedAsync(hostile), StringComparison.Ordinal);
        Assert.Equal(WorkflowSubStatus.Finished, (await _host.ReadAsync(next)).SubStatus);
    }

    [Theory]
    [InlineData("/(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')")]
    [InlineData("eval('1')")]
    [InlineData("import('fs')")]
    [InlineData("new Function('return 1')()")]
    public async Task What_the_language_subset_does_not_know_is_found_before_it_runs_or_is_an_incident(string script)
    {
        var plan = await _host.PublishAsync(new Flow("hostile").Line("a", script));
        if (!plan.CanRun)
        {
            Assert.Equal("a", Assert.Single(plan.Findings).ActivityId);
            return;
        }

        var started = await _host.Runtime.StartAsync(new StartRequest { DefinitionId = "hostile" }, Host.Token);
        Assert.Single(started.Instance!.Incidents);
    }

    [Fact]
    public void A_script_nested_beyond_reason_is_refused_when_it_is_read() =>
        Assert.Throws<ScriptSyntaxException>(() => Script.Compile(new string('(', 60_000) + "1" + new string(')', 60_000), ScriptKind.Expression));

    [Fact]
    public async Task Scripts_that_are_each_within_their_budget_are_stopped_together()
    {
        using var host = new Host(new RuntimeLimits { MaxScriptStepsPerBurst = 50_000 });
        var loop = new Flow("f").Line("a", "Array.from({length: 5000}, (_, i) => i).map(i => i + 1).length").Line("b").Connect("a", "b", "a");

        var id = await host.StartAsync(loop);

        var incident = Assert.Single((await host.ReadAsync(id)).Incidents);
        Assert.Equal(typeof(BurstLimitException).FullName, incident.ExceptionType);
        Assert.True((await host.Store.JournalAsync(id, Host.Token)).Count < 100);
    }

    [Fact]
    public async Task A_loop_over_more_than_a_burst_may_run_is_an_incident_and_other_instances_go_on()
    {
        var items = "Array.from({length: 9999}, (_, i) => i)";
        var id = await _host.StartAsync(new Flow("f").Add("each", "Elsa.ParallelForEach", ("items", Flow.Script(items)), ("body", new System.Text.Json.Nodes.JsonObject
        {
            ["id"] = "s",
            ["type"] = "Elsa.Sequence",
            ["activities"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["id"] = "l", ["type"] = "Elsa.WriteLine", ["text"] = Flow.Literal("x") }),
        })));
        var next = await _host.StartAsync(new Flow("next").Line("a"));

        Assert.Equal(typeof(BurstLimitException).FullName, Assert.Single((await _host.ReadAsync(id)).Incidents).ExceptionType);
        Assert.Equal(WorkflowSubStatus.Finished, (await _host.ReadAsync(next)).SubStatus);
    }

    private static string Returning(string script) => script.Contains(';', StringComparison.Ordinal) ? script : "return " + script;
}
