using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.CaseActivities;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Plans;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>What came of importing a process.</summary>
/// <param name="Key">The process; empty when the pack could not be read.</param>
/// <param name="Version">The new draft; null when nothing was stored.</param>
/// <param name="Findings">What was found; where nothing was stored, why.</param>
/// <param name="Supersedes">The version that was the draft until now and is kept as it was; null: there was none.</param>
public sealed record ImportedProcess(string Key, int? Version, IReadOnlyList<Finding> Findings, int? Supersedes = null);

/// <summary>Brings process packs in, checks, publishes and withdraws them. Running cases stay on the version they started on.</summary>
public sealed class ProcessInstaller(IConfigurationWriter writer, ConfigurationAudit audit, PublishReview review, TimeProvider clock)
{
    public static readonly Rule VersionUnknown = new("process-version-unknown", "The process has no such version.");
    public static readonly Rule HasFindings = new("process-has-findings", "The process has findings that keep it from being published.");
    public static readonly Rule ReferenceNotPublished = new("workflow-reference-not-published", "A workflow used as an activity is not published.");
    public static readonly Rule NotPublished = new("process-not-published", "This version is not published.");

    /// <summary>
    /// Reads and checks a pack and stores it as the next version, the draft. Another draft is kept beside it and is none any more. Nothing is stored
    /// where a workflow has an id that something else has.
    /// </summary>
    public Task<ImportedProcess> ImportAsync(IReadOnlyDictionary<string, string> files, string? note, Actor by, CancellationToken cancellationToken) =>
        ImportAsync(files, note, null, by, cancellationToken);

    /// <summary>The same, with the organisation's names in it.</summary>
    /// <param name="files">The files, as they shall be stored.</param>
    /// <param name="note">What is said about it.</param>
    /// <param name="binding">The names that were bound; departments it adds come with the draft or not at all.</param>
    /// <param name="by">Who brings it in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ImportedProcess> ImportAsync(IReadOnlyDictionary<string, string> files, string? note, NameBinding? binding, Actor by, CancellationToken cancellationToken)
    {
        var read = PackReader.Read(files);
        if (read.Pack is not { } pack)
        {
            return new ImportedProcess("", null, read.Findings);
        }

        var findings = read.Findings.Concat(Check(pack)).ToList();
        var key = pack.Identity.Id;
        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                if (await TakenAsync(db, pack, cancellationToken) is { Count: > 0 } taken)
                {
                    return new ImportedProcess(key, null, taken);
                }

                var before = await db.ProcessVersions.Where(p => p.ProcessKey == key && p.State == ProcessVersionState.Draft).MaxAsync(p => (int?)p.Version, cancellationToken);
                var next = await AddDraftAsync(db, pack, note, by, cancellationToken);
                var data = new JsonObject { ["version"] = next, ["note"] = note };
                if (before is { } earlier)
                {
                    data["supersedes"] = earlier;
                }

                if (binding is { IsEmpty: false })
                {
                    await binding.AddDepartmentsAsync(db, audit, by, cancellationToken);
                    data["names"] = binding.ToJson();
                }

                await audit.RecordAsync(db, $"process:{key}", "process.imported", by, data, cancellationToken);
                return new ImportedProcess(key, next, findings, before);
            },
            cancellationToken);
    }

    /// <summary>Everything that keeps a pack from running or is probably not meant.</summary>
    public static IReadOnlyList<Finding> Check(ProcessPack pack) => [.. PackChecker.Check(pack), .. pack.Workflows.SelectMany(w => FindingsOf(w.Key, w.Value))];

    /// <summary>Makes a version the one new cases start on. What it gives away over the version in use is recorded.</summary>
    /// <param name="key">The process.</param>
    /// <param name="version">The version.</param>
    /// <param name="note">What its publisher says about it.</param>
    /// <param name="by">Who publishes.</param>
    /// <param name="confirms"><see cref="PublishReview.DigestOf"/> of what they were shown and agreed to; null where nobody was asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuleViolationException">
    /// <see cref="VersionUnknown"/>, <see cref="HasFindings"/>, <see cref="ReferenceNotPublished"/>,
    /// <see cref="PublishReview.NeedsAnotherPublisher"/>
    /// </exception>
    /// <exception cref="PowersNotConfirmedException">It gives something away that was not confirmed.</exception>
    public async Task PublishAsync(string key, int version, string? note, Actor by, string? confirms, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var all = await db.ProcessVersions.Where(p => p.ProcessKey == key).ToListAsync(cancellationToken);
                var wanted = all.Find(p => p.Version == version) ?? throw new RuleViolationException(VersionUnknown);
                var pack = PackReader.Read(StoredConfigurations.FilesOf(wanted.PackJson)).Pack!;
                RuleViolationException.ThrowUnless(PublishCheck.Of(pack).All(f => f.Severity != FindingSeverity.Error), HasFindings);
                await ThrowUnlessReferencesArePublishedAsync(db, pack, cancellationToken);
                var powers = PublishReview.Powers(all, wanted, pack);
                var separation = await review.SeparationAsync(db, key, version, powers, by, cancellationToken);
                RuleViolationException.ThrowUnless(separation != Separation.Refused, PublishReview.NeedsAnotherPublisher);
                var confirmed = by.Kind != ActorKind.System
                    && PublishReview.IsConfirmed(key, version, powers, confirms, isFirst: all.TrueForAll(p => p.PublishedAt is null));
                foreach (var earlier in all.Where(p => p.State == ProcessVersionState.Published))
                {
                    earlier.State = ProcessVersionState.Retracted;
                }

                // one published version at a time: the earlier one steps down before this one steps up
                await db.SaveChangesAsync(cancellationToken);
                wanted.State = ProcessVersionState.Published;
                wanted.PublishedAt = clock.GetUtcNow();
                wanted.Note = note ?? wanted.Note;
                await SetPublishedAsync(db, key, version, cancellationToken);
                if (powers.Count > 0 && by.Kind != ActorKind.System)
                {
                    await audit.RecordAsync(db, $"process:{key}", confirmed ? PublishReview.Confirmed : PublishReview.Unconfirmed, by, PublishReview.Record(version, powers, separation), cancellationToken);
                }

                await audit.RecordAsync(db, $"process:{key}", "process.published", by, new JsonObject { ["version"] = version, ["note"] = note }, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>No new cases start on the process; those that run go on.</summary>
    /// <exception cref="RuleViolationException"><see cref="NotPublished"/></exception>
    public async Task RetractAsync(string key, Actor by, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var published = await db.ProcessVersions.SingleOrDefaultAsync(p => p.ProcessKey == key && p.State == ProcessVersionState.Published, cancellationToken)
                    ?? throw new RuleViolationException(NotPublished);
                published.State = ProcessVersionState.Retracted;
                await SetPublishedAsync(db, key, null, cancellationToken);
                await audit.RecordAsync(db, $"process:{key}", "process.retracted", by, new JsonObject { ["version"] = published.Version }, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>Adds a pack as the next version of its process, the only draft, to what the context will save.</summary>
    /// <returns>The version.</returns>
    internal async Task<int> AddDraftAsync(CaseManagementDbContext db, ProcessPack pack, string? note, Actor by, CancellationToken cancellationToken)
    {
        var key = pack.Identity.Id;
        var next = (await db.ProcessVersions.Where(p => p.ProcessKey == key).MaxAsync(p => (int?)p.Version, cancellationToken) ?? 0) + 1;
        foreach (var earlier in await db.ProcessVersions.Where(p => p.ProcessKey == key && p.State == ProcessVersionState.Draft).ToListAsync(cancellationToken))
        {
            earlier.State = ProcessVersionState.Superseded;
        }

        db.ProcessVersions.Add(new ProcessVersion
        {
            ProcessKey = key,
            Version = next,
            State = ProcessVersionState.Draft,
            PackJson = JsonSerializer.Serialize(pack.Files),
            Note = note,
            CreatedBy = by.Id ?? by.Kind.ToString(),
            CreatedAt = clock.GetUtcNow(),
        });
        foreach (var (definitionId, json) in pack.Workflows)
        {
            db.WorkflowDefinitions.Add(await DefinitionAsync(db, key, next, definitionId, json, by, cancellationToken));
        }

        return next;
    }

    /// <summary>The row of one workflow of a process version; it is the latest of its definition.</summary>
    internal async Task<WorkflowDefinitionVersion> DefinitionAsync(
        CaseManagementDbContext db, string key, int version, string definitionId, string json, Actor by, CancellationToken cancellationToken)
    {
        await db.WorkflowDefinitions.Where(d => d.DefinitionId == definitionId && d.IsLatest)
            .ForEachAsync(d => d.IsLatest = false, cancellationToken);
        return new WorkflowDefinitionVersion
        {
            Id = ProcessVersionInUse.IdOf(key, version, definitionId),
            DefinitionId = definitionId,
            Version = version,
            ProcessKey = key,
            ProcessVersion = version,
            Name = WorkflowDefinition.Parse(json).Name ?? definitionId,
            IsLatest = true,
            IsPublished = false,
            Json = json,
            SavedBy = by.Id ?? by.Kind.ToString(),
            SavedAt = clock.GetUtcNow(),
        };
    }

    // the designer finds a workflow by its id alone, so one id belongs to one process, or to a definition of its own
    internal static async Task<List<Finding>> TakenAsync(CaseManagementDbContext db, ProcessPack pack, CancellationToken cancellationToken)
    {
        var (process, ids) = (pack.Identity.Id, pack.Workflows.Keys.ToList());
        var taken = await db.WorkflowDefinitions.Where(d => ids.Contains(d.DefinitionId) && d.ProcessKey != process)
            .Select(d => new { d.DefinitionId, d.ProcessKey }).Distinct().OrderBy(d => d.DefinitionId).ToListAsync(cancellationToken);
        return taken.ConvertAll(t => new Finding(
            FindingCodes.WorkflowTaken, $"workflows/{t.DefinitionId}.json", "$.definitionId",
            t.ProcessKey is { } other
                ? new($"工作流“{t.DefinitionId}”属于另一个流程“{other}”", $"The workflow “{t.DefinitionId}” belongs to another process, “{other}”")
                : new($"已有一个单独的流程图叫“{t.DefinitionId}”", $"There is a definition of its own with the id “{t.DefinitionId}”"),
            FindingSeverity.Error));
    }

    private static async Task SetPublishedAsync(CaseManagementDbContext db, string key, int? version, CancellationToken cancellationToken)
    {
        foreach (var definition in await db.WorkflowDefinitions.Where(d => d.ProcessKey == key).ToListAsync(cancellationToken))
        {
            definition.IsPublished = definition.ProcessVersion == version;
        }
    }

    private static IEnumerable<Finding> FindingsOf(string definitionId, string json)
    {
        // a workflow used as an activity is looked up when the process is published
        var plan = WorkflowPlan.Compile(WorkflowDefinition.Parse(json), AllActivities.Registry, new JavaScriptEngine(), _ => null);
        return plan.Findings.Where(f => !IsTheChecksOwn(f) && !IsWorkflow(plan, f)).Select(f => new Finding(
            f.Code, $"workflows/{definitionId}.json", PlaceOf(f), new Domain.Facts.BilingualText(f.Text.Zh, f.Text.En), f.IsError ? FindingSeverity.Error : FindingSeverity.Warning));
    }

    // a node id is the way to it: workflow, flowchart, shape, and what lies inside the shape
    private static string PlaceOf(PlanFinding finding) =>
        finding.NodeId?.Split(':') is [_, _, { Length: > 0 } outer, ..] ? outer : finding.ActivityId ?? "$";

    // The pack's check looks at the outermost flowchart itself, and knows more of it.
    private static bool IsTheChecksOwn(PlanFinding finding) =>
        PlanFindings.IsOfShape(finding.Code) && finding.NodeId?.Count(c => c == ':') <= 2;

    private static bool IsWorkflow(WorkflowPlan plan, PlanFinding finding) =>
        finding.Code == PlanFindings.UnknownActivityType && finding.NodeId is { } nodeId && plan.FindNode(nodeId)?.Json.ContainsKey("workflowDefinitionVersionId") == true;

    private static async Task ThrowUnlessReferencesArePublishedAsync(CaseManagementDbContext db, ProcessPack pack, CancellationToken cancellationToken)
    {
        var used = pack.Workflows.Values.SelectMany(json => WorkflowDefinition.Parse(json).ReusedVersionIds()).Distinct(StringComparer.Ordinal).ToList();
        if (used.Count > 0)
        {
            var published = await db.WorkflowDefinitions.CountAsync(d => used.Contains(d.Id) && (d.IsPublished || d.PublishedAt != null), cancellationToken);
            RuleViolationException.ThrowUnless(published == used.Count, ReferenceNotPublished);
        }
    }
}
