using System.Diagnostics.CodeAnalysis;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>The functions behind a library name, such as those of <c>Math</c>, and its constants.</summary>
[SuppressMessage("Design", "CA1044:Properties should not be write only", Justification = "For the initializer alone")]
internal sealed class FunctionTable
{
    private readonly Dictionary<string, object?> _members = new(StringComparer.Ordinal);

    public Func<Run, object?[], object?> this[string name]
    {
        set => _members[name] = new LibraryFunction(name, (run, _, arguments) => value(run, arguments));
    }

    public FunctionTable With(string name, double constant)
    {
        _members[name] = NumberText.Box(constant);
        return this;
    }

    public IReadOnlyDictionary<string, object?> Members => _members;

    /// <summary>An object of these that no script can change.</summary>
    public ScriptObject ToFrozenObject()
    {
        var result = new ScriptObject();
        foreach (var (name, member) in _members)
        {
            result[name] = member;
        }

        result.IsFrozen = true;
        return result;
    }
}
