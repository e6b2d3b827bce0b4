using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Expressions;

/// <summary>Turns JavaScript into something that can be evaluated many times.</summary>
public interface IScriptEngine
{
    /// <exception cref="ScriptSyntaxException">The source is not understood.</exception>
    ICompiledScript Compile(string source, ScriptKind kind);
}

/// <summary>A prepared script; holds no state of an evaluation.</summary>
public interface ICompiledScript
{
    /// <returns>A value of the evaluator's kinds; <see cref="ScriptValues.FromScript"/> makes it a workflow's.</returns>
    object? Evaluate(IScriptScope scope);
}

/// <summary>The product's own evaluator.</summary>
public sealed class JavaScriptEngine(ScriptBudget? budget = null) : IScriptEngine
{
    private readonly ScriptBudget _budget = budget ?? ScriptBudget.Default;

    public ICompiledScript Compile(string source, ScriptKind kind) => new Compiled(Script.Compile(source, kind), _budget);

    private sealed class Compiled(Script script, ScriptBudget budget) : ICompiledScript
    {
        public object? Evaluate(IScriptScope scope) => script.Evaluate(scope, budget);
    }
}
