using CaseManagement.Web.Nodes;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Persistence.PostgreSql;
using CaseManagement.Web.Persistence.Sqlite;
using CaseManagement.Web.Persistence.SqlServer;
using CaseManagement.Web.Timers;
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
        var connectionString = configuration.GetConnectionString("Default");
        switch (configuration.GetSection(StorageOptions.Section)[nameof(StorageOptions.Provider)] ?? new StorageOptions().Provider)
        {
            case StorageOptions.Sqlite:
                services.AddSqlite(connectionString);
                break;
            case StorageOptions.PostgreSql:
                services.AddPostgreSql(connectionString);
                break;
            case StorageOptions.SqlServer:
                services.AddSqlServer(connectionString);
                break;
            case var other:
                throw new InvalidOperationException($"Storage:Provider '{other}' is unknown; this build knows Sqlite, PostgreSql and SqlServer.");
        }

        services.AddSingleton(s => new KeyFile(s.GetRequiredService<IConfiguration>()));
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(options =>
            options.XmlRepository = new StoredKeys(s.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>(), s.GetRequiredService<KeyFile>())));
        return services;
    }

    /// <summary>Creates the database where there is none and brings it up to date. Run before the first request and burst.</summary>
    public static Task MigrateAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.PrepareAsync(static _ => Task.CompletedTask, cancellationToken);

    /// <summary>
    /// Creates the database where there is none, brings it up to date, and lets <paramref name="fill"/> look what is missing in it;
    /// of several processes that start together one after the other.
    /// </summary>
    /// <exception cref="StartRefusedException">This process must not work on it beside those that do.</exception>
    public static async Task PrepareAsync(
        this IServiceProvider services, Func<CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        await using var alone = await services.GetRequiredService<IDatabaseGate>().EnterAsync(cancellationToken);
        await services.GetRequiredService<INodeAdmission>().EnterAsync(services.GetService<TimeProvider>() is SimulatedClock, cancellationToken);
        await using (var context = await services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>()
            .CreateDbContextAsync(cancellationToken))
        {
            // Asked first, because a migration that was killed leaves EF Core's lock in a SQLite file, and taking it would wait for ever.
            if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                await context.Database.MigrateAsync(cancellationToken);
            }

            if (context.Database.IsSqlite())
            {
                await HandBackAsync(context, cancellationToken);
            }
        }

        await fill(cancellationToken);
    }

    // the file is this process's alone: whoever had taken something has ended without giving it back, and its lease need not be waited for
    private static async Task HandBackAsync(CaseManagementDbContext context, CancellationToken cancellationToken)
    {
        await context.Timers.Where(t => t.LeasedUntil != null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.LeasedBy, (string?)null).SetProperty(t => t.LeasedUntil, (DateTimeOffset?)null), cancellationToken);
        await context.Messages.Where(m => EF.Property<DateTimeOffset?>(m, "LeasedUntil") != null).ExecuteUpdateAsync(
            set => set.SetProperty(m => EF.Property<string?>(m, "LeasedBy"), (string?)null).SetProperty(m => EF.Property<DateTimeOffset?>(m, "LeasedUntil"), (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Registers one store as everything bursts need, and its context as the context.</summary>
    internal static IServiceCollection AddStore<TStore, TContext>(this IServiceCollection services, Func<IServiceProvider, TStore> create)
        where TStore : class, ICaseStore, IBurstStore, ITimerQueue, IOutbox, IConfigurationWriter
        where TContext : CaseManagementDbContext
    {
        services.AddSingleton(create);
        services.AddSingleton<ICaseStore>(s => s.GetRequiredService<TStore>());
        services.AddSingleton<IBurstStore>(s => s.GetRequiredService<TStore>());
        services.AddSingleton<ITimerQueue>(s => s.GetRequiredService<TStore>());
        services.AddSingleton<IOutbox>(s => s.GetRequiredService<TStore>());
        services.AddSingleton<IConfigurationWriter>(s => s.GetRequiredService<TStore>());
        services.AddSingleton<IDbContextFactory<CaseManagementDbContext>, ContextFactory<TContext>>();
        services.AddScoped<CaseManagementDbContext>(s => s.GetRequiredService<TContext>());
        return services;
    }
}
