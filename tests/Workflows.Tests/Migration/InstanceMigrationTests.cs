using System.Text.Json.Nodes;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Migration;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Tests.Migration;

/// <summary>Running instances go to another version of their definition.</summary>
public sealed class InstanceMigrationTests : IDisposable
{
    private readonly Host _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task What_waits_goes_on_waiting_and_what_has_finished_does_not_run_again()
    {
        var id = await _host.StartAsync(new Flow("f").Line("a").Wait("b").Line("c").Connect("a", "b", "c"));

        var report = await MoveAsync(id, new Flow("f").Line("a").Line("new1").Wait("b").Line("new2").Line("c").Connect("a", "new1", "b", "new2", "c"));
        await _host.EventAsync("b");

        Assert.Equal(["new1"], report.PassedOver);
        Assert.Equal("a b new2 c Flowchart1", await _host.CompletedAsync(id));
        Assert.Equal(2, (await _host.ReadAsync(id)).Plan.Version);
    }

    [Fact]
    public async Task The_journal_says_where_the_instance_came_from_where_it_went_and_what_was_renamed()
    {
        var id = await _host.StartAsync(new Flow("f").Wait("a"));

        await MoveAsync(id, new Flow("f").Wait("b", "a"), ("a", "b"));

        var row = Assert.Single(await _host.Store.JournalAsync(id, Host.Token), r => r.Event == JournalEvent.Migrated);
        var data = JsonNode.Parse(row.Data!)!;
        Assert.Equal((await _host.ReadAsync(id)).Plan.VersionId, (string?)data["to"]);
        Assert.Equal("b", (string?)data["map"]!["a"]);
        Assert.Equal("why", (string?)data["reason"]);
    }

    [Fact]
    public async Task What_waits_without_a_counterpart_is_refused_by_name_and_nothing_has_changed()
    {
        var id = await _host.StartAsync(new Flow("f").Wait("a"));

        var refused = await RefusedAsync(id, new Flow("f").Wait("b", "a"));

        Assert.Equal((MigrationRefusals.NoCounterpart, "a"), (refused.Code, refused.ActivityId));
        Assert.Equal(1, (await _host.ReadAsync(id)).Plan.Version);
        await _host.EventAsync("a");
        Assert.Equal("a Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_counterpart_of_another_type_is_refused()
    {
        var id = await _host.StartAsync(new Flow("f").Wait("a"));

        var refused = await RefusedAsync(id, new Flow("f").Line("a"));

        Assert.Equal((MigrationRefusals.OtherType, "a"), (refused.Code, refused.ActivityId));
    }

    [Fact]
    public async Task Two_that_wait_do_not_become_one()
    {
        var id = await _host.StartAsync(new Flow("f").Line("s").Wait("a").Wait("b").Connect("s", "a").Connect("s", "b"));

        var refused = await RefusedAsync(id, new Flow("f").Line("s").Wait("b").Connect("s", "b"), ("a", "b"));

        Assert.Equal((MigrationRefusals.NoCounterpart, "b"), (refused.Code, refused.ActivityId));
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    public async Task A_join_that_had_one_of_its_ways_waits_for_the_other_alone(string mode)
    {
        var id = await _host.StartAsync(Branches(mode));

        await _host.EventAsync("left");
        await MoveAsync(id, Branches(mode).Line("after").Connect("end", "after"));
        await _host.EventAsync("right");

        var completed = await _host.CompletedAsync(id);
        Assert.Equal(1, completed.Split(' ').Count(a => a == "meet"));
        Assert.EndsWith("end after Flowchart1", completed, StringComparison.Ordinal);
        Assert.Equal(WorkflowSubStatus.Finished, (await _host.ReadAsync(id)).SubStatus);
    }

    [Fact]
    public async Task A_join_of_any_way_goes_on_once_and_cancels_the_others()
    {
        var id = await _host.StartAsync(Branches("WaitAny"));

        await MoveAsync(id, Branches("WaitAny").Wait("after").Connect("end", "after"));
        await _host.EventAsync("left");

        Assert.Equal("s left meet end", await _host.CompletedAsync(id));
        Assert.Equal("right", await _host.CanceledAsync(id));
        Assert.Equal("after", await _host.WaitingAsync(id));
    }

    [Fact]
    public async Task A_token_that_waits_at_a_join_has_come_past_a_step_new_before_it()
    {
        var id = await _host.StartAsync(Branches("WaitAll"));
        await _host.EventAsync("left");

        var report = await MoveAsync(id, new Flow("f").Line("s").Wait("left").Line("new").Wait("right").Join("meet", "WaitAll").Line("end")
            .Connect("s", "left", "new", "meet", "end").Connect("s", "right", "meet"));
        await _host.EventAsync("right");

        Assert.Equal(["new"], report.PassedOver);
        Assert.Equal("s left right meet end Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_join_of_active_ways_still_knows_the_token_that_waits_at_it_when_the_other_way_dies()
    {
        var id = await _host.StartAsync(OneWayDies(new Flow("f").Line("s").Wait("left").Connect("s", "left", "meet")));
        await _host.EventAsync("left");

        await MoveAsync(id, OneWayDies(new Flow("f").Line("s").Wait("left").Line("new").Connect("s", "left", "new", "meet")));
        await _host.EventAsync("right");

        Assert.Equal("s left right joins meet apart end Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_join_that_lost_the_way_it_waited_for_goes_on_at_once()
    {
        var id = await _host.StartAsync(Branches("WaitAll"));
        await _host.EventAsync("left");

        await MoveAsync(id, new Flow("f").Line("s").Wait("left").Wait("right").Join("meet", "WaitAll").Line("end").Line("apart")
            .Connect("s", "left", "meet", "end").Connect("s", "right", "apart"));

        Assert.Equal("s left meet end", await _host.CompletedAsync(id));
        await _host.EventAsync("right");
        Assert.EndsWith("right apart Flowchart1", await _host.CompletedAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_new_beside_finished_steps_is_passed_over_and_blocks_no_join_of_active_ways()
    {
        var id = await _host.StartAsync(Branches("WaitAllActive"));

        var report = await MoveAsync(id, Branches("WaitAllActive").Wait("third").Connect("s", "third", "meet"));
        await _host.EventAsync("left");
        await _host.EventAsync("right");

        Assert.Equal(["third"], report.PassedOver);
        Assert.Equal("s left right meet end Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_branch_new_beside_finished_steps_that_a_join_needs_is_refused()
    {
        var id = await _host.StartAsync(Branches("WaitAll"));

        var refused = await RefusedAsync(id, Branches("WaitAll").Wait("third").Connect("s", "third", "meet"));

        Assert.Equal((MigrationRefusals.JoinNeverCompletes, "meet"), (refused.Code, refused.ActivityId));
    }

    [Fact]
    public async Task A_branch_new_beside_steps_that_lie_ahead_is_run_like_any_other()
    {
        var id = await _host.StartAsync(new Flow("f").Wait("first").Line("s").Wait("left").Connect("first", "s", "left"));

        await MoveAsync(id, new Flow("f").Wait("first").Line("s").Wait("left").Wait("third").Join("meet", "WaitAll")
            .Connect("first", "s", "left", "meet").Connect("s", "third", "meet"));
        await _host.EventAsync("first");

        Assert.Equal("left third", await _host.WaitingAsync(id));
    }

    [Fact]
    public async Task A_finished_step_that_lies_ahead_in_the_version_is_refused_since_the_run_would_stop_there()
    {
        var id = await _host.StartAsync(new Flow("f").Line("s").Line("a").Wait("b").Line("c").Connect("s", "a", "b", "c"));

        var refused = await RefusedAsync(id, new Flow("f").Line("s").Wait("b").Line("a").Line("c").Connect("s", "b", "a", "c"));

        Assert.Equal((MigrationRefusals.FinishedAhead, "a"), (refused.Code, refused.ActivityId));
    }

    [Fact]
    public async Task A_step_that_waits_where_the_start_of_the_run_no_longer_leads_is_refused()
    {
        var id = await _host.StartAsync(new Flow("f").Line("s").Wait("b").Connect("s", "b"));

        var refused = await RefusedAsync(id, new Flow("f").Line("s").Line("other").Wait("b").Connect("other", "b"));

        Assert.Equal((MigrationRefusals.Unreachable, "b"), (refused.Code, refused.ActivityId));
    }

    [Fact]
    public async Task Steps_that_are_gone_are_forgotten_where_nobody_waits_at_them()
    {
        var id = await _host.StartAsync(new Flow("f").Line("a").Line("gone").Join("gone2", "WaitAny").Wait("b").Line("c").Connect("a", "gone", "gone2", "b", "c"));

        await MoveAsync(id, new Flow("f").Line("a").Wait("b").Line("c").Connect("a", "b", "c"));
        await _host.EventAsync("b");

        Assert.Equal("a gone gone2 b c Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_token_that_waits_at_a_join_that_is_gone_waits_where_the_way_leads_now()
    {
        var id = await _host.StartAsync(Branches("WaitAll"));
        await _host.EventAsync("left");

        await MoveAsync(id, new Flow("f").Line("s").Wait("left").Wait("right").Line("end").Connect("s", "left", "end").Connect("s", "right", "end"));
        Assert.Equal("s left", await _host.CompletedAsync(id));
        await _host.EventAsync("right");

        Assert.Equal("s left right end Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_loop_goes_on_in_its_next_round_over_what_is_new()
    {
        var id = await _host.StartAsync(new Flow("f").Variable("Round", "Int32", "0").Line("s").Set("count", "Round", "getRound() + 1").Wait("work")
            .Decide("again", "getRound() < 2").Line("end").Connect("s", "count", "work", "again").Connect("again/True", "count").Connect("again/False", "end"));

        await MoveAsync(id, new Flow("f").Variable("Round", "Int32", "0").Line("s").Set("count", "Round", "getRound() + 1").Line("new").Wait("work")
            .Decide("again", "getRound() < 2").Line("end").Connect("s", "count", "new", "work", "again").Connect("again/True", "count").Connect("again/False", "end"));
        await _host.EventAsync("work");
        await _host.EventAsync("work");

        Assert.Equal("s count work again count new work again end Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_delay_ends_when_it_would_have_ended()
    {
        var id = await _host.StartAsync(Delayed("01:00:00"));
        await _host.AdvanceAsync(TimeSpan.FromMinutes(30));

        await MoveAsync(id, Delayed("05:00:00"));
        await _host.AdvanceAsync(TimeSpan.FromMinutes(29));
        var before = await _host.CompletedAsync(id);
        await _host.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("", before);
        Assert.Equal("wait end Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task An_event_that_is_called_otherwise_is_waited_for_under_its_new_name()
    {
        var id = await _host.StartAsync(new Flow("f").Wait("a", "old"));

        await MoveAsync(id, new Flow("f").Wait("a", "new"));
        var old = await _host.EventAsync("old");
        await _host.EventAsync("new");

        Assert.Equal(DeliverOutcome.AlreadyDone, old.Outcome);
        Assert.Equal("a Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task Variables_keep_their_values_in_the_type_they_have_now_and_new_ones_begin_with_their_default()
    {
        var id = await _host.StartAsync(new Flow("f").Variable("N", "String").Variable("Gone", "String").Set("set", "N", "'12'").Wait("b").Connect("set", "b"));

        var report = await MoveAsync(id, new Flow("f").Variable("M", "Int32", "7").Variable("N", "Int32").Set("set", "N", "'12'").Wait("b").Connect("set", "b"));

        var variables = (await _host.ReadAsync(id)).Variables;
        Assert.Equal((12.0, 7.0), (variables["N"], variables["M"]));
        Assert.Equal(["Gone"], report.DroppedVariables);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_its_new_type_is_refused()
    {
        var id = await _host.StartAsync(new Flow("f").Variable("N", "String").Set("set", "N", "'twelve'").Wait("b").Connect("set", "b"));

        var refused = await RefusedAsync(id, new Flow("f").Variable("N", "Int32").Set("set", "N", "'twelve'").Wait("b").Connect("set", "b"));

        Assert.Equal(MigrationRefusals.VariableDoesNotFit, refused.Code);
        Assert.Contains("N", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_inside_containers_stays_inside_them()
    {
        var id = await _host.StartAsync(Nested("sequence", "inner"));

        await MoveAsync(id, Nested("sequence", "inner", "added"));
        await _host.EventAsync("inner");

        Assert.Equal("before inner added sequence Flowchart1", await _host.CompletedAsync(id));
    }

    [Fact]
    public async Task A_sequence_in_which_a_finished_step_lies_ahead_is_refused()
    {
        var id = await _host.StartAsync(Nested("sequence", "inner"));

        var refused = await RefusedAsync(id, new Flow("f").Add("sequence", "Elsa.Sequence", ("activities", new JsonArray(Wait("inner"), Line("before")))));

        Assert.Equal((MigrationRefusals.FinishedAhead, "before"), (refused.Code, refused.ActivityId));
    }

    [Fact]
    public async Task An_instance_that_has_ended_has_nothing_to_move()
    {
        var id = await _host.StartAsync(new Flow("f").Line("a"));

        var refused = await RefusedAsync(id, new Flow("f").Line("a").Line("b").Connect("a", "b"));

        Assert.Equal(MigrationRefusals.NothingRuns, refused.Code);
    }

    [Fact]
    public async Task A_failed_step_is_tried_again_as_the_new_version_draws_it()
    {
        var id = await _host.StartAsync(Failing("nobody.knows").Option("incidentStrategyType", "ContinueWithIncidentsStrategy"));
        Assert.Single((await _host.ReadAsync(id)).Incidents, i => i.ResolvedAt is null);

        await MoveAsync(id, Failing("'well'").Option("incidentStrategyType", "ContinueWithIncidentsStrategy"));
        await _host.Runtime.RetryAsync(id, null, Host.Token);

        Assert.Equal("s fails end Flowchart1", await _host.CompletedAsync(id));
    }

    private static Flow Branches(string mode) => new Flow("f").Line("s").Wait("left").Wait("right").Join("meet", mode).Line("end")
        .Connect("s", "left", "meet", "end").Connect("s", "right", "meet");

    private static Flow OneWayDies(Flow flow) => flow.Wait("right").Decide("joins", "false").Line("apart").Join("meet", "WaitAllActive").Line("end")
        .Connect("s", "right", "joins").Connect("joins/True", "meet").Connect("joins/False", "apart").Connect("meet", "end");

    private static Flow Delayed(string length) =>
        new Flow("f").Add("wait", "Elsa.Delay", ("timeSpan", Flow.Literal(length))).Line("end").Connect("wait", "end");

    private static Flow Failing(string script) => new Flow("f").Line("s").Line("fails", script).Line("end").Connect("s", "fails", "end");

    private static Flow Nested(string container, params string[] inner) => new Flow("f").Add(
        container, "Elsa.Sequence", ("activities", new JsonArray([Line("before"), .. inner.Select((id, i) => i == 0 ? Wait(id) : (JsonNode)Line(id))])));

    private static JsonObject Line(string id) => new() { ["id"] = id, ["type"] = "Elsa.WriteLine", ["text"] = Flow.Literal(id) };

    private static JsonObject Wait(string id) => new() { ["id"] = id, ["type"] = "Elsa.Event", ["eventName"] = Flow.Literal(id) };

    private async Task<MigrationReport> MoveAsync(Guid id, Flow to, params (string Old, string Now)[] named)
    {
        var plan = await _host.PublishAsync(to);
        return await _host.Runtime.RunAsync(
            async burst => await burst.MigrateAsync(
                id,
                ActivityMap.Between((await burst.LoadAsync(id))!.Plan, plan, named.ToDictionary(n => n.Old, n => n.Now)),
                new Dictionary<string, object?> { ["reason"] = "why" }),
            Host.Token);
    }

    private async Task<MigrationRefusal> RefusedAsync(Guid id, Flow to, params (string Old, string Now)[] named) =>
        Assert.Single((await Assert.ThrowsAsync<MigrationRefusedException>(() => MoveAsync(id, to, named))).Refusals);
}
