using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Tests.Stores;

/// <summary>What every store does with the case's part of a burst.</summary>
public abstract partial class CaseStoreFacts : IAsyncLifetime
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
    public async Task A_case_comes_back_as_it_was_saved()
    {
        var inserted = StoreRows.Case(Guid.CreateVersion7(Monday));
        var updated = StoreRows.Case(inserted.Id, version: 2) with
        {
            Status = "closed",
            Level = null,
            LevelRank = null,
            Category = null,
            Channel = null,
            Lead = "sales",
            Handler = null,
            ComplainantName = null,
            RespondentPerson = null,
            ExternalId = null,
            TrackingHash = null,
            ClosedAt = Monday.AddDays(3),
            NextDueAt = null,
            IsLate = true,
        };

        await SaveAsync(StoreRows.Changes(inserted, "一"));
        var first = await LoadAsync(inserted.Id);
        await SaveAsync(StoreRows.Changes(updated, "二"));
        var second = await LoadAsync(inserted.Id);

        AssertSame(inserted, "一", first);
        AssertSame(updated, "二", second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_case_read_and_saved_in_one_burst_keeps_every_column(bool alsoWhatListsSortBy)
    {
        var id = Guid.CreateVersion7(Monday);
        var saved = StoreRows.Case(id, version: 2) with { Subject = "新", IsLate = true, Level = "minor", ComplainantName = null, RespondentPerson = "wang" };
        if (alsoWhatListsSortBy)
        {
            saved = saved with { Status = "closed", NextDueAt = null, Handler = "zhang" };
        }

        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)));
        var seen = await _store.Cases.RunAsync(
            async transaction =>
            {
                await transaction.LoadCaseAsync(id, Token);
                await transaction.SaveCaseAsync(StoreRows.Changes(saved, "二"), Token);
                return await transaction.LoadCaseAsync(id, Token);
            },
            Token);

        AssertSame(saved, "二", seen);
        AssertSame(saved, "二", await LoadAsync(id));
    }

    [Fact]
    public async Task There_is_no_case_that_was_not_saved() => Assert.Null(await LoadAsync(Guid.CreateVersion7(Monday)));

    [Fact]
    public async Task A_burst_that_throws_leaves_nothing_of_its_case()
    {
        var id = Guid.CreateVersion7(Monday);
        var task = Guid.CreateVersion7(Monday);
        var changes = StoreRows.Changes(StoreRows.Case(id)) with
        {
            Tasks = [StoreRows.Task(id, task)],
            Clocks = [StoreRows.Clock(id, "reply")],
            Attachments = [StoreRows.Attachment(id, Guid.CreateVersion7(Monday))],
            Events = [StoreRows.Event(id, 1)],
            Messages = [StoreRows.Message(id, Monday)],
            Timers = [StoreRows.Timer(Monday)],
        };

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.Cases.RunAsync<int>(
            async transaction =>
            {
                await transaction.SaveCaseAsync(changes, Token);
                throw new InvalidOperationException();
            },
            Token));

        Assert.Null(await LoadAsync(id));
        Assert.Null(await _store.Cases.RunAsync(t => t.FindCaseOfTaskAsync(task, Token), Token));
        Assert.Null(await _store.Cases.RunAsync(t => t.FindCaseByExternalIdAsync(changes.Row.ExternalId!, Token), Token));
        Assert.Empty(await _store.EventsAsync(id));
        Assert.Empty(await _store.MessagesAsync(id));
        Assert.Empty(await _store.AttachmentsAsync(id));
        Assert.Empty(await _store.TimersAsync());
    }

    [Fact]
    public async Task Many_cases_are_read_and_saved_together_with_their_instances()
    {
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7(Monday)).ToList();
        var instance = Guid.CreateVersion7(Monday);
        foreach (var id in ids)
        {
            await SaveAsync(StoreRows.Changes(StoreRows.Case(id)));
        }

        await _store.Bursts.RunAsync(
            async transaction =>
            {
                var changes = new BurstChanges();
                changes.InsertedInstances.Add(StoreRows.Instance(instance, correlation: ids[0].ToString()));
                await transaction.SaveAsync(changes, Token);
                return true;
            },
            Token);

        var missing = Guid.CreateVersion7(Monday);
        await _store.Cases.RunAsync(
            async transaction =>
            {
                await transaction.TogetherAsync(
                    [.. ids, missing],
                    async () =>
                    {
                        Assert.Null(await transaction.LoadCaseAsync(missing, Token));
                        Assert.Equal(instance, (await transaction.LoadInstanceAsync(instance, Token))?.Row.Id);
                        foreach (var id in ids)
                        {
                            var stored = await transaction.LoadCaseAsync(id, Token);
                            await transaction.SaveCaseAsync(
                                StoreRows.Changes(StoreRows.Case(id, stored!.Value.Row.Version + 1) with { Subject = "together" }, "二") with { Timers = [StoreRows.Timer(Monday)] }, Token);
                        }

                        // what was saved is seen when it is read again
                        Assert.Equal("together", (await transaction.LoadCaseAsync(ids[0], Token))?.Row.Subject);
                    },
                    Token);
                return true;
            },
            Token);

        foreach (var id in ids)
        {
            AssertSame(StoreRows.Case(id, version: 2) with { Subject = "together" }, "二", await LoadAsync(id));
        }

        Assert.Equal(5, (await _store.TimersAsync()).Count);
    }

    [Fact]
    public async Task What_many_cases_save_together_is_all_kept_each_with_its_own()
    {
        var ids = Enumerable.Range(0, 70).Select(_ => Guid.CreateVersion7(Monday)).ToList();
        var gone = StoreRows.Timer(Monday);
        await SaveAsync(StoreRows.Changes(StoreRows.Case(ids[0])) with { Timers = [gone] });
        foreach (var id in ids.Skip(1))
        {
            await SaveAsync(StoreRows.Changes(StoreRows.Case(id)));
        }

        await _store.Cases.RunAsync(
            async transaction =>
            {
                await transaction.TogetherAsync(
                    ids,
                    async () =>
                    {
                        foreach (var id in ids)
                        {
                            await transaction.LoadCaseAsync(id, Token);
                            var changes = new BurstChanges();
                            changes.InsertedInstances.Add(StoreRows.Instance(id, correlation: id.ToString()));
                            await transaction.SaveAsync(changes, Token);
                            await transaction.SaveCaseAsync(
                                StoreRows.Changes(StoreRows.Case(id, version: 2), "二") with
                                {
                                    Tasks = [StoreRows.Task(id, Guid.CreateVersion7(Monday))],
                                    Clocks = [StoreRows.Clock(id, "reply"), StoreRows.Clock(id, "resolve")],
                                    Events = [StoreRows.Event(id, 1), StoreRows.Event(id, 2), StoreRows.Event(id, 3)],
                                    Messages = [StoreRows.Message(id, Monday)],
                                    Timers = [StoreRows.Timer(Monday.AddHours(1))],
                                    TimersGone = id == ids[0] ? [gone.Id] : [],
                                },
                                Token);
                        }
                    },
                    Token);
                return true;
            },
            Token);

        foreach (var id in ids)
        {
            AssertSame(StoreRows.Case(id, version: 2), "二", await LoadAsync(id));
            Assert.Equal([1, 2, 3], (await _store.EventsAsync(id)).Select(e => e.Sequence));
            Assert.Single(await _store.MessagesAsync(id));
            Assert.NotNull(await _store.Bursts.RunAsync(t => t.LoadInstanceAsync(id, Token), Token));
        }

        Assert.Equal(70, (await _store.TimersAsync()).Count(t => t.DueAt == Monday.AddHours(1)));
        Assert.DoesNotContain(await _store.TimersAsync(), t => t.Id == gone.Id);
    }

    [Fact]
    public async Task Timers_are_taken_together_each_once()
    {
        var timers = Enumerable.Range(0, 3).Select(i => StoreRows.Timer(Monday.AddSeconds(i))).ToList();
        await SaveAsync(StoreRows.Changes(StoreRows.Case(Guid.CreateVersion7(Monday))) with { Timers = timers });
        Guid[] wanted = [timers[2].Id, Guid.CreateVersion7(Monday), timers[0].Id];

        var first = await _store.Cases.RunAsync(t => t.TakeTimersAsync(wanted, Token), Token);
        var again = await _store.Cases.RunAsync(t => t.TakeTimersAsync(wanted, Token), Token);

        Assert.Equal([timers[0], timers[2]], first.OrderBy(t => t.DueAt));
        Assert.Empty(again);
        Assert.Equal(timers[1].Id, Assert.Single(await _store.TimersAsync()).Id);
    }

    [Fact]
    public async Task Work_on_many_cases_that_fails_leaves_nothing()
    {
        var ids = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7(Monday)).ToList();
        foreach (var id in ids)
        {
            await SaveAsync(StoreRows.Changes(StoreRows.Case(id)));
        }

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.Cases.RunAsync<int>(
            async transaction =>
            {
                await transaction.TogetherAsync(
                    ids,
                    async () =>
                    {
                        await transaction.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(ids[0], version: 2) with { Subject = "half" }, "二"), Token);
                        throw new InvalidOperationException();
                    },
                    Token);
                return 1;
            },
            Token));

        AssertSame(StoreRows.Case(ids[0]), "内容", await LoadAsync(ids[0]));
    }

    [Fact]
    public async Task A_message_about_no_single_case_is_kept()
    {
        var message = StoreRows.Message(Guid.Empty, Monday);

        await _store.Cases.RunAsync(
            async transaction =>
            {
                await transaction.SaveMessagesAsync([message], Token);
                return true;
            },
            Token);

        Assert.Equal(message.Id, Assert.Single(await _store.MessagesAsync(Guid.Empty)).Id);
    }

    [Fact]
    public async Task A_save_from_an_old_version_is_refused_and_changes_nothing()
    {
        var id = Guid.CreateVersion7(Monday);
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)));
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id, version: 2), "二"));

        await Assert.ThrowsAsync<LostRaceException>(() => SaveAsync(
            StoreRows.Changes(StoreRows.Case(id, version: 2), "other") with { Events = [StoreRows.Event(id, 2)] }));

        AssertSame(StoreRows.Case(id, version: 2), "二", await LoadAsync(id));
        Assert.Empty(await _store.EventsAsync(id));
    }

    [Fact]
    public async Task A_case_is_found_by_external_id_and_by_task()
    {
        var (id, task) = (Guid.CreateVersion7(Monday), Guid.CreateVersion7(Monday));
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)) with { Tasks = [StoreRows.Task(id, task)] });

        Assert.Equal(id, await _store.Cases.RunAsync(t => t.FindCaseByExternalIdAsync($"crm-{id:N}", Token), Token));
        Assert.Null(await _store.Cases.RunAsync(t => t.FindCaseByExternalIdAsync("crm-0", Token), Token));
        Assert.Equal(id, await _store.Cases.RunAsync(t => t.FindCaseOfTaskAsync(task, Token), Token));
        Assert.Null(await _store.Cases.RunAsync(t => t.FindCaseOfTaskAsync(id, Token), Token));
    }

    [Fact]
    public async Task Two_cases_never_share_an_external_id()
    {
        var (first, second) = (StoreRows.Case(Guid.CreateVersion7(Monday)), StoreRows.Case(Guid.CreateVersion7(Monday)));
        await SaveAsync(StoreRows.Changes(first));

        await Assert.ThrowsAsync<LostRaceException>(
            () => SaveAsync(StoreRows.Changes(second with { ExternalId = first.ExternalId })));

        Assert.Null(await LoadAsync(second.Id));
    }

    [Fact]
    public async Task Numbers_have_no_gaps_however_many_are_taken_at_once_and_however_many_fail()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 90).Select(i => Task.Run(async () =>
        {
            try
            {
                return await _store.Cases.RunAsync(
                    async transaction =>
                    {
                        var number = await transaction.NextAsync("product-quality/2026", Token);
                        return i % 3 == 0 ? throw new InvalidOperationException() : number;
                    },
                    Token);
            }
            catch (InvalidOperationException)
            {
                return 0L;
            }
        }, Token)));

        Assert.Equal(Enumerable.Range(1, 60).Select(n => (long)n), numbers.Where(n => n != 0).Order());
    }

    [Fact]
    public async Task Each_sequence_counts_for_itself()
    {
        var taken = await _store.Cases.RunAsync(
            async t => (await t.NextAsync("a", Token), await t.NextAsync("b", Token), await t.NextAsync("a", Token)), Token);

        Assert.Equal((1L, 1L, 2L), taken);
    }

    [Fact]
    public async Task The_first_answer_to_a_request_is_kept()
    {
        var answer = new AnswerRow("key:1", "POST /complaints 7", "ab", 201, """{"id":1}""", Monday);
        await _store.Cases.RunAsync(
            async t =>
            {
                await t.SaveAnswerAsync(answer, Token);
                return true;
            },
            Token);

        Assert.Equal(answer, await _store.Cases.RunAsync(t => t.FindAnswerAsync("key:1", "POST /complaints 7", Token), Token));
        Assert.Null(await _store.Cases.RunAsync(t => t.FindAnswerAsync("key:2", "POST /complaints 7", Token), Token));
        Assert.Null(await _store.Cases.RunAsync(t => t.FindAnswerAsync("key:1", "POST /complaints 8", Token), Token));
        await Assert.ThrowsAsync<LostRaceException>(async () => await _store.Cases.RunAsync(
            async t =>
            {
                await t.SaveAnswerAsync(answer with { Status = 500 }, Token);
                return true;
            },
            Token));
    }

    [Fact]
    public async Task Events_and_messages_are_kept_in_full()
    {
        var id = Guid.CreateVersion7(Monday);
        var message = StoreRows.Message(id, Monday.AddMinutes(1));
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)) with { Events = [StoreRows.Event(id, 1), StoreRows.Event(id, 2)] });
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id, 2)) with { Events = [StoreRows.Event(id, 3)], Messages = [message] });

        var events = await _store.EventsAsync(id);
        Assert.Equal([1L, 2L, 3L], events.Select(e => e.Sequence));
        Assert.Equivalent(StoreRows.Event(id, 3), events[2], strict: true);
        Assert.Equal(message, Assert.Single(await _store.MessagesAsync(id)));
    }

    [Fact]
    public async Task Of_a_file_only_what_the_scanner_says_changes()
    {
        var (id, file) = (Guid.CreateVersion7(Monday), StoreRows.Attachment(Guid.Empty, Guid.CreateVersion7(Monday)));
        file = file with { ComplaintId = id };
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)) with { Attachments = [file, StoreRows.Attachment(id, Guid.CreateVersion7(Monday))] });
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id, 2)) with { Attachments = [file with { State = "Clean", Name = "other.jpg", Sha256 = new string('c', 64) }] });

        var kept = await _store.AttachmentsAsync(id);
        Assert.Equal(2, kept.Count);
        Assert.Equal(file with { State = "Clean" }, kept.Single(a => a.Id == file.Id));
    }

    [Fact]
    public async Task What_finds_a_case_beside_others_is_kept_with_it()
    {
        var id = Guid.CreateVersion7(Monday);
        TraceRow[] traces = [new(id, "email", new string('e', 32)), new(id, "name", new string('n', 32))];
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)) with { Traces = traces });

        Assert.Equal(traces, await _store.TracesAsync(id));
    }

    [Fact]
    public async Task Who_is_kept_out_and_who_reads_comes_and_goes_with_the_case()
    {
        var id = Guid.CreateVersion7(Monday);
        PartyRow[] parties = [new(id, PartyKinds.Barred, "li"), new(id, PartyKinds.Reader, "staff@service"), new(id, PartyKinds.Unbound, "李敏")];
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)) with { Parties = parties });
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id, 2)) with { PartiesGone = [parties[0]], Parties = [new(id, PartyKinds.Barred, "wang")] });

        Assert.Equal([new(id, PartyKinds.Barred, "wang"), parties[1], parties[2]], await _store.PartiesAsync(id));
    }

    [Fact]
    public async Task What_waits_to_be_sent_to_somebody_who_is_kept_out_is_dropped_and_nothing_else()
    {
        var (id, other) = (Guid.CreateVersion7(Monday), Guid.CreateVersion7(Monday));
        MessageRow To(Guid complaint, string recipient, string state) =>
            StoreRows.Message(complaint, Monday) with { Id = Guid.CreateVersion7(Monday), Recipient = recipient, State = state, NextAttemptAt = state == MessageStates.Pending ? Monday : null };
        MessageRow[] gone = [To(id, "user:li", MessageStates.Pending), To(id, "user:li", MessageStates.Noticed)];
        MessageRow[] kept = [To(id, "user:li", MessageStates.Delivered), To(id, "user:wang", MessageStates.Pending)];
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)) with { Messages = [.. gone, .. kept] });
        await SaveAsync(StoreRows.Changes(StoreRows.Case(other)) with { Messages = [To(other, "user:li", MessageStates.Pending)] });
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id, 2)) with { Silenced = ["user:li"] });

        var messages = (await _store.MessagesAsync(id)).ToDictionary(m => m.Id);
        Assert.All(gone, m => Assert.Equal((MessageStates.Dropped, MessageStates.Recused), (messages[m.Id].State, messages[m.Id].LastError)));
        Assert.All(kept, m => Assert.Equal(m.State, messages[m.Id].State));
        Assert.Equal(MessageStates.Pending, Assert.Single(await _store.MessagesAsync(other)).State);
    }

    [Fact]
    public async Task A_timer_saved_again_is_moved_and_not_doubled()
    {
        var id = Guid.CreateVersion7(Monday);
        var (moved, gone) = (StoreRows.Timer(Monday.AddHours(1)), StoreRows.Timer(Monday.AddHours(2)));
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)) with { Timers = [moved, gone] });

        var later = moved with { DueAt = Monday.AddHours(5), Severity = 4 };
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id, 2)) with
        {
            Timers = [later],
            TimersGone = [gone.Id, Guid.CreateVersion7(Monday)],
        });

        Assert.Equal(later, Assert.Single(await _store.TimersAsync()));
    }

    [Fact]
    public async Task The_case_and_its_process_commit_together_or_not_at_all()
    {
        var (id, instance) = (Guid.CreateVersion7(Monday), StoreRows.Instance(Guid.CreateVersion7(Monday)));
        var changes = new BurstChanges();
        changes.InsertedInstances.Add(instance);

        await Assert.ThrowsAsync<LostRaceException>(async () => await _store.Cases.RunAsync(
            async transaction =>
            {
                await transaction.SaveAsync(changes, Token);
                await transaction.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(id, version: 7)), Token);
                return true;
            },
            Token));

        Assert.Null(await _store.Cases.RunAsync(t => t.LoadInstanceAsync(instance.Row.Id, Token), Token));
    }

    [Fact]
    public async Task The_configuration_of_an_empty_store_has_a_version() =>
        Assert.Equal(1, await _store.Cases.RunAsync(t => t.ConfigurationVersionAsync(Token), Token));

    [Fact]
    public async Task Two_hundred_bursts_on_different_cases_all_succeed()
    {
        var ids = Enumerable.Range(0, 200).Select(_ => Guid.CreateVersion7(Monday)).ToList();

        await Task.WhenAll(ids.Select(id => Task.Run(() => SaveAsync(StoreRows.Changes(StoreRows.Case(id))), Token)));

        foreach (var id in ids)
        {
            Assert.NotNull(await LoadAsync(id));
        }
    }

    [Fact]
    public async Task Fifty_bursts_on_one_case_happen_one_after_the_other()
    {
        var id = Guid.CreateVersion7(Monday);
        await SaveAsync(StoreRows.Changes(StoreRows.Case(id)));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(
            async () => await _store.Cases.RunAsync(
                async transaction =>
                {
                    var version = (await transaction.LoadCaseAsync(id, Token))!.Value.Row.Version + 1;
                    await transaction.SaveCaseAsync(
                        StoreRows.Changes(StoreRows.Case(id, version)) with { Events = [StoreRows.Event(id, version)] }, Token);
                    return version;
                },
                Token),
            Token)));

        Assert.Equal(51, (await LoadAsync(id))!.Value.Row.Version);
        Assert.Equal(Enumerable.Range(2, 50).Select(n => (long)n), (await _store.EventsAsync(id)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_caller_who_has_given_up_changes_nothing()
    {
        var id = Guid.CreateVersion7(Monday);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _store.Cases.RunAsync(
            async transaction =>
            {
                await transaction.SaveCaseAsync(StoreRows.Changes(StoreRows.Case(id)), CancellationToken.None);
                return true;
            },
            source.Token));

        Assert.Null(await LoadAsync(id));
    }

    private async Task SaveAsync(CaseChanges changes) => await _store.Cases.RunAsync(
        async transaction =>
        {
            await transaction.SaveCaseAsync(changes, Token);
            return true;
        },
        Token);

    private ValueTask<StoredCase?> LoadAsync(Guid id) => _store.Cases.RunAsync(t => t.LoadCaseAsync(id, Token), Token);

    private static void AssertSame(CaseRow row, string document, StoredCase? stored)
    {
        Assert.NotNull(stored);
        Assert.Equivalent(row, stored.Value.Row, strict: true);
        Assert.Equal(StoreRows.Document(document), stored.Value.Document.ToArray());
    }
}
