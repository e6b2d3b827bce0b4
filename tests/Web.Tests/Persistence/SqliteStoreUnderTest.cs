using CaseManagement.Tests.Stores;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Sqlite;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>A migrated SQLite file of its own, gone at the end.</summary>
public sealed class SqliteStoreUnderTest : IStoreUnderTest
{
    // migrated once and copied: hundreds of stores would spend their time on migrations
    private static readonly Lazy<byte[]> Migrated = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("case-store");
        try
        {
            var file = Path.Combine(folder.FullName, "cases.db");
            using (var context = ContextOn($"Data Source={file};Pooling=False"))
            {
                context.Database.Migrate();
                context.Database.ExecuteSqlRaw("PRAGMA journal_mode=DELETE");
            }

            return File.ReadAllBytes(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    });

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("case-store");

    private SqliteStoreUnderTest(int maxWaiting)
    {
        FilePath = Path.Combine(_folder.FullName, "cases.db");
        File.WriteAllBytes(FilePath, Migrated.Value);
        Store = Open(maxWaiting);
    }

    public SqliteCaseStore Store { get; }

    public string FilePath { get; }

    public string ConnectionString => $"Data Source={FilePath};Pooling=False";

    public ICaseStore Cases => Store;

    public IBurstStore Bursts => Store;

    public static ValueTask<IStoreUnderTest> CreateAsync() => ValueTask.FromResult<IStoreUnderTest>(Create());

    public static SqliteStoreUnderTest Create(int maxWaiting = 1000) => new(maxWaiting);

    /// <summary>Another store on the same file, as a second process would have.</summary>
    public SqliteCaseStore Open(int maxWaiting = 1000) => new(ConnectionString, maxWaiting, NullLogger<SqliteCaseStore>.Instance);

    public CaseManagementDbContext NewContext() => ContextOn(ConnectionString);

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
    public int Execute(string sql)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private static SqliteCaseManagementDbContext ContextOn(string connectionString) => new(
        new DbContextOptionsBuilder<SqliteCaseManagementDbContext>().UseSqliteStore(connectionString).Options);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
