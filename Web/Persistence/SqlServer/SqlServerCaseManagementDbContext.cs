using System.Text.RegularExpressions;
using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>
/// The model as SQL Server stores it: instants as <c>datetimeoffset(7)</c> in UTC, ids as 16 bytes in creation order (a <c>uniqueidentifier</c>
/// sorts by its end), text compared by its code units whatever the collation of the server, so that it sorts and matches as in the other two.
/// </summary>
public sealed class SqlServerCaseManagementDbContext(DbContextOptions<SqlServerCaseManagementDbContext> options)
    : CaseManagementDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();
        configurationBuilder.Properties<Guid>().HaveConversion<BigEndianBytes>().HaveColumnType("binary(16)");
        configurationBuilder.Properties<string>().UseCollation(SqlServerTableLayout.Collation);
        configurationBuilder.Properties<Enum>().UseCollation(SqlServerTableLayout.Collation);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDbFunction(((Func<string, string, bool>)CaseTextSearch.Holds).Method).HasTranslation(SearchedByLike.Of);
        builder.Entity<MessageRow>().HasIndex([nameof(MessageRow.CreatedAt)], "IX_Messages_Escalated").HasFilter("\"Escalation\" = 1");

        foreach (var entity in builder.Model.GetEntityTypes())
        {
            // No lengths but where an index needs them: a limit that one database enforces is a burst that fails on that database alone.
            foreach (var property in entity.GetProperties().Where(p => TextOf(p) && !p.IsKey() && !p.IsForeignKey() && !p.IsIndex()))
            {
                property.SetMaxLength(null);
            }

            // a filter compares text of the column's own kind, or a query that does is not seen to match it
            foreach (var index in entity.GetIndexes().Where(i => i.GetFilter() is not null))
            {
                index.SetFilter(Regex.Replace(index.GetFilter()!, "'[^']*'", "N$0"));
            }

            if (entity.GetTableName() is { } table && AuditTables.Chained.ContainsKey(table))
            {
                entity.AddTrigger(SqlServerTableLayout.Changed(table));
                entity.AddTrigger(SqlServerTableLayout.Deleted(table));
            }
        }
    }

    protected override Task LockConfigurationAsync(CancellationToken cancellationToken) => Database.ExecuteSqlRawAsync(
        $"{ApplicationLocks.DeclareSql}\n{ApplicationLocks.ChangeConfigurationSql}", cancellationToken);

    private static bool TextOf(IMutableProperty property) =>
        property.ClrType == typeof(string) || property.GetProviderClrType() == typeof(string) || property.GetValueConverter()?.ProviderClrType == typeof(string);

    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => instant.ToUniversalTime(), instant => instant);

    private sealed class BigEndianBytes() : ValueConverter<Guid, byte[]>(
        id => id.ToByteArray(true), bytes => new Guid(bytes, true));
}
