using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary>The shape of one flowchart: what can be reached, what ends, which loops and joins would fault or wait for ever
/// (pack-format §3.5, §3.6 and §4).</summary>
internal sealed class FlowCheck(ProcessPack pack, WorkflowShape workflow, PackFindings findings)
{
    private const int MaxStarts = 10;

    private HashSet<int>? _withWayOut;

    private HashSet<int> WithWayOut => _withWayOut ??= [.. workflow.Edges.Select(edge => edge.From)];

    public void Run()
    {
        var starts = Places().Where(place => workflow.Activities[place].CanStart).ToList();
        if (starts.Count == 0)
        {
            findings.Error(FindingCodes.TriggerMissing, workflow.File, "$.root", "流程没有起点", "Nothing starts the workflow");
        }

        if (starts.Count > MaxStarts)
        {
            findings.Error(FindingCodes.WorkflowTooLarge, workflow.File, "$.root", $"起点超过 {MaxStarts} 个",
                $"More than {MaxStarts} shapes start the workflow");
        }

        var reached = new HashSet<int>();
        foreach (var start in starts.Take(MaxStarts))
        {
            var graph = new WorkflowGraph(workflow.Activities.Count, workflow.Edges, start);
            reached.UnionWith(graph.Reach);
            CheckRun(graph);
        }

        foreach (var place in Places().Where(place => !reached.Contains(place)))
        {
            Error(FindingCodes.ShapeUnreachable, place, "没有路径到达", "cannot be reached");
        }

        CheckPorts();
        CheckPlaces();
    }

    private void CheckRun(WorkflowGraph graph)
    {
        if (!graph.IsSound())
        {
            Error(
                FindingCodes.LoopIllegal, graph.Start, "起的流程有回路回到并非必经的图形，运行时会出错",
                "starts a flow with a loop back to a shape that does not lie on every path; it would fault");
            return;
        }

        CheckBypassedLoops(graph);
        CheckJoins(graph);
        var ends = graph.Reach.Where(place => !WithWayOut.Contains(place) || IsWatch(workflow.Activities[place].Type));
        foreach (var place in graph.Reach.Except(graph.CanReach(ends)))
        {
            Error(FindingCodes.ShapeWithoutEnd, place, "到不了任何结束", "reaches no end");
        }

        if (!graph.Reach.Any(place => workflow.Activities[place].Type == ActivityCatalogue.End))
        {
            Error(FindingCodes.EndMissing, graph.Start, "起的流程没有“结束”图形", "starts a flow without an End");
        }
    }

    // After a shape that a loop comes back to, no way may join that passed it by: Elsa counts visits, and one never comes.
    private void CheckBypassedLoops(WorkflowGraph graph)
    {
        foreach (var head in graph.Back.Select(edge => edge.To).Distinct())
        {
            foreach (var place in graph.AheadOf(head).Where(place => !graph.Dominates(head, place)))
            {
                if (graph.Forward.Any(edge => edge.To == place && !graph.Dominates(head, edge.From)))
                {
                    Error(
                        FindingCodes.LoopBypassed, place,
                        $"有绕过回路起点“{workflow.Activities[head].Title.Zh}”的路径汇入，会一直等待",
                        $"is joined by a way that passes '{workflow.Activities[head].Title.En}' by, to which a loop comes back; it would wait for ever");
                }
            }
        }
    }

    // A join of all its ways that one port of an earlier decision cannot feed completely.
    private void CheckJoins(WorkflowGraph graph)
    {
        foreach (var join in graph.Reach.Where(WaitsForAll))
        {
            var inbound = graph.Forward.Where(edge => edge.To == join).ToList();
            foreach (var decision in graph.Reach.Where(place => place != join && graph.Dominates(place, join) && TakesOnePort(place)))
            {
                var feeds = graph.Forward.Where(edge => edge.From == decision)
                    .GroupBy(edge => edge.Port)
                    .Select(port => FedBy(graph, port, inbound));
                if (!feeds.Any(fed => fed == inbound.Count))
                {
                    Error(
                        FindingCodes.JoinNeverCompletes, join,
                        $"等待全部分支，但“{workflow.Activities[decision].Title.Zh}”只会走其中一部分",
                        $"waits for all its ways, but '{workflow.Activities[decision].Title.En}' never takes them all");
                    break;
                }
            }
        }
    }

    private static int FedBy(WorkflowGraph graph, IEnumerable<Edge> port, List<Edge> inbound)
    {
        var taken = port.ToList();
        var ahead = taken.SelectMany(edge => graph.AheadOf(edge.To)).ToHashSet();
        return inbound.Count(edge => taken.Contains(edge) || ahead.Contains(edge.From));
    }

    private bool WaitsForAll(int place) =>
        workflow.Activities[place] is { Type: ActivityCatalogue.Join } join && join.InputTexts("mode") is ["WaitAll"];

    private bool TakesOnePort(int place)
    {
        var activity = workflow.Activities[place];
        var collects = activity.Type == ActivityCatalogue.Decide
            && activity.InputTexts("table") is [var table]
            && pack.Tables.TryGetValue(table, out var decision)
            && decision.Hit == HitPolicy.Collect;
        return activity.Known is { TakesSeveral: false } && !collects;
    }

    private void CheckPorts()
    {
        for (var place = 0; place < workflow.Activities.Count; place++)
        {
            var activity = workflow.Activities[place];
            if (!WithWayOut.Contains(place))
            {
                if (activity.Type == ActivityCatalogue.Close)
                {
                    Error(FindingCodes.CloseWithoutEnd, place, "之后没有“结束”", "is not followed by an End");
                }

                continue;
            }

            // A rung's Stopped, or a rung that only some limits have, may be left open: the branch then ends there.
            foreach (var port in activity.Type == ActivityCatalogue.AwaitRung ? [] : activity.Ports ?? [])
            {
                if (!workflow.Edges.Any(edge => edge.From == place && edge.Port == port))
                {
                    Error(FindingCodes.PortLeadsNowhere, place, $"的出口“{port}”没有连线", $"has a port '{port}' that leads nowhere");
                }
            }
        }
    }

    private void CheckPlaces()
    {
        foreach (var group in Places().Where(place => workflow.Activities[place].Position is not null)
            .GroupBy(place => workflow.Activities[place].Position)
            .Where(group => group.Count() > 1))
        {
            var place = group.Last();
            findings.Warn(
                FindingCodes.ShapesOverlap, workflow.File, workflow.Activities[place].Path,
                $"“{workflow.Activities[place].Title.Zh}”与另一图形重叠", $"'{workflow.Activities[place].Title.En}' lies on another shape");
        }
    }

    private static bool IsWatch(string type) => type is ActivityCatalogue.AwaitRung or ActivityCatalogue.AwaitFact;

    private IEnumerable<int> Places() => Enumerable.Range(0, workflow.Activities.Count);

    private void Error(string code, int place, string zh, string en)
    {
        var activity = workflow.Activities[place];
        findings.Error(code, workflow.File, activity.Path, $"“{activity.Title.Zh}”{zh}", $"'{activity.Title.En}' {en}");
    }
}
