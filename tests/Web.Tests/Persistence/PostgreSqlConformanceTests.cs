using CaseManagement.Tests.Stores;

namespace CaseManagement.Web.Tests.Persistence;

public sealed class PostgreSqlBurstTests : BurstStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => PostgreSqlStoreUnderTest.CreateAsync();
}

public sealed class PostgreSqlCaseTests : CaseStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => PostgreSqlStoreUnderTest.CreateAsync();
}

public sealed class PostgreSqlTimerTests : TimerQueueFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => PostgreSqlStoreUnderTest.CreateAsync();
}

public sealed class PostgreSqlOutboxTests : OutboxFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => PostgreSqlStoreUnderTest.CreateAsync();
}

public sealed class PostgreSqlTextTests : TextStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => PostgreSqlStoreUnderTest.CreateAsync();
}
