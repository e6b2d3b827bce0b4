using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

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
        builder.HasDbFunction(((Func<byte[], string, string?>)Documents.Text).Method).HasName(PostgreSqlTableLayout.DocumentText);
        builder.HasDbFunction(((Func<byte[], string, bool>)Documents.Says).Method).HasName(PostgreSqlTableLayout.DocumentSays);

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

    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => instant.ToUniversalTime(), instant => instant);
}
