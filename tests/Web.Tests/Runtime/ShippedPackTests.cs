using CaseManagement.Domain.Packs;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Web.Tests.Persistence;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;
using ShippedPacks = CaseManagement.Tests.Stores.ShippedPacks;

namespace CaseManagement.Web.Tests.Runtime;

/// <summary>Every scenario of every shipped pack, on the runtime over a real database.</summary>
public abstract class ShippedPackTests
{
    [Theory, MemberData(nameof(ShippedPacks.Ids), MemberType = typeof(ShippedPacks))]
    public async Task The_scenarios_of_a_shipped_pack_hold_on_a_database(string id)
    {
        var pack = PackReader.Read(ShippedPacks.Files(id)).Pack!;

        Assert.Equal("", await ShippedPacks.FailuresAsync(pack, CreateAsync, TestContext.Current.CancellationToken));
    }

    protected abstract Task<(ISimulatedCaseStore Store, IAsyncDisposable Under)> CreateAsync();
}

public sealed class SqliteShippedPackTests : ShippedPackTests
{
    protected override Task<(ISimulatedCaseStore Store, IAsyncDisposable Under)> CreateAsync()
    {
        var under = SqliteStoreUnderTest.Create();
        return Task.FromResult<(ISimulatedCaseStore, IAsyncDisposable)>((new DatabaseCaseStore(under, under.NewContext), under));
    }
}

public sealed class PostgreSqlShippedPackTests(PostgreSqlShippedPackTests.OneDatabase database) : ShippedPackTests, IClassFixture<PostgreSqlShippedPackTests.OneDatabase>
{
    protected override async Task<(ISimulatedCaseStore Store, IAsyncDisposable Under)> CreateAsync() => (await database.EmptiedAsync(), AsyncDisposable.Nothing);

    /// <summary>One database for all: making another takes longer than most scenarios.</summary>
    public sealed class OneDatabase : IAsyncDisposable
    {
        private PostgreSqlStoreUnderTest? _under;

        public async Task<ISimulatedCaseStore> EmptiedAsync()
        {
            _under ??= await PostgreSqlStoreUnderTest.CreateAsync(connections: 1);
            using var context = _under.NewContext();
            var tables = context.Model.GetEntityTypes().Where(t => t.ClrType != typeof(ConfigurationStamp)).Select(t => t.GetTableName()).OfType<string>().Distinct();

            // without foreign keys, and without what keeps a record from being deleted
            var deletes = string.Concat(tables.Select(table => $"DELETE FROM \"{table}\"; "));
            await _under.ExecuteAsync($"SET session_replication_role = replica; {deletes} SET session_replication_role = DEFAULT");
            return new DatabaseCaseStore(_under, _under.NewContext);
        }

        public async ValueTask DisposeAsync()
        {
            if (_under is not null)
            {
                await _under.DisposeAsync();
            }
        }
    }

    private sealed class AsyncDisposable : IAsyncDisposable
    {
        public static readonly AsyncDisposable Nothing = new();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
