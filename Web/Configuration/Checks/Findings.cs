namespace CaseManagement.Web.Configuration.Checks;

/// <summary>What is not as it should be now, in settings and database, as Production judges it.</summary>
public sealed class Findings(IConfiguration configuration, IHostEnvironment environment, DatabaseCheck database)
{
    /// <summary>What refuses first.</summary>
    public async Task<IReadOnlyList<ConfigFinding>> RunAsync(CancellationToken cancellationToken) =>
        [.. SettingsCheck.Of(configuration, environment.ContentRootPath).Concat(await database.RunAsync(cancellationToken)).OrderByDescending(f => f.Refuses)];
}
