using CaseManagement.Web.Nodes;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>Puts the PostgreSQL store together.</summary>
internal static class PostgreSqlServices
{
    /// <param name="services">Where to register.</param>
    /// <param name="configured">The connection string as configured.</param>
    public static void AddPostgreSql(this IServiceCollection services, string? configured)
    {
        services.AddSingleton<IDatabaseGate>(new PostgreSqlGate(configured));
        services.AddSingleton<INodeAdmission>(_ => new NodeAdmission(
            () => PostgreSqlConnections.ForLock(configured), AdvisoryLocks.AmongOthersSql, AdvisoryLocks.AloneSql));
        services.AddSingleton(_ => PostgreSqlConnections.ForContexts(configured));
        services.AddDbContextFactory<PostgreSqlCaseManagementDbContext>((s, options) =>
            options.UsePostgreSqlStore(s.GetRequiredService<NpgsqlDataSource>()));
        services.AddStore<PostgreSqlCaseStore, PostgreSqlCaseManagementDbContext>(s =>
        {
            var options = s.GetRequiredService<IOptions<StorageOptions>>().Value;
            return new PostgreSqlCaseStore(
                configured, options.BurstConnections, options.MaxWaitingBursts, s.GetRequiredService<ILogger<PostgreSqlCaseStore>>());
        });
    }
}
