using System.Diagnostics.CodeAnalysis;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

internal delegate object? Method<in T>(Run run, T self, object?[] arguments);

/// <summary>The methods of one type of value.</summary>
// typeName: as an error names it.
[SuppressMessage("Design", "CA1044:Properties should not be write only", Justification = "For the initializer alone")]
internal sealed class MethodTable<T>(string typeName)
{
    private readonly Dictionary<string, LibraryFunction> _methods = new(StringComparer.Ordinal);

    public Method<T> this[string name]
    {
        set => _methods[name] = new LibraryFunction(name, (run, self, arguments) => self is T own
            ? value(run, own, arguments)
            : throw new ScriptException(ScriptErrorKind.TypeError, $"{typeName}.{name} was called without its {typeName}"));
    }

    /// <summary>The method, or undefined.</summary>
    public object? Find(string name) => _methods.TryGetValue(name, out var method) ? method : ScriptUndefined.Value;
}
