using CaseManagement.Web.Configuration.Checks;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.PostgreSql;
using CaseManagement.Web.Persistence.SqlServer;
using Quartz;

namespace CaseManagement.Web.Timers;

/// <summary>
/// What recurs, with Quartz.NET. On PostgreSQL and SQL Server the schedule lies in the database and the nodes share it: each run is one node's, and one whose node
/// dies is run again by another. On SQLite there is one process, so the schedule is in its memory. The history is ours (see <see cref="JobHistory"/>).
/// </summary>
public static class RecurringJobs
{
    /// <summary>The group all of them are in; their names are their keys everywhere.</summary>
    public const string Group = "recurring";

    public static IServiceCollection AddRecurringJobs(this IServiceCollection services, IConfiguration configuration)
    {
        var storage = configuration.GetSection(StorageOptions.Section)[nameof(StorageOptions.Provider)];
        services.AddSingleton<JobHistory>().AddSingleton<JobRequests>().AddSingleton<TimerOperations>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "CaseManagement";
                scheduler.InstanceId = TimerFirer.Node;
            });
            quartz.AddJobMiddleware<JobHistory>();
            if (storage is StorageOptions.PostgreSql or StorageOptions.SqlServer)
            {
                quartz.UsePersistentStore(store =>
                {
                    var connection = configuration.GetConnectionString("Default");
                    if (storage == StorageOptions.PostgreSql)
                    {
                        store.UsePostgres(PostgreSqlConnections.ForSchedule(connection));
                    }
                    else
                    {
                        store.UseSqlServer(SqlServerConnections.ForSchedule(connection));
                    }

                    store.UseSystemTextJsonSerializer();
                    store.ProvisionSchema();
                    store.UseClustering(cluster =>
                    {
                        cluster.CheckinInterval = TimeSpan.FromSeconds(5);
                        cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(5);
                    });
                });
            }

            quartz.AddRecurring<MaintenanceJob>("maintenance", "0 17 * * * ?");
            quartz.AddRecurring<DailyChecksJob>("daily-checks", "0 40 3 * * ?");
            quartz.AddRecurring<SafetySweepJob>("safety-sweep", "0 */5 * * * ?");
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }

    private static void AddRecurring<TJob>(this IQuartzBuilder quartz, string key, string cron)
        where TJob : IJob
    {
        quartz.AddJob<TJob>(job => job.WithIdentity(key, Group).StoreDurably().RequestRecovery());
        quartz.AddTrigger(trigger => trigger.ForJob(key, Group).WithIdentity(key, Group).WithCronSchedule(cron));
    }
}
