using CaseManagement.Web.Persistence.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>The model as SQLite stores it: instants as UTC ticks, which it can order, and ids as 16 bytes in creation order.</summary>
public sealed class SqliteCaseManagementDbContext(DbContextOptions<SqliteCaseManagementDbContext> options)
    : CaseManagementDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<Guid>().HaveConversion<BigEndianBytes>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDbFunction(((Func<string, string, bool>)CaseTextSearch.Holds).Method).HasTranslation(SearchedByLike.Of);
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        instant => instant.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed class BigEndianBytes() : ValueConverter<Guid, byte[]>(
        id => id.ToByteArray(true), bytes => new Guid(bytes, true));
}
