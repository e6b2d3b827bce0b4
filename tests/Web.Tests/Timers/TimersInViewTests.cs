using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Web.Tests.Persistence;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Tests.Timers;

/// <summary>Timers as they are told to those who look: due, late, failing, given up.</summary>
public sealed class TimersInViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 2, 2, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_timer_is_told_as_what_it_is()
    {
        await using var file = SqliteStoreUnderTest.Create();
        await using var db = file.NewContext();
        var (due, late, failing, parked) = (Timer(Now.AddSeconds(-2)), Timer(Now.AddMinutes(-2)), Timer(Now.AddMinutes(1), 3), Timer(ParkedTimers.Until, 10));
        db.Timers.AddRange(due, late, failing, parked, Timer(Now.AddHours(1)));
        await db.SaveChangesAsync(Token);

        var seen = await TimersInView.ReadAsync(db, TimerSight.Operates, CaseScope.Nothing, Now, 50, Token);
        var none = await TimersInView.ReadAsync(db, TimerSight.OwnCases, CaseScope.Nothing, Now, 50, Token);

        Assert.Equal([late.Id, due.Id], seen.Due.Select(t => t.Timer.Id));
        Assert.Equal([late.Id], seen.Late.Select(t => t.Timer.Id));
        Assert.Equal([failing.Id], seen.Failing.Select(t => t.Timer.Id));
        Assert.Equal([parked.Id], seen.GivenUp.Select(t => t.Timer.Id));
        Assert.Equal((2, 1, 1, TimeSpan.FromMinutes(2)), (seen.Backlog.Due, seen.Backlog.Failing, seen.Backlog.Parked, seen.Backlog.OldestOverdue));
        Assert.All(seen.Failing.Concat(seen.GivenUp), t => Assert.True(t.MayRetry));
        Assert.All(seen.Due, t => Assert.False(t.MayRetry));
        Assert.Equal(TimerBacklog.Empty, none.Backlog);
        Assert.Empty(none.Due.Concat(none.Failing).Concat(none.GivenUp));
    }

    private static StoredTimer Timer(DateTimeOffset next, int attempts = 0) => new()
    {
        Id = Guid.CreateVersion7(Now),
        DueAt = attempts == 0 ? next : Now.AddHours(-1),
        Severity = 0,
        Kind = CaseTimers.Clock,
        Payload = Guid.NewGuid().ToString(),
        NextAttemptAt = next,
        Attempts = attempts,
    };
}
