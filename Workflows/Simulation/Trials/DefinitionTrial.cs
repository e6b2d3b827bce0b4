using CaseManagement.Workflows.CaseActivities;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Simulation.Trials;

/// <summary>How a trial of a definition began.</summary>
/// <param name="Plan">What the definition compiles to; with findings that keep it from running, nothing ran.</param>
/// <param name="Plans">What the instances ran.</param>
/// <param name="Instances">What ran, the instance asked for first.</param>
/// <param name="Reason">Why it did not start, in words for an operator.</param>
public sealed record DefinitionTrialResult(WorkflowPlan Plan, IPlanSource Plans, IReadOnlyList<TrialInstance> Instances, string? Reason);

/// <summary>
/// Tries out a definition that takes no case, on a virtual clock and in memory, up to where it first waits. Definitions it uses come from
/// <paramref name="others"/>. Nothing outside is touched.
/// </summary>
public sealed class DefinitionTrial(IDefinitionSource others)
{
    private readonly JavaScriptEngine _scripts = new();

    /// <param name="definition">The definition with its ids; it need not be stored.</param>
    /// <param name="request">Input, correlation and trigger; which definition runs is overridden.</param>
    /// <param name="start">Where the virtual clock stands.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<DefinitionTrialResult> RunAsync(
        WorkflowDefinition definition, StartRequest request, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var plans = new PlanCache(new WithDraft(others, definition), AllActivities.Registry, _scripts);
        var plan = await plans.CompileAsync(definition, cancellationToken);
        if (!plan.CanRun)
        {
            return new DefinitionTrialResult(plan, plans, [], null);
        }

        using var store = new InMemoryBurstStore();
        var runtime = new WorkflowRuntime(store, plans, _scripts, new VirtualClock(start));
        var started = await runtime.StartAsync(request with { DefinitionId = null, DefinitionVersionId = definition.Id }, cancellationToken);
        var ran = new List<TrialInstance>();
        foreach (var stored in await store.InstancesAsync(cancellationToken))
        {
            ran.Add(new TrialInstance(stored, await store.JournalAsync(stored.Row.Id, cancellationToken)));
        }

        return new DefinitionTrialResult(plan, plans, [.. ran.OrderBy(i => i.Stored.Row.Id != started.Instance?.Id)], started.Instance is null ? started.Reason ?? "" : null);
    }

    /// <summary>Published definitions, and the one that is tried out.</summary>
    private sealed class WithDraft(IDefinitionSource published, WorkflowDefinition draft) : IDefinitionSource
    {
        public ValueTask<WorkflowDefinition?> FindVersionAsync(string definitionVersionId, CancellationToken cancellationToken) =>
            definitionVersionId == draft.Id ? ValueTask.FromResult<WorkflowDefinition?>(draft) : published.FindVersionAsync(definitionVersionId, cancellationToken);

        public ValueTask<string?> FindPublishedVersionIdAsync(string definitionId, CancellationToken cancellationToken) =>
            published.FindPublishedVersionIdAsync(definitionId, cancellationToken);
    }
}
