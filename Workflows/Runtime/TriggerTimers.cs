using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Runtime;

/// <summary>The triggers of a published definition, and the timers among them.</summary>
internal static class TriggerTimers
{
    private const char Separator = '\n';

    public static ReplacedTriggers Of(WorkflowPlan plan, DateTimeOffset now)
    {
        var triggers = new List<TriggerRow>();
        var timers = new List<TimerRow>();
        foreach (var node in plan.Nodes)
        {
            if (!node.CanStartWorkflow || node.Activity.Descriptor.Kind != ActivityKind.Trigger)
            {
                continue;
            }

            foreach (var stimulus in node.Activity.Triggers(new TriggerContext(node, now)))
            {
                if (stimulus.DueAt is { } dueAt)
                {
                    timers.Add(Timer(plan, node, dueAt, now));
                }
                else
                {
                    triggers.Add(new TriggerRow(
                        plan.DefinitionId, plan.VersionId, node.NodeId, StimulusHash.Of(stimulus.Name, stimulus.Key),
                        stimulus.Name, stimulus.Key));
                }
            }
        }

        return new ReplacedTriggers(plan.DefinitionId, triggers, timers);
    }

    /// <summary>Starts the definition and sets the timer's next moment. Moments missed meanwhile are not made up for.</summary>
    public static async ValueTask<DeliverResult> FireAsync(Burst burst, TimerRow timer)
    {
        var parts = (timer.Payload ?? "").Split(Separator);
        if (parts.Length != 3 || await burst.Plans.FindAsync(parts[1], burst.CancellationToken) is not { } plan
            || plan.FindNode(parts[2]) is not { Activity: IRecurringTrigger recurring } node)
        {
            return DeliverResult.AlreadyDone;
        }

        if (recurring.Next(new TriggerContext(node, burst.Now), timer.DueAt) is { } next)
        {
            burst.Changes.AddedTimers.Add(Timer(plan, node, next, burst.Now));
        }

        var result = await burst.Starter.StartAsync(
            new StartRequest { DefinitionVersionId = plan.VersionId, TriggerNodeId = node.NodeId });
        return result.Instance is { } instance
            ? new DeliverResult(DeliverOutcome.Delivered, 0, [instance.Id])
            : DeliverResult.AlreadyDone;
    }

    /// <summary>The definition a timer of kind <see cref="TimerKinds.Trigger"/> belongs to.</summary>
    public static string DefinitionOf(TimerRow timer) => (timer.Payload ?? "").Split(Separator)[0];

    private static TimerRow Timer(WorkflowPlan plan, PlanNode node, DateTimeOffset dueAt, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        DueAt = dueAt,
        Kind = TimerKinds.Trigger,
        Payload = string.Join(Separator, plan.DefinitionId, plan.VersionId, node.NodeId),
    };
}

/// <summary>A trigger that is due at moments.</summary>
internal interface IRecurringTrigger
{
    /// <summary>The first moment after <paramref name="last"/> that is not past; null when there is none.</summary>
    DateTimeOffset? Next(TriggerContext context, DateTimeOffset last);
}
