using CaseManagement.Tests.Stores;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.PostgreSql;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>What PostgreSQL does otherwise than SQLite: bursts run side by side, in several processes.</summary>
public sealed class PostgreSqlStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = StoreRows.Monday;

    private readonly Guid _id = Guid.CreateVersion7(Monday);
    private PostgreSqlStoreUnderTest _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await PostgreSqlStoreUnderTest.CreateAsync(connections: 4, maxWaiting: 5);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_migrations_describe_the_model()
    {
        await using var context = _database.NewContext();

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Theory]
    [InlineData("""UPDATE "Events" SET "Body" = 'x'""")]
    [InlineData("""UPDATE "Events" SET "Sequence" = 9""")]
    [InlineData("""DELETE FROM "Events" """)]
    public async Task Events_of_a_case_cannot_be_changed_or_deleted(string sql)
    {
        await SaveAsync(_database.Store, c => c with { Events = [StoreRows.Event(_id, 1)] });

        var refused = await Assert.ThrowsAsync<PostgresException>(() => _database.ExecuteAsync(sql));

        Assert.Contains("audit rows", refused.MessageText, StringComparison.Ordinal);
        Assert.Equivalent(StoreRows.Event(_id, 1), Assert.Single(await _database.EventsAsync(_id)), strict: true);
    }

    [Fact]
    public async Task What_an_event_says_can_be_erased_while_its_link_stays()
    {
        await SaveAsync(_database.Store, c => c with { Events = [StoreRows.Event(_id, 1)] });

        Assert.Equal(1, await _database.ExecuteAsync("""UPDATE "Events" SET "Data" = '{}', "ActorName" = NULL"""));
    }

    [Fact]
    public async Task Pages_find_what_bursts_wrote_whatever_the_case()
    {
        await SaveAsync(_database.Store, c => c with
        {
            Tasks = [StoreRows.Task(_id, Guid.CreateVersion7(Monday))],
            Clocks = [StoreRows.Clock(_id, "reply")],
        });

        await using var context = _database.NewContext();
        var row = await context.Cases.AsNoTracking().SingleAsync(c => EF.Functions.Like(c.Subject, "%MOTOR%", "\\") && c.NextDueAt < Monday.AddDays(2), Token);

        Assert.Equivalent(StoreRows.Case(_id), row, strict: true);
        Assert.Equal(StoreRows.Clock(_id, "reply"), await context.Clocks.AsNoTracking().SingleAsync(Token));
        Assert.Equal(2, await context.TaskCandidates.CountAsync(Token));
        var typed = "\0";
        Assert.False(await context.Cases.AnyAsync(c => c.Subject == typed, Token));
    }

    [Fact]
    public async Task Text_with_a_nul_character_is_kept_without_it()
    {
        await SaveAsync(_database.Store, c => c with { Row = c.Row with { Subject = "a\0b" }, Document = StoreRows.Document("a\\u0000b") });

        var stored = await _database.Store.RunAsync(t => t.LoadCaseAsync(_id, Token), Token);
        await using var context = _database.NewContext();
        Assert.Equal("a\uFFFDb", stored!.Value.Row.Subject);
    }

    [Fact]
    public async Task Two_processes_lose_no_burst_on_one_case()
    {
        await using var first = _database.Open();
        await using var second = _database.Open();
        await SaveAsync(first);

        await Task.WhenAll(Task.Run(() => RaiseAsync(first), Token), Task.Run(() => RaiseAsync(second), Token));

        var stored = await first.RunAsync(t => t.LoadCaseAsync(_id, Token), Token);
        Assert.Equal(81, stored!.Value.Row.Version);

        async Task RaiseAsync(PostgreSqlCaseStore store)
        {
            for (var i = 0; i < 40; i++)
            {
                await store.RunAsync(
                    async t =>
                    {
                        var version = (await t.LoadCaseAsync(_id, Token))!.Value.Row.Version + 1;
                        await t.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(_id, version)), Token);
                        return version;
                    },
                    Token);
            }
        }
    }

    [Fact]
    public async Task Two_bursts_that_wait_for_each_other_both_come_to_their_end()
    {
        var other = Guid.CreateVersion7(Monday);
        await SaveAsync(_database.Store);
        await SaveAsync(_database.Store, id: other);
        var bothHaveOne = new CountdownEvent(2);

        await Task.WhenAll(Task.Run(() => TouchAsync(_id, other), Token), Task.Run(() => TouchAsync(other, _id), Token));

        foreach (var id in new[] { _id, other })
        {
            Assert.Equal(3, (await _database.Store.RunAsync(t => t.LoadCaseAsync(id, Token), Token))!.Value.Row.Version);
        }

        Task TouchAsync(Guid one, Guid two) => _database.Store.RunAsync(
            async t =>
            {
                var first = (await t.LoadCaseAsync(one, Token))!.Value.Row;
                if (!bothHaveOne.IsSet)
                {
                    bothHaveOne.Signal();
                    bothHaveOne.Wait(Token);
                }

                var second = (await t.LoadCaseAsync(two, Token))!.Value.Row;
                await t.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(one, first.Version + 1)), Token);
                await t.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(two, second.Version + 1)), Token);
                return true;
            },
            Token).AsTask();
    }

    [Fact]
    public async Task A_stimulus_that_is_kept_and_a_bookmark_that_comes_meanwhile_do_not_miss_each_other()
    {
        var (hasLooked, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var kept = new KeptStimulusRow(
            Guid.CreateVersion7(Monday), StimulusHash.Of("Decided", "1"), "Decided", "1", "case-1", null, StoreRows.Document("x"), Monday, Monday.AddDays(1));
        var keeping = _database.Store.RunAsync(
            async t =>
            {
                Assert.Empty(await t.FindBookmarksAsync("Decided", "1", "case-1", Token));
                hasLooked.TrySetResult();
                await goOn.Task;
                var changes = new BurstChanges();
                changes.KeptStimuli.Add(kept);
                await t.SaveAsync(changes, Token);
                return true;
            },
            Token).AsTask();
        await hasLooked.Task;

        var looking = _database.Store.RunAsync(t => t.FindKeptAsync("Decided", "1", Monday, Token), Token).AsTask();
        await WaitingForALockAsync(looking);
        goOn.SetResult();
        await keeping;

        Assert.Equal(kept.Id, Assert.Single(await looking).Id);
    }

    [Fact]
    public async Task A_change_of_the_configuration_waits_for_bursts_that_run_under_the_old_one_and_sees_what_they_did()
    {
        var (hasRead, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var burst = _database.Store.RunAsync(
            async t =>
            {
                var version = await t.ConfigurationVersionAsync(Token);
                hasRead.TrySetResult();
                await goOn.Task;
                await t.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(_id)), Token);
                return version;
            },
            Token).AsTask();
        await hasRead.Task;

        var change = _database.Store.RunWithContextAsync(
            async (context, transaction) =>
            {
                context.Add(Limit());
                await context.SaveChangesAsync(Token);
                return (Cases: await context.Cases.CountAsync(Token), Version: await transaction.ConfigurationVersionAsync(Token));
            },
            Token).AsTask();
        await WaitingForALockAsync(change);
        goOn.SetResult();

        Assert.Equal(1, await burst);
        Assert.Equal((1, 2L), await change);
        Assert.Equal(2, await _database.Store.RunAsync(t => t.ConfigurationVersionAsync(Token), Token));
    }

    [Fact]
    public async Task A_configuration_row_saved_anywhere_waits_for_bursts_too()
    {
        var (hasRead, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var burst = _database.Store.RunAsync(
            async t =>
            {
                var before = await t.ConfigurationVersionAsync(Token);
                hasRead.TrySetResult();
                await goOn.Task;
                return before;
            },
            Token).AsTask();
        await hasRead.Task;
        await using var context = _database.NewContext();
        context.Add(Limit());

        var saving = context.SaveChangesAsync(Token);
        await WaitingForALockAsync(saving);
        goOn.SetResult();

        Assert.Equal(1, await burst);
        Assert.Equal(1, await saving);
    }

    [Fact]
    public async Task A_changed_limit_and_the_case_it_touches_commit_together_or_not_at_all()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => ChangeAsync(fails: true));
        await using var before = _database.NewContext();
        Assert.Equal((0, 0), (await before.LimitChanges.CountAsync(Token), await before.Cases.CountAsync(Token)));

        await ChangeAsync(fails: false);
        await using var after = _database.NewContext();
        Assert.Equal((1, 1), (await after.LimitChanges.CountAsync(Token), await after.Cases.CountAsync(Token)));
        Assert.Contains("1.5", (await after.LimitChanges.SingleAsync(Token)).Patch, StringComparison.Ordinal);

        Task ChangeAsync(bool fails) => _database.Store.RunWithContextAsync(
            async (context, transaction) =>
            {
                context.Add(Limit());
                await transaction.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(_id)), Token);
                Assert.Equal(1, await context.Cases.CountAsync(Token));
                return fails ? throw new InvalidOperationException() : true;
            },
            Token).AsTask();
    }

    [Fact]
    public async Task Two_nodes_that_claim_at_once_share_the_timers_and_take_none_twice()
    {
        await using var other = _database.Open();
        await SaveAsync(_database.Store, c => c with { Timers = [.. Enumerable.Range(0, 200).Select(i => StoreRows.Timer(Monday.AddSeconds(-i), i % 3))] });

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            async () => await (i % 2 == 0 ? _database.Store : other).ClaimDueAsync(Monday, 50, new Lease($"node-{i}", Monday, Monday.AddSeconds(10)), Token), Token)));

        var ids = claimed.SelectMany(c => c).Select(c => c.Timer.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.True(ids.Count >= 50, $"Only {ids.Count} were dealt out.");
    }

    [Fact]
    public async Task A_burst_inside_a_burst_is_refused_instead_of_waiting_for_itself()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await _database.Store.RunAsync(async _ => await NextAsync(), Token));

        Assert.Equal(1, await NextAsync());
    }

    [Fact]
    public async Task More_than_may_wait_are_refused_as_busy_and_those_who_wait_are_served()
    {
        var goOn = new TaskCompletionSource();
        var begun = new CountdownEvent(4);
        var holding = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () => await _database.Store.RunAsync(
                async _ =>
                {
                    begun.Signal();
                    await goOn.Task;
                    return true;
                },
                Token),
            Token)).ToList();
        begun.Wait(Token);
        var waiting = Enumerable.Range(0, 5).Select(_ => NextAsync()).ToList();

        await Assert.ThrowsAsync<StoreBusyException>(NextAsync);
        goOn.SetResult();

        await Task.WhenAll(holding);
        Assert.Equal([1L, 2L, 3L, 4L, 5L], (await Task.WhenAll(waiting)).Order());
    }

    [Fact]
    public async Task A_database_that_is_not_there_fails_its_callers_and_serves_them_once_it_is()
    {
        await using var missing = await PostgreSqlDatabase.UncreatedAsync();
        await using var store = new PostgreSqlCaseStore(missing.ConnectionString, 2, 5, NullLogger<PostgreSqlCaseStore>.Instance);
        await Assert.ThrowsAsync<StoreFailedException>(async () => await store.RunAsync(t => t.NextAsync("n", Token), Token));

        await using var source = PostgreSqlConnections.ForContexts(missing.ConnectionString);
        await using (var context = PostgreSqlDatabase.NewContext(source))
        {
            await context.Database.MigrateAsync(Token);
        }

        Assert.Equal(1, await store.RunAsync(t => t.NextAsync("n", Token), Token));
    }

    [Fact]
    public async Task A_connection_the_server_cuts_loses_its_burst_alone()
    {
        await Assert.ThrowsAsync<StoreFailedException>(async () => await _database.Store.RunAsync(
            async t =>
            {
                await t.NextAsync("n", Token);
                await _database.ExecuteAsync(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'");
                return await t.NextAsync("n", Token);
            },
            Token));

        Assert.Equal(1, await NextAsync());
    }

    [Fact]
    public async Task Closing_takes_no_more_and_may_be_done_twice()
    {
        var store = _database.Open();
        await store.DisposeAsync();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.RunAsync(t => t.NextAsync("n", Token), Token));
    }

    private Task<long> NextAsync() => _database.Store.RunAsync(t => t.NextAsync("n", Token), Token).AsTask();

    private async Task SaveAsync(PostgreSqlCaseStore store, Func<CaseChanges, CaseChanges>? with = null, Guid? id = null) => await store.RunAsync(
        async t =>
        {
            var changes = StoreRows.Changes(StoreRows.Case(id ?? _id));
            await t.SaveCaseAsync(with?.Invoke(changes) ?? changes, Token);
            return true;
        },
        Token);

    /// <summary>Until the work waits for a lock (or has ended, because it did not).</summary>
    private async Task WaitingForALockAsync(Task work)
    {
        await using var source = PostgreSqlConnections.ForContexts(_database.ConnectionString);
        while (!work.IsCompleted)
        {
            await using var command = source.CreateCommand(
                "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE NOT l.granted AND d.datname = current_database()");
            if ((long)(await command.ExecuteScalarAsync(Token))! > 0)
            {
                return;
            }
        }
    }

    private static LimitChange Limit() => new()
    {
        ProcessKey = "product-quality",
        LimitKey = "first-reply",
        Patch = """{"amount":1.5,"unit":"workingHours"}""",
        Scope = LimitChangeScope.OpenCases,
        Reason = "新规定",
        By = "li",
        ByName = "李",
        At = Monday,
        Entry = "process:product-quality/1",
    };
}
