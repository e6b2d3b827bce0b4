using CaseManagement.Workflows.Expressions.JavaScript.Library;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

/// <summary>A destructuring pattern; it is only ever assigned as a whole.</summary>
internal abstract class Pattern(int offset) : Target(offset)
{
    public override object? Evaluate(Run run, Frame frame) => throw new InvalidOperationException("A pattern has no value.");

    public override Place Locate(Run run, Frame frame) => default;

    public override object? Read(Run run, Frame frame, Place place) => Evaluate(run, frame);
}

/// <summary>A target with a value in place of undefined.</summary>
internal sealed class WithDefault(Target target, Expression value, int offset) : Pattern(offset)
{
    public Target Target { get; } = target;

    public override void Bind(Binder binder)
    {
        binder.Bind(Target);
        binder.Bind(value);
    }

    public override void Write(Run run, Frame frame, Place place, object? given) =>
        Target.Assign(run, frame, given is ScriptUndefined ? value.Evaluate(run, frame) : given);
}

// items null: an item passed over.
// rest: takes what is left, if there.
internal sealed class ArrayPattern(Target?[] items, Target? rest, int offset) : Pattern(offset)
{
    public IEnumerable<Target?> Targets => items.Append(rest);

    public override void Bind(Binder binder)
    {
        binder.Bind(items);
        binder.Bind(rest);
    }

    public override void Write(Run run, Frame frame, Place place, object? value)
    {
        run.Offset = Offset;
        using var source = Iteration.Over(value, Coercion.TypeOf(value)).GetEnumerator();
        var hasMore = true;
        foreach (var item in items)
        {
            run.Step();
            hasMore = hasMore && source.MoveNext();
            item?.Assign(run, frame, hasMore ? source.Current : ScriptUndefined.Value);
        }

        if (rest is not null)
        {
            var others = new ScriptArray();
            while (hasMore && source.MoveNext())
            {
                run.Step();
                Properties.Append(run, others, source.Current);
            }

            rest.Assign(run, frame, others);
        }
    }
}

internal sealed record PropertyPattern(Expression Key, Target Target);

internal sealed class ObjectPattern(PropertyPattern[] properties, Target? rest, int offset) : Pattern(offset)
{
    public IEnumerable<Target?> Targets => properties.Select(property => property.Target).Append(rest);

    public override void Bind(Binder binder)
    {
        foreach (var property in properties)
        {
            binder.Bind(property.Key);
            binder.Bind(property.Target);
        }

        binder.Bind(rest);
    }

    public override void Write(Run run, Frame frame, Place place, object? value)
    {
        run.Offset = Offset;
        if (Coercion.IsNullish(value))
        {
            throw Run.Fail(
                ScriptErrorKind.TypeError, $"Cannot destructure {Coercion.ToText(run, value)}", Offset);
        }

        var taken = new List<string>(properties.Length);
        foreach (var property in properties)
        {
            run.Step();
            var name = Coercion.ToName(run, property.Key.Evaluate(run, frame));
            taken.Add(name);
            property.Target.Assign(run, frame, Properties.Get(run, value, name));
        }

        if (rest is not null)
        {
            var others = new ScriptObject();
            ObjectFunctions.CopyInto(run, others, value);
            taken.ForEach(name => others.Remove(name));
            rest.Assign(run, frame, others);
        }
    }
}
