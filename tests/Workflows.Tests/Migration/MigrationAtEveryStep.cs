using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Tests.Migration;

/// <summary>
/// A complaint walks through the standard process in many ways, and between any two deeds of each it goes to another version. However it was
/// interrupted, it ends as it would have ended.
/// </summary>
public sealed class MigrationAtEveryStep
{
    private static readonly Dictionary<string, string[]> Walks = new(StringComparer.Ordinal)
    {
        ["agreed"] = ["wait 2h", "claim first", "first Done", "handle Done", "approve Approved", "approve Approved", "answer Done", "wait 20h", "answer Agreed", "visit Satisfied"],
        ["returned and refused"] =
        [
            "first Done", "handle Done", "approve Approved", "approve Returned", "handle Done", "approve Refused", "handle Done", "approve Approved",
            "approve Approved", "answer Done", "answer Agreed", "visit Dissatisfied",
        ],
        ["material came"] =
        [
            "first Done", "handle NeedMaterial", "wait 30h", "answer Received", "handle NeedMaterial", "wait 150h", "handle Done", "approve Approved",
            "approve Approved", "answer Done", "answer Agreed", "visit Satisfied",
        ],
        ["late twice"] =
        [
            "wait 21h", "wait 4h", "first Done", "wait 120h", "wait 24h", "wait 23h", "handle Done", "wait 30h", "approve Approved", "approve Approved",
            "answer Done", "answer Agreed", "visit Satisfied",
        ],
        ["rejected and revised"] =
        [
            "first Done", "handle Done", "approve Approved", "approve Approved", "answer Done", "answer Rejected", "reexamine Revise", "handle Done",
            "approve Approved", "approve Approved", "answer Done", "answer Rejected", "reexamine Confirmed", "second Done", "visit Unreachable",
        ],
        ["silence"] = ["first Done", "handle Done", "approve Approved", "approve Approved", "answer Done", "wait 100h", "wait 100h", "visit Satisfied"],
        ["paused and extended"] =
        [
            "media", "first Done", "pause", "wait 50h", "resume", "extend", "wait 200h", "handle Done", "approve Approved", "approve Approved", "answer Done",
            "answer Agreed", "visit Satisfied",
        ],
        ["reopened"] =
        [
            "first Done", "handle Done", "approve Approved", "approve Approved", "answer Done", "answer Agreed", "visit Satisfied", "reopen", "wait 200h",
            "handle Done", "approve Approved", "approve Approved", "answer Done", "answer Agreed", "visit Satisfied",
        ],
    };

    private static readonly Dictionary<string, string> NewNames = new(StringComparer.Ordinal)
    {
        ["handle"] = "work",
        ["approve"] = "sign",
        ["watch"] = "guard",
        ["reaction"] = "agreement",
        ["second"] = "again",
    };

    public static TheoryData<string> AllWalks => [.. Walks.Keys];

    [Theory, MemberData(nameof(AllWalks))]
    public async Task On_an_equal_version_the_rest_happens_event_by_event_as_without_it(string walk)
    {
        using var plain = await Walk.BeginAsync();
        await plain.GoAsync(Walks[walk]);

        foreach (var (step, moved) in await InterruptedAsync(walk, StandardProcess.Pack))
        {
            using (moved)
            {
                Assert.Equal(
                    plain.Events.Select(e => e.ToString()),
                    moved.Events.Where(e => e.Type != CaseEvents.Migrated).Select(e => e.ToString()));
                Assert.Equal((await plain.JournalAsync()).Select(Written), (await moved.JournalAsync()).Where(j => j.Event != JournalEvent.Migrated).Select(Written));
                Assert.Equal(plain.Timers.Count, moved.Timers.Count);
                Assert.Equal(2, (await moved.ReadAsync()).ProcessVersion);
                Assert.True(moved.Events.Count(e => e.Type == CaseEvents.Migrated) == 1, $"once, at step {step}");
            }
        }
    }

    [Theory, MemberData(nameof(AllWalks))]
    public async Task On_a_version_with_a_step_more_anywhere_no_finished_step_is_done_again(string walk)
    {
        using var plain = await Walk.BeginAsync();
        await plain.GoAsync(Walks[walk]);

        foreach (var way in StandardProcess.Ways)
        {
            foreach (var (step, moved) in await InterruptedAsync(walk, StandardProcess.WithTaskOn(way)))
            {
                using (moved)
                {
                    await AssertEndsAlikeAsync(plain, moved, $"{way} at {step}");
                }
            }
        }
    }

    [Theory, MemberData(nameof(AllWalks))]
    public async Task On_a_version_with_a_branch_more_no_finished_step_is_done_again(string walk)
    {
        using var plain = await Walk.BeginAsync();
        await plain.GoAsync(Walks[walk]);

        foreach (var version in new[] { StandardProcess.WithBranch(), StandardProcess.WithTaskBesideApproval("WaitAllActive") })
        {
            foreach (var (step, moved) in await InterruptedAsync(walk, version))
            {
                using (moved)
                {
                    await AssertEndsAlikeAsync(plain, moved, $"at {step}");
                }
            }
        }
    }

    [Theory, MemberData(nameof(AllWalks))]
    public async Task On_a_version_that_calls_steps_otherwise_they_go_on_under_their_new_names(string walk)
    {
        using var plain = await Walk.BeginAsync();
        await plain.GoAsync(Walks[walk]);

        foreach (var (step, moved) in await InterruptedAsync(walk, StandardProcess.Renamed(NewNames), NewNames))
        {
            using (moved)
            {
                await AssertEndsAlikeAsync(plain, moved, $"at {step}", NewNames);
                Assert.DoesNotContain((await moved.ReadAsync()).Tasks.All, t => t.Shape is { } shape && NewNames.ContainsKey(shape));
            }
        }
    }

    [Fact]
    public async Task Every_shape_of_the_complaints_workflow_is_walked()
    {
        var walked = new HashSet<string>();
        foreach (var deeds in Walks.Values)
        {
            using var walk = await Walk.BeginAsync();
            await walk.GoAsync(deeds);
            walked.UnionWith((await walk.JournalAsync()).Select(j => j.ActivityId));
        }

        var drawn = System.Text.Json.Nodes.JsonNode.Parse(StandardProcess.Pack.Workflows[StandardProcess.Id])!["root"]!["activities"]!.AsArray().Select(a => (string)a!["id"]!);
        Assert.Empty(drawn.Except(walked));
    }

    /// <summary>The walk as often as it has steps, gone to the version before each of them, while the case is open.</summary>
    private static async Task<List<(int Step, Walk Walk)>> InterruptedAsync(string walk, ProcessPack version, Dictionary<string, string>? map = null)
    {
        var interrupted = new List<(int, Walk)>();
        for (var step = 0; step < Walks[walk].Length; step++)
        {
            var moved = await Walk.BeginAsync();
            await moved.GoAsync(Walks[walk].Take(step));
            if (!(await moved.ReadAsync()).IsOpen)
            {
                moved.Dispose();
                continue;
            }

            var before = Clocks(await moved.ReadAsync());
            var migration = await moved.MigrateAsync(version, map);
            Assert.True(migration.End == MigrationEnd.Moved, $"{walk}, step {step}: {string.Join(' ', migration.Refusals.Select(r => r.Message))}");
            Assert.Equal(before, Clocks(await moved.ReadAsync()));
            await moved.GoAsync(Walks[walk].Skip(step));
            interrupted.Add((step, moved));
        }

        return interrupted;
    }

    private static async Task AssertEndsAlikeAsync(Walk plain, Walk moved, string where, Dictionary<string, string>? names = null)
    {
        var (before, after) = (await plain.ReadAsync(), await moved.ReadAsync());
        Assert.True(before.Status == after.Status && before.ClosedAt == after.ClosedAt, where);
        Assert.Equal(Clocks(before), Clocks(after));
        Assert.Equal(Tasks(before, names), Tasks(after, names));
        Assert.Equal(Finished(await plain.JournalAsync(), names), Finished(await moved.JournalAsync(), names));
        Assert.Equal(Kinds(plain), Kinds(moved));
    }

    /// <summary>Start, due times, ledger and end of every clock.</summary>
    private static List<string> Clocks(Complaint complaint) => [.. complaint.Clocks.All.Values.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c =>
        $"{c.Key} {c.StartedAt:O} due {c.DueAt:O} met {c.MetAt:O} breached {c.BreachedAt:O} rested {string.Join(',', c.Suspensions.Select(s => $"{s.From:O}-{s.To:O}"))} "
        + $"more {c.Extensions.Count} rungs {string.Join(',', c.Rungs.Select(r => $"{r.Key}@{r.FiredAt:O}"))}")];

    private static List<string> Tasks(Complaint complaint, Dictionary<string, string>? names) =>
        [.. complaint.Tasks.All.Where(t => t.Key != "extra").Select(t => $"{Key(t, names)} {t.State} {t.Outcome} {t.Each} {t.Assignee}").Order(StringComparer.Ordinal)];

    private static string Key(HumanTask task, Dictionary<string, string>? names) =>
        task.Shape is { } shape ? Name(shape, names) + task.Key[shape.Length..] : task.Key;

    /// <summary>How often each step of the process has been finished.</summary>
    private static List<string> Finished(IReadOnlyList<JournalRow> journal, Dictionary<string, string>? names) => [.. journal
        .Where(j => j.Event == JournalEvent.Completed && j.ActivityId is not ("extra" or "meet"))
        .CountBy(j => Name(j.ActivityId, names)).Select(c => $"{c.Key} {c.Value}").Order(StringComparer.Ordinal)];

    private static string Name(string shape, Dictionary<string, string>? names) => names?.GetValueOrDefault(shape) ?? shape;

    /// <summary>How often each kind of thing happened, the task more aside.</summary>
    private static List<string> Kinds(Walk walk) => [.. walk.Events
        .Where(e => e.Type != CaseEvents.Migrated && (string?)e.Data["task"] != "extra").CountBy(e => e.Type).Select(c => $"{c.Key} {c.Value}").Order(StringComparer.Ordinal)];

    private static string Written(JournalRow row) => $"{row.At:O} {row.ExecutionId} {row.NodeId} {row.Event} {row.AtOnce} {string.Join(',', row.Outcomes ?? [])}";
}
