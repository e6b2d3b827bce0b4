namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>The variables of one run of a scope.</summary>
internal sealed class Frame(object?[] slots, Frame? outer)
{
    /// <summary>Stands in a slot until its <c>let</c> or <c>const</c> has run.</summary>
    public static readonly object Uninitialised = new();

    public static readonly Frame Outermost = new([], null);

    public object?[] Slots { get; } = slots;

    public Frame? Outer { get; } = outer;

    public Frame At(int hops)
    {
        var frame = this;
        for (var i = 0; i < hops; i++)
        {
            frame = frame.Outer!;
        }

        return frame;
    }

    public Frame Copy() => new([.. Slots], Outer);
}
