using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Runtime.Migration;

namespace CaseManagement.Workflows.Tests.Migration;

/// <summary>What going to another version of its process does to a case beside its steps.</summary>
public sealed class CaseMigrationTests : IDisposable
{
    private Walk? _walk;

    public void Dispose() => _walk?.Dispose();

    [Fact]
    public async Task It_is_recorded_who_moved_the_case_from_where_to_where_and_why()
    {
        var walk = await AtAsync("first Done");

        await walk.MigrateAsync(StandardProcess.Pack);

        var moved = Assert.Single(walk.Events, e => e.Type == CaseEvents.Migrated);
        Assert.Equal((1, 2, "better process", Walk.Owner.Actor.Id), ((int)moved.Data["from"]!, (int)moved.Data["to"]!, (string?)moved.Data["reason"], moved.By));
    }

    [Fact]
    public async Task A_clock_keeps_its_start_and_what_it_has_rested_and_is_due_by_the_new_limit()
    {
        var walk = await AtAsync("first Done", "handle NeedMaterial", "wait 48h", "answer Received");
        var before = (await walk.ReadAsync()).Clocks.All["resolution"];

        var migration = await walk.MigrateAsync(WithResolutionOf(10));

        var after = (await walk.ReadAsync()).Clocks.All["resolution"];
        Assert.Equal(before.StartedAt, after.StartedAt);
        Assert.Equal(before.Suspensions, after.Suspensions);
        Assert.Equal(before.DueAt!.Value.AddDays(3), after.DueAt);
        Assert.Contains(new MovedClock("resolution", before.DueAt, after.DueAt), migration.Clocks);
        Assert.Equal("version:2", (string?)walk.Events.Single(e => e.Type == CaseEvents.ClockRecomputed).Data["change"]);
    }

    [Fact]
    public async Task Rungs_that_the_new_limit_puts_in_the_past_act_once_and_say_it_was_the_migration()
    {
        var walk = await AtAsync("first Done", "wait 72h");

        await walk.MigrateAsync(WithResolutionOf(2));
        await walk.GoAsync(["wait 400h"]);

        var clock = (await walk.ReadAsync()).Clocks.All["resolution"];
        var overdue = clock.Rungs.Single(r => r.Key == "overdue");
        Assert.Equal((RungCause.Change, "version:2"), (overdue.Cause, overdue.Change));
        Assert.Equal(Walk.Start.AddHours(72), overdue.ActedAt);
        Assert.Equal(["manager", "overdue", "warn"], walk.Events.Where(e => e.Type == CaseEvents.RungActed && (string?)e.Data["clock"] == "resolution").Select(e => (string)e.Data["rung"]!).Order());
    }

    [Fact]
    public async Task A_clock_the_version_has_no_limit_for_is_cancelled_and_one_that_is_over_keeps_its_name()
    {
        var walk = await AtAsync("first Done");

        await walk.MigrateAsync(StandardProcess.ChangedFiles(files =>
        {
            var limits = files["limits.json"]["limits"]!.AsArray();
            foreach (var gone in limits.Where(l => (string?)l!["key"] is "reply" or "resolution" or "resolution-again").ToList())
            {
                limits.Remove(gone);
            }

            var root = files["workflows/standard-complaint.json"]["root"]!.AsObject();
            StandardProcess.Activity(root, "clocks")["clocks"]!["expression"]!["value"] = """["objection"]""";
            StandardProcess.Activity(root, "restart")["clocks"]!["expression"]!["value"] = """["objection"]""";
            StandardProcess.Remove(root, "watch");
            StandardProcess.Activities(root).Add(JsonNode.Parse("""{"id": "watch", "type": "CaseManagement.AwaitRung", "clock": {"typeName": "String", "expression": {"type": "Literal", "value": "objection"}}, "rungs": {"typeName": "List<String>", "expression": {"type": "Object", "value": "[\"over\"]"}}}"""));
            StandardProcess.Connect(root, "fork", "Watch", "watch");
        }));

        var (complaint, rules) = await walk.ReadWithRulesAsync();
        Assert.Equal(("met", "cancelled"), (complaint.Clocks.StateOf("reply"), complaint.Clocks.StateOf("resolution")));
        Assert.Equal("First reply", rules.NameOf(complaint.Clocks.All["reply"]).En);
        Assert.DoesNotContain(walk.Timers, t => t.Kind == CaseTimers.Clock);
    }

    [Fact]
    public async Task An_open_task_follows_the_new_version_and_one_that_is_held_keeps_its_holder_and_title()
    {
        var walk = await AtAsync("claim first");
        var version = StandardProcess.Changed(root =>
        {
            foreach (var activity in StandardProcess.Activities(root).OfType<JsonObject>().Where(a => (string?)a["id"] is "first" or "handle"))
            {
                activity["metadata"]!["description"] = "Renamed";
                activity["who"]!["expression"]!["value"] = """["supervisor"]""";
            }
        });

        await walk.MigrateAsync(version);
        var held = (await walk.ReadAsync()).Tasks.Open.Single();
        using var other = await Walk.BeginAsync();
        await other.GoAsync(["first Done"]);
        await other.MigrateAsync(version);
        var free = (await other.ReadAsync()).Tasks.Open.Single();

        Assert.Equal("li", held.Assignee);
        Assert.NotEqual("Renamed", held.TitleEn);
        Assert.Equal(("Renamed", "supervisor"), (free.TitleEn, Assert.Single(free.CandidateKeys)));
    }

    [Fact]
    public async Task Whoever_did_a_step_stays_barred_from_another_though_the_step_is_called_otherwise_now()
    {
        var walk = await AtAsync("first Done");
        await walk.GoAsync(["handle Done by li", "approve Approved", "approve Approved", "answer Done", "answer Rejected"]);
        var names = new Dictionary<string, string> { ["handle"] = "work" };

        await walk.MigrateAsync(StandardProcess.Renamed(names), names);

        var task = (await walk.ReadAsync()).Tasks;
        Assert.Equal(["work"], task.Open.Single().NotBy);
        Assert.Contains(task.All, t => t is { Key: "work", Outcome: "Done" } && t.DoneBy.Contains("li"));
        var barred = await Assert.ThrowsAsync<Domain.RuleViolationException>(() => walk.GoAsync(["reexamine Confirmed by li"]));
        Assert.Equal("not-a-candidate", barred.Rule.Code);
    }

    [Fact]
    public async Task A_rung_that_a_step_begins_to_listen_for_is_not_made_up_for_where_it_has_acted()
    {
        var walk = await AtAsync("first Done", "wait 160h");
        Assert.NotNull((await walk.ReadAsync()).Clocks.All["resolution"].Rungs.Single(r => r.Key == "warn").FiredAt);

        await walk.MigrateAsync(StandardProcess.Changed(root =>
        {
            StandardProcess.Activity(root, "watch")["rungs"]!["expression"]!["value"] = """["warn", "overdue", "manager"]""";
            StandardProcess.Connect(root, "watch", "warn", "toSupervisor");
        }));
        var escalated = walk.Events.Count(e => e.Type == CaseEvents.Escalated);
        await walk.GoAsync(["wait 48h"]);

        Assert.Equal(0, escalated);
        Assert.Contains(walk.Events, e => e.Type == CaseEvents.Escalated && (string?)e.Data["titleEn"] is not null);
    }

    [Fact]
    public async Task A_live_table_of_the_new_version_settles_in_the_same_commit()
    {
        var walk = await AtAsync("first Done");

        await walk.MigrateAsync(StandardProcess.Changed("tables.json", tables =>
        {
            foreach (var table in tables["tables"]!.AsArray().Where(t => (string?)t!["key"] == "level"))
            {
                table!["otherwise"]!.AsObject()["level"] = "serious";
                foreach (var row in table["rows"]!.AsArray())
                {
                    row!["then"]!.AsObject()["level"] = "serious";
                }
            }
        }));

        Assert.Equal("serious", (await walk.ReadAsync()).Level);
        Assert.Single(walk.Events, e => e.Type == CaseEvents.LevelChanged && e.At == Walk.Start && (string?)e.Data["to"] == "serious" && (string?)e.Data["from"] == "general");
    }

    [Fact]
    public async Task A_fact_the_version_does_not_declare_stays_readable()
    {
        var walk = await AtAsync("first Done", "handle Done");

        await walk.MigrateAsync(StandardProcess.ChangedFiles(files =>
        {
            var own = files["facts.json"]["facts"]!.AsArray();
            own.Remove(own.Single(f => (string?)f!["key"] == "cause"));
            var fields = files["forms.json"]["forms"]!.AsArray().Single(f => (string?)f!["key"] == "handling")!["fields"]!.AsArray();
            fields.Remove(fields.Single(f => (string?)f!["fact"] == "cause"));
        }));
        await walk.GoAsync(["approve Approved", "approve Approved", "answer Done"]);

        var (complaint, rules) = await walk.ReadWithRulesAsync();
        Assert.Equal("late", complaint.Facts.Text("cause"));
        Assert.Equal("late", new FactWords(rules.Pack, (_, _) => "").Of("cause", complaint.Facts["cause"]).En);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_come_and_writes_nothing()
    {
        var walk = await AtAsync("first Done");
        var events = walk.Events.Count;

        var would = await walk.MigrateAsync(WithResolutionOf(10), dryRun: true);

        Assert.Equal(MigrationEnd.Moved, would.End);
        Assert.Contains(would.Clocks, c => c.Clock == "resolution" && c.NewDueAt == c.OldDueAt!.Value.AddDays(3));
        Assert.Equal((1, events), ((await walk.ReadAsync()).ProcessVersion, walk.Events.Count));
        Assert.DoesNotContain(await walk.JournalAsync(), j => j.Event == Runtime.Stores.JournalEvent.Migrated);
    }

    [Fact]
    public async Task Moving_a_case_again_leaves_it_as_it_is()
    {
        var walk = await AtAsync("first Done");
        await walk.MigrateAsync(StandardProcess.Pack);
        var events = walk.Events.Count;

        var again = await walk.MigrateAsync(1, 2);

        Assert.Equal((MigrationEnd.AlreadyThere, events), (again.End, walk.Events.Count));
    }

    [Fact]
    public async Task A_case_that_is_over_is_refused()
    {
        var walk = await AtAsync("first Done", "handle Done", "approve Approved", "approve Approved", "answer Done", "answer Agreed", "visit Satisfied");

        AssertRefused(ComplaintRules.NotOpen.Code, null, await walk.MigrateAsync(StandardProcess.Pack));
    }

    public static TheoryData<string, string, string?, string> Refusals => new()
    {
        { "step gone", "first Done", "handle", MigrationRefusals.NoCounterpart },
        { "step of another type", "first Done", "handle", MigrationRefusals.OtherType },
        { "approval step gone", "first Done,handle Done", null, MigrationRules.ApprovalGone.Code },
        { "another chain asked", "first Done,handle Done", null, MigrationRules.ApprovalGone.Code },
        { "level gone", "media", null, MigrationRules.LevelGone.Code },
        { "dealt out by a list", "first Done", null, MigrationRules.ForEachChanged.Code },
    };

    [Theory, MemberData(nameof(Refusals))]
    public async Task A_case_that_does_not_fit_is_refused_by_name_and_goes_on_as_it_was(string change, string deeds, string? step, string code)
    {
        var walk = await AtAsync(deeds.Split(','));
        var before = await walk.ReadAsync();

        AssertRefused(code, step, await walk.MigrateAsync(Unfitting(change)));

        var after = await walk.ReadAsync();
        Assert.Equal((before.Version, before.ProcessVersion), (after.Version, after.ProcessVersion));
        await walk.GoAsync([before.Tasks.Open.First().Key switch
        {
            "handle" => "handle Done",
            "first" => "first Done",
            _ => "approve Approved",
        }]);
    }

    private static void AssertRefused(string code, string? step, CaseMigration migration)
    {
        Assert.Equal(MigrationEnd.Refused, migration.End);
        Assert.Equal((code, step), (migration.Refusals[0].Code, migration.Refusals[0].ActivityId));
        Assert.NotEmpty(migration.Number);
    }

    private static ProcessPack Unfitting(string change) => change switch
    {
        "step gone" => StandardProcess.Renamed(new Dictionary<string, string> { ["handle"] = "work" }),
        "step of another type" => StandardProcess.Changed(root =>
        {
            var handle = StandardProcess.Activity(root, "handle");
            handle["type"] = "CaseManagement.AcceptanceDecision";
        }),
        "approval step gone" => StandardProcess.Changed("approvals.json", approvals => approvals["chains"]![0]!["steps"]!.AsArray().RemoveAt(0)),
        "another chain asked" => StandardProcess.Changed(
            root => StandardProcess.Activity(root, "approve")["chain"] = StandardProcess.Literal("String", "extension")),
        "level gone" => StandardProcess.ChangedFiles(files =>
        {
            files["levels.json"]["levels"]![0]!["key"] = "grave";
            foreach (var row in files["tables.json"]["tables"]![0]!["rows"]!.AsArray())
            {
                row!["then"]!["level"] = "grave";
            }
        }),
        _ => StandardProcess.Changed(
            root => StandardProcess.Activity(root, "handle")["forEach"] = StandardProcess.Literal("String", "departments")),
    };

    private static ProcessPack WithResolutionOf(int days) => StandardProcess.Changed(
        "limits.json", limits => limits["limits"]!.AsArray().Single(l => (string?)l!["key"] == "resolution")!["amount"] = days);

    private async Task<Walk> AtAsync(params string[] deeds)
    {
        _walk = await Walk.BeginAsync();
        await _walk.GoAsync(deeds);
        return _walk;
    }
}
