namespace CaseManagement.Domain.Packs.Checks;

/// <summary>A connection between two shapes, by their places in the definition.</summary>
internal readonly record struct Edge(int From, string Port, int To);

/// <summary>The part of a flowchart that one trigger can reach, with its loops told from its ways forward.</summary>
/// <remarks>A connection goes back when its target lies on every path from the start to its source; Elsa's flowchart
/// faults on any other loop.</remarks>
internal sealed class WorkflowGraph
{
    private readonly List<Edge> _all;
    private readonly HashSet<int>[] _dominators;
    private readonly Dictionary<int, HashSet<int>> _ahead = [];

    public WorkflowGraph(int size, IReadOnlyList<Edge> edges, int start)
    {
        Start = start;
        Reach = ReachableFrom(start, edges);
        _all = [.. edges.Where(edge => Reach.Contains(edge.From))];
        _dominators = Dominators(size);
        Back = [.. _all.Where(edge => _dominators[edge.From].Contains(edge.To))];
        Forward = [.. _all.Except(Back)];
    }

    public int Start { get; }

    /// <summary>Shapes that can be reached.</summary>
    public IReadOnlySet<int> Reach { get; }

    public IReadOnlyList<Edge> Edges => _all;

    /// <summary>Connections that go back to a shape on every path.</summary>
    public IReadOnlyList<Edge> Back { get; }

    public IReadOnlyList<Edge> Forward { get; }

    /// <summary>The first shape lies on every path to the second.</summary>
    public bool Dominates(int shape, int other) => _dominators[other].Contains(shape);

    /// <summary>Shapes that can be reached going forward only, the start among them.</summary>
    public IReadOnlySet<int> AheadOf(int shape)
    {
        if (!_ahead.TryGetValue(shape, out var ahead))
        {
            _ahead[shape] = ahead = ReachableFrom(shape, Forward);
        }

        return ahead;
    }

    /// <summary>No loop is left when the connections that go back are taken away.</summary>
    public bool IsSound()
    {
        var inbound = Reach.ToDictionary(shape => shape, shape => Forward.Count(edge => edge.To == shape));
        var free = new Queue<int>(inbound.Where(entry => entry.Value == 0).Select(entry => entry.Key));
        var done = 0;
        while (free.TryDequeue(out var shape))
        {
            done++;
            foreach (var edge in Forward.Where(edge => edge.From == shape))
            {
                if (--inbound[edge.To] == 0)
                {
                    free.Enqueue(edge.To);
                }
            }
        }

        return done == Reach.Count;
    }

    /// <summary>Shapes from which one of the goals can be reached.</summary>
    public HashSet<int> CanReach(IEnumerable<int> goals)
    {
        var can = goals.ToHashSet();
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var edge in _all)
            {
                grew |= can.Contains(edge.To) && can.Add(edge.From);
            }
        }

        return can;
    }

    internal static HashSet<int> ReachableFrom(int start, IReadOnlyList<Edge> edges)
    {
        var next = edges.ToLookup(edge => edge.From, edge => edge.To);
        var reached = new HashSet<int> { start };
        var open = new Stack<int>(reached);
        while (open.TryPop(out var shape))
        {
            foreach (var target in next[shape].Where(reached.Add))
            {
                open.Push(target);
            }
        }

        return reached;
    }

    private HashSet<int>[] Dominators(int size)
    {
        var sets = new HashSet<int>[size];
        foreach (var shape in Reach)
        {
            sets[shape] = shape == Start ? [Start] : [.. Reach];
        }

        var sources = _all.ToLookup(edge => edge.To, edge => edge.From);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var shape in Reach.Where(shape => shape != Start))
            {
                HashSet<int>? meet = null;
                foreach (var source in sources[shape])
                {
                    if (meet is null)
                    {
                        meet = [.. sets[source]];
                    }
                    else
                    {
                        meet.IntersectWith(sets[source]);
                    }
                }

                meet ??= [];
                meet.Add(shape);
                if (meet.Count != sets[shape].Count)
                {
                    sets[shape] = meet;
                    changed = true;
                }
            }
        }

        return sets;
    }
}
