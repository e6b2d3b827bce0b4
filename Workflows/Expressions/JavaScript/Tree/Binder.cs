namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

/// <summary>Walks the finished tree once: ties names to slots, marks completion values, limits the tree's height.</summary>
internal sealed class Binder(string source)
{
    // With 64 calls inside one another the walk stays within a thread's stack; see also Run.EnterCall.
    private const int MaxHeight = 250;

    private NameScope? _scope;
    private int _height;
    private int _functions;

    /// <summary>Whether the place is outside all functions, where expression statements give the program's value.</summary>
    public bool IsTopLevel => _functions == 0;

    public void Bind(Node? node)
    {
        if (node is null)
        {
            return;
        }

        if (++_height > MaxHeight)
        {
            throw Wrong("The script is nested too deeply, or an expression has too many operators in a row", node.Offset);
        }

        node.Bind(this);
        _height--;
    }

    public void Bind(IEnumerable<Node?> nodes)
    {
        foreach (var node in nodes)
        {
            Bind(node);
        }
    }

    public void BindInside(NameScope scope, Action bind)
    {
        scope.Seal();
        scope.Parent = _scope;
        _scope = scope;
        bind();
        _scope = scope.Parent;
    }

    public void BindFunction(NameScope scope, Action bind)
    {
        for (var outer = _scope; outer is { HasFunctionInside: false }; outer = outer.Parent)
        {
            outer.HasFunctionInside = true;
        }

        _functions++;
        BindInside(scope, bind);
        _functions--;
    }

    /// <summary>Where the running script finds a declared name: so many frames out, in that slot.</summary>
    public bool TryFind(string name, out int hops, out int slot, out DeclarationKind kind)
    {
        hops = 0;
        for (var scope = _scope; scope is not null; scope = scope.Parent)
        {
            if (scope.TryFind(name, out slot, out kind))
            {
                return true;
            }

            hops += scope.IsEmpty ? 0 : 1;
        }

        slot = -1;
        kind = default;
        return false;
    }

    public ScriptSyntaxException Wrong(string message, int offset) => new(message, source, offset);
}
