using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Activities;

/// <summary>A flowchart prepared for running.</summary>
internal sealed class FlowPlan
{
    private readonly ConcurrentDictionary<int, FlowGraph> _graphs = new();
    private readonly PlanNode _flowchart;

    private FlowPlan(PlanNode flowchart, FlowConnection[] connections)
    {
        _flowchart = flowchart;
        Connections = connections;
        Start = FindStart();
    }

    public FlowConnection[] Connections { get; }

    /// <summary>Where a run starts that no trigger started; -1 for an empty flowchart.</summary>
    public int Start { get; }

    public FlowGraph Graph(int start) =>
        _graphs.GetOrAdd(start, static (s, plan) => new FlowGraph(plan.Connections, plan._flowchart.Children.Count, s), this);

    public static FlowPlan Compile(NodeCompiler compiler)
    {
        var node = compiler.Node;
        var connections = new List<FlowConnection>();
        foreach (var connection in Definitions.Json.Objects(compiler.Json["connections"]))
        {
            var source = End(connection["source"], out var port);
            var target = End(connection["target"], out _);
            if (node.Child(source) is { } from && node.Child(target) is { } to)
            {
                connections.Add(new FlowConnection(from.Position, string.IsNullOrEmpty(port) ? "Done" : port, to.Position));
            }
            else
            {
                compiler.Report(PlanFindings.UnknownConnectionEnd, false, PlanTexts.LooseConnection(source, target));
            }
        }

        var plan = new FlowPlan(node, [.. connections]);
        if (plan.Start >= 0)
        {
            plan.ReportLoops(compiler);
            new FlowShape(compiler, plan).Report();
        }

        return plan;
    }

    private static string End(JsonNode? end, out string port)
    {
        var json = end as JsonObject;
        port = json is null ? "" : Definitions.Json.Text(json, "port") ?? "";
        return json is null ? "" : Definitions.Json.Text(json, "activity") ?? "";
    }

    private void ReportLoops(NodeCompiler compiler)
    {
        var graph = Graph(Start);
        for (var i = 0; i < Connections.Length; i++)
        {
            if (graph.Kinds[i] == FlowConnectionKind.InvalidBackward)
            {
                var from = _flowchart.Children[Connections[i].Source].Id;
                var to = _flowchart.Children[Connections[i].Target].Id;
                compiler.Report(PlanFindings.InvalidBackwardConnection, false, PlanTexts.InvalidBack(from, to));
            }
        }
    }

    // Elsa 3.8: first Elsa.Start, then the first that can start the workflow, then the first nothing leads to, then the first.
    private int FindStart()
    {
        var children = _flowchart.Children;
        if (children.Count == 0)
        {
            return -1;
        }

        var start = First(c => c.Activity.Descriptor.IsStart) ?? First(c => c.CanStartWorkflow)
            ?? First(c => !Connections.Any(connection => connection.Target == c.Position));
        return start?.Position ?? 0;

        PlanNode? First(Func<PlanNode, bool> wanted) => children.FirstOrDefault(wanted);
    }
}

/// <summary>Which ways one run of a flowchart has gone.</summary>
internal sealed class FlowState(int start, int connections, int activities)
{
    public int Start { get; } = start;

    /// <summary>The source has completed or been skipped.</summary>
    public bool[] Visited { get; } = new bool[connections];

    /// <summary>… and its outcome led this way.</summary>
    public bool[] Followed { get; } = new bool[connections];

    /// <summary>Completed or skipped activities whose ways on have not been looked at yet; empty between completions.</summary>
    public Queue<(int Activity, IReadOnlyList<string> Outcomes)> Open { get; } = new(2);

    /// <summary>The activity was run or skipped in this round, so further arrivals count for nothing.</summary>
    public bool[] Entered { get; } = new bool[activities];
}
