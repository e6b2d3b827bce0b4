using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

// written: the target as it was read, which may turn out to be a parameter with a default.
internal sealed class Assignment(Target target, Expression written, Expression value, int offset) : Expression(offset)
{
    public Expression Written { get; } = written;

    public Expression Value { get; } = value;

    public override void Bind(Binder binder)
    {
        binder.Bind(target);
        binder.Bind(Value);
    }

    public override object? Evaluate(Run run, Frame frame)
    {
        run.Step();
        var place = target.Locate(run, frame);
        var result = Value.Evaluate(run, frame);
        target.Write(run, frame, place, result);
        return result;
    }
}

/// <summary><c>+=</c> and its like.</summary>
internal sealed class CompoundAssignment(Operator operation, Target target, Expression value, int offset)
    : Expression(offset)
{
    public override void Bind(Binder binder)
    {
        binder.Bind(target);
        binder.Bind(value);
    }

    public override object? Evaluate(Run run, Frame frame)
    {
        run.Step();
        var place = target.Locate(run, frame);
        var before = target.Read(run, frame, place);
        var operand = value.Evaluate(run, frame);
        run.Offset = Offset;
        var result = Arithmetic.Apply(run, operation, before, operand);
        target.Write(run, frame, place, result);
        return result;
    }
}

/// <summary><c>&amp;&amp;=</c>, <c>||=</c> and <c>??=</c>: assigns only where the operator needs its right side.</summary>
internal sealed class LogicalAssignment(LogicalOperator operation, Target target, Expression value, int offset)
    : Expression(offset)
{
    public override void Bind(Binder binder)
    {
        binder.Bind(target);
        binder.Bind(value);
    }

    public override object? Evaluate(Run run, Frame frame)
    {
        run.Step();
        var place = target.Locate(run, frame);
        var before = target.Read(run, frame, place);
        if (Logical.IsDecidedBy(operation, before))
        {
            return before;
        }

        var result = value.Evaluate(run, frame);
        target.Write(run, frame, place, result);
        return result;
    }
}

/// <summary><c>++</c> and <c>--</c>, before or after.</summary>
internal sealed class Update(Target target, int change, bool isPrefix, int offset) : Expression(offset)
{
    public override void Bind(Binder binder) => binder.Bind(target);

    public override object? Evaluate(Run run, Frame frame)
    {
        run.Step();
        var place = target.Locate(run, frame);
        var before = Coercion.ToNumber(run, target.Read(run, frame, place));
        var after = NumberText.Box(before + change);
        target.Write(run, frame, place, after);
        return isPrefix ? after : NumberText.Box(before);
    }
}
