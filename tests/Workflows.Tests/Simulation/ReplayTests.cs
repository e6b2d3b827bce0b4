using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Replays;

namespace CaseManagement.Workflows.Tests.Simulation;

/// <summary>A replay is honest: without a change it comes out as it did; with one, what differs follows from the change.</summary>
public class ReplayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, false), InlineData(2, false), InlineData(3, false), InlineData(4, true), InlineData(5, true), InlineData(6, true), InlineData(7, true), InlineData(8, true)]
    public async Task Without_a_change_every_clock_comes_out_as_it_did(int seed, bool withChanges)
    {
        using var cases = new GeneratedCases(seed);
        await cases.HandleAsync(40, withChanges);

        var replayed = await ReplayAsync(cases, cases.History());

        Assert.Equal(40, replayed.Count);
        Assert.All(replayed, one =>
        {
            Assert.Null(one.Stop);
            Assert.Equal(one.Recorded, one.Replayed);
        });
        Assert.Contains(replayed, one => one.Recorded.Any(r => r.End == ClockEnd.Breached));
        Assert.Contains(replayed, one => one.Recorded.Any(r => r.End == ClockEnd.Met));
    }

    [Fact]
    public async Task The_generated_cases_do_everything_that_can_be_done_to_a_case()
    {
        using var cases = new GeneratedCases(77);
        await cases.HandleAsync(120, withChanges: true);

        var done = cases.Recorded.SelectMany(r => r.Events).Where(e => e.IsDeed).Select(e => e.Type).ToHashSet();
        string[] deeds =
        [
            CaseEvents.Received, CaseEvents.Reopened, CaseEvents.TaskClaimed, CaseEvents.TaskAssigned, CaseEvents.TaskCompleted, CaseEvents.FactsChanged,
            CaseEvents.LevelOverridden, CaseEvents.Replied, CaseEvents.Answered, CaseEvents.ClockPaused, CaseEvents.ClockResumed, CaseEvents.ClockExtended,
            CaseEvents.Withdrawn, CaseEvents.ClockRecomputed, CaseEvents.ApprovalDecided,
        ];

        Assert.Empty(deeds.Except(done));
        Assert.Contains(cases.Recorded, r => r.Complaint.Status == CaseStatus.Closed);
    }

    [Fact]
    public async Task A_shorter_limit_turns_clocks_late_and_leaves_other_clocks_alone()
    {
        using var cases = new GeneratedCases(11);
        await cases.HandleAsync(40, withChanges: false);

        var replayed = await ReplayAsync(cases, cases.History(null, Limit("reply", 1, LimitUnit.Minutes)));

        var differences = replayed.SelectMany(ClockDifference.Of).ToList();
        Assert.NotEmpty(differences);
        Assert.All(differences, d => Assert.Equal(("reply", ClockEnd.Breached), (d.Clock, d.Replayed!.End)));
        Assert.All(differences, d => Assert.NotEqual(ClockEnd.Breached, d.Recorded!.End));
        Assert.All(replayed, one => Assert.Null(one.Stop));
    }

    [Fact]
    public async Task A_longer_limit_turns_late_clocks_met_and_asks_nobody_why_it_was_late()
    {
        using var cases = new GeneratedCases(3);
        await cases.HandleAsync(60, withChanges: false);
        Assert.Contains(cases.Recorded, r => r.Events.Any(e => e.Type == "task.completed" && e.Text("task") == "reason:resolution"));

        var replayed = await ReplayAsync(cases, cases.History(null, Limit("reply", 300, LimitUnit.Days), Limit("resolution", 300, LimitUnit.Days)));

        Assert.Contains(replayed, one => one.NotAsked.Contains("reason:resolution"));
        Assert.Contains(replayed.SelectMany(ClockDifference.Of), d => d is { Clock: "reply", Recorded.End: ClockEnd.Breached, Replayed.End: ClockEnd.Met });
        Assert.All(replayed.Where(r => r.Stop is null).SelectMany(r => r.Replayed).Where(r => r.Limit is "reply" or "resolution"), r => Assert.NotEqual(ClockEnd.Breached, r.End));
    }

    [Fact]
    public async Task A_case_whose_task_the_changed_process_has_not_is_reported_from_there_and_counted_apart()
    {
        using var cases = new GeneratedCases(5);
        await cases.HandleAsync(30, withChanges: false);
        var files = new Dictionary<string, string>(GeneratedCases.Pack.Files);
        files["workflows/standard-consultation.json"] = files["workflows/standard-consultation.json"].Replace("\"answerQuestion\"", "\"answerIt\"", StringComparison.Ordinal);
        Assert.NotEqual(GeneratedCases.Pack.Files["workflows/standard-consultation.json"], files["workflows/standard-consultation.json"]);

        var replayed = await ReplayAsync(cases, cases.History(PackReader.Read(files).Pack));

        var answered = cases.Recorded.Where(r => r.Events.Any(e => e.Type == "task.completed" && e.Text("task") == "answerQuestion")).Select(r => r.Complaint.Id.Value).ToHashSet();
        Assert.NotEmpty(answered);
        Assert.Equal(answered, replayed.Where(r => r.Stop is not null).Select(r => r.Id).ToHashSet());
        Assert.All(replayed.Where(r => r.Stop is not null), r => Assert.Equal((ReplayStop.TaskNotOpen, "answerQuestion"), (r.Stop!.Code, r.Stop.What)));
        var tally = new ReplayTally();
        replayed.ForEach(r => tally.Add(r, isSeen: true));
        Assert.Equal((30, answered.Count), (tally.Cases, tally.Stopped));
        Assert.Equal(replayed.Where(r => r.Stop is null).Sum(r => r.Recorded.Count), tally.Clocks.Sum(c => c.Recorded.All));
    }

    [Fact]
    public async Task A_case_that_came_in_closed_has_nothing_to_replay()
    {
        using var cases = new GeneratedCases(1);
        await cases.Installation.Cases.RegisterAsync(
            new Registration
            {
                Channel = "phone",
                Subject = "Old",
                Description = "Long ago",
                ReceivedAt = GeneratedCases.Start.AddDays(-9),
                Category = "service",
                Handled = new HandledElsewhere(GeneratedCases.Start.AddDays(-2), "solved"),
            },
            new Performer { Actor = new Actor(ActorKind.Import, "file") }, Cancel);

        var one = Assert.Single(await ReplayAsync(cases, cases.History()));

        Assert.Equal(ReplayStop.CameClosed, one.Stop!.Code);
    }

    [Fact]
    public void Cases_the_reader_may_not_see_are_counted_only_where_there_are_enough_of_them()
    {
        var (few, many) = (new ReplayTally(), new ReplayTally());
        few.Add(Breached("seen"), isSeen: true);
        many.Add(Breached("seen"), isSeen: true);
        for (var hidden = 0; hidden < ReplayTally.Fewest - 1; hidden++)
        {
            few.Add(Breached("reply"), isSeen: false);
            many.Add(Breached("reply"), isSeen: false);
        }

        many.Add(Breached("other"), isSeen: false);

        Assert.Null(few.Restricted);
        Assert.Equal((1, "seen"), (few.Cases, Assert.Single(few.Clocks).Clock));
        Assert.Equal((5, 6), (many.Restricted, many.Cases));

        // a clock of fewer than five cases would show single ones
        Assert.Equal("seen", Assert.Single(many.Clocks).Clock);
    }

    private static ReplayedCase Breached(string clock)
    {
        ClockRun[] runs = [new(clock, 1, clock, GeneratedCases.Start, GeneratedCases.Start, null, ClockEnd.Breached)];
        return new ReplayedCase(Guid.NewGuid(), "1", runs, runs, null, []);
    }

    private static LimitChange Limit(string key, decimal amount, LimitUnit unit) => LimitChange.Of(0, key, amount, unit, null, true);

    private static async Task<List<ReplayedCase>> ReplayAsync(GeneratedCases cases, ConfigurationHistory history)
    {
        var process = new ProcessPlans(history.Process);
        var replayed = new List<ReplayedCase>();
        foreach (var recorded in cases.Recorded)
        {
            replayed.Add(await CaseReplay.RunAsync(recorded, process, history, cases.Installation.Clock.GetUtcNow(), Cancel));
        }

        return replayed;
    }
}
