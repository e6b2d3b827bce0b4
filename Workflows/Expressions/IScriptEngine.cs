namespace CaseManagement.Workflows.Expressions;

/// <summary>Turns JavaScript into something that can be evaluated many times.</summary>
public interface IScriptEngine
{
    /// <summary>
    /// Prepares an expression, or a program whose value is that of its <c>return</c>. The expression form is tried first where
    /// <paramref name="expression"/> is set.
    /// </summary>
    /// <exception cref="ScriptException">The source is not understood.</exception>
    ICompiledScript Compile(string source, bool expression);
}

/// <summary>A prepared script; holds no state of an evaluation.</summary>
public interface ICompiledScript
{
    /// <exception cref="ScriptException">The script threw or used up its budget.</exception>
    object? Evaluate(IScriptGlobals globals);
}

/// <summary>The names a script sees beside the language's own.</summary>
public interface IScriptGlobals
{
    /// <summary>A value, or a <c>Func&lt;IReadOnlyList&lt;object?&gt;, object?&gt;</c>.</summary>
    bool TryGet(string name, out object? value);
}

/// <summary>A script that does not compile, or did not come to an end.</summary>
public sealed class ScriptException(string message, Exception? inner = null) : Exception(message, inner);
