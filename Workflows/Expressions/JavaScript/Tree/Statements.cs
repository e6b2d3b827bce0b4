using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

/// <summary>A function declaration: it exists from the start of its block.</summary>
internal sealed record Hoisted(Identifier Name, FunctionNode Function);

/// <summary>A block, a function's body or the whole program.</summary>
// scope null: the names are those of the function around it.
internal sealed class StatementList(Statement[] statements, Hoisted[] functions, NameScope? scope, int offset)
    : Statement(offset)
{
    public override void Bind(Binder binder)
    {
        if (scope is null)
        {
            BindStatements(binder);
        }
        else
        {
            binder.BindInside(scope, () => BindStatements(binder));
        }
    }

    public override Completion Execute(Run run, Frame frame)
    {
        var inner = scope is null ? frame : scope.Enter(run, frame);
        foreach (var (name, function) in functions)
        {
            name.Assign(run, inner, function.Evaluate(run, inner));
        }

        foreach (var statement in statements)
        {
            run.Step();
            var completion = statement.Execute(run, inner);
            if (completion != Completion.Normal)
            {
                return completion;
            }
        }

        return Completion.Normal;
    }

    private void BindStatements(Binder binder)
    {
        foreach (var (name, function) in functions)
        {
            binder.Bind(name);
            binder.Bind(function);
        }

        binder.Bind(statements);
    }
}

internal sealed class ExpressionStatement(Expression expression, int offset) : Statement(offset)
{
    private bool _givesValue;

    public override void Bind(Binder binder)
    {
        _givesValue = binder.IsTopLevel;
        binder.Bind(expression);
    }

    public override Completion Execute(Run run, Frame frame)
    {
        var value = expression.Evaluate(run, frame);
        if (_givesValue)
        {
            run.Completed = value;
        }

        return Completion.Normal;
    }
}

/// <summary>The first part of a <c>for</c>, which gives no completion value.</summary>
internal sealed class ExpressionPart(Expression expression, int offset) : Statement(offset)
{
    public override void Bind(Binder binder) => binder.Bind(expression);

    public override Completion Execute(Run run, Frame frame)
    {
        expression.Evaluate(run, frame);
        return Completion.Normal;
    }
}

internal sealed class EmptyStatement(int offset) : Statement(offset)
{
    public override void Bind(Binder binder)
    {
    }

    public override Completion Execute(Run run, Frame frame) => Completion.Normal;
}

// value null: none; a let becomes undefined, a var keeps what it has.
internal sealed record Declarator(Target Target, Expression? Value);

internal sealed class Declaration(Declarator[] declarators, bool isVar, int offset) : Statement(offset)
{
    public IReadOnlyList<Declarator> Declarators { get; } = declarators;

    public override void Bind(Binder binder)
    {
        foreach (var (target, value) in declarators)
        {
            binder.Bind(target);
            binder.Bind(value);
        }
    }

    public override Completion Execute(Run run, Frame frame)
    {
        foreach (var (target, value) in declarators)
        {
            run.Step();
            if (value is not null)
            {
                target.Assign(run, frame, value.Evaluate(run, frame));
            }
            else if (!isVar)
            {
                target.Assign(run, frame, ScriptUndefined.Value);
            }
        }

        return Completion.Normal;
    }
}

internal sealed class If(Expression test, Statement then, Statement? otherwise, int offset) : Statement(offset)
{
    private readonly CompoundValue _value = new();

    public override void Bind(Binder binder)
    {
        _value.Bind(binder);
        binder.Bind(test);
        binder.Bind(then);
        binder.Bind(otherwise);
    }

    public override Completion Execute(Run run, Frame frame)
    {
        var isTrue = Coercion.ToBoolean(test.Evaluate(run, frame));
        _value.Reset(run);
        return isTrue ? then.Execute(run, frame) : otherwise?.Execute(run, frame) ?? Completion.Normal;
    }
}

internal sealed class Jump(Completion completion, int offset) : Statement(offset)
{
    public override void Bind(Binder binder)
    {
    }

    public override Completion Execute(Run run, Frame frame) => completion;
}

internal sealed class Return(Expression? value, int offset) : Statement(offset)
{
    public override void Bind(Binder binder) => binder.Bind(value);

    public override Completion Execute(Run run, Frame frame)
    {
        run.Returned = value is null ? ScriptUndefined.Value : value.Evaluate(run, frame);
        return Completion.Return;
    }
}

internal sealed class Throw(Expression value, int offset) : Statement(offset)
{
    public override void Bind(Binder binder) => binder.Bind(value);

    public override Completion Execute(Run run, Frame frame)
    {
        var thrown = value.Evaluate(run, frame);
        throw thrown is ScriptError error
            ? new ScriptException(error, error.Kind, error.Message) { Offset = Offset }
            : new ScriptException(
                thrown,
                ScriptErrorKind.Error,
                Coercion.IsPrimitive(thrown) ? Coercion.ToText(run, thrown) : "An object was thrown")
            {
                Offset = Offset,
            };
    }
}

/// <summary>
/// A compound statement outside functions starts with the completion value undefined (ECMA-262 UpdateEmpty), so that
/// <c>1; if (false) 2</c> gives undefined.
/// </summary>
internal sealed class CompoundValue
{
    private bool _givesValue;

    public void Bind(Binder binder) => _givesValue = binder.IsTopLevel;

    public void Reset(Run run)
    {
        if (_givesValue)
        {
            run.Completed = ScriptUndefined.Value;
        }
    }
}
