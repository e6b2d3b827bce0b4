using CaseManagement.Tests.Stores;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.PostgreSql;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>A migrated PostgreSQL database of its own, gone at the end.</summary>
public sealed class PostgreSqlStoreUnderTest : IStoreUnderTest
{
    private readonly PostgreSqlDatabase _database;
    private readonly NpgsqlDataSource _source;

    private PostgreSqlStoreUnderTest(PostgreSqlDatabase database, int connections, int maxWaiting)
    {
        _database = database;
        _source = PostgreSqlConnections.ForContexts(database.ConnectionString);
        Store = Open(connections, maxWaiting);
    }

    public PostgreSqlCaseStore Store { get; }

    public string ConnectionString => _database.ConnectionString;

    public ICaseStore Cases => Store;

    public IBurstStore Bursts => Store;

    public static async ValueTask<IStoreUnderTest> CreateAsync() => await CreateAsync(connections: 8);

    public static async ValueTask<PostgreSqlStoreUnderTest> CreateAsync(int connections, int maxWaiting = 1000) =>
        new(await PostgreSqlDatabase.CreateAsync(), connections, maxWaiting);

    /// <summary>Another store on the same database, as a second process would have.</summary>
    public PostgreSqlCaseStore Open(int connections = 4, int maxWaiting = 1000) =>
        new(ConnectionString, connections, maxWaiting, NullLogger<PostgreSqlCaseStore>.Instance);

    public CaseManagementDbContext NewContext() => PostgreSqlDatabase.NewContext(_source);

    public async ValueTask<IReadOnlyList<EventRow>> EventsAsync(Guid complaint)
    {
        await using var context = NewContext();
        return await context.Events.AsNoTracking().Where(e => e.ComplaintId == complaint).OrderBy(e => e.Sequence).ToListAsync();
    }

    public async ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(Guid complaint)
    {
        await using var context = NewContext();
        return await context.Messages.AsNoTracking().Where(m => m.ComplaintId == complaint).ToListAsync();
    }

    public async ValueTask<IReadOnlyList<AttachmentRow>> AttachmentsAsync(Guid complaint)
    {
        await using var context = NewContext();
        return await context.Attachments.AsNoTracking().Where(a => a.ComplaintId == complaint).ToListAsync();
    }

    public async ValueTask<IReadOnlyList<PartyRow>> PartiesAsync(Guid complaint)
    {
        await using var context = NewContext();
        return await context.CaseParties.AsNoTracking().Where(p => p.ComplaintId == complaint).OrderBy(p => p.Kind).ThenBy(p => p.Who).ToListAsync();
    }

    public async ValueTask<IReadOnlyList<TraceRow>> TracesAsync(Guid complaint)
    {
        await using var context = NewContext();
        return await context.CaseTraces.AsNoTracking().Where(t => t.ComplaintId == complaint).OrderBy(t => t.Kind).ToListAsync();
    }

    public async ValueTask<IReadOnlyList<Guid>> FoundAsync(string typed, string? lead, bool isOpen)
    {
        await using var context = NewContext();
        return await StoredTexts.FoundAsync(context, typed, lead, isOpen);
    }

    public async ValueTask<IReadOnlyList<TimerRow>> TimersAsync()
    {
        await using var context = NewContext();
        return await context.Timers.AsNoTracking().OrderBy(t => t.Id)
            .Select(t => new TimerRow
            {
                Id = t.Id,
                InstanceId = t.InstanceId,
                BookmarkId = t.BookmarkId,
                DueAt = t.DueAt,
                Severity = t.Severity,
                Kind = t.Kind,
                Payload = t.Payload,
            })
            .ToListAsync();
    }

    /// <summary>Runs SQL by itself, as an operator with a shell would.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }
}
