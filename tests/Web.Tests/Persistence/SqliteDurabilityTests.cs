using CaseManagement.Tests.Stores;
using CaseManagement.Web.Persistence.Sqlite;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>What a caller was told is there after a crash: the files as they were at that moment open to the same content.</summary>
public sealed class SqliteDurabilityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_burst_that_was_answered_survives_a_crash_and_none_survives_in_part()
    {
        await using var file = SqliteStoreUnderTest.Create();
        var ids = Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7(StoreRows.Monday)).ToList();
        await Task.WhenAll(ids.Select(id => SaveAsync(file.Store, id)));

        // A burst is under way when the process dies: its writes are in the log, its commit is not.
        var written = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        var unfinished = Guid.CreateVersion7(StoreRows.Monday);
        var burst = file.Store.RunAsync(
            async t =>
            {
                await t.SaveCaseAsync(Changes(unfinished), Token);
                written.SetResult();
                await gate.Task;
                return true;
            },
            Token).AsTask();
        await written.Task;
        var copy = Copy(file.FilePath);
        gate.SetResult();
        await burst;

        await using (var reopened = new SqliteCaseStore($"Data Source={copy};Pooling=False", 100, NullLogger<SqliteCaseStore>.Instance))
        {
            foreach (var id in ids)
            {
                var stored = await reopened.RunAsync(t => t.LoadCaseAsync(id, Token), Token);
                Assert.Equal(1, stored!.Value.Row.Version);
            }

            Assert.Null(await reopened.RunAsync(t => t.LoadCaseAsync(unfinished, Token), Token));
            Assert.Equal(31, await reopened.RunAsync(t => t.NextAsync("n", Token), Token));
        }

        Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
    }

    private static string Copy(string path)
    {
        var folder = Directory.CreateTempSubdirectory("case-store-crash").FullName;
        foreach (var name in (string[])[path, path + "-wal"])
        {
            using var from = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var to = File.Create(Path.Combine(folder, Path.GetFileName(name)));
            from.CopyTo(to);
        }

        return Path.Combine(folder, Path.GetFileName(path));
    }

    private static CaseChanges Changes(Guid id) => StoreRows.Changes(StoreRows.Case(id)) with
    {
        Events = [StoreRows.Event(id, 1)],
        Timers = [StoreRows.Timer(StoreRows.Monday)],
    };

    private static async Task SaveAsync(SqliteCaseStore store, Guid id) => await store.RunAsync(
        async t =>
        {
            await t.NextAsync("n", Token);
            await t.SaveCaseAsync(Changes(id), Token);
            return true;
        },
        Token);
}
