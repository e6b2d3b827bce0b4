using System.Text.Json;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Migration;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Activities;

/// <summary>
/// Elsa.Flowchart in Elsa 3.8's counter model: every outbound connection of a completed activity is visited, those of its
/// outcomes are followed, and an activity none of whose ways in was followed is skipped, so dead paths never block a join.
/// Ours where Elsa is silent or wrong: only what the run's start can reach counts; going back sends no dead paths forward;
/// entering a shape that still waits replaces the old wait; WaitAny goes on once.
/// </summary>
public sealed class Flowchart : Activity
{
    public Flowchart()
        : base(new ActivityDescriptor("Elsa.Flowchart", "Flow") { IsContainer = true, IsBrowsable = false })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var plan = (FlowPlan)context.Node.Data!;
        var trigger = context.Instance.Trigger;
        var start = trigger is not null && ReferenceEquals(trigger.Parent, context.Node) ? trigger.Position : plan.Start;
        if (start < 0)
        {
            return context.CompleteAsync();
        }

        var state = new FlowState(start, plan.Connections.Length, context.Node.Children.Count);
        state.Entered[start] = true;
        context.Execution.State = state;
        context.Schedule(context.Node.Children[start]);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask ChildCompletedAsync(
        ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes)
    {
        if (!child.Node.Activity.Descriptor.IsTerminal)
        {
            var open = ((FlowState)context.Execution.State!).Open;
            open.Enqueue((child.Node.Position, outcomes));
            await GoOnAsync(context, open);
            if (context.HasChildren)
            {
                return;
            }
        }

        await context.CompleteAsync();
    }

    protected internal override object Compile(NodeCompiler compiler) => FlowPlan.Compile(compiler);

    protected internal override void WriteState(Utf8JsonWriter writer, ActivityExecution execution)
    {
        var state = (FlowState)execution.State!;
        writer.WriteStartObject();
        writer.WriteNumber("s", state.Start);
        WritePositions(writer, "v", state.Visited);
        WritePositions(writer, "f", state.Followed);
        WritePositions(writer, "e", state.Entered);
        writer.WriteEndObject();
    }

    protected internal override object ReadState(JsonElement state, PlanNode node)
    {
        var plan = (FlowPlan)node.Data!;
        var read = new FlowState(state.GetProperty("s").GetInt32(), plan.Connections.Length, node.Children.Count);
        ReadPositions(state, "v", read.Visited);
        ReadPositions(state, "f", read.Followed);
        ReadPositions(state, "e", read.Entered);
        return read;
    }

    protected internal override object? Migrate(MigrationContext context, ActivityExecution old, PlanNode node) =>
        FlowMigration.Carry(context, old, node);

    /// <summary>Where everything a shape waits for had come already, it is entered: a join that lost its last way, say.</summary>
    protected internal override async ValueTask MigratedAsync(ActivityContext context, PlanNode old)
    {
        if (context.Execution.State is not FlowState state)
        {
            return;
        }

        var graph = ((FlowPlan)context.Node.Data!).Graph(state.Start);
        var open = new Queue<(int, IReadOnlyList<string>)>();
        for (var target = 0; target < context.Node.Children.Count; target++)
        {
            if (!state.Entered[target] && Array.Exists(graph.ForwardInbound[target], i => state.Followed[i]))
            {
                await ArriveAsync(context, graph, target, followed: true, open);
            }
        }

        await GoOnAsync(context, open);
    }

    /// <summary>A join that waits for any has won: what has started meanwhile on its other ways in is cancelled.</summary>
    /// <remarks>Elsa 3.8 does so both when the join is queued and when it runs.</remarks>
    internal static async ValueTask CancelLosersAsync(ActivityContext flowchart, int join)
    {
        var state = (FlowState)flowchart.Execution.State!;
        var open = state.Open;
        await CancelAncestorsAsync(flowchart, ((FlowPlan)flowchart.Node.Data!).Graph(state.Start), join, open);
        await GoOnAsync(flowchart, open);
    }

    private static async ValueTask GoOnAsync(ActivityContext context, Queue<(int Activity, IReadOnlyList<string> Outcomes)> open)
    {
        var plan = (FlowPlan)context.Node.Data!;
        var state = (FlowState)context.Execution.State!;
        var graph = plan.Graph(state.Start);
        while (open.TryDequeue(out var next))
        {
            var outbound = graph.Outbound[next.Activity];
            var goesBack = GoesBack(plan, graph, outbound, next.Outcomes);
            foreach (var index in outbound)
            {
                var connection = plan.Connections[index];
                var followed = next.Outcomes.Contains(connection.Port);
                if (graph.Kinds[index] == FlowConnectionKind.Forward)
                {
                    if (followed || !goesBack)
                    {
                        state.Visited[index] = true;
                        state.Followed[index] |= followed;
                        await ArriveAsync(context, graph, connection.Target, followed, open);
                    }
                }
                else if (followed && graph.Kinds[index] == FlowConnectionKind.Backward)
                {
                    Reopen(plan, graph, state, connection.Target);
                    await EnterAsync(context, connection.Target);
                }
                else if (followed)
                {
                    throw new InvalidOperationException(
                        $"Invalid backward connection from “{context.Node.Children[connection.Source].Id}” to "
                        + $"“{context.Node.Children[connection.Target].Id}”.");
                }
            }
        }
    }

    private static bool GoesBack(FlowPlan plan, FlowGraph graph, int[] outbound, IReadOnlyList<string> outcomes)
    {
        foreach (var index in outbound)
        {
            if (graph.Kinds[index] == FlowConnectionKind.Backward && outcomes.Contains(plan.Connections[index].Port))
            {
                return true;
            }
        }

        return false;
    }

    private static async ValueTask ArriveAsync(
        ActivityContext context, FlowGraph graph, int target, bool followed, Queue<(int, IReadOnlyList<string>)> open)
    {
        var state = (FlowState)context.Execution.State!;
        if (state.Entered[target])
        {
            return;
        }

        var mode = FlowJoin.ModeOf(context, context.Node.Children[target]);
        if (mode == FlowJoinMode.WaitAny && followed)
        {
            state.Entered[target] = true;
            await CancelAncestorsAsync(context, graph, target, open);
            await EnterAsync(context, target);
            return;
        }

        var all = 0;
        var taken = 0;
        foreach (var index in graph.ForwardInbound[target])
        {
            if (!state.Visited[index])
            {
                return;
            }

            all++;
            taken += state.Followed[index] ? 1 : 0;
        }

        state.Entered[target] = true;
        if (mode == FlowJoinMode.WaitAll ? taken == all : taken > 0)
        {
            await EnterAsync(context, target);
        }
        else
        {
            open.Enqueue((target, []));
        }
    }

    // Only what has started is cancelled; queued work of the losing branches still runs (Elsa 3.8).
    private static async ValueTask CancelAncestorsAsync(
        ActivityContext context, FlowGraph graph, int join, Queue<(int, IReadOnlyList<string>)> open)
    {
        foreach (var child in context.Children)
        {
            if (child.Status != ActivityStatus.Pending && graph.IsAncestor(child.Node.Position, join))
            {
                await context.CancelChildAsync(child);
                open.Enqueue((child.Node.Position, []));
            }
        }
    }

    private static async ValueTask EnterAsync(ActivityContext context, int target)
    {
        var node = context.Node.Children[target];
        if (context.HasChildren)
        {
            foreach (var child in context.Children)
            {
                if (!ReferenceEquals(child.Node, node))
                {
                    continue;
                }

                if (child.Status == ActivityStatus.Pending)
                {
                    return;
                }

                await context.CancelChildAsync(child);
            }
        }

        context.Schedule(node);
    }

    /// <summary>A new round begins at <paramref name="target"/>: the ways inside the loop are open again.</summary>
    private static void Reopen(FlowPlan plan, FlowGraph graph, FlowState state, int target)
    {
        for (var i = 0; i < plan.Connections.Length; i++)
        {
            if (graph.Kinds[i] == FlowConnectionKind.Forward && graph.IsDominated(plan.Connections[i].Source, target))
            {
                state.Visited[i] = false;
                state.Followed[i] = false;
            }
        }

        for (var activity = 0; activity < state.Entered.Length; activity++)
        {
            if (activity != target && graph.IsDominated(activity, target))
            {
                state.Entered[activity] = false;
            }
        }
    }

    private static void WritePositions(Utf8JsonWriter writer, string name, bool[] flags)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < flags.Length; i++)
        {
            if (flags[i])
            {
                writer.WriteNumberValue(i);
            }
        }

        writer.WriteEndArray();
    }

    private static void ReadPositions(JsonElement state, string name, bool[] flags)
    {
        foreach (var position in state.GetProperty(name).EnumerateArray())
        {
            if (position.GetInt32() is var i && i < flags.Length)
            {
                flags[i] = true;
            }
        }
    }
}
