using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

// test null: default.
internal sealed record SwitchCase(Expression? Test, StatementList Body);

internal sealed class Switch(Expression subject, SwitchCase[] cases, Hoisted[] functions, NameScope scope, int offset)
    : Statement(offset)
{
    private readonly CompoundValue _value = new();

    public override void Bind(Binder binder)
    {
        _value.Bind(binder);
        binder.Bind(subject);
        binder.BindInside(scope, () =>
        {
            foreach (var (name, function) in functions)
            {
                binder.Bind(name);
                binder.Bind(function);
            }

            foreach (var (test, body) in cases)
            {
                binder.Bind(test);
                binder.Bind(body);
            }
        });
    }

    public override Completion Execute(Run run, Frame frame)
    {
        var value = subject.Evaluate(run, frame);
        var own = scope.Enter(run, frame);
        _value.Reset(run);
        foreach (var (name, function) in functions)
        {
            name.Assign(run, own, function.Evaluate(run, own));
        }

        for (var i = FindCase(run, own, value); i < cases.Length; i++)
        {
            var completion = cases[i].Body.Execute(run, own);
            if (completion != Completion.Normal)
            {
                return completion == Completion.Break ? Completion.Normal : completion;
            }
        }

        return Completion.Normal;
    }

    private int FindCase(Run run, Frame frame, object? value)
    {
        for (var i = 0; i < cases.Length; i++)
        {
            run.Step();
            if (cases[i].Test is { } test && Equality.AreSame(value, test.Evaluate(run, frame)))
            {
                return i;
            }
        }

        var otherwise = Array.FindIndex(cases, one => one.Test is null);
        return otherwise < 0 ? cases.Length : otherwise;
    }
}

// scope: the names of parameter.
internal sealed class Catch(NameScope scope, Target? parameter, Statement body)
{
    public void Bind(Binder binder) => binder.BindInside(scope, () =>
    {
        binder.Bind(parameter);
        binder.Bind(body);
    });

    public Completion Execute(Run run, Frame frame, ScriptException error)
    {
        var own = scope.Enter(run, frame);
        parameter?.Assign(run, own, error.IsThrownByScript ? error.Thrown : new ScriptError(error.Kind, error.Message));
        return body.Execute(run, own);
    }
}

/// <summary>Catches what a script may catch: its own errors, never a spent budget nor a failure of the host.</summary>
internal sealed class Try(Statement body, Catch? handler, Statement? finalizer, int offset) : Statement(offset)
{
    // unwinding costs far more than any other step
    private const int StepsPerCatch = 50;

    private readonly CompoundValue _value = new();

    public override void Bind(Binder binder)
    {
        _value.Bind(binder);
        binder.Bind(body);
        handler?.Bind(binder);
        binder.Bind(finalizer);
    }

    public override Completion Execute(Run run, Frame frame)
    {
        _value.Reset(run);
        var depth = run.Depth;
        var completion = Guard(run, () => body.Execute(run, frame), out var error);
        if (error is not null && handler is not null)
        {
            run.Depth = depth;
            var caught = error;
            _value.Reset(run);
            completion = Guard(run, () => handler.Execute(run, frame, caught), out error);
        }

        if (finalizer is not null)
        {
            run.Depth = depth;
            var (returned, completed) = (run.Returned, run.Completed);
            var last = finalizer.Execute(run, frame);
            if (last != Completion.Normal)
            {
                return last;
            }

            (run.Returned, run.Completed) = (returned, completed);
        }

        return error is null ? completion : throw error;
    }

    private static Completion Guard(Run run, Func<Completion> execute, out ScriptException? error)
    {
        error = null;
        try
        {
            return execute();
        }
        catch (ScriptException thrown)
        {
            error = thrown;
        }

        error.Offset = error.Offset < 0 ? run.Offset : error.Offset;
        run.Steps(StepsPerCatch);
        return Completion.Normal;
    }
}
