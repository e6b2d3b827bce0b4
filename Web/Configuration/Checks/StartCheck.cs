using CaseManagement.Web.Nodes;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration.Checks;

/// <summary>Holds the database to what Production asks for: at the command line and at the start.</summary>
public static partial class StartCheck
{
    /// <summary>What is found in the database; nothing where it is not there yet.</summary>
    public static async Task<IReadOnlyList<ConfigFinding>> CheckDatabaseAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var contexts = services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Database.CanConnectAsync(cancellationToken))
        {
            return [ConfigFinding.Warning(
                "ConnectionStrings:Default", "数据库连不上，或还没有建。", "The database cannot be reached, or is not there yet.", "启动时会建；若应当已有，请检查连接。", "The start creates it; where it should be there, look at the connection.")];
        }

        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return [ConfigFinding.Warning(
                "migrate", "数据库结构比程序旧。", "The database is older than the product.", "先备份；启动时或用 migrate 命令更新。", "Back it up; the start, or the command migrate, brings it up to date.")];
        }

        return await new DatabaseCheck(contexts).RunAsync(cancellationToken);
    }

    /// <exception cref="StartRefusedException">Production does not start like this.</exception>
    public static async Task RefuseOrWarnAsync(this IServiceProvider services, IReadOnlyList<ConfigFinding> findings, CancellationToken cancellationToken)
    {
        var all = findings.Concat(await services.CheckDatabaseAsync(cancellationToken)).ToList();
        if (all.Find(f => f.Refuses) is { } refused)
        {
            throw new StartRefusedException(refused.In("zh-CN"), refused.In("en"));
        }

        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StartCheck));
        foreach (var finding in all)
        {
            Log.Found(log, finding.In("en"));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Finding}")]
        public static partial void Found(ILogger logger, string finding);
    }
}
