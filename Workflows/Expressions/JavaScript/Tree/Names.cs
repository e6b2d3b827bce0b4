using CaseManagement.Workflows.Expressions.JavaScript.Library;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

/// <summary>A name: one of the script's own, of the host's scope, or of the library, in this order.</summary>
internal sealed class Identifier(string name, int offset, bool isDeclaration = false) : Target(offset)
{
    private int _hops;
    private int _slot = -1;
    private bool _isConst;
    private object? _library;

    public string Name { get; } = name;

    public override string Describe() => Name;

    public override void Bind(Binder binder)
    {
        if (binder.TryFind(Name, out _hops, out _slot, out var kind))
        {
            _isConst = kind == DeclarationKind.Const;
            return;
        }

        if (Syntax.Words.WhatIsLeftOut(Name) is { } leftOut)
        {
            throw binder.Wrong($"{leftOut} outside the supported subset of JavaScript", Offset);
        }

        _library = Globals.Find(Name);
    }

    public override object? Evaluate(Run run, Frame frame) => Find(run, frame, mustExist: true);

    // mustExist false: an unknown name is undefined, as typeof has it.
    public object? Find(Run run, Frame frame, bool mustExist)
    {
        if (_slot >= 0)
        {
            var value = frame.At(_hops).Slots[_slot];
            return ReferenceEquals(value, Frame.Uninitialised) ? throw TooEarly() : value;
        }

        run.Offset = Offset;
        return run.Scope.TryGet(Name, out var given) ? HostValues.Take(given)
            : _library ?? (mustExist
                ? throw Run.Fail(ScriptErrorKind.ReferenceError, $"{Name} is not defined", Offset)
                : ScriptUndefined.Value);
    }

    public override Place Locate(Run run, Frame frame) => default;

    public override object? Read(Run run, Frame frame, Place place) => Evaluate(run, frame);

    public override void Write(Run run, Frame frame, Place place, object? value)
    {
        if (_slot < 0)
        {
            run.Offset = Offset;
            if (!run.Scope.TrySet(Name, HostValues.Give(run, value)))
            {
                throw Run.Fail(ScriptErrorKind.ReferenceError, $"{Name} is not defined", Offset);
            }

            return;
        }

        var slots = frame.At(_hops).Slots;
        if (!isDeclaration)
        {
            if (ReferenceEquals(slots[_slot], Frame.Uninitialised))
            {
                throw TooEarly();
            }

            if (_isConst)
            {
                throw Run.Fail(ScriptErrorKind.TypeError, "Assignment to constant variable.", Offset);
            }
        }

        slots[_slot] = value;
    }

    private ScriptException TooEarly() =>
        Run.Fail(ScriptErrorKind.ReferenceError, $"Cannot access '{Name}' before initialization", Offset);
}
