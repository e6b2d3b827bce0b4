namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>The evaluation used up a limit of its <see cref="ScriptBudget"/>. The script cannot catch it.</summary>
public sealed class ScriptBudgetException : Exception
{
    public ScriptBudgetException(string limit, string message)
        : base(message) => Limit = limit;

    /// <summary>Name of the <see cref="ScriptBudget"/> property that was exceeded.</summary>
    public string Limit { get; }
}
