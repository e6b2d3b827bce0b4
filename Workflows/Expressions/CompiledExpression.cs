using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Expressions;

/// <summary>An expression prepared once, at the compile of its definition, and evaluated by any number of instances.</summary>
public abstract class CompiledExpression
{
    public abstract object? Evaluate(in EvaluationScope scope);

    /// <summary>The value, if it is the same for every evaluation.</summary>
    public virtual bool TryGetConstant(out object? value)
    {
        value = null;
        return false;
    }
}

/// <summary>Where an expression is evaluated: names are looked up from this execution upwards.</summary>
public readonly struct EvaluationScope(Burst burst, WorkflowInstance instance, ActivityExecution execution)
{
    public Burst Burst { get; } = burst;
    public WorkflowInstance Instance { get; } = instance;
    public ActivityExecution Execution { get; } = execution;
}

internal sealed class LiteralExpression(object? value) : CompiledExpression
{
    public override object? Evaluate(in EvaluationScope scope) => value;

    public override bool TryGetConstant(out object? constant)
    {
        constant = value;
        return true;
    }
}

/// <summary>Stands for what could not be read: whoever runs the definition all the same is told when the value is needed.</summary>
internal sealed class FailingExpression(string why) : CompiledExpression
{
    public override object? Evaluate(in EvaluationScope scope) => throw new InvalidOperationException(why);
}

internal sealed class VariableExpression(string? id, string? name) : CompiledExpression
{
    public override object? Evaluate(in EvaluationScope scope) =>
        VariableScope.TryGet(scope.Execution, id, name, out var value) ? value : null;
}

internal sealed class InputExpression(string name) : CompiledExpression
{
    public override object? Evaluate(in EvaluationScope scope) => InputScope.Get(scope.Instance, scope.Execution, name);
}

internal sealed class ScriptExpression(ICompiledScript script) : CompiledExpression
{
    public override object? Evaluate(in EvaluationScope scope) =>
        ScriptValues.FromScript(script.Evaluate(scope.Burst.Scripts.For(scope.Instance, scope.Execution)));
}

/// <summary>Evaluates an expression and brings the result to a declared type.</summary>
internal sealed class ConvertedExpression(CompiledExpression inner, string typeName) : CompiledExpression
{
    public override object? Evaluate(in EvaluationScope scope) =>
        ValueConversion.To(typeName, isArray: false, inner.Evaluate(scope));
}
