namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>What <c>new Error(…)</c> makes, and what <c>catch</c> gets for an error of the evaluator.</summary>
internal sealed class ScriptError(ScriptErrorKind kind, string message)
{
    public ScriptErrorKind Kind { get; } = kind;

    public string Message { get; } = message;

    public string Name => Kind.ToString();

    public override string ToString() => Message.Length == 0 ? Name : $"{Name}: {Message}";
}
