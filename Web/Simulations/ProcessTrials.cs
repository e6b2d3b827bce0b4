using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Scenarios;
using CaseManagement.Workflows.Simulation.Trials;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Simulations;

/// <summary>Tries versions of processes out: on a virtual clock, in memory. Nothing is stored and nobody is told.</summary>
public sealed class ProcessTrials(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, IDefinitionSource definitions, TimeProvider clock)
{
    // calendars that the scenarios of shipped packs name
    private static readonly Lazy<Dictionary<string, WorkCalendarDocument>> ShippedCalendars = new(() =>
        Directory.EnumerateFiles(Path.Combine(FirstRun.ShippedFolder, "_calendars"), "*.json")
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => WorkCalendarDocument.Parse(File.ReadAllText(f)), StringComparer.Ordinal));

    /// <summary>A version of a process, ready to run in memory; the newest unless one is named.</summary>
    /// <exception cref="RuleViolationException"><c>process-unknown</c>, <c>process-version-unknown</c>, <c>process-has-findings</c>.</exception>
    public async Task<ProcessPlans> OpenAsync(string key, int? version, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = db.ProcessVersions.AsNoTracking().Where(p => p.ProcessKey == key);
        RuleViolationException.ThrowUnless(await versions.AnyAsync(cancellationToken), CaseRuntime.NoProcess);
        var stored = await versions.Where(p => version == null || p.Version == version).OrderByDescending(p => p.Version).FirstOrDefaultAsync(cancellationToken)
            ?? throw new RuleViolationException(ProcessInstaller.VersionUnknown);
        var pack = PackReader.Read(StoredConfigurations.FilesOf(stored.PackJson)).Pack ?? throw new RuleViolationException(ProcessInstaller.HasFindings);

        // what was published once has passed
        RuleViolationException.ThrowUnless(
            stored.PublishedAt is not null || ProcessInstaller.Check(pack).All(f => f.Severity != FindingSeverity.Error), ProcessInstaller.HasFindings);
        return new ProcessPlans(new ProcessVersionInUse(pack, stored.Version));
    }

    /// <summary>Runs a scenario file's scenario.</summary>
    /// <exception cref="InvalidInputException">The scenario cannot be read; every place is named.</exception>
    public async Task<TrialResult> ScenarioAsync(ProcessPlans process, JsonElement scenario, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var calendars = new Dictionary<string, WorkCalendarDocument>(ShippedCalendars.Value, StringComparer.Ordinal);
        foreach (var (key, calendar) in configuration.Calendars)
        {
            calendars[key] = calendar.ToDocument();
        }

        var runner = new ScenarioRunner(process.Process.Pack, calendars);
        return await runner.ShowAsync(scenario, cancellationToken);
    }

    /// <summary>Registers one invented case of the kind that runs on a workflow and stops where it first waits.</summary>
    /// <exception cref="InvalidInputException">The process asks for more than an invented case can say.</exception>
    /// <exception cref="RuleViolationException">The process refuses the case.</exception>
    public Task<TrialResult> InventedCaseAsync(ProcessPlans process, string definitionId, Performer by, CancellationToken cancellationToken)
    {
        var pack = process.Process.Pack;
        var registration = new Registration
        {
            Process = pack.Identity.Id,
            Kind = pack.Identity.Kinds.FirstOrDefault(k => k.Workflow == definitionId)?.Kind ?? pack.Identity.Kinds[0].Kind,
            Channel = pack.Identity.Channels[0].Key,
            Subject = "试运行 · Trial run",
            Description = "试运行 · Trial run",
            Complainant = new Complainant { Name = "试运行", Kind = "person" },
            Category = pack.Categories.Serve("category") ? pack.Categories.NodesFor("category").FirstOrDefault()?.Key : null,
        };
        return CaseAsync(process, registration, by, clock.GetUtcNow(), new Behaviour { Horizon = TimeSpan.Zero }, cancellationToken);
    }

    /// <summary>Runs a definition that takes no case, up to where it first waits.</summary>
    public ValueTask<DefinitionTrialResult> DefinitionAsync(WorkflowDefinition definition, StartRequest request, CancellationToken cancellationToken) =>
        new DefinitionTrial(definitions).RunAsync(definition, request, clock.GetUtcNow(), cancellationToken);

    /// <summary>Registers one case under what is in force now and lets people behave as told.</summary>
    /// <exception cref="InvalidInputException">The registration cannot be taken; every problem is named.</exception>
    public async Task<TrialResult> CaseAsync(
        ProcessPlans process, Registration registration, Performer by, DateTimeOffset start, Behaviour behaviour, CancellationToken cancellationToken)
    {
        var trial = new Trial(process, await configurations.CurrentAsync(cancellationToken));
        return await trial.RunAsync(registration, by, start, behaviour, cancellationToken);
    }
}
