using CaseManagement.Workflows.Expressions.JavaScript.Library;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

internal sealed class Literal(object? value, int offset) : Expression(offset)
{
    public object? Value { get; } = value;

    public override string Describe() =>
        Value is string text ? $"\"{text}\"" : Value is double number ? NumberText.Format(number) : $"{Value ?? "null"}";

    public override void Bind(Binder binder)
    {
    }

    public override object? Evaluate(Run run, Frame frame) => Value;
}

/// <summary>Text pieces with expressions between them.</summary>
internal sealed class Template(string[] texts, Expression[] expressions, int offset) : Expression(offset)
{
    public override void Bind(Binder binder) => binder.Bind(expressions);

    public override object? Evaluate(Run run, Frame frame)
    {
        run.Step();
        var parts = new string[texts.Length + expressions.Length];
        var length = 0d;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = i % 2 == 0
                ? texts[i / 2]
                : Coercion.ToText(run, expressions[i / 2].Evaluate(run, frame));
            length += parts[i].Length;
        }

        run.AllocateText(length);
        return string.Concat(parts);
    }
}

internal sealed class Spread(Expression value, int offset) : Expression(offset)
{
    public Expression Value { get; } = value;

    public override void Bind(Binder binder) => binder.Bind(Value);

    public override object? Evaluate(Run run, Frame frame) => Value.Evaluate(run, frame);

    /// <summary>Adds the values of expressions, those of spreads one by one.</summary>
    public static void AppendAll(Run run, Frame frame, List<object?> items, Expression?[] expressions)
    {
        foreach (var expression in expressions)
        {
            var value = expression is null ? ScriptUndefined.Value : expression.Evaluate(run, frame);
            if (expression is Spread spread)
            {
                run.Offset = spread.Offset;
                Iteration.AppendTo(run, items, value, spread.Value.Describe());
            }
            else
            {
                Properties.Append(run, items, value);
            }
        }
    }
}

// items null: a hole, which we hold as undefined.
internal sealed class ArrayLiteral(Expression?[] items, int offset) : Expression(offset)
{
    public IReadOnlyList<Expression?> Items { get; } = items;

    public override void Bind(Binder binder) => binder.Bind(items);

    public override object? Evaluate(Run run, Frame frame)
    {
        run.AllocateItems(items.Length);
        var array = new ScriptArray(items.Length);
        Spread.AppendAll(run, frame, array, items);
        return array;
    }
}

// key null: Value is a spread.
// default: set for {a = 1}, which is a pattern only.
internal sealed record Property(Expression? Key, Expression Value, Expression? Default = null);

internal sealed class ObjectLiteral(Property[] properties, int offset) : Expression(offset)
{
    public IReadOnlyList<Property> Properties { get; } = properties;

    public override void Bind(Binder binder)
    {
        foreach (var property in properties)
        {
            if (property.Default is not null)
            {
                throw binder.Wrong("A default value in braces belongs into a destructuring pattern", property.Default.Offset);
            }

            binder.Bind(property.Key);
            binder.Bind(property.Value);
        }
    }

    public override object? Evaluate(Run run, Frame frame)
    {
        run.AllocateItems(properties.Length);
        var result = new ScriptObject();
        foreach (var (key, valueNode, _) in properties)
        {
            var name = key is null ? string.Empty : Coercion.ToName(run, key.Evaluate(run, frame));
            var value = valueNode.Evaluate(run, frame);
            if (key is null)
            {
                ObjectFunctions.CopyInto(run, result, value);
            }
            else
            {
                Runtime.Properties.Set(run, result, name, value);
            }
        }

        return result;
    }
}
