using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

internal enum DeclarationKind
{
    Var,
    Parameter,
    Function,
    Let,
    Const,
}

/// <summary>The names declared by a function or a block. One without names costs nothing when the script runs.</summary>
internal sealed class NameScope
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<DeclarationKind> _kinds = [];
    private object?[] _initial = [];

    /// <summary>Set while binding.</summary>
    public NameScope? Parent { get; set; }

    /// <summary>Whether a function stands inside, so that it may outlive the scope's own run.</summary>
    public bool HasFunctionInside { get; set; }

    public bool IsEmpty => _kinds.Count == 0;

    /// <summary>False: the name is already declared in a way that excludes this one.</summary>
    public bool Declare(string name, DeclarationKind kind)
    {
        if (_slots.TryGetValue(name, out var slot))
        {
            return kind is DeclarationKind.Var or DeclarationKind.Function
                && _kinds[slot] is DeclarationKind.Var or DeclarationKind.Function or DeclarationKind.Parameter;
        }

        _slots.Add(name, _kinds.Count);
        _kinds.Add(kind);
        return true;
    }

    public bool TryFind(string name, out int slot, out DeclarationKind kind)
    {
        var found = _slots.TryGetValue(name, out slot);
        kind = found ? _kinds[slot] : default;
        return found;
    }

    /// <summary>Called once all names are declared.</summary>
    public void Seal() =>
        _initial =
        [
            .. _kinds.Select(kind => kind is DeclarationKind.Let or DeclarationKind.Const
                ? Frame.Uninitialised
                : (object?)ScriptUndefined.Value),
        ];

    /// <summary>A new frame for the scope, or the outer one where the scope is empty.</summary>
    public Frame Enter(Run run, Frame outer)
    {
        if (_initial.Length == 0)
        {
            return outer;
        }

        run.Allocate(48 + (8 * _initial.Length));
        return new Frame([.. _initial], outer);
    }
}
