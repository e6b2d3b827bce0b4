using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Migration;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Activities;

/// <summary>
/// Works out which ways of a flowchart's new version a running flowchart has gone. Ways both versions have keep what is known of them; a way
/// that was gone and now leads over new activities is gone over these, so they are passed; what is new beside finished activities is a dead
/// path. So no finished activity runs again, and joins wait for exactly what can still come.
/// </summary>
internal sealed class FlowMigration
{
    private readonly MigrationContext _context;
    private readonly PlanNode _oldChart;
    private readonly PlanNode _newChart;
    private readonly FlowPlan _oldPlan;
    private readonly FlowPlan _newPlan;
    private readonly FlowState _old;
    private readonly FlowState _new;
    private readonly FlowGraph _oldGraph;
    private readonly FlowGraph _newGraph;
    private readonly HashSet<int> _live;
    private readonly int[] _back;

    private FlowMigration(MigrationContext context, ActivityExecution chart, PlanNode now, int start)
    {
        _context = context;
        (_oldChart, _newChart) = (chart.Node, now);
        (_oldPlan, _newPlan) = ((FlowPlan)chart.Node.Data!, (FlowPlan)now.Data!);
        _old = (FlowState)chart.State!;
        _new = new FlowState(start, _newPlan.Connections.Length, now.Children.Count);
        _oldGraph = _oldPlan.Graph(_old.Start);
        _newGraph = _newPlan.Graph(start);
        _live = [.. context.Instance.Executions.Where(e => ReferenceEquals(e.Parent, chart)).Select(e => e.Node.Position)];
        _back = [.. now.Children.Select(c => context.Map.Back(c) is { } was && ReferenceEquals(was.Parent, chart.Node) ? was.Position : -1)];
    }

    /// <summary>The state under the new version. Null where it has none yet, or where there is no start to count from, which is refused.</summary>
    public static FlowState? Carry(MigrationContext context, ActivityExecution chart, PlanNode now)
    {
        if (chart.State is not FlowState old)
        {
            return null;
        }

        var start = chart.Node.Children[old.Start];
        if (StartOf(context.Map, start, now) is not { } position)
        {
            context.Refuse(MigrationRefusals.StartGone, start, $"“{start.Id}”, where the run started, is not in the version.");
            return null;
        }

        return new FlowMigration(context, chart, now, position).Carry();
    }

    /// <summary>The activity the run started at, else the only one of its type that may start a run.</summary>
    private static int? StartOf(ActivityMap map, PlanNode start, PlanNode now) =>
        map.Forth(start) is { } same && ReferenceEquals(same.Parent, now) ? same.Position
        : now.Children.Where(c => c.TypeName == start.TypeName && c.CanStartWorkflow == start.CanStartWorkflow && map.Back(c) is null).Take(2).ToList() is [var other]
            ? other.Position
            : null;

    private FlowState Carry()
    {
        _new.Entered[_new.Start] = true;
        for (var activity = 0; activity < _back.Length; activity++)
        {
            if (_back[activity] is >= 0 and var was && _old.Entered[was] && !WasSkipped(was))
            {
                _new.Entered[activity] = true;
            }
        }

        var ways = OldWays();
        foreach (var way in ways.Where(w => w.Followed))
        {
            PassOverNew(way);
        }

        CarryConnections(ways);
        SkipDeadPaths();
        Check();
        return _new;
    }

    /// <summary>Entered because nothing could come any more. Worked out anew, since the new version may lead there by another way.</summary>
    private bool WasSkipped(int activity)
    {
        var inbound = _oldGraph.ForwardInbound[activity];
        return activity != _old.Start && !_live.Contains(activity) && inbound.Length > 0
            && Array.TrueForAll(inbound, i => _old.Visited[i] && !_old.Followed[i]);
    }

    /// <summary>A way of the old version between two activities both versions have, over any number of activities that are gone.</summary>
    private readonly record struct OldWay(int Source, string Port, int Target, bool Visited, bool Followed);

    private List<OldWay> OldWays()
    {
        var ways = new List<OldWay>();
        for (var source = 0; source < _oldChart.Children.Count; source++)
        {
            if (!IsKept(source) || WasSkipped(source))
            {
                continue;
            }

            foreach (var first in _oldGraph.Outbound[source].Where(i => _oldGraph.Kinds[i] == FlowConnectionKind.Forward))
            {
                AddWays(ways, source, first);
            }
        }

        return ways;
    }

    // What came this way first counts; what an activity that is gone would still have had to send on is taken as sent.
    private void AddWays(List<OldWay> ways, int source, int first)
    {
        var port = _oldPlan.Connections[first].Port;
        var seen = new HashSet<(int, bool)>();
        var open = new Queue<(int Connection, bool Followed)>();
        open.Enqueue((first, _old.Followed[first]));
        while (open.TryDequeue(out var next))
        {
            var target = _oldPlan.Connections[next.Connection].Target;
            if (IsKept(target))
            {
                ways.Add(new OldWay(source, port, target, _old.Visited[first], next.Followed));
            }
            else if (seen.Add((target, next.Followed)))
            {
                foreach (var further in _oldGraph.Outbound[target].Where(i => _oldGraph.Kinds[i] == FlowConnectionKind.Forward))
                {
                    open.Enqueue((further, next.Followed && (!_old.Visited[further] || _old.Followed[further])));
                }
            }
        }
    }

    private bool IsKept(int oldActivity) =>
        _context.Map.Forth(_oldChart.Children[oldActivity]) is { } now && ReferenceEquals(now.Parent, _newChart);

    private int Forth(int oldActivity) => _context.Map.Forth(_oldChart.Children[oldActivity])!.Position;

    private bool HasOld(int newActivity) => _back[newActivity] >= 0;

    private bool IsForward(int connection) => _newGraph.Kinds[connection] == FlowConnectionKind.Forward;

    /// <summary>Where a way that was gone leads over new activities only, they have been passed.</summary>
    private void PassOverNew(OldWay way)
    {
        var (source, target) = (Forth(way.Source), Forth(way.Target));
        var leaving = _newGraph.Outbound[source].Where(IsForward).ToList();
        if (leaving.Exists(i => _newPlan.Connections[i].Port == way.Port))
        {
            leaving.RemoveAll(i => _newPlan.Connections[i].Port != way.Port);
        }

        if (leaving.Exists(i => _newPlan.Connections[i].Target == target))
        {
            return;
        }

        var before = NewOnTheWayTo(target);
        var after = new HashSet<int>();
        var open = new Queue<int>(leaving);
        while (open.TryDequeue(out var connection))
        {
            var reached = _newPlan.Connections[connection].Target;
            if (reached != target && !before.Contains(reached))
            {
                continue;
            }

            _new.Visited[connection] = true;
            _new.Followed[connection] = true;
            if (reached != target && after.Add(reached))
            {
                MarkPassed(reached);
                foreach (var further in _newGraph.Outbound[reached].Where(IsForward))
                {
                    open.Enqueue(further);
                }
            }
        }
    }

    private HashSet<int> NewOnTheWayTo(int target)
    {
        var found = new HashSet<int>();
        var open = new Queue<int>([target]);
        while (open.TryDequeue(out var activity))
        {
            foreach (var inbound in _newGraph.ForwardInbound[activity])
            {
                var source = _newPlan.Connections[inbound].Source;
                if (!HasOld(source) && found.Add(source))
                {
                    open.Enqueue(source);
                }
            }
        }

        return found;
    }

    private void MarkPassed(int activity)
    {
        if (!_new.Entered[activity])
        {
            _new.Entered[activity] = true;
            _context.PassOver(_newChart.Children[activity]);
        }
    }

    private void CarryConnections(List<OldWay> ways)
    {
        var known = ways.GroupBy(w => (w.Source, w.Target)).ToDictionary(g => g.Key, g => g.ToList());
        for (var i = 0; i < _newPlan.Connections.Length; i++)
        {
            var (source, port, target) = _newPlan.Connections[i];
            if (!IsForward(i) || !_new.Entered[source])
            {
                continue;
            }

            if (!HasOld(source))
            {
                _new.Visited[i] = true; // passed: followed only where the way went
            }
            else if (!_live.Contains(_back[source]))
            {
                _new.Visited[i] = true;
                if (HasOld(target) && known.TryGetValue((_back[source], _back[target]), out var between) && Same(between, _back[source], port) is { } way)
                {
                    _new.Visited[i] = way.Visited;
                    _new.Followed[i] = way.Followed;
                }
            }
        }
    }

    // by port; a port the old version did not have is taken for the one that led there
    private OldWay? Same(List<OldWay> between, int source, string port)
    {
        var named = between.FindIndex(w => w.Port == port);
        if (named >= 0)
        {
            return between[named];
        }

        var isNewPort = !_oldGraph.Outbound[source].Any(i => _oldPlan.Connections[i].Port == port);
        return isNewPort ? between.OrderByDescending(w => w.Followed).First() : null;
    }

    private void SkipDeadPaths()
    {
        for (var moved = true; moved;)
        {
            moved = false;
            for (var activity = 0; activity < _back.Length; activity++)
            {
                var inbound = _newGraph.ForwardInbound[activity];
                if (_new.Entered[activity] || inbound.Length == 0 || !Array.TrueForAll(inbound, i => _new.Visited[i] && !_new.Followed[i]))
                {
                    continue;
                }

                moved = true;
                _new.Entered[activity] = true;
                if (!HasOld(activity))
                {
                    _context.PassOver(_newChart.Children[activity]);
                }

                foreach (var outbound in _newGraph.Outbound[activity].Where(IsForward))
                {
                    _new.Visited[outbound] = true;
                }
            }
        }
    }

    private void Check()
    {
        for (var activity = 0; activity < _back.Length; activity++)
        {
            var node = _newChart.Children[activity];
            var was = _back[activity];
            if (was >= 0 && _live.Contains(was) && !_newGraph.IsDominated(activity, _new.Start))
            {
                _context.Refuse(
                    MigrationRefusals.Unreachable, _oldChart.Children[was], $"“{node.Id}” waits and cannot be reached from the start of the run in the version.");
            }

            if (JoinOf(node) == FlowJoinMode.WaitAny || !_newGraph.IsDominated(activity, _new.Start))
            {
                continue;
            }

            if (_new.Entered[activity])
            {
                if (Array.Exists(_newGraph.ForwardInbound[activity], i => !_new.Visited[i] && !WasOpenBefore(i)))
                {
                    _context.Refuse(MigrationRefusals.FinishedAhead, node, $"“{node.Id}” is behind the run already but lies ahead in the version.");
                }
            }
            else if (JoinOf(node) == FlowJoinMode.WaitAll && Array.Exists(_newGraph.ForwardInbound[activity], IsDead) && !WasDeadBefore(was))
            {
                _context.Refuse(MigrationRefusals.JoinNeverCompletes, node, $"“{node.Id}” would wait for ways that have been passed by.");
            }
        }
    }

    private bool IsDead(int connection) => _new.Visited[connection] && !_new.Followed[connection];

    /// <summary>In the old version, too, something could still have come this way to an activity that had been entered: the run bears it as before.</summary>
    private bool WasOpenBefore(int connection)
    {
        var (source, _, target) = _newPlan.Connections[connection];
        return HasOld(source) && HasOld(target) && _oldGraph.ForwardInbound[_back[target]].Any(
            i => _oldPlan.Connections[i].Source == _back[source] && !_old.Visited[i]);
    }

    private bool WasDeadBefore(int old) =>
        old >= 0 && JoinOf(_oldChart.Children[old]) == FlowJoinMode.WaitAll
        && Array.Exists(_oldGraph.ForwardInbound[old], i => _old.Visited[i] && !_old.Followed[i]);

    /// <summary>How ways meet here, as far as the definition says it outright; a mode worked out while running is judged when it is.</summary>
    private static FlowJoinMode? JoinOf(PlanNode node) =>
        node.Activity is not FlowJoin ? FlowJoinMode.WaitAllActive
        : node.Input("Mode") is not { } mode ? FlowJoinMode.WaitAny
        : mode.TryGetConstant(out var value) ? FlowJoin.Parse(value)
        : null;
}
