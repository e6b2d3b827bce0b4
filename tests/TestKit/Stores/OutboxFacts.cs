using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Tests.Stores;

/// <summary>How every outbox deals out messages.</summary>
public abstract class OutboxFacts : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = StoreRows.Monday;
    private static readonly DateTimeOffset Wall = Monday.AddYears(-1);

    private readonly Guid _complaint = Guid.CreateVersion7(Monday);
    private IStoreUnderTest _store = null!;
    private IOutbox _outbox = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await CreateAsync();
        _outbox = (IOutbox)_store.Cases;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<IStoreUnderTest> CreateAsync();

    [Fact]
    public async Task Pending_messages_that_are_due_are_dealt_out_once_oldest_first()
    {
        var (second, first) = (StoreRows.Message(_complaint, Monday), StoreRows.Message(_complaint, Monday.AddMinutes(-1)));
        await SaveAsync(
            second, first, StoreRows.Message(_complaint, Monday.AddSeconds(1)),
            StoreRows.Message(_complaint, Monday, MessageStates.Parked), StoreRows.Message(_complaint, Monday, MessageStates.Delivered));

        var claimed = await ClaimAsync("a", Monday);

        Assert.Equal([first, second], claimed);
        Assert.Empty(await ClaimAsync("b", Monday));
    }

    [Fact]
    public async Task A_pending_message_without_a_moment_is_due_when_it_was_made()
    {
        await SaveAsync(StoreRows.Message(_complaint, Monday) with { NextAttemptAt = null, CreatedAt = Monday });

        Assert.Single(await ClaimAsync("a", Monday));
    }

    [Fact]
    public async Task A_delivered_message_is_done()
    {
        var message = StoreRows.Message(_complaint, Monday);
        await SaveAsync(message);
        await ClaimAsync("a", Monday);

        await _outbox.DeliveredAsync(message.Id, "a", Token);

        Assert.Empty(await ClaimAsync("a", Monday.AddDays(1), Wall.AddDays(1)));
        var stored = Assert.Single(await _store.MessagesAsync(_complaint));
        Assert.Equal(message with { State = MessageStates.Delivered, Attempts = 1, NextAttemptAt = null }, stored);
    }

    [Fact]
    public async Task A_failed_message_is_tried_again_when_its_time_has_come()
    {
        var message = StoreRows.Message(_complaint, Monday);
        await SaveAsync(message);
        await ClaimAsync("a", Monday);

        await _outbox.FailedAsync(message.Id, "a", "no route", Monday.AddMinutes(1), Token);

        Assert.Empty(await ClaimAsync("a", Monday));
        var again = Assert.Single(await ClaimAsync("a", Monday.AddMinutes(1)));
        Assert.Equal((1, "no route"), (again.Attempts, again.LastError));
    }

    [Fact]
    public async Task A_message_that_is_given_up_is_parked_where_it_can_be_seen()
    {
        var message = StoreRows.Message(_complaint, Monday);
        await SaveAsync(message);
        await ClaimAsync("a", Monday);

        await _outbox.FailedAsync(message.Id, "a", new string('x', 5000), null, Token);

        Assert.Empty(await ClaimAsync("a", Monday.AddYears(1), Wall.AddYears(1)));
        var stored = Assert.Single(await _store.MessagesAsync(_complaint));
        Assert.Equal((MessageStates.Parked, 4000), (stored.State, stored.LastError!.Length));
    }

    [Fact]
    public async Task A_dead_nodes_message_is_dealt_out_again_and_the_dead_one_has_no_say()
    {
        var message = StoreRows.Message(_complaint, Monday);
        await SaveAsync(message);
        await ClaimAsync("dead", Monday);

        var taken = await ClaimAsync("b", Monday, Wall.AddSeconds(10));
        await _outbox.FailedAsync(message.Id, "dead", "late", null, Token);

        Assert.Equal([message.Id], taken.Select(m => m.Id));
        Assert.Equal(MessageStates.Pending, Assert.Single(await _store.MessagesAsync(_complaint)).State);
    }

    [Fact]
    public async Task A_commit_that_wrote_messages_is_announced()
    {
        var announced = 0;
        _outbox.MessagesWritten += (_, _) => announced++;

        await SaveAsync(StoreRows.Message(_complaint, Monday));

        Assert.Equal(1, announced);
    }

    private async Task<IReadOnlyList<MessageRow>> ClaimAsync(string node, DateTimeOffset now, DateTimeOffset? at = null) =>
        await _outbox.ClaimPendingAsync(now, 100, new Lease(node, at ?? Wall, (at ?? Wall).AddSeconds(10)), Token);

    private async Task SaveAsync(params MessageRow[] messages) => await _store.Cases.RunAsync(
        async transaction =>
        {
            await transaction.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(_complaint)) with { Messages = messages }, Token);
            return true;
        },
        Token);
}
