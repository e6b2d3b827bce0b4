using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

internal sealed class Binary(Operator operation, Expression left, Expression right, int offset) : Expression(offset)
{
    public override void Bind(Binder binder)
    {
        binder.Bind(left);
        binder.Bind(right);
    }

    public override object? Evaluate(Run run, Frame frame)
    {
        run.Step();
        var a = left.Evaluate(run, frame);
        var b = right.Evaluate(run, frame);
        run.Offset = Offset;
        return Arithmetic.Apply(run, operation, a, b);
    }
}

internal enum LogicalOperator
{
    And,
    Or,
    Coalesce,
}

internal sealed class Logical(LogicalOperator operation, Expression left, Expression right, int offset)
    : Expression(offset)
{
    public LogicalOperator Operation { get; } = operation;

    public override void Bind(Binder binder)
    {
        binder.Bind(left);
        binder.Bind(right);
    }

    public override object? Evaluate(Run run, Frame frame)
    {
        run.Step();
        var value = left.Evaluate(run, frame);
        return IsDecidedBy(Operation, value) ? value : right.Evaluate(run, frame);
    }

    /// <summary>Whether the left operand is the result.</summary>
    public static bool IsDecidedBy(LogicalOperator operation, object? left) => operation switch
    {
        LogicalOperator.And => !Coercion.ToBoolean(left),
        LogicalOperator.Or => Coercion.ToBoolean(left),
        _ => !Coercion.IsNullish(left),
    };
}

internal sealed class Conditional(Expression test, Expression then, Expression otherwise, int offset) : Expression(offset)
{
    public override void Bind(Binder binder)
    {
        binder.Bind(test);
        binder.Bind(then);
        binder.Bind(otherwise);
    }

    public override object? Evaluate(Run run, Frame frame)
    {
        run.Step();
        return Coercion.ToBoolean(test.Evaluate(run, frame)) ? then.Evaluate(run, frame) : otherwise.Evaluate(run, frame);
    }
}

/// <summary>Expressions with commas between them; the last one's value counts.</summary>
internal sealed class Sequence(Expression[] expressions, int offset) : Expression(offset)
{
    public override void Bind(Binder binder) => binder.Bind(expressions);

    public override object? Evaluate(Run run, Frame frame)
    {
        object? value = null;
        foreach (var expression in expressions)
        {
            run.Step();
            value = expression.Evaluate(run, frame);
        }

        return value;
    }
}

internal enum UnaryOperator
{
    Plus,
    Minus,
    Not,
    BitNot,
    TypeOf,
    Void,
    Delete,
}

internal sealed class Unary(UnaryOperator operation, Expression operand, int offset) : Expression(offset)
{
    public override void Bind(Binder binder) => binder.Bind(operand);

    public override object? Evaluate(Run run, Frame frame)
    {
        run.Step();
        if (operation == UnaryOperator.Delete)
        {
            return Coercion.Box(((Member)operand).Delete(run, frame));
        }

        var value = operation == UnaryOperator.TypeOf && operand is Identifier name
            ? name.Find(run, frame, mustExist: false)
            : operand.Evaluate(run, frame);
        run.Offset = Offset;
        return operation switch
        {
            UnaryOperator.Plus => NumberText.Box(Coercion.ToNumber(run, value)),
            UnaryOperator.Minus => NumberText.Box(-Coercion.ToNumber(run, value)),
            UnaryOperator.Not => Coercion.Box(!Coercion.ToBoolean(value)),
            UnaryOperator.BitNot => NumberText.Box(~Coercion.ToInt32(run, value)),
            UnaryOperator.TypeOf => Coercion.TypeOf(value),
            _ => ScriptUndefined.Value,
        };
    }
}
