using CaseManagement.Workflows.Expressions.JavaScript.Tree;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>The scopes open at the place being parsed; the names they declare are collected here.</summary>
internal sealed class Declarations(TokenStream tokens)
{
    private readonly Stack<OpenScope> _open = new();

    /// <summary>Whether a <c>break</c> has something to break out of.</summary>
    public bool MayBreak => Innermost(scope => scope.IsLoop || scope.IsSwitch);

    public bool MayContinue => Innermost(scope => scope.IsLoop);

    /// <summary>Functions declared in the innermost scope so far.</summary>
    public List<Hoisted> Functions => _open.Peek().Functions;

    public T Inside<T>(OpenScope scope, Func<T> parse)
    {
        _open.Push(scope);
        var result = parse();
        _open.Pop();
        return result;
    }

    public void Declare(Target target, DeclarationKind kind)
    {
        var scope = kind == DeclarationKind.Var ? _open.First(open => open.IsFunction) : _open.Peek();
        foreach (var name in Targets.NamesIn(target))
        {
            Declare(scope.Names, name, kind);
        }
    }

    public void Declare(NameScope scope, Identifier name, DeclarationKind kind)
    {
        if (Words.IsReserved(name.Name) || Words.WhatIsLeftOut(name.Name) is not null)
        {
            throw tokens.Wrong($"'{name.Name}' cannot be declared", name.Offset);
        }

        if (!scope.Declare(name.Name, kind))
        {
            throw tokens.Wrong($"'{name.Name}' is already declared", name.Offset);
        }
    }

    private bool Innermost(Func<OpenScope, bool> isWanted) =>
        _open.TakeWhile(scope => !scope.IsFunction).Any(isWanted);
}

/// <summary>A scope while it is being parsed.</summary>
internal sealed record OpenScope(NameScope Names)
{
    public bool IsFunction { get; init; }

    public bool IsLoop { get; init; }

    public bool IsSwitch { get; init; }

    public List<Hoisted> Functions { get; } = [];
}
