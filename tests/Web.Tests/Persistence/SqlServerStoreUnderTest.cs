using CaseManagement.Tests.Stores;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.SqlServer;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>A migrated SQL Server database of its own, gone at the end.</summary>
public sealed class SqlServerStoreUnderTest : IStoreUnderTest
{
    private readonly SqlServerDatabase _database;

    private SqlServerStoreUnderTest(SqlServerDatabase database, int connections)
    {
        _database = database;
        Store = Open(connections);
    }

    public SqlServerCaseStore Store { get; }

    public ICaseStore Cases => Store;

    public IBurstStore Bursts => Store;

    public static async ValueTask<IStoreUnderTest> CreateAsync() => await CreateAsync(connections: 8);

    public static async ValueTask<SqlServerStoreUnderTest> CreateAsync(int connections) => new(await SqlServerDatabase.CreateAsync(), connections);

    /// <summary>Another store on the same database, as a second process would have.</summary>
    public SqlServerCaseStore Open(int connections = 4) =>
        new(_database.ConnectionString, connections, maxWaiting: 1000, NullLogger<SqlServerCaseStore>.Instance);

    public CaseManagementDbContext NewContext() => _database.NewContext();

    public Task<int> ExecuteAsync(string sql) => _database.ExecuteAsync(sql);

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

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _database.DisposeAsync();
    }
}
