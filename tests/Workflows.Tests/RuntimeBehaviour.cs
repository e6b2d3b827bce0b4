using System.Text.Json.Nodes;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Tests;

public sealed class RuntimeBehaviour : IDisposable
{
    private readonly Host _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("Fault", WorkflowSubStatus.Faulted)]
    [InlineData("ContinueWithIncidents", WorkflowSubStatus.Suspended)]
    public async Task A_circle_of_immediate_activities_is_stopped_with_an_incident(string strategy, WorkflowSubStatus subStatus)
    {
        using var host = new Host(new RuntimeLimits { MaxExecutionsPerBurst = 100 });
        var flow = new Flow("f").Option("incidentStrategyType", strategy).Line("a").Line("b").Connect("a", "b", "a");

        var id = await host.StartAsync(flow);

        var instance = await host.ReadAsync(id);
        Assert.Equal(subStatus, instance.SubStatus);
        Assert.Equal(typeof(BurstLimitException).FullName, Assert.Single(instance.Incidents).ExceptionType);
        Assert.Single(instance.Executions, e => e.Status == ActivityStatus.Faulted);
    }

    [Fact]
    public async Task A_timer_that_fires_into_an_exhausted_burst_makes_an_incident_that_a_retry_heals()
    {
        using var host = new Host(new RuntimeLimits { MaxExecutionsPerBurst = 8 });
        var flow = new Flow("f").Option("incidentStrategyType", "ContinueWithIncidents").Line("fork")
            .Add("d", "Elsa.Delay", ("timeSpan", Flow.Literal("00:01:00"))).Connect("fork", "d");
        var id = await host.StartAsync(flow);
        var timer = (await host.ReadAsync(id)).Bookmarks.Single().Id;

        await host.Runtime.RunAsync(
            async burst =>
            {
                for (var i = 0; i < 3; i++)
                {
                    await burst.StartAsync(new StartRequest { DefinitionId = "f" });
                }

                return await burst.FireTimerAsync(timer);
            },
            Host.Token);

        Assert.Equal(ActivityStatus.Faulted, (await host.ReadAsync(id)).Executions.Single(e => e.Node.Id == "d").Status);
        Assert.True(await host.Runtime.RetryAsync(id, null, Host.Token));
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(WorkflowSubStatus.Finished, (await host.ReadAsync(id)).SubStatus);
    }

    [Fact]
    public async Task A_workflow_that_starts_itself_for_ever_is_stopped()
    {
        var flow = new Flow("f").Add("call", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Flow.Literal("f")));

        await _host.StartAsync(flow);

        var stored = await _host.Store.InstancesAsync(Host.Token);
        Assert.Equal(RuntimeLimits.Default.MaxChildDepth, stored.Count);
        Assert.Equal(1, stored.Count(s => s.Row.IncidentCount == 1));
    }

    [Fact]
    public async Task A_task_is_completed_once()
    {
        var id = await _host.StartAsync(new Flow("f").Add("t", "Elsa.RunTask", ("taskName", Flow.Literal("Review"))).Line("after").Connect("t", "after"));
        var taskId = (await _host.ReadAsync(id)).Bookmarks.Single().StimulusKey;

        var first = await _host.Runtime.CompleteTaskAsync(taskId, "yes", Host.Token);
        var second = await _host.Runtime.CompleteTaskAsync(taskId, "no", Host.Token);

        Assert.Equal(DeliverOutcome.Delivered, first.Outcome);
        Assert.Equal(DeliverOutcome.AlreadyDone, second.Outcome);
        Assert.Equal("t after Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_timer_fires_once_and_not_before_it_is_due()
    {
        var id = await _host.StartAsync(new Flow("f").Add("d", "Elsa.Delay", ("timeSpan", Flow.Literal("02:00:00"))));
        var timer = (await _host.ReadAsync(id)).Bookmarks.Single();
        Assert.Equal(_host.Clock.GetUtcNow().AddHours(2), timer.DueAt);

        await _host.AdvanceAsync(TimeSpan.FromMinutes(119));
        Assert.Equal(WorkflowSubStatus.Suspended, (await _host.ReadAsync(id)).SubStatus);

        await _host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(WorkflowSubStatus.Finished, (await _host.ReadAsync(id)).SubStatus);
        Assert.Equal(DeliverOutcome.AlreadyDone, (await _host.Runtime.FireTimerAsync(timer.Id, Host.Token)).Outcome);
    }

    [Fact]
    public async Task An_event_for_an_instance_that_does_not_wait_yet_is_kept_for_it()
    {
        var id = await _host.StartAsync(new Flow("f").Add("d", "Elsa.Delay", ("timeSpan", Flow.Literal("00:05:00"))).Wait("go").Connect("d", "go"));

        Assert.Equal(DeliverOutcome.Kept, (await _host.EventAsync("go", id)).Outcome);
        await _host.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("d go Flowchart1", await _host.CompletedAsync(id));
        Assert.Equal((0, 0, 0), await _host.Store.CountRowsAsync(Host.Token));
    }

    [Fact]
    public async Task A_kept_event_expires()
    {
        var id = await _host.StartAsync(new Flow("f").Add("d", "Elsa.Delay", ("timeSpan", Flow.Literal("00:10:00"))).Wait("go").Connect("d", "go"));
        await _host.EventAsync("go", id);

        await _host.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("go", await _host.WaitingAsync(id));
    }

    [Fact]
    public async Task An_event_addressed_to_nobody_is_not_kept()
    {
        Assert.Equal(DeliverOutcome.AlreadyDone, (await _host.EventAsync("go")).Outcome);
        Assert.Equal(0, (await _host.Store.CountRowsAsync(Host.Token)).Kept);
    }

    [Fact]
    public async Task An_event_reaches_every_instance_that_waits()
    {
        var flow = new Flow("f").Wait("go");
        var first = await _host.StartAsync(flow);
        var second = (await _host.Runtime.StartAsync(new StartRequest { DefinitionId = "f" }, Host.Token)).Instance!.Id;

        var result = await _host.EventAsync("go");

        Assert.Equal(2, result.Resumed);
        Assert.Equal("go Flowchart1", await _host.CompletedAsync(first));
        Assert.Equal("go Flowchart1", await _host.CompletedAsync(second));
    }

    [Fact]
    public async Task A_new_correlation_id_is_found_by_events_at_once()
    {
        var flow = new Flow("f").Line("fork").Wait("later").Wait("rename")
            .Add("c", "Elsa.Correlate", ("correlationId", Flow.Literal("new"))).Connect("fork", "later").Connect("fork", "rename", "c");
        var id = await _host.StartAsync(flow, correlationId: "old");
        await _host.EventAsync("rename", id);

        Assert.Equal(0, (await _host.EventAsync("later", correlationId: "old")).Resumed);
        Assert.Equal(1, (await _host.EventAsync("later", correlationId: "new")).Resumed);
    }

    [Fact]
    public async Task A_faulted_instance_lets_go_of_its_timers_and_events_and_takes_them_up_again_when_retried()
    {
        var flow = new Flow("f").Variable("Ok", "Boolean", "false").Line("fork").Wait("go")
            .Add("d", "Elsa.Delay", ("timeSpan", Flow.Literal("01:00:00"))).Line("bad", "noSuchFunction()")
            .Connect("fork", "go").Connect("fork", "d").Connect("fork", "bad");
        var id = await _host.StartAsync(flow);

        Assert.Equal(WorkflowSubStatus.Faulted, (await _host.ReadAsync(id)).SubStatus);
        Assert.Equal((0, 0, 0), await _host.Store.CountRowsAsync(Host.Token));
        Assert.Equal(DeliverOutcome.AlreadyDone, (await _host.EventAsync("go", id)).Outcome);

        Assert.True(await _host.Runtime.RetryAsync(id, null, Host.Token));
        var retried = await _host.ReadAsync(id);
        Assert.Equal(2, retried.Incidents.Count);
        Assert.NotNull(retried.Incidents[0].ResolvedAt);
        Assert.Null(retried.Incidents[1].ResolvedAt);
    }

    [Fact]
    public async Task A_retried_activity_goes_on_where_the_instance_stood()
    {
        var healing = new Healing();
        using var host = new Host(activities: healing);
        var flow = new Flow("f").Line("fork").Wait("go").Add("h", "Test.Healing").Line("after").Connect("fork", "go").Connect("fork", "h", "after");
        var id = await host.StartAsync(flow);
        healing.IsWell = true;

        Assert.True(await host.Runtime.RetryAsync(id, 1, Host.Token));

        Assert.Equal("fork h after", await host.CompletedAsync(id));
        Assert.Equal(WorkflowSubStatus.Suspended, (await host.ReadAsync(id)).SubStatus);
        Assert.Equal(1, (await host.EventAsync("go")).Resumed);
        Assert.Equal(WorkflowSubStatus.Finished, (await host.ReadAsync(id)).SubStatus);
        Assert.False(await host.Runtime.RetryAsync(id, null, Host.Token));
    }

    [Fact]
    public async Task A_refusal_undoes_the_whole_burst()
    {
        var healing = new Healing();
        using var host = new Host(passesThrough: e => e is InvalidOperationException { Message: "ill" }, activities: healing);
        var flow = new Flow("f").Wait("go").Line("note").Add("h", "Test.Healing").Connect("go", "note", "h");
        var id = await host.StartAsync(flow);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await host.EventAsync("go", id));

        Assert.Equal("go", await host.WaitingAsync(id));
        Assert.Equal("", await host.CompletedAsync(id));
        Assert.Equal(1, (await host.ReadAsync(id)).Version);
    }

    [Fact]
    public async Task A_lost_race_runs_the_burst_again_from_scratch()
    {
        var id = await _host.StartAsync(new Flow("f").Wait("go").Wait("again").Connect("go", "again"));
        var runs = 0;

        var outcome = await _host.Runtime.RunAsync(
            async burst =>
            {
                var result = await burst.DeliverAsync(new Stimulus(Stimuli.Event, "go") { InstanceId = id });
                return ++runs == 1 ? throw new LostRaceException("as if") : result.Outcome;
            },
            Host.Token);

        Assert.Equal((2, DeliverOutcome.Delivered), (runs, outcome));
        Assert.Equal("again", await _host.WaitingAsync(id));
        Assert.Equal(["go", "go", "go"], (await _host.Store.JournalAsync(id, Host.Token)).Where(r => r.ActivityId == "go").Select(r => r.ActivityId));
    }

    [Fact]
    public async Task Input_that_does_not_fit_starts_nothing()
    {
        await _host.PublishAsync(new Flow("f").Input("Amount", "Int32").Line("a"));

        var result = await _host.Runtime.StartAsync(
            new StartRequest { DefinitionId = "f", Input = new Dictionary<string, object?> { ["Amount"] = "much" } }, Host.Token);

        Assert.Equal(StartOutcome.InvalidInput, result.Outcome);
        Assert.Empty(await _host.Store.InstancesAsync(Host.Token));
    }

    [Fact]
    public async Task A_definition_with_errors_does_not_start()
    {
        await _host.PublishAsync(new Flow("f").Add("odd", "Acme.DoesNotExist"));

        var result = await _host.Runtime.StartAsync(new StartRequest { DefinitionId = "f" }, Host.Token);

        Assert.Equal(StartOutcome.CannotRun, result.Outcome);
    }

    [Fact]
    public async Task A_timer_trigger_starts_an_instance_every_interval_until_it_is_withdrawn()
    {
        var flow = new Flow("f").Add("every", "Elsa.Timer", ("interval", Flow.Literal("00:00:05")),
            ("customProperties", new JsonObject { ["canStartWorkflow"] = true }));
        await _host.PublishAsync(flow);

        await _host.AdvanceAsync(TimeSpan.FromSeconds(17));
        Assert.Equal(3, (await _host.Store.InstancesAsync(Host.Token)).Count);

        await _host.Runtime.RunAsync(
            burst =>
            {
                burst.Retract("f");
                return ValueTask.FromResult(true);
            },
            Host.Token);
        await _host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(3, (await _host.Store.InstancesAsync(Host.Token)).Count);
    }

    [Fact]
    public async Task A_burst_carries_the_session_of_another_layer_and_its_timers()
    {
        await _host.PublishAsync(new Flow("f").Line("a"));

        await _host.Runtime.RunAsync(
            async burst =>
            {
                burst.Set("session");
                Assert.Equal("session", burst.Get<string>());
                Assert.Null(burst.Find<Host>());
                await burst.StartAsync(new StartRequest { DefinitionId = "f" });
                burst.Changes.AddedTimers.Add(new TimerRow { Id = Guid.CreateVersion7(burst.Now), DueAt = burst.Now.AddDays(1), Kind = "Rung" });
                return true;
            },
            Host.Token);

        Assert.Equal(1, (await _host.Store.CountRowsAsync(Host.Token)).Timers);
    }

    /// <summary>Throws until it is well.</summary>
    private sealed class Healing() : Activity(new ActivityDescriptor("Test.Healing", "Test"))
    {
        public bool IsWell { get; set; }

        public override ValueTask ExecuteAsync(ActivityContext context) =>
            IsWell ? context.CompleteAsync() : throw new InvalidOperationException("ill");
    }
}
