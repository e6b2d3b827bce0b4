using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

/// <summary>A function or arrow function as written.</summary>
// name: empty for a nameless one.
// body: a StatementList, or for an arrow function also an expression.
// knowsItself: whether the name can be used inside, as that of a function expression can.
internal sealed class FunctionNode(
    string name,
    Target[] parameters,
    Target? rest,
    Node body,
    NameScope scope,
    bool isArrow,
    bool knowsItself,
    int offset)
    : Expression(offset)
{
    private readonly Identifier? _self =
        knowsItself ? new Identifier(name, offset, isDeclaration: true) : null;
    private bool _bindsItself;

    public string Name { get; } = name;

    public bool IsArrow { get; } = isArrow;

    public int Length { get; } = parameters.TakeWhile(parameter => parameter is not WithDefault).Count();

    public override string Describe() => Name.Length > 0 ? Name : "(intermediate value)";

    public override void Bind(Binder binder)
    {
        // unless a parameter or variable of that name hides it
        _bindsItself = _self is not null && scope.Declare(Name, DeclarationKind.Const);
        binder.BindFunction(scope, () =>
        {
            if (_bindsItself)
            {
                binder.Bind(_self);
            }

            binder.Bind(parameters);
            binder.Bind(rest);
            binder.Bind(body);
        });
    }

    public override object? Evaluate(Run run, Frame frame)
    {
        run.Allocate(48);
        return new Closure(this, frame);
    }

    public object? Invoke(Run run, Closure closure, object?[] arguments)
    {
        run.EnterCall();
        var frame = scope.Enter(run, closure.Frame);
        if (_bindsItself)
        {
            _self!.Assign(run, frame, closure);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i].Assign(run, frame, i < arguments.Length ? arguments[i] : ScriptUndefined.Value);
        }

        if (rest is not null)
        {
            var others = arguments.Skip(parameters.Length).ToList();
            run.AllocateItems(others.Count);
            rest.Assign(run, frame, new ScriptArray(others));
        }

        object? result;
        if (body is Expression expression)
        {
            result = expression.Evaluate(run, frame);
        }
        else
        {
            result = ((Statement)body).Execute(run, frame) == Completion.Return ? run.Returned : ScriptUndefined.Value;
        }

        run.LeaveCall();
        return result;
    }
}

/// <summary>A function of the script together with the variables around it.</summary>
internal sealed class Closure(FunctionNode function, Frame frame) : Callable
{
    public Frame Frame { get; } = frame;

    public override string Name => function.Name;

    public override int Length => function.Length;

    public override object? Call(Run run, object? self, object?[] arguments) => function.Invoke(run, this, arguments);
}
