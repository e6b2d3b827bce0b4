using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>What a library function does.</summary>
internal delegate object? LibraryBody(Run run, object? self, object?[] arguments);

internal sealed class LibraryFunction(string name, LibraryBody body) : Callable
{
    public override string Name => name;

    public override int Length => 0;

    /// <summary>What <c>new</c> does with it; null: it is no constructor.</summary>
    public Func<Run, object?[], object?>? Construct { get; init; }

    /// <summary>What stands behind a dot, as in <c>Object.keys</c>.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; init; } = new Dictionary<string, object?>();

    public object? Get(string member) => Members.TryGetValue(member, out var value) ? value : ScriptUndefined.Value;

    public override object? Call(Run run, object? self, object?[] arguments)
    {
        run.EnterCall();
        var result = body(run, self, arguments);
        run.LeaveCall();
        return result;
    }
}
