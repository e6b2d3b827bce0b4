namespace CaseManagement.Workflows.Activities;

/// <summary>A connection of a flowchart, between positions of its children.</summary>
public readonly record struct FlowConnection(int Source, string Port, int Target);

internal enum FlowConnectionKind : byte
{
    /// <summary>Not reachable from where the run started: it counts for nothing.</summary>
    Unreachable,

    Forward,

    /// <summary>Closes a loop: its target lies on every path to its source.</summary>
    Backward,

    /// <summary>Closes a loop that can be entered elsewhere. Elsa 3.8 faults when it is followed.</summary>
    InvalidBackward,
}

/// <summary>The part of a flowchart that can be reached from one start, sorted out once.</summary>
internal sealed class FlowGraph
{
    private readonly FlowConnection[] _connections;
    private readonly ulong[][] _dominators;
    private readonly bool[]?[] _ancestors;

    public FlowGraph(FlowConnection[] connections, int activities, int start)
    {
        _connections = connections;
        Start = start;
        Kinds = new FlowConnectionKind[connections.Length];
        Outbound = Group(activities, c => c.Source);
        _ancestors = new bool[activities][];
        var order = new List<int>();
        Sort(order, activities);
        _dominators = Dominators(order, activities);
        for (var i = 0; i < connections.Length; i++)
        {
            if (Kinds[i] == FlowConnectionKind.Backward && !IsDominated(connections[i].Source, connections[i].Target))
            {
                Kinds[i] = FlowConnectionKind.InvalidBackward;
            }
        }

        ForwardInbound = Group(activities, c => c.Target, FlowConnectionKind.Forward);
    }

    public int Start { get; }

    public FlowConnectionKind[] Kinds { get; }

    /// <summary>Connections leaving each activity, in the order of the definition.</summary>
    public int[][] Outbound { get; }

    /// <summary>Forward connections that reach each activity.</summary>
    public int[][] ForwardInbound { get; }

    /// <summary>Whether every path from the start to <paramref name="activity"/> passes <paramref name="by"/>.</summary>
    public bool IsDominated(int activity, int by) => (_dominators[activity][by >> 6] >> (by & 63) & 1) != 0;

    /// <summary>Whether the run can come to <paramref name="activity"/> at all.</summary>
    public bool IsReached(int activity) => IsDominated(activity, activity);

    /// <summary>Whether a forward path leads from <paramref name="activity"/> to <paramref name="to"/>.</summary>
    public bool IsAncestor(int activity, int to) => (_ancestors[to] ??= Ancestors(to))[activity];

    // Depth first, connections in order: an edge to an activity still on the path closes a loop.
    private void Sort(List<int> order, int activities)
    {
        var state = new byte[activities];
        var path = new Stack<(int Activity, int Next)>();
        path.Push((Start, 0));
        state[Start] = 1;
        while (path.TryPop(out var top))
        {
            var outbound = Outbound[top.Activity];
            if (top.Next == outbound.Length)
            {
                state[top.Activity] = 2;
                order.Add(top.Activity);
                continue;
            }

            path.Push((top.Activity, top.Next + 1));
            var connection = outbound[top.Next];
            var target = _connections[connection].Target;
            Kinds[connection] = state[target] == 1 ? FlowConnectionKind.Backward : FlowConnectionKind.Forward;
            if (state[target] == 0)
            {
                state[target] = 1;
                path.Push((target, 0));
            }
        }

        order.Reverse();
    }

    // Sets of activities as bits: a definition of hundreds of activities compiles in milliseconds.
    private ulong[][] Dominators(List<int> order, int activities)
    {
        var words = (activities + 63) / 64;
        var dominators = new ulong[activities][];
        for (var i = 0; i < activities; i++)
        {
            dominators[i] = new ulong[words];
        }

        foreach (var activity in order)
        {
            Array.Fill(dominators[activity], ulong.MaxValue);
        }

        Array.Clear(dominators[Start]);
        dominators[Start][Start >> 6] = 1UL << (Start & 63);
        var inbound = Group(activities, c => c.Target);
        var next = new ulong[words];
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var activity in order)
            {
                if (activity == Start)
                {
                    continue;
                }

                Array.Fill(next, ulong.MaxValue);
                foreach (var connection in inbound[activity])
                {
                    if (Kinds[connection] != FlowConnectionKind.Unreachable)
                    {
                        var from = dominators[_connections[connection].Source];
                        for (var word = 0; word < words; word++)
                        {
                            next[word] &= from[word];
                        }
                    }
                }

                next[activity >> 6] |= 1UL << (activity & 63);
                if (!next.AsSpan().SequenceEqual(dominators[activity]))
                {
                    next.CopyTo(dominators[activity], 0);
                    changed = true;
                }
            }
        }

        return dominators;
    }

    private bool[] Ancestors(int activity)
    {
        var found = new bool[Outbound.Length];
        var open = new Stack<int>();
        open.Push(activity);
        while (open.TryPop(out var current))
        {
            foreach (var connection in ForwardInbound[current])
            {
                var source = _connections[connection].Source;
                if (!found[source])
                {
                    found[source] = true;
                    open.Push(source);
                }
            }
        }

        return found;
    }

    private int[][] Group(int activities, Func<FlowConnection, int> by, FlowConnectionKind? kind = null)
    {
        var lists = new List<int>[activities];
        for (var i = 0; i < activities; i++)
        {
            lists[i] = [];
        }

        for (var i = 0; i < _connections.Length; i++)
        {
            if (kind is null || Kinds[i] == kind)
            {
                lists[by(_connections[i])].Add(i);
            }
        }

        return [.. lists.Select(l => l.ToArray())];
    }
}
