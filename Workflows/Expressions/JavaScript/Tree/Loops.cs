using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

/// <summary>A loop: what its body's completion means for it.</summary>
internal abstract class Loop(Statement body, int offset) : Statement(offset)
{
    private readonly CompoundValue _value = new();

    public override void Bind(Binder binder)
    {
        _value.Bind(binder);
        BindParts(binder);
    }

    public override Completion Execute(Run run, Frame frame)
    {
        _value.Reset(run);
        var completion = Turn(run, frame);
        return completion == Completion.Return ? completion : Completion.Normal;
    }

    protected Statement Body { get; } = body;

    protected abstract void BindParts(Binder binder);

    protected abstract Completion Turn(Run run, Frame frame);

    /// <summary>Runs the body once; true where the loop goes on.</summary>
    protected bool RunBody(Run run, Frame frame, out Completion completion)
    {
        run.Step();
        completion = Body.Execute(run, frame);
        return completion is Completion.Normal or Completion.Continue;
    }
}

internal sealed class While(Expression test, Statement body, int offset) : Loop(body, offset)
{
    protected override void BindParts(Binder binder)
    {
        binder.Bind(test);
        binder.Bind(Body);
    }

    protected override Completion Turn(Run run, Frame frame)
    {
        while (Coercion.ToBoolean(test.Evaluate(run, frame)))
        {
            if (!RunBody(run, frame, out var completion))
            {
                return completion;
            }
        }

        return Completion.Normal;
    }
}

internal sealed class DoWhile(Statement body, Expression test, int offset) : Loop(body, offset)
{
    protected override void BindParts(Binder binder)
    {
        binder.Bind(Body);
        binder.Bind(test);
    }

    protected override Completion Turn(Run run, Frame frame)
    {
        do
        {
            if (!RunBody(run, frame, out var completion))
            {
                return completion;
            }
        }
        while (Coercion.ToBoolean(test.Evaluate(run, frame)));
        return Completion.Normal;
    }
}

internal sealed class For(
    NameScope scope, Statement? start, Expression? test, Expression? update, Statement body, int offset)
    : Loop(body, offset)
{
    protected override void BindParts(Binder binder) => binder.BindInside(scope, () =>
    {
        binder.Bind(start);
        binder.Bind(test);
        binder.Bind(update);
        binder.Bind(Body);
    });

    protected override Completion Turn(Run run, Frame frame)
    {
        // each turn has variables of its own, which shows only to functions made in it
        var isCopied = scope is { IsEmpty: false, HasFunctionInside: true };
        var own = scope.Enter(run, frame);
        start?.Execute(run, own);
        own = isCopied ? own.Copy() : own;
        while (test is null || Coercion.ToBoolean(test.Evaluate(run, own)))
        {
            if (!RunBody(run, own, out var completion))
            {
                return completion;
            }

            if (isCopied)
            {
                run.Allocate(48);
                own = own.Copy();
            }

            update?.Evaluate(run, own);
        }

        return Completion.Normal;
    }
}

/// <summary><c>for (target of source)</c> and <c>for (target in source)</c>.</summary>
internal sealed class ForEach(
    NameScope scope, Target target, Expression source, bool overNames, Statement body, int offset)
    : Loop(body, offset)
{
    protected override void BindParts(Binder binder)
    {
        binder.Bind(source);
        binder.BindInside(scope, () =>
        {
            binder.Bind(target);
            binder.Bind(Body);
        });
    }

    protected override Completion Turn(Run run, Frame frame)
    {
        var value = source.Evaluate(run, frame);
        run.Offset = source.Offset;
        var items = overNames ? Iteration.Names(run, value) : Iteration.Over(value, source.Describe());
        foreach (var item in items)
        {
            // a property deleted meanwhile is passed over
            if (overNames && value is ScriptObject properties && !properties.Contains((string)item!))
            {
                continue;
            }

            var own = scope.Enter(run, frame);
            target.Assign(run, own, item);
            if (!RunBody(run, own, out var completion))
            {
                return completion;
            }
        }

        return Completion.Normal;
    }
}
