using CaseManagement.Workflows.Expressions.JavaScript.Runtime;
using CaseManagement.Workflows.Expressions.JavaScript.Syntax;
using CaseManagement.Workflows.Expressions.JavaScript.Tree;

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

    private readonly Node _root;

    private Script(string source, ScriptKind kind, Node root)
    {
        Source = source;
        Kind = kind;
        _root = root;
    }

    /// <summary>The text as given.</summary>
    public string Source { get; }

    public ScriptKind Kind { get; }

    /// <exception cref="ScriptSyntaxException">The text is wrong, too long, nested too deeply or outside the subset.</exception>
    public static Script Compile(string source, ScriptKind kind)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Script(source, kind, Parser.Parse(source, kind));
    }

    /// <exception cref="ScriptException">The script failed.</exception>
    /// <exception cref="ScriptBudgetException">The script used up its budget.</exception>
    public object? Evaluate(IScriptScope scope, ScriptBudget budget)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(budget);
        var run = new Run(scope, budget);
        try
        {
            return HostValues.Give(run, Evaluate(run));
        }
        catch (ScriptException error) when (error.Line == 0)
        {
            error.Offset = error.Offset < 0 ? run.Offset : error.Offset;
            (error.Line, error.Column) = TextPosition.Of(Source, error.Offset);
            throw;
        }
        finally
        {
            scope.Spent(run.StepsTaken);
        }
    }

    private object? Evaluate(Run run)
    {
        if (_root is Expression expression)
        {
            return expression.Evaluate(run, Frame.Outermost);
        }

        return ((Statement)_root).Execute(run, Frame.Outermost) == Completion.Return ? run.Returned : run.Completed;
    }
}
