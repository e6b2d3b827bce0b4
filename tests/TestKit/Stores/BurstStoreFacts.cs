using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Tests.Stores;

/// <summary>What every store does with the workflow's part of a burst.</summary>
public abstract class BurstStoreFacts : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = StoreRows.Monday;

    private IStoreUnderTest _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<IStoreUnderTest> CreateAsync();

    [Fact]
    public async Task An_instance_comes_back_as_it_was_saved()
    {
        var inserted = StoreRows.Instance(Guid.CreateVersion7(Monday));
        var updated = new StoredInstance(
            inserted.Row with
            {
                Version = 2,
                Status = WorkflowStatus.Finished,
                SubStatus = WorkflowSubStatus.Cancelled,
                CorrelationId = "case-1",
                Name = null,
                ParentInstanceId = Guid.CreateVersion7(Monday),
                FinishedAt = Monday.AddHours(1),
            },
            StoreRows.Document("次"));

        await SaveAsync(c => c.InsertedInstances.Add(inserted));
        var first = await LoadAsync(inserted.Row.Id);
        await SaveAsync(c => c.UpdatedInstances.Add(updated));
        var second = await LoadAsync(inserted.Row.Id);

        Assert.Equal(inserted.Row, first!.Value.Row);
        Assert.Equal(inserted.State.ToArray(), first.Value.State.ToArray());
        Assert.Equal(updated.Row, second!.Value.Row);
        Assert.Equal(updated.State.ToArray(), second.Value.State.ToArray());
    }

    [Fact]
    public async Task An_instance_read_and_updated_in_one_burst_keeps_every_column()
    {
        var id = Guid.CreateVersion7(Monday);
        var saved = StoreRows.Instance(id, version: 2).Row with { SubStatus = WorkflowSubStatus.Executing, IncidentCount = 5 };
        await SaveAsync(c => c.InsertedInstances.Add(StoreRows.Instance(id)));

        await _store.Bursts.RunAsync(
            async transaction =>
            {
                await transaction.LoadInstanceAsync(id, Token);
                var changes = new BurstChanges();
                changes.UpdatedInstances.Add(new StoredInstance(saved, StoreRows.Document("2")));
                await transaction.SaveAsync(changes, Token);
                return true;
            },
            Token);

        Assert.Equal(saved, (await LoadAsync(id))!.Value.Row);
    }

    [Fact]
    public async Task There_is_no_instance_that_was_not_saved() => Assert.Null(await LoadAsync(Guid.CreateVersion7(Monday)));

    [Fact]
    public async Task A_burst_that_throws_leaves_nothing()
    {
        var instance = StoreRows.Instance(Guid.CreateVersion7(Monday));
        var timer = StoreRows.Timer(Monday);
        var failure = new InvalidOperationException("no");
        var changes = new BurstChanges();
        changes.InsertedInstances.Add(instance);
        changes.AddedTimers.Add(timer);
        changes.AddedBookmarks.Add(StoreRows.Bookmark(instance.Row.Id, "Decided", "1"));

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.Bursts.RunAsync<int>(
            async transaction =>
            {
                await transaction.SaveAsync(changes, Token);
                throw failure;
            },
            Token));

        Assert.Same(failure, thrown);
        Assert.Null(await LoadAsync(instance.Row.Id));
        Assert.Empty(await _store.TimersAsync());
        Assert.Empty(await FindBookmarksAsync("Decided", "1"));
    }

    [Fact]
    public async Task A_burst_that_lost_a_race_runs_again_and_its_first_run_leaves_nothing()
    {
        var runs = 0;
        var ids = new[] { Guid.CreateVersion7(Monday), Guid.CreateVersion7(Monday) };

        var answer = await _store.Bursts.RunAsync(
            async transaction =>
            {
                var changes = new BurstChanges();
                changes.InsertedInstances.Add(StoreRows.Instance(ids[runs++]));
                await transaction.SaveAsync(changes, Token);
                return runs == 1 ? throw new LostRaceException("once") : "done";
            },
            Token);

        Assert.Equal("done", answer);
        Assert.Null(await LoadAsync(ids[0]));
        Assert.NotNull(await LoadAsync(ids[1]));
    }

    [Fact]
    public async Task An_update_from_an_old_version_is_refused_and_changes_nothing()
    {
        var id = Guid.CreateVersion7(Monday);
        await SaveAsync(c => c.InsertedInstances.Add(StoreRows.Instance(id)));
        await SaveAsync(c => c.UpdatedInstances.Add(StoreRows.Instance(id, version: 2)));

        await Assert.ThrowsAsync<LostRaceException>(() => SaveAsync(c =>
        {
            c.UpdatedInstances.Add(StoreRows.Instance(id, version: 2));
            c.AddedTimers.Add(StoreRows.Timer(Monday));
        }));

        Assert.Empty(await _store.TimersAsync());
    }

    [Fact]
    public async Task Bookmarks_whose_hashes_are_equal_are_told_apart()
    {
        var instance = Guid.CreateVersion7(Monday);
        var wanted = StoreRows.Bookmark(instance, "Decided", "1");
        await SaveAsync(c =>
        {
            c.AddedBookmarks.Add(StoreRows.Bookmark(instance, "Other", "2") with { StimulusHash = wanted.StimulusHash });
            c.AddedBookmarks.Add(wanted);
        });

        Assert.Equal([wanted], await FindBookmarksAsync("Decided", "1"));
    }

    [Fact]
    public async Task Bookmarks_are_found_oldest_instance_first_and_within_a_correlation()
    {
        var (old, young) = (Guid.CreateVersion7(Monday), Guid.CreateVersion7(Monday.AddDays(1)));
        await SaveAsync(c => c.AddedBookmarks.Add(StoreRows.Bookmark(young, "Decided", "1", "case-2")));
        await SaveAsync(c => c.AddedBookmarks.Add(StoreRows.Bookmark(old, "Decided", "1", "case-1")));

        var all = await FindBookmarksAsync("Decided", "1");
        var correlated = await FindBookmarksAsync("Decided", "1", "case-2");

        Assert.Equal([old, young], all.Select(b => b.InstanceId));
        Assert.Equal([young], correlated.Select(b => b.InstanceId));
    }

    [Fact]
    public async Task Bookmarks_follow_their_instances_correlation_and_are_gone_when_removed()
    {
        var (first, second) = (Guid.CreateVersion7(Monday), Guid.CreateVersion7(Monday.AddDays(1)));
        var removed = StoreRows.Bookmark(second, "Decided", "1");
        await SaveAsync(c => c.AddedBookmarks.AddRange([StoreRows.Bookmark(first, "Decided", "1"), removed]));

        await SaveAsync(c =>
        {
            c.RecorrelatedInstances.Add((first, "case-1"));
            c.RemovedBookmarks.Add(removed.BookmarkId);
        });

        var found = Assert.Single(await FindBookmarksAsync("Decided", "1"));
        Assert.Equal((first, "case-1"), (found.InstanceId, found.CorrelationId));
    }

    [Fact]
    public async Task A_published_definition_replaces_its_own_triggers_and_their_timers_only()
    {
        TriggerRow Of(string definition, int version, string key) => new(
            definition, $"{definition}:{version}", "start", StimulusHash.Of("Received", key), "Received", key);
        TimerRow TimerOf(string definition, int version) =>
            StoreRows.Timer(Monday) with { Kind = TimerKinds.Trigger, Payload = $"{definition}\n{definition}:{version}\nstart" };
        var other = TimerOf("other", 1);
        await SaveAsync(c =>
        {
            c.ReplacedTriggers.Add(new ReplacedTriggers("intake", [Of("intake", 1, "mail"), Of("intake", 1, "phone")], [TimerOf("intake", 1)]));
            c.ReplacedTriggers.Add(new ReplacedTriggers("other", [Of("other", 1, "mail")], [other]));
        });
        var followUp = TimerOf("intake", 1);
        await SaveAsync(c => c.AddedTimers.Add(followUp));

        var next = TimerOf("intake", 2);
        await SaveAsync(c => c.ReplacedTriggers.Add(new ReplacedTriggers("intake", [Of("intake", 2, "mail")], [next])));

        Assert.Equal([Of("intake", 2, "mail"), Of("other", 1, "mail")], await FindTriggersAsync("mail"));
        Assert.Empty(await FindTriggersAsync("phone"));
        Assert.Equal(new[] { other.Id, next.Id }.Order(), (await _store.TimersAsync()).Select(t => t.Id).Order());
    }

    [Fact]
    public async Task A_kept_stimulus_is_found_until_it_expires_or_is_delivered()
    {
        KeptStimulusRow Kept(int minutes, byte[] input) => new(
            Guid.CreateVersion7(Monday), StimulusHash.Of("Decided", "1"), "Decided", "1", "case-1", null, input,
            Monday.AddSeconds(minutes), Monday.AddMinutes(minutes));
        var (soon, late) = (Kept(10, []), Kept(20, StoreRows.Document("x")));
        await SaveAsync(c => c.KeptStimuli.AddRange([soon, late]));

        var both = await FindKeptAsync(Monday);
        var one = await FindKeptAsync(Monday.AddMinutes(10));
        await SaveAsync(c => c.DeliveredStimuli.Add(late.Id));

        Assert.Equal([soon.Id, late.Id], both.Select(k => k.Id));
        Assert.Equal(late with { Input = default }, Assert.Single(one) with { Input = default });
        Assert.Equal(late.Input.ToArray(), one[0].Input.ToArray());
        Assert.Empty(both[0].Input.ToArray());
        Assert.Empty(await FindKeptAsync(Monday.AddMinutes(10)));
    }

    [Fact]
    public async Task Running_instances_are_found_by_definition_and_correlation()
    {
        var ids = Enumerable.Range(0, 4).Select(i => Guid.CreateVersion7(Monday.AddMinutes(i))).ToArray();
        var finished = StoreRows.Instance(ids[3], definition: "intake", correlation: "case-1");
        await SaveAsync(c => c.InsertedInstances.AddRange(
        [
            StoreRows.Instance(ids[0], definition: "intake", correlation: "case-1"),
            StoreRows.Instance(ids[1], definition: "intake"),
            StoreRows.Instance(ids[2], definition: "other", correlation: "case-1"),
            finished with { Row = finished.Row with { Status = WorkflowStatus.Finished, SubStatus = WorkflowSubStatus.Finished } },
        ]));

        Assert.Equal([ids[0], ids[1], ids[2]], await FindRunningAsync(null, null, false));
        Assert.Equal([ids[0], ids[1]], await FindRunningAsync("intake", null, false));
        Assert.Equal([ids[0], ids[2]], await FindRunningAsync(null, "case-1", true));
        Assert.Equal([ids[1]], await FindRunningAsync("intake", null, true));
    }

    [Fact]
    public async Task A_timer_is_taken_once_and_stays_when_the_burst_that_took_it_fails()
    {
        var timer = StoreRows.Timer(Monday, severity: 3);
        await SaveAsync(c => c.AddedTimers.Add(timer));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.Bursts.RunAsync<int>(
            async transaction =>
            {
                await transaction.TakeTimerAsync(timer.Id, Token);
                throw new InvalidOperationException();
            },
            Token));
        var (first, twice) = await _store.Bursts.RunAsync(
            async transaction => (await transaction.TakeTimerAsync(timer.Id, Token), await transaction.TakeTimerAsync(timer.Id, Token)),
            Token);
        var second = await _store.Bursts.RunAsync(transaction => transaction.TakeTimerAsync(timer.Id, Token), Token);

        Assert.Equal(timer, first);
        Assert.Null(twice);
        Assert.Null(second);
        Assert.Empty(await _store.TimersAsync());
    }

    [Fact]
    public async Task Of_many_who_fire_a_timer_at_once_one_gets_it()
    {
        var timer = StoreRows.Timer(Monday);
        await SaveAsync(c => c.AddedTimers.Add(timer));

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(
            async () => await _store.Bursts.RunAsync(transaction => transaction.TakeTimerAsync(timer.Id, Token), Token), Token)));

        Assert.Single(taken, t => t is not null);
    }

    [Fact]
    public async Task Removing_a_timer_that_is_gone_is_no_error()
    {
        var timer = StoreRows.Timer(Monday);
        await SaveAsync(c => c.AddedTimers.Add(timer));

        await SaveAsync(c => c.RemovedTimers.AddRange([timer.Id, Guid.CreateVersion7(Monday)]));

        Assert.Empty(await _store.TimersAsync());
    }

    [Fact]
    public async Task What_a_burst_sends_waits_in_the_outbox_of_the_case_it_is_correlated_by()
    {
        var (complaint, instance, bookmark) = (Guid.CreateVersion7(Monday), Guid.CreateVersion7(Monday), Guid.CreateVersion7(Monday));
        var outgoing = new OutgoingRow
        {
            Id = Guid.CreateVersion7(Monday),
            InstanceId = instance,
            BookmarkId = bookmark,
            CorrelationId = complaint.ToString(),
            ActivityType = "Elsa.FlowSendHttpRequest",
            Channel = "http",
            Address = "https://api.example.com",
            Subject = "POST https://api.example.com/投诉",
            Body = "{}",
            CreatedAt = Monday,
        };

        await SaveAsync(c => c.Outgoing.Add(outgoing));

        var message = Assert.Single(await _store.MessagesAsync(complaint));
        Assert.Equal(
            (outgoing.Id, "http", MessageStates.Pending, outgoing.Subject, "{}"),
            (message.Id, message.Channel, message.State, message.SubjectEn, message.BodyEn));
        Assert.Equal((instance, bookmark), OutgoingMessages.WaitingFor(message));
    }

    private async Task SaveAsync(Action<BurstChanges> fill) => await _store.Bursts.RunAsync(
        async transaction =>
        {
            var changes = new BurstChanges();
            fill(changes);
            await transaction.SaveAsync(changes, Token);
            return true;
        },
        Token);

    private ValueTask<StoredInstance?> LoadAsync(Guid id) =>
        _store.Bursts.RunAsync(transaction => transaction.LoadInstanceAsync(id, Token), Token);

    private ValueTask<IReadOnlyList<BookmarkRow>> FindBookmarksAsync(string name, string key, string? correlation = null) =>
        _store.Bursts.RunAsync(transaction => transaction.FindBookmarksAsync(name, key, correlation, Token), Token);

    private ValueTask<IReadOnlyList<TriggerRow>> FindTriggersAsync(string key) =>
        _store.Bursts.RunAsync(transaction => transaction.FindTriggersAsync("Received", key, Token), Token);

    private ValueTask<IReadOnlyList<KeptStimulusRow>> FindKeptAsync(DateTimeOffset now) =>
        _store.Bursts.RunAsync(transaction => transaction.FindKeptAsync("Decided", "1", now, Token), Token);

    private ValueTask<IReadOnlyList<Guid>> FindRunningAsync(string? definition, string? correlation, bool match) =>
        _store.Bursts.RunAsync(transaction => transaction.FindRunningAsync(definition, correlation, match, Token), Token);
}
