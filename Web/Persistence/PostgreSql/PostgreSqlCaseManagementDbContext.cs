using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NpgsqlTypes;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>
/// The model as PostgreSQL stores it: instants as timestamptz (whole microseconds, UTC), text compared byte by byte, so that it
/// sorts and matches the same on every server and as in SQLite.
/// </summary>
public sealed class PostgreSqlCaseManagementDbContext(DbContextOptions<PostgreSqlCaseManagementDbContext> options)
    : CaseManagementDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();

        // No lengths: a limit that one database enforces is a burst that fails on that database alone. What comes in is limited where it comes in.
        configurationBuilder.Properties<string>().HaveColumnType("text").UseCollation("C");
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<CaseTextRow>(text =>
        {
            foreach (var column in (string[])[nameof(CaseTextRow.Words), nameof(CaseTextRow.People)])
            {
                text.Property<string>(column).HasColumnType("tsvector").HasConversion<AsVector>().UseCollation(null);
                text.HasIndex([column], $"IX_CaseTexts_{column}").HasMethod("gin");

                // one in ten is open: what many hold is found among them without reading the others
                text.HasIndex([column], $"IX_CaseTexts_Open_{column}").HasMethod("gin").HasFilter("\"IsOpen\"");
            }

            // a department's newest, and its open ones among all that hold a word
            text.HasIndex([nameof(CaseTextRow.Lead), nameof(CaseTextRow.ComplaintId)], "IX_CaseTexts_Lead");
            text.HasIndex([nameof(CaseTextRow.Lead), nameof(CaseTextRow.ComplaintId)], "IX_CaseTexts_Open_Lead").HasFilter("\"IsOpen\"");
        });

        // What open cases are filtered by: small, because closed ones are left out, and combined by the database.
        foreach (var column in (string[])[nameof(CaseRow.Level), nameof(CaseRow.Channel), nameof(CaseRow.Process)])
        {
            builder.Entity<CaseRow>().HasIndex([column], $"IX_Cases_Open_{column}").HasFilter(CaseConfiguration.IsOpen);
        }

        // Of closed cases too, with the order of their list: each is written once, when the case is closed.
        foreach (var column in (string[])[nameof(CaseRow.Level), nameof(CaseRow.Channel), nameof(CaseRow.Process), nameof(CaseRow.Status), nameof(CaseRow.Handler)])
        {
            builder.Entity<CaseRow>().HasIndex([column, nameof(CaseRow.ClosedAt), nameof(CaseRow.Id)], $"IX_Cases_Closed_{column}").HasFilter(CaseConfiguration.IsClosed);
        }

        builder.Entity<CaseRow>().HasIndex(
            [nameof(CaseRow.LevelRank), nameof(CaseRow.NextDueAt), nameof(CaseRow.ReceivedAt), nameof(CaseRow.Id)], "IX_Cases_Open_LevelRank").HasFilter(CaseConfiguration.IsOpen);

        // Open cases by due time with what lists show and are filtered by, and what the board adds up: both read the index alone, as long as it has what they ask for.
        string[] listed = [nameof(CaseRow.LevelRank), nameof(CaseRow.Process), nameof(CaseRow.Level), nameof(CaseRow.Channel), nameof(CaseRow.Confidentiality)];
        NpgsqlIndexBuilderExtensions.IncludeProperties(
            builder.Entity<CaseRow>().HasIndex([nameof(CaseRow.NextDueAt), nameof(CaseRow.ReceivedAt), nameof(CaseRow.Id)], "IX_Cases_Open_NextDueAt"), [.. listed, nameof(CaseRow.Handler), nameof(CaseRow.Lead)]);
        NpgsqlIndexBuilderExtensions.IncludeProperties(
            builder.Entity<CaseRow>().HasIndex([nameof(CaseRow.Lead), nameof(CaseRow.NextDueAt), nameof(CaseRow.ReceivedAt), nameof(CaseRow.Id)], "IX_Cases_Open_Lead"),
            [.. listed, nameof(CaseRow.Handler)]);

        // what is offered to somebody in due order, by which departments, and whether it is an approval
        NpgsqlIndexBuilderExtensions.IncludeProperties(
            builder.Entity<TaskCandidate>().HasIndex(nameof(TaskCandidate.Candidate), nameof(TaskCandidate.DueAt), nameof(TaskCandidate.ComplaintId)), [nameof(TaskCandidate.Lead), nameof(TaskCandidate.Chain)]);

        // what was escalated to somebody: few of all messages
        builder.Entity<MessageRow>().HasIndex([nameof(MessageRow.Recipient), nameof(MessageRow.ComplaintId), nameof(MessageRow.Id)], "IX_Messages_EscalatedTo")
            .HasFilter("\"Escalation\" AND \"Channel\" = 'inbox'");

        // Rows that bursts write again and again keep room on their page for the next version.
        builder.Entity<CaseRow>().HasStorageParameter("fillfactor", 70);
        builder.Entity<InstanceRow>().HasStorageParameter("fillfactor", 70);
        builder.Entity<TaskRow>().HasStorageParameter("fillfactor", 80);
        builder.Entity<ClockRow>().HasStorageParameter("fillfactor", 80);

        // A queue: rows come and go, and what they leave behind is cleared away before it is in the way.
        builder.Entity<StoredTimer>().HasStorageParameter("autovacuum_vacuum_scale_factor", 0.02m);
    }

    protected override Task LockConfigurationAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlRawAsync(AdvisoryLocks.ChangeConfigurationSql, cancellationToken);

    // queries look into it and bursts write it by their own SQL: EF Core does neither
    private sealed class AsVector() : ValueConverter<string, NpgsqlTsVector>(text => Never(text), vector => vector.ToString())
    {
        private static NpgsqlTsVector Never(string text) => throw new NotSupportedException($"The store of bursts writes what cases are found by, not this: {text}");
    }

    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => instant.ToUniversalTime(), instant => instant);
}
