using CaseManagement.Tests.Stores;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Sqlite;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>How bursts queue for the one writer and share its commits.</summary>
public sealed class SqliteWriterTests : IAsyncDisposable
{
    private readonly SqliteStoreUnderTest _file = SqliteStoreUnderTest.Create(maxWaiting: 5);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task? _hold;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _gate.TrySetResult();
        await (_hold ?? Task.CompletedTask);
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task A_burst_that_fails_takes_none_of_its_group_with_it()
    {
        await HoldAsync();
        var before = NextAsync();
        var failing = _file.Store.RunAsync<long>(
            async t =>
            {
                await t.NextAsync("n", Token);
                throw new InvalidOperationException("mine");
            },
            Token).AsTask();
        var after = NextAsync();

        _gate.SetResult();

        Assert.Equal(1, await before);
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal(2, await after);
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_waiting_is_answered_at_once_and_its_burst_never_runs()
    {
        using var source = new CancellationTokenSource();
        await HoldAsync();
        var waiting = NextAsync(source.Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _gate.SetResult();

        Assert.Equal(1, await NextAsync());
    }

    [Fact]
    public async Task A_burst_that_has_begun_is_finished_though_its_caller_gives_up()
    {
        using var source = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var burst = _file.Store.RunAsync(
            async t =>
            {
                begun.SetResult();
                await _gate.Task;
                return await t.NextAsync("n", source.Token);
            },
            source.Token).AsTask();
        await begun.Task;

        await source.CancelAsync();
        _gate.SetResult();

        Assert.Equal(1, await burst);
        Assert.Equal(2, await NextAsync());
    }

    [Fact]
    public async Task More_than_may_wait_are_refused_as_busy_and_those_who_wait_are_served()
    {
        await HoldAsync();
        var waiting = Enumerable.Range(0, 5).Select(_ => NextAsync()).ToList();

        await Assert.ThrowsAsync<StoreBusyException>(() => NextAsync());
        _gate.SetResult();

        var served = await Task.WhenAll(waiting);
        Assert.Equal([1L, 2L, 3L, 4L, 5L], served);
        Assert.Equal(6, await NextAsync());
    }

    [Fact]
    public async Task A_burst_inside_a_burst_is_refused_instead_of_waiting_for_itself()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _file.Store.RunAsync(async _ => await NextAsync(), Token));

        Assert.Equal(1, await NextAsync());
    }

    [Fact]
    public async Task A_transaction_is_of_no_use_after_its_burst()
    {
        ICaseTransaction? kept = null;
        await _file.Store.RunAsync(t => ValueTask.FromResult(kept = t), Token);

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await kept!.NextAsync("n", Token));
    }

    [Fact]
    public async Task Closing_finishes_what_waits_and_takes_no_more()
    {
        await HoldAsync();
        var waiting = NextAsync();

        var closing = _file.Store.DisposeAsync().AsTask();
        _gate.SetResult();
        await closing;

        Assert.Equal(1, await waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => NextAsync());
    }

    [Fact]
    public async Task Two_processes_on_one_file_lose_no_burst()
    {
        var id = Guid.CreateVersion7(StoreRows.Monday);
        await using var first = _file.Open();
        await using var second = _file.Open();
        await first.RunAsync(
            async t =>
            {
                await t.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(id)), Token);
                return true;
            },
            Token);

        async Task RaiseAsync(ICaseStore store)
        {
            for (var i = 0; i < 40; i++)
            {
                await store.RunAsync(
                    async t =>
                    {
                        var version = (await t.LoadCaseAsync(id, Token))!.Value.Row.Version + 1;
                        await t.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(id, version)), Token);
                        return version;
                    },
                    Token);
            }
        }

        await Task.WhenAll(Task.Run(() => RaiseAsync(first), Token), Task.Run(() => RaiseAsync(second), Token));

        var stored = await first.RunAsync(t => t.LoadCaseAsync(id, Token), Token);
        Assert.Equal(81, stored!.Value.Row.Version);
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_fails_its_callers_and_serves_them_once_it_can()
    {
        var folder = Path.Combine(Path.GetDirectoryName(_file.FilePath)!, "later");
        await using var store = new SqliteCaseStore(
            $"Data Source={Path.Combine(folder, "cases.db")};Pooling=False", 5, NullLogger<SqliteCaseStore>.Instance);
        await Assert.ThrowsAsync<StoreFailedException>(async () => await store.RunAsync(t => t.NextAsync("n", Token), Token));

        Directory.CreateDirectory(folder);
        File.Copy(_file.FilePath, Path.Combine(folder, "cases.db"));

        Assert.Equal(1, await store.RunAsync(t => t.NextAsync("n", Token), Token));
    }

    [Fact]
    public async Task When_the_database_undoes_a_transaction_by_itself_its_caller_is_told_and_the_next_is_served()
    {
        await Assert.ThrowsAsync<StoreFailedException>(async () => await _file.Store.RunWithContextAsync(
            async (context, transaction) =>
            {
                await transaction.NextAsync("n", Token);
                return await context.Database.ExecuteSqlRawAsync("ROLLBACK", Token);
            },
            Token));

        Assert.Equal(1, await NextAsync());
    }

    [Fact]
    public async Task A_failure_after_the_transaction_is_gone_is_told_as_the_databases()
    {
        await Assert.ThrowsAsync<StoreFailedException>(async () => await _file.Store.RunWithContextAsync<int>(
            async (context, _) =>
            {
                await context.Database.ExecuteSqlRawAsync("ROLLBACK", Token);
                throw new InvalidOperationException("afterwards");
            },
            Token));

        Assert.Equal(1, await NextAsync());
    }

    [Fact]
    public async Task A_listener_that_fails_harms_nobody()
    {
        _file.Store.TimersWritten += (_, _) => throw new InvalidOperationException("listener");
        await _file.Store.RunAsync(
            async t =>
            {
                await t.SaveCaseAsync(
                    StoreRows.Changes(StoreRows.Case(Guid.CreateVersion7(StoreRows.Monday))) with { Timers = [StoreRows.Timer(StoreRows.Monday)] },
                    Token);
                return true;
            },
            Token);

        Assert.Single(await _file.TimersAsync());
        Assert.Equal(1, await NextAsync());
    }

    /// <summary>Keeps the writer busy until the gate opens, so that what comes next waits together.</summary>
    private async Task HoldAsync()
    {
        var begun = new TaskCompletionSource();
        _hold = _file.Store.RunAsync(
            async _ =>
            {
                begun.SetResult();
                await _gate.Task;
                return true;
            },
            CancellationToken.None).AsTask();
        await begun.Task;
    }

    private Task<long> NextAsync(CancellationToken? token = null) =>
        _file.Store.RunAsync(t => t.NextAsync("n", Token), token ?? Token).AsTask();
}
