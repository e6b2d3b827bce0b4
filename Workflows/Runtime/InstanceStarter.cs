using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Runtime;

/// <summary>Creates instances, if their definition and its activation strategy allow it, and runs them.</summary>
internal sealed class InstanceStarter(Burst burst)
{
    private int _depth;

    public async ValueTask<StartResult> StartAsync(StartRequest request)
    {
        var plan = request.DefinitionVersionId is { } versionId
            ? await burst.Plans.FindAsync(versionId, burst.CancellationToken)
            : await burst.Plans.FindPublishedAsync(request.DefinitionId ?? "", burst.CancellationToken);
        if (plan is null)
        {
            return new StartResult(StartOutcome.NotFound, null, "There is no published version.");
        }

        if (!plan.CanRun && !request.DespiteFindings)
        {
            return new StartResult(StartOutcome.CannotRun, null, plan.Findings.First(f => f.IsError).Message);
        }

        if (_depth >= burst.Limits.MaxChildDepth)
        {
            return new StartResult(StartOutcome.CannotRun, null, $"Workflows start each other more than {_depth} levels deep.");
        }

        if (await IsRefusedAsync(plan, request.CorrelationId))
        {
            return new StartResult(StartOutcome.Refused, null, "The activation strategy allows no other instance now.");
        }

        Dictionary<string, object?>? input;
        try
        {
            input = InputOf(plan.Definition, request.Input);
        }
        catch (ValueConversionException exception)
        {
            return new StartResult(StartOutcome.InvalidInput, null, exception.Message);
        }

        var instance = new WorkflowInstance(request.InstanceId ?? burst.NewId(), plan, burst.Now)
        {
            CorrelationId = string.IsNullOrEmpty(request.CorrelationId) ? null : request.CorrelationId,
            Name = request.Name,
            ParentInstanceId = request.ParentInstanceId,
            InputValues = input,
            TriggerInput = WorkflowValues.From(request.TriggerInput),
        };
        instance.Trigger = request.TriggerNodeId is { } trigger
            ? plan.FindNode(trigger) ?? RootOf(plan)?.Child(trigger)
            : null;
        burst.Add(instance);
        InstanceRunner.Schedule(instance, null, plan.Workflow, null);
        _depth++;
        await burst.Runner.DrainAsync(instance);
        _depth--;
        return new StartResult(StartOutcome.Started, instance);
    }

    private async ValueTask<bool> IsRefusedAsync(WorkflowPlan plan, string? correlationId)
    {
        var strategy = plan.Definition.Options.ActivationStrategy;
        if (strategy == ActivationStrategy.Always)
        {
            return false;
        }

        var definitionId = strategy == ActivationStrategy.Correlation ? null : plan.DefinitionId;
        var matchCorrelation = strategy != ActivationStrategy.Singleton;
        var running = await burst.Transaction.FindRunningAsync(
            definitionId, matchCorrelation ? correlationId : null, matchCorrelation, burst.CancellationToken);
        var loaded = burst.Instances;
        return running.Any(id => !loaded.Any(i => i.Id == id))
            || loaded.Any(i => i.Status == WorkflowStatus.Running
                && (definitionId is null || i.Plan.DefinitionId == definitionId)
                && (!matchCorrelation || i.CorrelationId == correlationId));
    }

    private static PlanNode? RootOf(WorkflowPlan plan) => plan.Workflow.Children.Count > 0 ? plan.Workflow.Children[0] : null;

    private static Dictionary<string, object?>? InputOf(WorkflowDefinition definition, IReadOnlyDictionary<string, object?>? given)
    {
        if (given is null || given.Count == 0)
        {
            return null;
        }

        var input = new Dictionary<string, object?>(given.Count, StringComparer.Ordinal);
        foreach (var (name, value) in given)
        {
            input[name] = WorkflowValues.From(value);
        }

        foreach (var declared in definition.Inputs)
        {
            if (input.TryGetValue(declared.Name, out var value))
            {
                try
                {
                    input[declared.Name] = ValueConversion.To(declared.Type, declared.IsArray, value);
                }
                catch (ValueConversionException exception)
                {
                    throw new ValueConversionException($"Input {declared.Name}: {exception.Message}");
                }
            }
        }

        return input;
    }
}
