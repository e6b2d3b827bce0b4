using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Activities;

/// <summary>Tells the author what of a flowchart's shape is probably not meant. None of it keeps the flowchart from running.</summary>
internal sealed class FlowShape(NodeCompiler compiler, FlowPlan plan)
{
    private readonly IReadOnlyList<PlanNode> _children = compiler.Node.Children;

    public void Report()
    {
        var starts = new List<int> { plan.Start };
        starts.AddRange(_children.Where(c => c.CanStartWorkflow && c.Position != plan.Start).Select(c => c.Position));
        var reached = new bool[_children.Count];
        foreach (var start in starts)
        {
            var graph = plan.Graph(start);
            for (var i = 0; i < reached.Length; i++)
            {
                reached[i] |= graph.IsReached(i);
            }

            ReportJoins(graph);
        }

        foreach (var child in _children.Where(c => !reached[c.Position]))
        {
            compiler.ReportAt(child, PlanFindings.UnreachableActivity, false, PlanTexts.Unreachable(child.Id));
        }

        ReportPorts();
    }

    private void ReportPorts()
    {
        var used = plan.Connections.ToLookup(c => c.Source, c => c.Port);
        foreach (var child in _children)
        {
            if (!used.Contains(child.Position) || PortsOf(child) is not { } ports)
            {
                continue;
            }

            var (named, others) = ports;
            var connected = used[child.Position].ToHashSet(StringComparer.Ordinal);
            foreach (var port in connected.Where(p => !named.Contains(p) && !others.Contains(p)))
            {
                compiler.ReportAt(child, PlanFindings.UnknownPort, false, PlanTexts.NoSuchPort(child.Id, port));
            }

            foreach (var port in named.Where(p => !connected.Contains(p) && !(others.Contains("Done") && connected.Contains("Done"))))
            {
                compiler.ReportAt(child, PlanFindings.PortLeadsNowhere, false, PlanTexts.OpenPort(child.Id, port));
            }
        }
    }

    // A join of all its ways that one port of an earlier decision cannot feed completely.
    private void ReportJoins(FlowGraph graph)
    {
        foreach (var join in _children.Where(c => c.Activity is FlowJoin && graph.IsReached(c.Position) && Constant(c, "Mode") == "WaitAll"))
        {
            var inbound = graph.ForwardInbound[join.Position];
            foreach (var decision in _children.Where(c => c.Position != join.Position && TakesOnePort(c)
                && graph.IsReached(c.Position) && graph.IsDominated(join.Position, c.Position)))
            {
                var ports = graph.Outbound[decision.Position].Where(c => graph.Kinds[c] == FlowConnectionKind.Forward)
                    .GroupBy(c => plan.Connections[c].Port, StringComparer.Ordinal);
                if (!ports.Any(taken => FedBy(graph, [.. taken], inbound) == inbound.Length))
                {
                    compiler.ReportAt(join, PlanFindings.JoinNeverCompletes, false, PlanTexts.JoinNeverRuns(join.Id, decision.Id));
                    break;
                }
            }
        }
    }

    private int FedBy(FlowGraph graph, int[] taken, int[] inbound)
    {
        var ahead = new HashSet<int>();
        var open = new Stack<int>(taken.Select(c => plan.Connections[c].Target));
        while (open.TryPop(out var activity))
        {
            if (ahead.Add(activity))
            {
                foreach (var connection in graph.Outbound[activity].Where(c => graph.Kinds[c] == FlowConnectionKind.Forward))
                {
                    open.Push(plan.Connections[connection].Target);
                }
            }
        }

        return inbound.Count(c => taken.Contains(c) || ahead.Contains(plan.Connections[c].Source));
    }

    private static bool TakesOnePort(PlanNode node) =>
        node.Activity is FlowDecision || (node.Activity is FlowSwitch && (node.Input("Mode") is null || Constant(node, "Mode") == "MatchFirst"));

    /// <summary>Null where they cannot be told from the definition.</summary>
    private static Ports? PortsOf(PlanNode node)
    {
        var descriptor = node.Activity.Descriptor;
        if (node.Activity is UnknownActivity || descriptor.IsTerminal)
        {
            return null;
        }

        var named = descriptor.Ports.Where(p => p.Type == PortType.Flow).Select(p => p.Name).ToList();
        if (node.Data is IReadOnlyList<SwitchCase> cases && node.Activity is FlowSwitch)
        {
            named.AddRange(cases.Select(c => c.Label));
            return new(named, []);
        }

        if (descriptor.Inputs.FirstOrDefault(i => NamesPorts(node, i)) is not { } dynamic)
        {
            return named.Count == 0 ? new(["Done"], []) : new(named, node.Activity is WorkflowAsActivity ? ["Done"] : []);
        }

        if (node.Input(dynamic.Name) is not { } outcomes)
        {
            return new(named, ["Done"]);
        }

        if (!outcomes.TryGetConstant(out var value))
        {
            return null;
        }

        named.AddRange(ValueConversion.ToTexts(value));
        return named.Remove("Done") || node.Activity is not FlowFork ? new(named, ["Done"]) : new(named, []);
    }

    private static bool NamesPorts(PlanNode node, InputDescriptor input) =>
        input.UIHint == "dynamic-outcomes" || (node.Activity is FlowSendHttpRequest && input.Name == FlowSendHttpRequest.Expected);

    private static string? Constant(PlanNode node, string input) =>
        node.Input(input) is { } expression && expression.TryGetConstant(out var value) ? ValueConversion.ToText(value) : null;

    /// <remarks><c>Named</c>: Ports an author would expect to lead somewhere. <c>Others</c>: Those that are there besides.</remarks>
    private sealed record Ports(List<string> Named, List<string> Others);
}
