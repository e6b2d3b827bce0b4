using CaseManagement.Tests.Stores;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>What every store does, where CASEMANAGEMENT_TEST_SQLSERVER names a server.</summary>
public sealed class SqlServerBurstTests : BurstStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => SqlServerStoreUnderTest.CreateAsync();
}

public sealed class SqlServerCaseTests : CaseStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => SqlServerStoreUnderTest.CreateAsync();
}

public sealed class SqlServerTimerTests : TimerQueueFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => SqlServerStoreUnderTest.CreateAsync();
}

public sealed class SqlServerOutboxTests : OutboxFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => SqlServerStoreUnderTest.CreateAsync();
}

public sealed class SqlServerTextTests : TextStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => SqlServerStoreUnderTest.CreateAsync();
}
