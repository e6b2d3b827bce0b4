namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>
/// A compiled script in our subset of ECMAScript: immutable, safe for use by many threads at once. Values are plain CLR:
/// null, <see cref="ScriptUndefined"/>, bool, double, string, <c>List&lt;object?&gt;</c> (arrays),
/// <see cref="ScriptObject"/>, <see cref="ScriptDate"/>, <see cref="ScriptFunction"/>.
/// </summary>
public sealed class Script
{
    /// <summary>Longest text that is compiled, in UTF-16 units.</summary>
    public const int MaxSourceLength = 65_536;

    private Script(string source, ScriptKind kind)
    {
        Source = source;
        Kind = kind;
    }

    /// <summary>The text as given.</summary>
    public string Source { get; }

    public ScriptKind Kind { get; }

    /// <exception cref="ScriptSyntaxException">The text is wrong, too long, nested too deeply or outside the subset.</exception>
    public static Script Compile(string source, ScriptKind kind)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Script(source, kind);
    }

    /// <exception cref="ScriptException">The script failed.</exception>
    /// <exception cref="ScriptBudgetException">The script used up its budget.</exception>
    public object? Evaluate(IScriptScope scope, ScriptBudget budget)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(budget);
        throw new ScriptException(ScriptErrorKind.Error, $"The evaluator is not in this build yet ({Kind})");
    }
}
