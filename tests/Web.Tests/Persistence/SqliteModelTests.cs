using CaseManagement.Tests.Stores;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>Pages read with EF Core what bursts wrote by hand.</summary>
public sealed class SqliteModelTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = StoreRows.Monday;

    private readonly SqliteStoreUnderTest _file = SqliteStoreUnderTest.Create();
    private readonly Guid _id = Guid.CreateVersion7(Monday);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task The_migrations_describe_the_model()
    {
        await using var context = _file.NewContext();

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task A_case_reads_as_it_was_saved_with_its_document_apart()
    {
        await SaveCaseAsync();

        await using var context = _file.NewContext();
        var row = await context.Cases.AsNoTracking().SingleAsync(c => c.Id == _id && c.NextDueAt < Monday.AddDays(2), Token);
        var document = await context.CaseDocuments.AsNoTracking().SingleAsync(d => d.Id == _id, Token);

        Assert.Equivalent(StoreRows.Case(_id), row, strict: true);
        Assert.Equal(StoreRows.Document("内容"), document.Document);
        Assert.DoesNotContain("Document", context.Cases.ToQueryString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_task_is_found_by_its_candidates_in_due_order_and_a_claimed_one_by_its_holder()
    {
        var (open, claimed) = (Guid.CreateVersion7(Monday), Guid.CreateVersion7(Monday));
        await SaveCaseAsync(c => c with { Tasks = [StoreRows.Task(_id, open), StoreRows.Task(_id, claimed)] });
        await SaveCaseAsync(c => c with { Tasks = [StoreRows.Task(_id, claimed, "Claimed")] }, version: 2);

        await using var context = _file.NewContext();
        var forZhang = await context.TaskCandidates.Where(c => c.Candidate == "user:zhang").OrderBy(c => c.DueAt)
            .Join(context.Tasks, c => c.TaskId, t => t.Id, (_, t) => t).AsNoTracking().ToListAsync(Token);
        var ofLi = await context.Tasks.AsNoTracking().SingleAsync(t => t.Assignee == "li" && t.DoneAt == null, Token);

        Assert.Equivalent(StoreRows.Task(_id, open), Assert.Single(forZhang), strict: true);
        Assert.Equivalent(StoreRows.Task(_id, claimed, "Claimed"), ofLi, strict: true);
    }

    [Fact]
    public async Task A_clock_reads_as_it_was_saved_last()
    {
        await SaveCaseAsync(c => c with { Clocks = [StoreRows.Clock(_id, "reply"), StoreRows.Clock(_id, "close")] });
        var met = StoreRows.Clock(_id, "reply", "met") with { MetAt = Monday, DueAt = null, PauseReason = "x" };
        await SaveCaseAsync(c => c with { Clocks = [met] }, version: 2);

        await using var context = _file.NewContext();
        var clocks = await context.Clocks.AsNoTracking().OrderBy(c => c.Key).ToListAsync(Token);

        Assert.Equal([StoreRows.Clock(_id, "close"), met], clocks);
    }

    [Fact]
    public async Task An_instances_history_and_its_incidents_are_read_in_order()
    {
        var instance = StoreRows.Instance(_id);
        var incident = new Incident(1, 7, "mail", "main/mail", "Elsa.SendEmail", "No route", "System.IO.IOException", Monday);
        await SaveBurstAsync(changes =>
        {
            changes.InsertedInstances.Add(instance);
            changes.Journal.Add(new JournalRow(
                _id, 1, Monday, 7, "mail", "main/mail", "Elsa.SendEmail", JournalEvent.Faulted, true, ["Done", "完"], StoreRows.Document("d")));
            changes.Journal.Add(new JournalRow(
                _id, 2, Monday, 7, "mail", "main/mail", "Elsa.SendEmail", JournalEvent.Resumed, false, null, null));
            changes.AddedIncidents.Add(new IncidentRow(_id, incident));
        });
        await SaveBurstAsync(changes =>
            changes.ResolvedIncidents.Add(new IncidentRow(_id, incident with { ResolvedAt = Monday.AddDays(1) })));

        await using var context = _file.NewContext();
        var row = await context.Instances.AsNoTracking().SingleAsync(i => i.Status == WorkflowStatus.Running, Token);
        var journal = await context.Journal.AsNoTracking().Where(j => j.InstanceId == _id).OrderBy(j => j.Sequence).ToListAsync(Token);
        var stored = await context.Incidents.AsNoTracking().SingleAsync(Token);

        Assert.Equal(instance.Row, row);
        Assert.Equal((JournalEvent.Faulted, true, """["Done","\u5B8C"]"""), (journal[0].Event, journal[0].AtOnce, journal[0].Outcomes));
        Assert.Equal(StoreRows.Document("d"), journal[0].Data);
        Assert.Equal((JournalEvent.Resumed, null, null), (journal[1].Event, journal[1].Outcomes, journal[1].Data));
        Assert.Equal(("No route", Monday.AddDays(1)), (stored.Message, stored.ResolvedAt));
    }

    [Theory]
    [InlineData("""UPDATE "Events" SET "Body" = 'x'""")]
    [InlineData("""UPDATE "Events" SET "Sequence" = 9""")]
    [InlineData("""DELETE FROM "Events" """)]
    public async Task Events_of_a_case_cannot_be_changed_or_deleted(string sql)
    {
        await SaveCaseAsync(c => c with { Events = [StoreRows.Event(_id, 1)] });

        Assert.Contains("audit rows", Assert.Throws<SqliteException>(() => _file.Execute(sql)).Message, StringComparison.Ordinal);

        Assert.Equivalent(StoreRows.Event(_id, 1), Assert.Single(await _file.EventsAsync(_id)), strict: true);
    }

    [Fact]
    public async Task What_an_event_says_can_be_erased_while_its_link_stays()
    {
        await SaveCaseAsync(c => c with { Events = [StoreRows.Event(_id, 1)] });

        Assert.Equal(1, _file.Execute("""UPDATE "Events" SET "Data" = '{}', "ActorName" = NULL"""));
    }

    [Fact]
    public async Task An_event_is_not_written_twice()
    {
        await SaveCaseAsync(c => c with { Events = [StoreRows.Event(_id, 1)] });

        await Assert.ThrowsAsync<LostRaceException>(() => SaveCaseAsync(c => c with { Events = [StoreRows.Event(_id, 1)] }, version: 2));
    }

    [Fact]
    public void The_claim_of_timers_reads_along_its_index()
    {
        using var context = _file.NewContext();
        context.Database.OpenConnection();
        using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText =
            """
            EXPLAIN QUERY PLAN SELECT "Id" FROM "Timers"
            WHERE "LeasedUntil" IS NULL AND "Severity" = 1 AND "NextAttemptAt" <= 2 ORDER BY "NextAttemptAt" LIMIT 3
            """;
        using var reader = command.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read())
        {
            plan.Add(reader.GetString(3));
        }

        Assert.Contains("IX_Timers_Severity_NextAttemptAt", Assert.Single(plan), StringComparison.Ordinal);
    }

    private async Task SaveCaseAsync(
        Func<Workflows.Cases.Store.CaseChanges, Workflows.Cases.Store.CaseChanges>? with = null, long version = 1) =>
        await _file.Store.RunAsync(
            async transaction =>
            {
                var changes = StoreRows.Changes(StoreRows.Case(_id, version));
                await transaction.SaveCaseAsync(with?.Invoke(changes) ?? changes, Token);
                return true;
            },
            Token);

    private async Task SaveBurstAsync(Action<BurstChanges> fill) => await _file.Bursts.RunAsync(
        async transaction =>
        {
            var changes = new BurstChanges();
            fill(changes);
            await transaction.SaveAsync(changes, Token);
            return true;
        },
        Token);
}
