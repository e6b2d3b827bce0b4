using System.Text.Json.Nodes;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Activities;

/// <summary>Elsa.WriteLine: notes a text in the journal. There is no console to write to.</summary>
public sealed class WriteLine : Activity
{
    public WriteLine()
        : base(new ActivityDescriptor("Elsa.WriteLine", "Console") { Inputs = [new InputDescriptor("Text", "String")] })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.Journal("Text", context.GetText("Text"));
        return context.CompleteAsync();
    }
}

/// <summary>Elsa.Log: notes a message and its level in the journal.</summary>
public sealed class Log : Activity
{
    public Log()
        : base(new ActivityDescriptor("Elsa.Log", "Primitives")
        {
            Inputs =
            [
                new InputDescriptor("Message", "String") { UIHint = "multiline" },
                new InputDescriptor("Level", "String") { DefaultValue = "Information" },
                new InputDescriptor("Category", "String"),
            ],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.Journal("Message", context.GetText("Message"));
        context.Journal("Level", context.GetText("Level") ?? "Information");
        if (context.GetText("Category") is { Length: > 0 } category)
        {
            context.Journal("Category", category);
        }

        return context.CompleteAsync();
    }
}

/// <summary>Elsa.SetVariable. A value that does not fit the variable's type is an incident; the variable keeps what it had.</summary>
public sealed class SetVariable : Activity
{
    public SetVariable()
        : base(new ActivityDescriptor("Elsa.SetVariable", "Primitives")
        {
            DisplayName = "Set Variable",
            Inputs =
            [
                new InputDescriptor("Variable", "Variable") { IsWrapped = false, UIHint = "variable-picker" },
                new InputDescriptor("Value", "Object"),
            ],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var value = context.Get("Value");
        if (context.Node.Data is VariableSlot slot)
        {
            VariableScope.Set(context.Execution, slot, value);
        }
        else if (context.Node.Data is not string name || !context.SetVariable(name, value))
        {
            throw new InvalidOperationException("The variable to set does not exist.");
        }

        return context.CompleteAsync();
    }

    protected internal override object? Compile(NodeCompiler compiler)
    {
        if (compiler.Json["variable"] is not JsonObject variable)
        {
            compiler.Report(PlanFindings.MissingInput, true, PlanTexts.NoVariable);
            return null;
        }

        var name = Definitions.Json.Text(variable, "name");
        var slot = compiler.FindVariable(Definitions.Json.Text(variable, "id"), null) ?? compiler.FindVariable(null, name);
        if (slot is null)
        {
            compiler.Report(PlanFindings.UnknownVariable, false, PlanTexts.UnknownVariable(name));
        }

        return slot is null ? name : slot;
    }
}

/// <summary>Elsa.SetName: names the instance.</summary>
public sealed class SetName : Activity
{
    public SetName()
        : base(new ActivityDescriptor("Elsa.SetName", "Primitives") { Inputs = [new InputDescriptor("Value", "String")] })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.Instance.Name = context.GetText("Value");
        return context.CompleteAsync();
    }
}

/// <summary>Elsa.Correlate: gives the instance its correlation id, by which events find it.</summary>
public sealed class Correlate : Activity
{
    public Correlate()
        : base(new ActivityDescriptor("Elsa.Correlate", "Primitives") { Inputs = [new InputDescriptor("CorrelationId", "String")] })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.Instance.CorrelationId = context.GetText("CorrelationId") is { Length: > 0 } id ? id : null;
        return context.CompleteAsync();
    }
}

/// <summary>Elsa.SetOutput: an output of the workflow the activity belongs to.</summary>
public sealed class SetOutput : Activity
{
    public SetOutput()
        : base(new ActivityDescriptor("Elsa.SetOutput", "Composition")
        {
            DisplayName = "Set Output",
            Inputs = [new InputDescriptor("OutputName", "String") { UIHint = "output-picker" }, new InputDescriptor("OutputValue", "Object")],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var name = context.GetText("OutputName") ?? throw new InvalidOperationException("No output is chosen.");
        var value = context.Get("OutputValue");
        var workflow = Workflow.Of(context.Execution);
        if (workflow.Parent is null)
        {
            (context.Instance.OutputValues ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;
        }
        else
        {
            (workflow.Outputs ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;
        }

        return context.CompleteAsync();
    }
}

/// <summary>Elsa.Finish: finishes the whole workflow at once; what waits gets no entry in the journal.</summary>
public sealed class Finish : Activity
{
    public Finish()
        : base(new ActivityDescriptor("Elsa.Finish", "Primitives") { IsTerminal = true })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context) =>
        context.Burst.Runner.FinishAsync(context.Instance, context.Execution);
}

/// <summary>Elsa.Complete: completes the workflow it belongs to, with outcomes where that workflow is used as an activity.</summary>
public sealed class Complete : Activity
{
    public Complete()
        : base(new ActivityDescriptor("Elsa.Complete", "Composition")
        {
            Inputs = [new InputDescriptor("Outcomes", "Object") { UIHint = "outcome-picker" }],
            IsTerminal = true,
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var outcomes = context.GetTexts("Outcomes");
        var workflow = Workflow.Of(context.Execution);
        workflow.WorkflowOutcomes = outcomes.Count == 0 ? null : outcomes;
        return context.Burst.Runner.CompleteUpToAsync(context.Instance, context.Execution, workflow, Outcomes.Done);
    }
}

/// <summary>Raised by Elsa.Fault.</summary>
public sealed class FaultException(string? code, string? category, string? faultType, string message) : Exception(message)
{
    public string? Code { get; } = code;
    public string? Category { get; } = category;
    public string? FaultType { get; } = faultType;
}

/// <summary>Elsa.Fault: makes an incident on purpose.</summary>
public sealed class Fault : Activity
{
    public Fault()
        : base(new ActivityDescriptor("Elsa.Fault", "Primitives")
        {
            Inputs =
            [
                new InputDescriptor("Code", "String"),
                new InputDescriptor("Category", "String"),
                new InputDescriptor("FaultType", "String"),
                new InputDescriptor("Message", "String"),
            ],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context) => throw new FaultException(
        context.GetText("Code"), context.GetText("Category"), context.GetText("FaultType"), context.GetText("Message") ?? "Fault");
}

/// <summary>Elsa.RunJavaScript: a program; its outcomes are what setOutcome and setOutcomes said, else Done.</summary>
public sealed class RunJavaScript : Activity
{
    public RunJavaScript()
        : base(new ActivityDescriptor("Elsa.RunJavaScript", "Scripting")
        {
            DisplayName = "Run JavaScript",
            Inputs =
            [
                new InputDescriptor("Script", "String") { UIHint = "code-editor" },
                new InputDescriptor("PossibleOutcomes", "List<String>") { UIHint = "dynamic-outcomes" },
            ],
            Outputs = [new OutputDescriptor("Result", "Object")],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var script = context.Node.Data as ICompiledScript
            ?? context.Burst.ScriptEngine.Compile(context.GetText("Script") ?? "", Expressions.JavaScript.ScriptKind.Program);
        var scopes = context.Burst.Scripts;
        var result = ScriptValues.FromScript(script.Evaluate(scopes.For(context.Instance, context.Execution)));
        scopes.StoreVariables();
        var outcomes = scopes.Outcomes ?? Outcomes.Done;
        context.SetOutput("Result", result);
        return context.CompleteAsync(outcomes);
    }

    protected internal override object? Compile(NodeCompiler compiler) =>
        compiler.Node.Input("Script") is { } script && script.TryGetConstant(out var source)
            ? compiler.Script(ValueConversion.ToText(source) ?? "", programOnly: true)
            : null;
}
