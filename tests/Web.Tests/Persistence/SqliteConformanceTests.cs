using CaseManagement.Tests.Stores;

namespace CaseManagement.Web.Tests.Persistence;

public sealed class SqliteBurstTests : BurstStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => SqliteStoreUnderTest.CreateAsync();
}

public sealed class SqliteCaseTests : CaseStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => SqliteStoreUnderTest.CreateAsync();
}

public sealed class SqliteTimerTests : TimerQueueFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => SqliteStoreUnderTest.CreateAsync();
}

public sealed class SqliteOutboxTests : OutboxFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => SqliteStoreUnderTest.CreateAsync();
}

public sealed class SqliteTextTests : TextStoreFacts
{
    protected override ValueTask<IStoreUnderTest> CreateAsync() => SqliteStoreUnderTest.CreateAsync();
}
