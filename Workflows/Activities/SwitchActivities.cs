using System.Text.Json.Nodes;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Activities;

/// <summary>A case of a switch: its label is the port, its activity (embedded switches only) what runs.</summary>
internal sealed record SwitchCase(string Label, CompiledExpression? Condition, PlanNode? Activity)
{
    public static IReadOnlyList<SwitchCase> CompileAll(NodeCompiler compiler) =>
        [.. Definitions.Json.Objects(compiler.Json["cases"]).Select(json => new SwitchCase(
            Definitions.Json.Text(json, "label") ?? "",
            json["condition"] is JsonObject condition ? compiler.Expression(condition, "Boolean") : null,
            json["activity"] is JsonObject activity ? compiler.AddChild(activity) : null))];

    /// <summary>The cases that hold: the first, or with MatchAny all.</summary>
    public static List<SwitchCase> Matching(ActivityContext context)
    {
        var any = context.GetText("Mode") == "MatchAny";
        var matching = new List<SwitchCase>();
        foreach (var candidate in (IReadOnlyList<SwitchCase>)context.Node.Data!)
        {
            if (ValueConversion.ToBoolean(context.Evaluate(candidate.Condition)))
            {
                matching.Add(candidate);
                if (!any)
                {
                    break;
                }
            }
        }

        return matching;
    }

    public static InputDescriptor Mode { get; } = new("Mode", "SwitchMode") { UIHint = "dropdown", DefaultValue = "MatchFirst" };
}

/// <summary>Elsa.FlowSwitch: goes on at the matching cases, or at Default.</summary>
public sealed class FlowSwitch : Activity
{
    public FlowSwitch()
        : base(new ActivityDescriptor("Elsa.FlowSwitch", "Branching")
        {
            DisplayName = "Switch (flow)",
            Inputs = [new InputDescriptor("Cases", "Object") { IsWrapped = false, UIHint = "flow-switch-editor" }, SwitchCase.Mode],
            Ports = [new PortDescriptor("Default")],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var matching = SwitchCase.Matching(context);
        return matching.Count switch
        {
            0 => context.CompleteAsync("Default"),
            1 => context.CompleteAsync(matching[0].Label),
            _ => context.CompleteAsync([.. matching.Select(c => c.Label)]),
        };
    }

    protected internal override object Compile(NodeCompiler compiler) => SwitchCase.CompileAll(compiler);
}

/// <summary>Elsa.Switch: runs the activities of the matching cases, or the default one.</summary>
public sealed class Switch : Activity
{
    public Switch()
        : base(new ActivityDescriptor("Elsa.Switch", "Branching")
        {
            Inputs = [new InputDescriptor("Cases", "Object") { IsWrapped = false, UIHint = "switch-editor" }, SwitchCase.Mode],
            Outputs = [new OutputDescriptor("Output", "Object")],
            Ports = [new PortDescriptor("Default", PortType.Embedded)],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var matching = SwitchCase.Matching(context);
        foreach (var match in matching)
        {
            if (match.Activity is { } activity)
            {
                context.Schedule(activity);
            }
        }

        if (matching.Count == 0 && context.Node.Port("Default") is { } otherwise)
        {
            context.Schedule(otherwise);
        }

        return context.HasChildren ? ValueTask.CompletedTask : context.CompleteAsync();
    }

    public override ValueTask ChildCompletedAsync(ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes) =>
        context.HasChildren ? ValueTask.CompletedTask : context.CompleteAsync();

    protected internal override object Compile(NodeCompiler compiler) => SwitchCase.CompileAll(compiler);
}
