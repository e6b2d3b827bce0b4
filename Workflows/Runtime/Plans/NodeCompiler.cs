using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Runtime.Plans;

/// <summary>What an activity type may use to prepare one of its nodes.</summary>
public sealed class NodeCompiler
{
    private readonly PlanCompiler _plan;

    internal NodeCompiler(PlanCompiler plan, PlanNode node)
    {
        _plan = plan;
        Node = node;
    }

    public PlanNode Node { get; }

    /// <summary>The activity as the definition has it; not to be changed.</summary>
    public JsonObject Json => Node.Json;

    /// <summary>Adds an activity that lies in a property only this type knows.</summary>
    public PlanNode AddChild(JsonObject activity) => _plan.Add(Node, activity);

    public void Report(string code, bool isError, PlanText text) => _plan.Report(Node, code, isError, text);

    /// <summary>Reports of an activity inside this one.</summary>
    internal void ReportAt(PlanNode child, string code, bool isError, PlanText text) => _plan.Report(child, code, isError, text);

    /// <summary>Prepares <c>{type, value}</c>.</summary>
    /// <remarks><c>typeName</c>: What the value is wanted as; null or Object leaves it as it is.</remarks>
    public CompiledExpression? Expression(JsonObject expression, string? typeName)
    {
        var kind = Definitions.Json.Text(expression, "type");
        var value = expression["value"];
        switch (kind)
        {
            case null or "Literal":
                return Literal(value, typeName);
            case "Object" or "Json":
                return ObjectText(value, typeName);
            case "Variable":
                return Converted(Variable(value), typeName);
            case "Input":
                return Converted(Input(value), typeName);
            case "JavaScript":
                return Script(value is JsonValue text && text.TryGetValue<string>(out var source) ? source : "") is { } script
                    ? Converted(new ScriptExpression(script), typeName)
                    : new FailingExpression("The script cannot be read.");
            default:
                Report(PlanFindings.UnknownExpressionType, true, PlanTexts.UnknownExpression(kind));
                return new FailingExpression(PlanTexts.UnknownExpression(kind).En);
        }
    }

    /// <summary>Prepares a script: an expression where it is one, else a program. Null (and a finding) when it is not understood.</summary>
    public ICompiledScript? Script(string source, bool programOnly = false)
    {
        _plan.KeepsActivityOutputs |= source.Contains("getOutputFrom", StringComparison.Ordinal)
            || source.Contains("getLastResult", StringComparison.Ordinal);
        if (!programOnly)
        {
            try
            {
                return _plan.Scripts.Compile(source, ScriptKind.Expression);
            }
            catch (ScriptSyntaxException)
            {
                // statements are allowed as well; their error is the one worth telling
            }
        }

        try
        {
            return _plan.Scripts.Compile(source, ScriptKind.Program);
        }
        catch (ScriptSyntaxException exception)
        {
            Report(PlanFindings.BadExpression, true, PlanTexts.BadScript(exception));
            return null;
        }
    }

    /// <summary>The place of a variable as seen from this activity.</summary>
    public VariableSlot? FindVariable(string? id, string? name)
    {
        for (var owner = Node; owner is not null; owner = owner.Parent)
        {
            for (var i = 0; i < owner.Variables.Count; i++)
            {
                if (id is not null ? owner.Variables[i].Id == id : owner.Variables[i].Name == name)
                {
                    return new VariableSlot(owner, i);
                }
            }

            if (owner.Activity is Workflow)
            {
                return null;
            }
        }

        return null;
    }

    internal void CompileInputs()
    {
        var declared = Node.Activity.Descriptor.Inputs;
        Node.Inputs = new CompiledExpression?[declared.Count];
        for (var i = 0; i < declared.Count; i++)
        {
            var input = declared[i];
            if (input.IsWrapped && Json[input.JsonName] is JsonObject wrapped && wrapped["expression"] is JsonObject expression)
            {
                Node.Inputs[i] = Expression(expression, Effective(Definitions.Json.Text(wrapped, "typeName"), input.TypeName));
            }
            else if (input.IsWrapped && Json[input.JsonName] is JsonValue plain)
            {
                Node.Inputs[i] = Literal(plain, input.TypeName);
            }

            if (input.IsRequired && Json[input.JsonName] is null)
            {
                Report(PlanFindings.MissingInput, true, PlanTexts.Missing(input));
            }

            if (input.TypeName == "TimeSpan" && Node.Inputs[i] is { } duration)
            {
                CheckDuration(input, duration);
            }
        }
    }

    internal void CompileOutputs()
    {
        var declared = Node.Activity.Descriptor.Outputs;
        Node.Outputs = new VariableSlot?[declared.Count];
        for (var i = 0; i < declared.Count; i++)
        {
            if (Json[declared[i].JsonName] is JsonObject bound && bound["memoryReference"] is JsonObject reference)
            {
                var id = Definitions.Json.Text(reference, "id");
                Node.Outputs[i] = FindVariable(id, null);
                if (Node.Outputs[i] is null)
                {
                    Report(PlanFindings.UnknownVariable, false, PlanTexts.UnboundOutput(declared[i].Name, id));
                }
            }
        }
    }

    private static string Effective(string? written, string declared) => written is null or "Object" ? declared : written;

    private static CompiledExpression Converted(CompiledExpression inner, string? typeName) =>
        typeName is null or "Object" || ValueConversion.IsList(typeName) ? inner : new ConvertedExpression(inner, typeName);

    private CompiledExpression Literal(JsonNode? value, string? typeName)
    {
        var literal = WorkflowValues.FromJson(value);
        try
        {
            return new LiteralExpression(ValueConversion.To(typeName, isArray: false, literal));
        }
        catch (ValueConversionException exception)
        {
            Report(PlanFindings.BadLiteral, true, PlanTexts.BadValue(exception));
            return new ConvertedExpression(new LiteralExpression(literal), typeName!);
        }
    }

    // Elsa 3.8: for an input of type Object the text is handed over as it is; typed inputs get it parsed.
    private CompiledExpression ObjectText(JsonNode? value, string? typeName)
    {
        if (value is not JsonValue || WorkflowValues.FromJson(value) is not string text)
        {
            return Literal(value, typeName);
        }

        if (typeName is null or "Object" or "String")
        {
            return new LiteralExpression(text);
        }

        try
        {
            return new LiteralExpression(
                string.IsNullOrWhiteSpace(text) ? null : ValueConversion.To(typeName, isArray: false, WorkflowValues.Parse(text)));
        }
        catch (ValueConversionException exception)
        {
            Report(PlanFindings.BadExpression, true, PlanTexts.BadValue(exception));
            return new FailingExpression(exception.Message);
        }
    }

    private VariableExpression Variable(JsonNode? value)
    {
        var id = value is JsonObject reference ? Definitions.Json.Text(reference, "id") : value?.ToString();
        var name = value is JsonObject named ? Definitions.Json.Text(named, "name") : id;
        var slot = FindVariable(id, null) ?? FindVariable(null, name);
        if (slot is null && name is not ("CurrentValue" or "CurrentIndex"))
        {
            Report(PlanFindings.UnknownVariable, false, PlanTexts.UnknownVariable(name ?? id));
        }

        return new VariableExpression(slot?.Variable.Id, slot?.Variable.Name ?? name);
    }

    private static InputExpression Input(JsonNode? value) =>
        new((value is JsonObject definition ? Definitions.Json.Text(definition, "name") : value?.ToString()) ?? "");

    private void CheckDuration(InputDescriptor input, CompiledExpression duration)
    {
        if (duration.TryGetConstant(out var constant) && constant is string written
            && Definitions.Json.Text((JsonObject)Json[input.JsonName]!["expression"]!, "value") is { } text
            && int.TryParse(text.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first >= 24
            && text.Contains(':', StringComparison.Ordinal))
        {
            Report(PlanFindings.AmbiguousDuration, false, PlanTexts.ReadAsDays(text, TimeSpan.Parse(written, CultureInfo.InvariantCulture), first));
        }
    }
}

/// <summary>Evaluates inputs of a trigger at publish, when there is no instance yet.</summary>
public sealed class TriggerContext(PlanNode node, DateTimeOffset now)
{
    public PlanNode Node { get; } = node;

    /// <summary>The moment of publishing.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The input's value where it is a constant; triggers know no instance, so nothing else can be worked out.</summary>
    public bool TryGet(string input, out object? value)
    {
        value = null;
        return Node.Input(input) is { } expression && expression.TryGetConstant(out value);
    }
}
