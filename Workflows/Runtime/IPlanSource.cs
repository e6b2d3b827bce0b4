using System.Collections.Concurrent;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Runtime;

/// <summary>Where a burst gets plans from.</summary>
public interface IPlanSource
{
    ValueTask<WorkflowPlan?> FindAsync(string definitionVersionId, CancellationToken cancellationToken);

    /// <summary>The published version; null where there is none.</summary>
    ValueTask<WorkflowPlan?> FindPublishedAsync(string definitionId, CancellationToken cancellationToken);
}

/// <summary>Where definitions are kept. A version, once it has run, never changes.</summary>
public interface IDefinitionSource
{
    ValueTask<WorkflowDefinition?> FindVersionAsync(string definitionVersionId, CancellationToken cancellationToken);

    ValueTask<string?> FindPublishedVersionIdAsync(string definitionId, CancellationToken cancellationToken);
}

/// <summary>Compiles each definition version once.</summary>
public sealed class PlanCache(IDefinitionSource definitions, ActivityRegistry registry, IScriptEngine scripts) : IPlanSource
{
    /// <summary>Plans kept at most; past that the cache starts anew.</summary>
    public const int MaxPlans = 2000;

    private readonly ConcurrentDictionary<string, WorkflowPlan> _plans = new(StringComparer.Ordinal);

    public async ValueTask<WorkflowPlan?> FindAsync(string definitionVersionId, CancellationToken cancellationToken)
    {
        if (_plans.TryGetValue(definitionVersionId, out var known))
        {
            return known;
        }

        if (await definitions.FindVersionAsync(definitionVersionId, cancellationToken) is not { } definition)
        {
            return null;
        }

        var plan = await CompileAsync(definition, cancellationToken);
        if (_plans.Count >= MaxPlans)
        {
            _plans.Clear();
        }

        return _plans.GetOrAdd(definitionVersionId, plan);
    }

    public async ValueTask<WorkflowPlan?> FindPublishedAsync(string definitionId, CancellationToken cancellationToken) =>
        await definitions.FindPublishedVersionIdAsync(definitionId, cancellationToken) is { } versionId
            ? await FindAsync(versionId, cancellationToken)
            : null;

    /// <summary>Compiles a definition that need not be stored, with the definitions it uses as activities.</summary>
    public async ValueTask<WorkflowPlan> CompileAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var reused = new Dictionary<string, WorkflowDefinition?>(StringComparer.Ordinal);
        var open = new Queue<string>(definition.ReusedVersionIds());
        while (open.TryDequeue(out var versionId))
        {
            if (!reused.ContainsKey(versionId))
            {
                var found = await definitions.FindVersionAsync(versionId, cancellationToken);
                reused[versionId] = found;
                foreach (var inner in found?.ReusedVersionIds() ?? new HashSet<string>())
                {
                    open.Enqueue(inner);
                }
            }
        }

        return WorkflowPlan.Compile(definition, registry, scripts, reused.GetValueOrDefault);
    }

    /// <summary>Forgets a version: a draft was saved over.</summary>
    public void Forget(string definitionVersionId) => _plans.TryRemove(definitionVersionId, out _);
}
