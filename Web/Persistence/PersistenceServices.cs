using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Persistence.Sqlite;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Persistence;

/// <summary>Registers the store of the configured provider.</summary>
public static class PersistenceServices
{
    /// <summary>
    /// Registers the context (scoped, and its factory), <see cref="ICaseStore"/>, <see cref="IBurstStore"/>,
    /// <see cref="ITimerQueue"/>, <see cref="IOutbox"/>, <see cref="IConfigurationWriter"/>, and keeps Data Protection keys in the
    /// database.
    /// </summary>
    /// <exception cref="InvalidOperationException"><c>Storage:Provider</c> is unknown.</exception>
    public static IServiceCollection AddPersistence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        switch (configuration.GetSection(StorageOptions.Section)[nameof(StorageOptions.Provider)] ?? new StorageOptions().Provider)
        {
            case "Sqlite":
                services.AddSqlite(configuration.GetConnectionString("Default"));
                break;
            case var other:
                throw new InvalidOperationException($"Storage:Provider '{other}' is unknown; this build knows Sqlite.");
        }

        services.AddScoped<CaseManagementDbContext>(s => s.GetRequiredService<SqliteCaseManagementDbContext>());
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(options =>
            options.XmlRepository = new StoredKeys(s.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>())));
        return services;
    }

    /// <summary>Creates the database where there is none and brings it up to date. Run before the first request and burst.</summary>
    public static async Task MigrateAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<SqliteConnectionString>() is { } sqlite)
        {
            SqliteFile.CreateFolder(sqlite.Value);
        }

        await using var context = await services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>()
            .CreateDbContextAsync(cancellationToken);

        // Asked first, because a migration that was killed leaves EF Core's lock behind, and taking it would wait for ever.
        if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await context.Database.MigrateAsync(cancellationToken);
        }
    }

    private static void AddSqlite(this IServiceCollection services, string? configured)
    {
        services.AddSingleton(s => new SqliteConnectionString(SqliteFile.ConnectionString(
            configured, s.GetRequiredService<IHostEnvironment>().ContentRootPath,
            s.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder)));
        services.AddDbContextFactory<SqliteCaseManagementDbContext>((s, options) =>
            options.UseSqliteStore(s.GetRequiredService<SqliteConnectionString>().Value));
        services.AddSingleton<IDbContextFactory<CaseManagementDbContext>, SqliteContextFactory>();
        services.AddSingleton(s => new SqliteCaseStore(
            s.GetRequiredService<SqliteConnectionString>().Value,
            s.GetRequiredService<IOptions<StorageOptions>>().Value.MaxWaitingBursts,
            s.GetRequiredService<ILogger<SqliteCaseStore>>()));
        services.AddSingleton<ICaseStore>(s => s.GetRequiredService<SqliteCaseStore>());
        services.AddSingleton<IBurstStore>(s => s.GetRequiredService<SqliteCaseStore>());
        services.AddSingleton<ITimerQueue>(s => s.GetRequiredService<SqliteCaseStore>());
        services.AddSingleton<IOutbox>(s => s.GetRequiredService<SqliteCaseStore>());
        services.AddSingleton<IConfigurationWriter>(s => s.GetRequiredService<SqliteCaseStore>());
    }

    private sealed record SqliteConnectionString(string Value);
}
