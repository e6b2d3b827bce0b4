using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Tests.Stores;

/// <summary>Counting cases together.</summary>
public abstract partial class CaseStoreFacts
{
    [Fact]
    public async Task Cases_of_a_group_are_found_in_the_time_asked_for_in_the_order_they_came()
    {
        var (second, first, other, outside) = (Counted("a", 3), Counted("a", 1), Counted("b", 2), Counted("a", 40));
        await SaveAsync(second, first, other, outside);

        var found = await GroupAsync("a");

        Assert.Equal([first.ComplaintId, second.ComplaintId], found.Select(item => item.Complaint));
        Assert.Equal(("TS-7", Monday.AddDays(1), "d", true), (found[0].Number, found[0].At, found[0].Distinct, found[0].Holds));
    }

    [Fact]
    public async Task A_case_that_is_counted_by_something_else_leaves_its_group()
    {
        var row = Counted("a", 1);
        await SaveAsync(row);
        await SaveAsync(row with { Group = "b", Holds = false });
        Assert.Empty(await GroupAsync("a"));
        Assert.False(Assert.Single(await GroupAsync("b")).Holds);

        await SaveAsync(row with { Group = null, Distinct = null });
        Assert.Empty(await GroupAsync("b"));
    }

    [Fact]
    public async Task Of_bursts_that_count_a_group_at_the_same_time_each_sees_those_before_it()
    {
        async Task<int> CountAsync(int day) => await _store.Cases.RunAsync(
            async transaction =>
            {
                await transaction.NextAsync("count/a", Token);
                var before = await transaction.CountedAsync("a", Monday, Monday.AddDays(30), Token);
                await transaction.SaveCountAsync(Counted("a", day), Token);
                return before.Count;
            },
            Token);

        var seen = await Task.WhenAll(Enumerable.Range(1, 8).Select(day => Task.Run(() => CountAsync(day))));

        Assert.Equal(Enumerable.Range(0, 8), seen.Order());
    }

    private static CountRow Counted(string group, int day) => new(Guid.CreateVersion7(Monday), "identical", group, "TS-7", Monday.AddDays(day), "d", true);

    private async Task SaveAsync(params CountRow[] rows) => await _store.Cases.RunAsync(
        async transaction =>
        {
            foreach (var row in rows)
            {
                await transaction.SaveCountAsync(row, Token);
            }

            return true;
        },
        Token);

    private async Task<IReadOnlyList<Domain.Counting.CountedItem>> GroupAsync(string key) => await _store.Cases.RunAsync(
        transaction => transaction.CountedAsync(key, Monday, Monday.AddDays(30), Token), Token);
}
