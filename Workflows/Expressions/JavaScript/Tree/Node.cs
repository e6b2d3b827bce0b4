using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

/// <summary>A piece of the program, evaluated by walking. Changed by the parser and the binder only, then read-only.</summary>
internal abstract class Node(int offset)
{
    /// <summary>Where in the text, in UTF-16 units.</summary>
    public int Offset { get; } = offset;

    /// <summary>Binds the children; each goes through <see cref="Binder.Bind(Node?)"/>.</summary>
    public abstract void Bind(Binder binder);
}

internal abstract class Expression(int offset) : Node(offset)
{
    /// <summary>Whether it stood in parentheses of its own.</summary>
    public bool IsParenthesised { get; set; }

    public abstract object? Evaluate(Run run, Frame frame);

    /// <summary>How an error names it.</summary>
    public virtual string Describe() => "(intermediate value)";
}

internal abstract class Statement(int offset) : Node(offset)
{
    public abstract Completion Execute(Run run, Frame frame);
}

/// <summary>How a statement ended; what a <c>return</c> carries is <see cref="Run.Returned"/>.</summary>
internal enum Completion
{
    Normal,
    Break,
    Continue,
    Return,
}
