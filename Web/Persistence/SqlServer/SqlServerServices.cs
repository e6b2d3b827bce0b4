using CaseManagement.Web.Nodes;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>Puts the SQL Server store together.</summary>
internal static class SqlServerServices
{
    /// <param name="services">Where to register.</param>
    /// <param name="configured">The connection string as configured.</param>
    public static void AddSqlServer(this IServiceCollection services, string? configured)
    {
        services.AddSingleton<IDatabaseGate>(new SqlServerGate(configured));
        services.AddSingleton<INodeAdmission>(_ => new NodeAdmission(
            () => new SqlConnection(SqlServerConnections.ForKeeping(configured).ToString()), ApplicationLocks.AmongOthersSql, ApplicationLocks.AloneSql));
        services.AddDbContextFactory<SqlServerCaseManagementDbContext>(options =>
            options.UseSqlServerStore(SqlServerConnections.ForContexts(configured)));
        services.AddStore<SqlServerCaseStore, SqlServerCaseManagementDbContext>(s =>
        {
            var options = s.GetRequiredService<IOptions<StorageOptions>>().Value;
            return new SqlServerCaseStore(
                configured, options.BurstConnections, options.MaxWaitingBursts, s.GetRequiredService<ILogger<SqlServerCaseStore>>());
        });
    }
}
