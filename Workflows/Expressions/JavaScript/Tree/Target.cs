using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Tree;

/// <summary>The object and key of a target, evaluated once however often the target is read and written.</summary>
internal readonly record struct Place(object? Owner, object? Key);

/// <summary>What may stand left of <c>=</c>.</summary>
internal abstract class Target(int offset) : Expression(offset)
{
    public abstract Place Locate(Run run, Frame frame);

    public abstract object? Read(Run run, Frame frame, Place place);

    public abstract void Write(Run run, Frame frame, Place place, object? value);

    public void Assign(Run run, Frame frame, object? value) => Write(run, frame, Locate(run, frame), value);
}
