using CaseManagement.Domain;
using CaseManagement.Tests.Stores;
using CaseManagement.Web.Persistence.PostgreSql;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>Bursts that had to wait share a transaction, and nobody notices.</summary>
public sealed class PostgreSqlGroupTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = StoreRows.Monday;

    private readonly Guid _id = Guid.CreateVersion7(Monday);
    private PostgreSqlStoreUnderTest _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PostgreSqlCaseStore Store => _database.Store;

    public async ValueTask InitializeAsync() => _database = await PostgreSqlStoreUnderTest.CreateAsync(connections: 1);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task They_commit_together()
    {
        var transactions = await TogetherAsync(Enumerable.Range(0, 5).Select<int, Func<ICaseTransaction, ValueTask<long>>>(_ => async t =>
        {
            var number = await t.NextAsync("n", Token);
            await t.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(Guid.CreateVersion7(Monday)) with { Number = $"N{number}", ExternalId = null, TrackingHash = null }), Token);
            return number;
        }));

        Assert.Equal([1L, 2L, 3L, 4L, 5L], transactions.Select(t => t.Result).Order());
        Assert.Equal(1, await CountAsync("""SELECT count(DISTINCT xmin::text) FROM "Cases" """));
        Assert.Equal(5, await CountAsync("""SELECT count(*) FROM "Cases" """));
    }

    [Fact]
    public async Task One_that_is_refused_takes_nothing_of_the_others_with_it()
    {
        var bursts = await TogetherAsync<long>([
            Saving("A"),
            async t =>
            {
                await t.SaveCaseAsync(StoreRows.Changes(Row("B")), Token);
                throw new RuleViolationException(new Rule("no", "No."));
            },
            Saving("C"),
        ]);

        Assert.Equal("no", Assert.IsType<RuleViolationException>(bursts[1].Exception!.InnerException).Rule.Code);
        Assert.Equal(["A", "C"], await NumbersAsync());
    }

    [Fact]
    public async Task One_that_is_refused_after_the_database_has_seen_its_writes_leaves_none_of_them()
    {
        var bursts = await TogetherAsync<long>([
            Saving("A"),
            async t =>
            {
                await t.SaveCaseAsync(StoreRows.Changes(Row("B")), Token);
                await t.NextAsync("n", Token);
                throw new RuleViolationException(new Rule("no", "No."));
            },
            Saving("C"),
        ]);

        Assert.IsType<RuleViolationException>(bursts[1].Exception!.InnerException);
        Assert.Equal(["A", "C"], await NumbersAsync());
        Assert.Equal(1, await Store.RunAsync(t => t.NextAsync("n", Token), Token));
    }

    [Fact]
    public async Task One_the_database_refuses_fails_alone()
    {
        await Store.RunAsync(Saving("B"), Token);

        var bursts = await TogetherAsync<long>([Saving("A"), Saving("B"), Saving("C")]);

        Assert.IsType<LostRaceException>(bursts[1].Exception!.InnerException);
        Assert.Equal(["A", "B", "C"], await NumbersAsync());
    }

    [Fact]
    public async Task Those_about_one_case_follow_one_another()
    {
        await Store.RunAsync(Saving("A", _id), Token);

        var bursts = await TogetherAsync(Enumerable.Repeat<Func<ICaseTransaction, ValueTask<long>>>(RaiseAsync, 12));

        Assert.Equal(Enumerable.Range(2, 12).Select(v => (long)v), bursts.Select(b => b.Result).Order());
        Assert.Equal(13, (await Store.RunAsync(t => t.LoadCaseAsync(_id, Token), Token))!.Value.Row.Version);

        async ValueTask<long> RaiseAsync(ICaseTransaction t)
        {
            var row = (await t.LoadCaseAsync(_id, Token))!.Value.Row;
            await t.SaveCaseAsync(StoreRows.Changes(row with { Version = row.Version + 1 }), Token);
            return row.Version + 1;
        }
    }

    [Fact]
    public async Task What_meets_another_and_swallows_it_runs_again_all_the_same()
    {
        await Store.RunAsync(Saving("A", _id), Token);

        var bursts = await TogetherAsync(Enumerable.Repeat<Func<ICaseTransaction, ValueTask<long>>>(
            async t =>
            {
                try
                {
                    return (await t.LoadCaseAsync(_id, Token))!.Value.Row.Version;
                }
                catch (LostRaceException)
                {
                    return -1;
                }
            },
            3));

        Assert.All(bursts, b => Assert.Equal(1, b.Result));
    }

    [Fact]
    public async Task A_stimulus_that_is_kept_and_a_bookmark_in_the_same_group_do_not_miss_each_other()
    {
        var instance = Guid.CreateVersion7(Monday);
        var kept = new KeptStimulusRow(
            Guid.CreateVersion7(Monday), StimulusHash.Of("Decided", "1"), "Decided", "1", "case-1", null, StoreRows.Document("x"), Monday, Monday.AddDays(1));

        var bursts = await TogetherAsync<long>([
            async t =>
            {
                var waiting = await t.FindBookmarksAsync("Decided", "1", "case-1", Token);
                if (waiting.Count == 0)
                {
                    var changes = new BurstChanges();
                    changes.KeptStimuli.Add(kept);
                    await t.SaveAsync(changes, Token);
                }

                return waiting.Count;
            },
            async t =>
            {
                var found = await t.FindKeptAsync("Decided", "1", Monday, Token);
                if (found.Count == 0)
                {
                    var changes = new BurstChanges();
                    changes.AddedBookmarks.Add(StoreRows.Bookmark(instance, "Decided", "1", "case-1"));
                    await t.SaveAsync(changes, Token);
                }

                return found.Count;
            },
        ]);

        Assert.Equal(1, bursts.Sum(b => b.Result));
    }

    [Fact]
    public async Task Who_gives_up_while_waiting_is_not_run()
    {
        using var impatient = new CancellationTokenSource();
        Task<long> given = null!;
        await TogetherAsync<long>([Saving("A"), Saving("C")], () =>
        {
            given = Store.RunAsync(Saving("B"), impatient.Token).AsTask();
            impatient.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Equal(["A", "C"], await NumbersAsync());
    }

    [Fact]
    public async Task Closing_finishes_those_that_wait()
    {
        var store = _database.Open(connections: 1);
        var goOn = new TaskCompletionSource();
        var first = HoldAsync(store, goOn);
        var waiting = Enumerable.Range(0, 3).Select(_ => store.RunAsync(t => t.NextAsync("n", Token), Token).AsTask()).ToList();

        var closing = store.DisposeAsync().AsTask();
        goOn.SetResult();
        await closing;

        Assert.Equal([1L, 2L, 3L], (await Task.WhenAll(waiting)).Order());
        await first;
    }

    /// <summary>Runs them while the only connection is taken, so that they wait and go together.</summary>
    /// <returns>How each went; none of them still runs.</returns>
    private async Task<IReadOnlyList<Task<T>>> TogetherAsync<T>(IEnumerable<Func<ICaseTransaction, ValueTask<T>>> bursts, Action? meanwhile = null)
    {
        var goOn = new TaskCompletionSource();
        var first = HoldAsync(Store, goOn);
        var all = bursts.Select(b => Store.RunAsync(b, Token).AsTask()).ToList();
        meanwhile?.Invoke();
        goOn.SetResult();
        await first;
        await Task.WhenAll(all).ContinueWith(static _ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);
        return all;
    }

    private static Task<bool> HoldAsync(PostgreSqlCaseStore store, TaskCompletionSource goOn) => store.RunAsync(
        async _ =>
        {
            await goOn.Task;
            return true;
        },
        Token).AsTask();

    private static CaseRow Row(string number, Guid? id = null) =>
        StoreRows.Case(id ?? Guid.CreateVersion7(Monday)) with { Number = number, ExternalId = null, TrackingHash = null };

    private static Func<ICaseTransaction, ValueTask<long>> Saving(string number, Guid? id = null) => async t =>
    {
        await t.SaveCaseAsync(StoreRows.Changes(Row(number, id)), Token);
        return 0;
    };

    private async Task<long> CountAsync(string sql)
    {
        await using var source = PostgreSqlConnections.ForContexts(_database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private async Task<IReadOnlyList<string>> NumbersAsync()
    {
        await using var source = PostgreSqlConnections.ForContexts(_database.ConnectionString);
        await using var command = source.CreateCommand("""SELECT "Number" FROM "Cases" ORDER BY 1""");
        await using var reader = await command.ExecuteReaderAsync(Token);
        var numbers = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            numbers.Add(reader.GetString(0));
        }

        return numbers;
    }
}
