using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

/// <summary><c>owner.name</c> or <c>owner[key]</c>, either with <c>?.</c></summary>
internal sealed class Member(Expression owner, Expression key, bool isComputed, bool isOptional, int offset) : Target(offset)
{
    private readonly string? _name = isComputed ? null : (string?)((Literal)key).Value;

    public override string Describe() =>
        _name is null ? $"{owner.Describe()}[…]" : $"{owner.Describe()}.{_name}";

    public override void Bind(Binder binder)
    {
        binder.Bind(owner);
        binder.Bind(key);
    }

    public override object? Evaluate(Run run, Frame frame) => Evaluate(run, frame, out _);

    // self: the owner, for a call.
    public object? Evaluate(Run run, Frame frame, out object? self)
    {
        self = owner.Evaluate(run, frame);
        if (ReferenceEquals(self, OptionalChain.CutShort) || (isOptional && Coercion.IsNullish(self)))
        {
            return OptionalChain.CutShort;
        }

        run.Step();
        if (_name is not null)
        {
            run.Offset = Offset;
            return Properties.Get(run, self, _name);
        }

        var evaluated = key.Evaluate(run, frame);
        run.Offset = Offset;
        return Properties.Get(run, self, evaluated);
    }

    public override Place Locate(Run run, Frame frame) =>
        new(owner.Evaluate(run, frame), _name ?? key.Evaluate(run, frame));

    public override object? Read(Run run, Frame frame, Place place)
    {
        run.Offset = Offset;
        return Properties.Get(run, place.Owner, place.Key);
    }

    public override void Write(Run run, Frame frame, Place place, object? value)
    {
        run.Step();
        run.Offset = Offset;
        Properties.Set(run, place.Owner, place.Key, value);
    }

    public bool Delete(Run run, Frame frame)
    {
        var place = Locate(run, frame);
        run.Offset = Offset;
        return Properties.Delete(run, place.Owner, place.Key);
    }
}

/// <summary>A chain with a <c>?.</c> in it: where that meets null or undefined the whole chain is undefined.</summary>
internal sealed class OptionalChain(Expression chain, int offset) : Expression(offset)
{
    /// <summary>Passed up the chain from the <c>?.</c> that ended it.</summary>
    public static readonly object CutShort = new();

    public override string Describe() => chain.Describe();

    public override void Bind(Binder binder) => binder.Bind(chain);

    public override object? Evaluate(Run run, Frame frame)
    {
        var value = chain.Evaluate(run, frame);
        return ReferenceEquals(value, CutShort) ? ScriptUndefined.Value : value;
    }
}

/// <summary>A call, with <c>?.</c> before its arguments or not.</summary>
internal sealed class Call(Expression function, Expression[] arguments, bool isOptional, int offset) : Expression(offset)
{
    private readonly ArgumentList _arguments = new(arguments);

    public override string Describe() => $"{function.Describe()}(...)";

    public override void Bind(Binder binder)
    {
        binder.Bind(function);
        binder.Bind(arguments);
    }

    public override object? Evaluate(Run run, Frame frame)
    {
        object? self = ScriptUndefined.Value;
        var callee = function is Member member ? member.Evaluate(run, frame, out self) : function.Evaluate(run, frame);
        if (ReferenceEquals(callee, OptionalChain.CutShort) || (isOptional && Coercion.IsNullish(callee)))
        {
            return OptionalChain.CutShort;
        }

        run.Step();
        var given = _arguments.Evaluate(run, frame);
        run.Offset = Offset;
        return callee switch
        {
            Callable callable => callable.Call(run, self, given),
            ScriptFunction host => HostValues.Call(run, host, given),
            _ => throw Run.Fail(ScriptErrorKind.TypeError, $"{function.Describe()} is not a function", Offset),
        };
    }
}

/// <summary><c>new Date(…)</c> and the like; only library functions make objects.</summary>
internal sealed class Construction(Expression function, Expression[] arguments, int offset) : Expression(offset)
{
    private readonly ArgumentList _arguments = new(arguments);

    public override void Bind(Binder binder)
    {
        binder.Bind(function);
        binder.Bind(arguments);
    }

    public override object? Evaluate(Run run, Frame frame)
    {
        run.Step();
        var callee = function.Evaluate(run, frame);
        var given = _arguments.Evaluate(run, frame);
        run.Offset = Offset;
        return callee is Library.LibraryFunction { Construct: { } construct }
            ? construct(run, given)
            : throw Run.Fail(ScriptErrorKind.TypeError, $"{function.Describe()} is not a constructor", Offset);
    }
}

internal sealed class ArgumentList(Expression[] arguments)
{
    private readonly bool _hasSpread = arguments.Any(argument => argument is Spread);

    public object?[] Evaluate(Run run, Frame frame)
    {
        if (_hasSpread)
        {
            var items = new List<object?>();
            Spread.AppendAll(run, frame, items, arguments);
            return [.. items];
        }

        if (arguments.Length == 0)
        {
            return [];
        }

        var values = new object?[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(run, frame);
        }

        return values;
    }
}
