using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>One node of a category tree.</summary>
public sealed record CategoryNode(string Key, BilingualText Name, IReadOnlyList<CategoryNode> Children)
{
    /// <summary>No case comes to it any more, nor to anything below it; those that have it keep it.</summary>
    public bool IsRetired { get; init; }
}

/// <summary>A category tree. It serves the fact of the same key; a tree of any other key serves the built-in category.</summary>
public sealed record CategoryTree(string Key, BilingualText Name, IReadOnlyList<CategoryNode> Nodes, IReadOnlyList<string> Clauses);

/// <summary>The category trees of a pack, answering what lies below what.</summary>
public sealed class CategoryTrees
{
    /// <summary>No trees: nothing lies below anything.</summary>
    public static readonly CategoryTrees None = new([], _ => false);

    private const string BuiltInCategory = "category";

    private readonly Dictionary<string, List<CategoryTree>> _treesByFact = new(StringComparer.Ordinal);
    private readonly Dictionary<CategoryTree, Dictionary<string, string?>> _parents = [];

    /// <summary>Trees, and which keys are facts of the pack.</summary>
    public CategoryTrees(IReadOnlyList<CategoryTree> trees, Func<string, bool> isOwnFact)
    {
        All = trees;
        foreach (var tree in trees)
        {
            var fact = isOwnFact(tree.Key) ? tree.Key : BuiltInCategory;
            if (!_treesByFact.TryGetValue(fact, out var served))
            {
                _treesByFact[fact] = served = [];
            }

            served.Add(tree);
            _parents[tree] = ParentsOf(tree);
        }
    }

    public IReadOnlyList<CategoryTree> All { get; }

    /// <summary>A tree serves this fact.</summary>
    public bool Serve(string fact) => _treesByFact.ContainsKey(fact);

    /// <summary>Every node of the trees that serve a fact, parents before children.</summary>
    public IEnumerable<CategoryNode> NodesFor(string fact) =>
        _treesByFact.TryGetValue(fact, out var trees) ? trees.SelectMany(tree => tree.Nodes).SelectMany(WithDescendants) : [];

    /// <summary>In a tree of this fact, <paramref name="category"/> is <paramref name="ancestor"/> or lies below it.</summary>
    public bool IsWithin(string fact, string category, string ancestor) =>
        category == ancestor
        || (_treesByFact.TryGetValue(fact, out var trees) && trees.Any(tree => LiesBelow(_parents[tree], category, ancestor)));

    private static bool LiesBelow(Dictionary<string, string?> parents, string category, string ancestor)
    {
        // Bounded by the number of nodes, so that a key used twice cannot lead in a circle.
        for (var step = 0; step <= parents.Count && parents.TryGetValue(category, out var parent) && parent is not null; step++)
        {
            if (parent == ancestor)
            {
                return true;
            }

            category = parent;
        }

        return false;
    }

    private static Dictionary<string, string?> ParentsOf(CategoryTree tree)
    {
        var parents = new Dictionary<string, string?>(StringComparer.Ordinal);
        var open = new Stack<(CategoryNode Node, string? Parent)>(tree.Nodes.Select(node => (node, (string?)null)));
        while (open.TryPop(out var next))
        {
            parents.TryAdd(next.Node.Key, next.Parent);
            foreach (var child in next.Node.Children)
            {
                open.Push((child, next.Node.Key));
            }
        }

        return parents;
    }

    private static IEnumerable<CategoryNode> WithDescendants(CategoryNode node) =>
        node.Children.SelectMany(WithDescendants).Prepend(node);
}
