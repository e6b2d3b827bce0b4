using CaseManagement.Web.Api.Access;
using Quartz;

namespace CaseManagement.Web.Configuration.Checks;

/// <summary>Once a day: logs what is not as it should be in Production, and switches off keys that nobody uses.</summary>
[DisallowConcurrentExecution]
public sealed partial class DailyChecksJob(Findings findings, ApiKeys keys, ILogger<DailyChecksJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        foreach (var finding in await findings.RunAsync(cancellationToken))
        {
            Log.Found(log, finding.In("en"));
        }

        foreach (var key in await keys.SwitchOffUnusedAsync(cancellationToken))
        {
            Log.SwitchedOff(log, key);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Finding}")]
        public static partial void Found(ILogger logger, string finding);

        [LoggerMessage(2, LogLevel.Information, "Nobody used the key {Key} for 60 days; it is off")]
        public static partial void SwitchedOff(ILogger logger, string key);
    }
}
