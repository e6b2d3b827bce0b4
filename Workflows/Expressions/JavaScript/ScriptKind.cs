namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>What a script text is.</summary>
public enum ScriptKind
{
    /// <summary>One expression; its value is the result. <c>{a: 1}</c> is an object, a closing <c>;</c> is allowed.</summary>
    Expression,

    /// <summary>
    /// Statements. The result is that of a <c>return</c> outside any function, else the completion value of the last
    /// expression statement (Elsa 3.8: RunJavaScript returns what Jint's evaluation completes with).
    /// </summary>
    Program,
}
