using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Tests.JavaScript;

/// <summary>A scope whose names a test sets; only those it has can be assigned.</summary>
internal sealed class Names : Dictionary<string, object?>, IScriptScope
{
    public bool TryGet(string name, out object? value) => TryGetValue(name, out value);

    public bool TrySet(string name, object? value)
    {
        var known = ContainsKey(name);
        if (known)
        {
            this[name] = value;
        }

        return known;
    }
}
