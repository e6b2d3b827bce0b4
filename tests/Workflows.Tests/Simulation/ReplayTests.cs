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
