using CaseManagement.Domain.Packs;
using CaseManagement.Tests.Stores;
using CaseManagement.Web.Tests.Persistence;
using CaseManagement.Workflows.Simulation;

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

public sealed class PostgreSqlShippedPackTests : ShippedPackTests
{
    protected override async Task<(ISimulatedCaseStore Store, IAsyncDisposable Under)> CreateAsync()
    {
        var under = await PostgreSqlStoreUnderTest.CreateAsync(connections: 1);
        return (new DatabaseCaseStore(under, under.NewContext), under);
    }
}
