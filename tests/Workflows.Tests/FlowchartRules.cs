using System.Text.Json.Nodes;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Tests;

/// <summary>Our rules where Elsa is silent or wrong.</summary>
public sealed class FlowchartRules : IDisposable
{
    private readonly Host _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_join_counts_only_ways_the_trigger_of_the_run_can_reach()
    {
        var flow = new Flow("f").Trigger("received").Trigger("reopened").Line("register")
            .Join("meet", "WaitAll").Line("handle")
            .Connect("received", "register", "meet", "handle").Connect("reopened", "meet");
        await _host.PublishAsync(flow);

        var received = Assert.Single((await _host.EventAsync("received")).Started);
        var reopened = Assert.Single((await _host.EventAsync("reopened")).Started);

        Assert.Equal("received register meet handle Flowchart1", await _host.CompletedAsync(received));
        Assert.Equal("reopened meet handle Flowchart1", await _host.CompletedAsync(reopened));
    }

    [Fact]
    public async Task Going_back_sends_no_dead_path_to_a_join_further_on()
    {
        var flow = new Flow("f").Variable("Round", "Int32", "0")
            .Line("start").Set("work", "Round", "getRound() + 1").Decide("again", "getRound() < 3").Line("side")
            .Join("meet", "WaitAllActive").Line("end")
            .Connect("start", "work", "again").Connect("again/True", "work").Connect("again/False", "meet", "end")
            .Connect("work", "side", "meet");
        var id = await _host.StartAsync(flow);

        var completed = await _host.CompletedAsync(id);

        Assert.Equal(WorkflowSubStatus.Finished, (await _host.ReadAsync(id)).SubStatus);
        Assert.Equal(1, completed.Split(' ').Count(a => a == "end"));
        Assert.EndsWith("meet end Flowchart1", completed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entering_a_shape_that_still_waits_replaces_the_old_wait()
    {
        var flow = new Flow("f").Variable("V", "String").Line("start").Line("fork").Wait("watch")
            .Add("answer", "Elsa.Event", ("eventName", Flow.Literal("answer")),
                ("result", new JsonObject { ["memoryReference"] = new JsonObject { ["id"] = "V" } }))
            .Decide("redo", "getV() == 'again'").Add("end", "Elsa.End")
            .Connect("start", "fork", "watch").Connect("fork", "answer", "redo").Connect("redo/True", "fork").Connect("redo/False", "end");
        var id = await _host.StartAsync(flow);
        var before = (await _host.ReadAsync(id)).Bookmarks.Single(b => b.ActivityId == "watch").Id;

        await _host.EventAsync("answer", id, input: "again");

        Assert.Equal("answer watch", await _host.WaitingAsync(id));
        Assert.Equal("watch", await _host.CanceledAsync(id));
        Assert.NotEqual(before, (await _host.ReadAsync(id)).Bookmarks.Single(b => b.ActivityId == "watch").Id);
        Assert.Equal(2, (await _host.Store.CountRowsAsync(Host.Token)).Bookmarks);
    }

    [Fact]
    public async Task WaitAny_goes_on_once_and_cancels_what_still_waits()
    {
        var flow = new Flow("f").Line("fork").Line("fast").Wait("slow").Join("first", "WaitAny").Line("end")
            .Connect("fork", "fast", "first", "end").Connect("fork", "slow", "first");
        var id = await _host.StartAsync(flow);

        Assert.Equal("fork fast first end Flowchart1", await _host.CompletedAsync(id));
        Assert.Equal("slow", await _host.CanceledAsync(id));
        Assert.Equal((0, 0, 0), await _host.Store.CountRowsAsync(Host.Token));
    }

    [Fact]
    public async Task A_loop_keeps_working_when_the_instance_is_stored_in_every_round()
    {
        var flow = new Flow("f").Variable("Round", "Int32", "0")
            .Line("s").Line("split").Wait("a").Wait("b").Join("both", "WaitAll").Set("count", "Round", "getRound() + 1")
            .Decide("again", "getRound() < 2").Line("end")
            .Connect("s", "split", "a", "both", "count", "again").Connect("split", "b", "both")
            .Connect("again/True", "split").Connect("again/False", "end");
        var id = await _host.StartAsync(flow);

        foreach (var name in new[] { "b", "a", "a", "b" })
        {
            Assert.Equal(1, (await _host.EventAsync(name, id)).Resumed);
        }

        Assert.Equal(
            "s split b a both count again split a b both count again end Flowchart1", await _host.CompletedAsync(id));
    }
}
