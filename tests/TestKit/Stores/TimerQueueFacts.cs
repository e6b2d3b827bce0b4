using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Tests.Stores;

/// <summary>How every queue deals out timers.</summary>
public abstract class TimerQueueFacts : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = StoreRows.Monday;

    // The wall clock may be far from the product's own time.
    private static readonly DateTimeOffset Wall = Monday.AddYears(-1);

    private IStoreUnderTest _store = null!;
    private ITimerQueue _timers = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await CreateAsync();
        _timers = (ITimerQueue)_store.Cases;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<IStoreUnderTest> CreateAsync();

    [Fact]
    public async Task What_is_due_comes_gravest_first_then_most_overdue()
    {
        var late = StoreRows.Timer(Monday.AddHours(-9));
        var grave = StoreRows.Timer(Monday, severity: 5);
        var graveAndLate = StoreRows.Timer(Monday.AddHours(-1), severity: 5);
        await SaveAsync(late, grave, StoreRows.Timer(Monday.AddTicks(1), severity: 9), graveAndLate);

        var claimed = await ClaimAsync("a", Monday);

        Assert.Equal([graveAndLate, grave, late], claimed.Select(c => c.Timer));
        Assert.All(claimed, c => Assert.Equal(0, c.Attempts));
    }

    [Fact]
    public async Task No_more_are_dealt_out_than_asked_for_and_none_twice()
    {
        await SaveAsync([.. Enumerable.Range(0, 10).Select(i => StoreRows.Timer(Monday.AddSeconds(-i), severity: i % 3))]);

        var first = await ClaimAsync("a", Monday, limit: 4);
        var rest = await ClaimAsync("b", Monday);

        Assert.Equal(4, first.Count);
        Assert.Equal(6, rest.Count);
        Assert.Equal(10, first.Concat(rest).Select(c => c.Timer.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_next_due_time_is_the_earliest_of_all_that_nobody_has()
    {
        Assert.Null(await _timers.NextDueAtAsync(Token));
        await SaveAsync(StoreRows.Timer(Monday.AddHours(2), severity: 7), StoreRows.Timer(Monday.AddHours(1)), StoreRows.Timer(Monday));

        await ClaimAsync("a", Monday);

        Assert.Equal(Monday.AddHours(1), await _timers.NextDueAtAsync(Token));
    }

    [Fact]
    public async Task A_dead_nodes_timer_is_dealt_out_again_when_its_lease_has_run_out()
    {
        var timer = StoreRows.Timer(Monday);
        await SaveAsync(timer);
        await ClaimAsync("dead", Monday);

        var early = await ClaimAsync("b", Monday, at: Wall.AddSeconds(9));
        var taken = await ClaimAsync("b", Monday, at: Wall.AddSeconds(10));

        Assert.Empty(early);
        Assert.Equal(new ClaimedTimer(timer, 1), Assert.Single(taken));
    }

    [Fact]
    public async Task A_lease_given_before_the_wall_clock_was_set_back_holds_nobody_up()
    {
        var timer = StoreRows.Timer(Monday);
        await SaveAsync(timer);
        await ClaimAsync("dead", Monday, at: Wall.AddHours(1));

        var taken = await ClaimAsync("b", Monday, at: Wall);

        Assert.Equal(timer, Assert.Single(taken).Timer);
    }

    [Fact]
    public async Task A_parked_timer_is_dealt_out_again_when_it_is_moved()
    {
        var timer = StoreRows.Timer(Monday);
        await SaveAsync(timer);
        await ClaimAsync("a", Monday);
        await _timers.FailedAsync(timer.Id, "a", "boom", ParkedTimers.Until, Token);

        Assert.Empty(await ClaimAsync("a", Monday.AddYears(1000)));
        Assert.Equal(ParkedTimers.Until, await _timers.NextDueAtAsync(Token));
        var moved = timer with { DueAt = Monday.AddDays(1) };
        await SaveAsync(moved);
        Assert.Equal(new ClaimedTimer(moved, 0), Assert.Single(await ClaimAsync("a", Monday.AddDays(1))));
    }

    [Fact]
    public async Task A_timer_that_fails_waits_and_stands_in_nobodys_way()
    {
        var (poisoned, sound) = (StoreRows.Timer(Monday.AddHours(-1), severity: 9), StoreRows.Timer(Monday));
        await SaveAsync(poisoned, sound);
        await ClaimAsync("a", Monday, limit: 1);

        await _timers.FailedAsync(poisoned.Id, "a", "boom", Monday.AddMinutes(1), Token);

        Assert.Equal([sound], (await ClaimAsync("a", Monday, limit: 1)).Select(c => c.Timer));
        Assert.Equal(Monday.AddMinutes(1), await _timers.NextDueAtAsync(Token));
        Assert.Equal(new ClaimedTimer(poisoned, 1), Assert.Single(await ClaimAsync("a", Monday.AddMinutes(1))));
    }

    [Fact]
    public async Task A_timer_handed_back_is_due_as_before()
    {
        var timer = StoreRows.Timer(Monday);
        await SaveAsync(timer);
        await ClaimAsync("a", Monday);

        await _timers.ReleaseAsync(timer.Id, "a", Token);

        Assert.Equal(new ClaimedTimer(timer, 0), Assert.Single(await ClaimAsync("b", Monday)));
    }

    [Fact]
    public async Task A_node_that_lost_its_lease_has_no_say()
    {
        var timer = StoreRows.Timer(Monday);
        await SaveAsync(timer);
        await ClaimAsync("slow", Monday);
        await ClaimAsync("b", Monday, at: Wall.AddSeconds(10));

        await _timers.ReleaseAsync(timer.Id, "slow", Token);
        await _timers.FailedAsync(timer.Id, "slow", "boom", Monday, Token);

        Assert.Empty(await ClaimAsync("c", Monday, at: Wall.AddSeconds(11)));
    }

    [Fact]
    public async Task A_timer_that_was_moved_is_nobodys()
    {
        var timer = StoreRows.Timer(Monday);
        await SaveAsync(timer);
        await ClaimAsync("a", Monday);

        await SaveAsync(timer with { DueAt = Monday.AddDays(1) });
        await _timers.FailedAsync(timer.Id, "a", "boom", Monday.AddDays(9), Token);

        Assert.Empty(await ClaimAsync("b", Monday));
        Assert.Equal(Monday.AddDays(1), await _timers.NextDueAtAsync(Token));
    }

    [Fact]
    public async Task A_commit_that_wrote_timers_is_announced_and_others_are_not()
    {
        var announced = 0;
        _timers.TimersWritten += (_, _) => announced++;

        await SaveAsync(StoreRows.Timer(Monday));
        var afterTimer = announced;
        await _store.Cases.RunAsync(t => t.NextAsync("a", Token), Token);

        Assert.Equal(1, afterTimer);
        Assert.Equal(1, announced);
    }

    [Fact]
    public async Task Fewer_than_one_cannot_be_asked_for() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ClaimAsync("a", Monday, limit: 0));

    private async Task<IReadOnlyList<ClaimedTimer>> ClaimAsync(
        string node, DateTimeOffset now, int limit = 100, DateTimeOffset? at = null) =>
        await _timers.ClaimDueAsync(now, limit, new Lease(node, at ?? Wall, (at ?? Wall).AddSeconds(10)), Token);

    private async Task SaveAsync(params TimerRow[] timers) => await _store.Bursts.RunAsync(
        async transaction =>
        {
            var changes = new BurstChanges();
            changes.AddedTimers.AddRange(timers);
            await transaction.SaveAsync(changes, Token);
            return true;
        },
        Token);
}
