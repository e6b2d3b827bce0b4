using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>A definition cannot run as it is; nothing was changed.</summary>
public sealed class UnrunnableDefinitionException(WorkflowPlan plan) : Exception("The definition has findings that keep it from running.")
{
    /// <summary>What it was compiled to.</summary>
    public WorkflowPlan Plan { get; } = plan;
}

/// <summary>
/// Definitions that belong to no process, such as a child workflow or a plain Elsa file: drafts, published and withdrawn versions of their
/// own. Works inside the caller's transaction.
/// </summary>
public sealed class OwnDefinitions
{
    public static readonly Rule WasPublished = new("definition-was-published", "A definition that was published cannot be deleted; retract it.");
    public static readonly Rule NotPublished = new("definition-not-published", "No version of the definition is published.");

    private readonly PlanCache _plans;
    private readonly WorkflowRuntime _runtime;
    private readonly TimeProvider _clock;

    public OwnDefinitions(IDefinitionSource definitions, ActivityRegistry registry, IScriptEngine scripts, IBurstStore store, TimeProvider clock)
    {
        _plans = new PlanCache(definitions, registry, scripts);
        _runtime = new WorkflowRuntime(store, _plans, scripts, clock);
        _clock = clock;
    }

    /// <summary>The version id of a definition of its own.</summary>
    public static string IdOf(string definitionId, int version) => Workflows.Cases.ProcessVersionInUse.IdOf("", version, definitionId);

    /// <summary>Adds the first version, a draft.</summary>
    public WorkflowDefinitionVersion Add(CaseManagementDbContext db, string definitionId, JsonObject definition, string? editor, Actor by) =>
        Insert(db, definitionId, 1, definition, editor, by);

    /// <summary>Saves over the draft, or as a new one where the latest version was published.</summary>
    public WorkflowDefinitionVersion Save(
        CaseManagementDbContext db, WorkflowDefinitionVersion latest, JsonObject definition, string? editor, Actor by)
    {
        if (latest.PublishedAt is not null)
        {
            latest.IsLatest = false;
            return Insert(db, latest.DefinitionId, latest.Version + 1, definition, editor, by);
        }

        ProcessDrafts.Identify(definition, "", latest.Version, latest.DefinitionId);
        latest.Json = DefinitionMeaning.Write(definition);
        latest.Name = ProcessDrafts.NameOf(definition, latest.DefinitionId);
        (latest.SavedBy, latest.SavedAt, latest.SavedIn) = (by.Id, _clock.GetUtcNow(), editor);
        return latest;
    }

    /// <summary>What keeps a version from running, and what is probably not meant.</summary>
    public ValueTask<WorkflowPlan> CompileAsync(WorkflowDefinitionVersion row, CancellationToken cancellationToken) =>
        _plans.CompileAsync(WorkflowDefinition.Parse(row.Json).With(id: row.Id, definitionId: row.DefinitionId, version: row.Version), cancellationToken);

    /// <summary>Makes a version the one that starts; its triggers listen from now on.</summary>
    /// <exception cref="UnrunnableDefinitionException">It has findings that keep it from running.</exception>
    public async Task PublishAsync(
        CaseManagementDbContext db, ICaseTransaction transaction, WorkflowDefinitionVersion row, CancellationToken cancellationToken)
    {
        var plan = await CompileAsync(row, cancellationToken);
        if (!plan.CanRun)
        {
            throw new UnrunnableDefinitionException(plan);
        }

        await db.WorkflowDefinitions.Where(d => d.DefinitionId == row.DefinitionId && d.IsPublished)
            .ForEachAsync(d => d.IsPublished = false, cancellationToken);
        row.IsPublished = true;
        row.PublishedAt ??= _clock.GetUtcNow();
        await RunAsync(transaction, burst => burst.Publish(plan), cancellationToken);
    }

    /// <summary>Nothing new starts; what runs goes on.</summary>
    /// <exception cref="RuleViolationException"><see cref="NotPublished"/></exception>
    public async Task<WorkflowDefinitionVersion> RetractAsync(
        CaseManagementDbContext db, ICaseTransaction transaction, string definitionId, CancellationToken cancellationToken)
    {
        var published = await db.WorkflowDefinitions.SingleOrDefaultAsync(d => d.DefinitionId == definitionId && d.IsPublished, cancellationToken)
            ?? throw new RuleViolationException(NotPublished);
        published.IsPublished = false;
        await RunAsync(transaction, burst => burst.Retract(definitionId), cancellationToken);
        return published;
    }

    /// <summary>Ends an instance of a definition of its own.</summary>
    /// <returns>False when it had ended already.</returns>
    public ValueTask<bool> CancelAsync(Guid instanceId, CancellationToken cancellationToken) => _runtime.CancelAsync(instanceId, cancellationToken);

    /// <summary>Runs the failed steps of an instance again, inside the caller's transaction.</summary>
    /// <returns>False: nothing to retry.</returns>
    public async ValueTask<bool> RetryAsync(ICaseTransaction transaction, Guid instanceId, CancellationToken cancellationToken)
    {
        var burst = _runtime.Open(transaction, cancellationToken);
        var retried = await burst.RetryAsync(instanceId);
        await burst.SaveAsync();
        return retried;
    }

    /// <summary>Deletes one version; only a draft can be.</summary>
    /// <exception cref="RuleViolationException"><see cref="WasPublished"/></exception>
    public static async Task DeleteVersionAsync(CaseManagementDbContext db, WorkflowDefinitionVersion row, CancellationToken cancellationToken)
    {
        RuleViolationException.ThrowUnless(row.PublishedAt is null, WasPublished);
        await ProcessDrafts.RemoveAsync(db, [row], cancellationToken);
    }

    /// <summary>Deletes a definition; only one that was never published can be.</summary>
    /// <exception cref="RuleViolationException"><see cref="WasPublished"/></exception>
    public static async Task DeleteAsync(CaseManagementDbContext db, string definitionId, CancellationToken cancellationToken)
    {
        var all = await db.WorkflowDefinitions.Where(d => d.DefinitionId == definitionId).ToListAsync(cancellationToken);
        RuleViolationException.ThrowUnless(all.TrueForAll(d => d.PublishedAt is null), WasPublished);
        db.WorkflowDefinitions.RemoveRange(all);
    }

    private WorkflowDefinitionVersion Insert(
        CaseManagementDbContext db, string definitionId, int version, JsonObject definition, string? editor, Actor by)
    {
        ProcessDrafts.Identify(definition, "", version, definitionId);
        definition["createdAt"] = _clock.GetUtcNow();
        var row = new WorkflowDefinitionVersion
        {
            Id = IdOf(definitionId, version),
            DefinitionId = definitionId,
            Version = version,
            Name = ProcessDrafts.NameOf(definition, definitionId),
            IsLatest = true,
            IsPublished = false,
            Json = DefinitionMeaning.Write(definition),
            SavedBy = by.Id,
            SavedAt = _clock.GetUtcNow(),
            SavedIn = editor,
        };
        db.WorkflowDefinitions.Add(row);
        return row;
    }

    private async Task RunAsync(ICaseTransaction transaction, Action<Burst> work, CancellationToken cancellationToken)
    {
        var burst = _runtime.Open(transaction, cancellationToken);
        work(burst);
        await burst.SaveAsync();
    }
}
