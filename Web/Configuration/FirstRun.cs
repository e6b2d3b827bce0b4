using System.Text.Json;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>Fills an empty database: the shipped calendar, the shipped process that runs from the start, the first administrator, and in Development the demo organisation.</summary>
public sealed partial class FirstRun(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, ProcessInstaller processes, DemoOrganisation demo,
    IConfiguration configuration, TimeProvider clock, ILogger<FirstRun> log)
{
    private static readonly Actor Installer = new(ActorKind.System, "first-run");

    /// <summary>Where the shipped packs and calendars lie.</summary>
    public static string ShippedFolder { get; } = Path.Combine(AppContext.BaseDirectory, "Processes");

    /// <summary>Does nothing where there is a process already.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.CalendarVersions.AnyAsync(cancellationToken))
        {
            await InstallCalendarsAsync(cancellationToken);
        }

        if (!await db.ProcessVersions.AnyAsync(cancellationToken))
        {
            await InstallProcessesAsync(cancellationToken);
        }

        if (!await db.Users.AnyAsync(cancellationToken))
        {
            await demo.InstallPeopleAsync(configuration["Bootstrap:AdminPassword"], cancellationToken);
        }

        if (!await db.Cases.AnyAsync(cancellationToken))
        {
            await demo.InstallCasesAsync(cancellationToken);
        }
    }

    private async Task InstallCalendarsAsync(CancellationToken cancellationToken)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(ShippedFolder, "_calendars", "office.json"), cancellationToken);
        var calendar = WorkCalendar.From("office", WorkCalendarDocument.Parse(json));
        await writer.RunWithContextAsync(
            (db, _) =>
            {
                db.CalendarVersions.Add(new CalendarVersion
                {
                    Key = calendar.Id,
                    Version = 1,
                    NameZh = "办公日历",
                    NameEn = "Office calendar",
                    Json = calendar.ToDocument().ToJson(),
                    At = clock.GetUtcNow(),
                    By = Installer.Id!,
                });
                return ValueTask.FromResult(true);
            },
            cancellationToken);
    }

    private async Task InstallProcessesAsync(CancellationToken cancellationToken)
    {
        // the others lie ready: an organisation adds the policy it works by
        var first = JsonSerializer.Deserialize<List<string>>(await File.ReadAllTextAsync(Path.Combine(ShippedFolder, "_first-run.json"), cancellationToken))!;
        foreach (var folder in first.Select(id => Path.Combine(ShippedFolder, id)))
        {
            var imported = await processes.ImportAsync(PackFiles.ReadFolder(folder), null, Installer, cancellationToken);
            if (imported.Version is { } version && imported.Findings.All(f => f.Severity != FindingSeverity.Error))
            {
                await processes.PublishAsync(imported.Key, version, null, Installer, confirms: null, cancellationToken);
                Log.Installed(log, imported.Key);
            }
            else
            {
                throw new InvalidDataException($"The shipped process in {Path.GetFileName(folder)} cannot be installed: {imported.Findings.FirstOrDefault(f => f.Severity == FindingSeverity.Error)?.Message}");
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Installed process {Process}")]
        public static partial void Installed(ILogger logger, string process);
    }
}
