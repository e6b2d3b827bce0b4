using System.Text.Json.Nodes;
using CaseManagement.Workflows.Expressions;

namespace CaseManagement.Workflows.Definitions;

/// <summary>A variable of a workflow or container.</summary>
/// <remarks><c>Value</c>: The default as written: text or null.</remarks>
public sealed record VariableDefinition(string Id, string Name, string TypeName, bool IsArray, JsonNode? Value)
{
    internal static IReadOnlyList<VariableDefinition> ReadAll(JsonNode? node) =>
        [.. Json.Objects(node).Select(v => new VariableDefinition(
            Json.Text(v, "id") ?? Json.Text(v, "name") ?? "",
            Json.Text(v, "name") ?? "",
            Json.Text(v, "typeName") ?? "Object",
            Json.Flag(v, "isArray"),
            v["value"]))];
}

/// <remarks><c>Default</c>: Already brought to the declared type; null where there is none or it does not fit.</remarks>
public sealed record InputDefinition(string Name, string? DisplayName, string Type, bool IsArray, object? Default)
{
    internal static IReadOnlyList<InputDefinition> ReadAll(JsonNode? node) =>
        [.. Json.Objects(node).Select(i =>
        {
            var type = Json.Text(i, "type") ?? "Object";
            var isArray = Json.Flag(i, "isArray");
            return new InputDefinition(
                Json.Text(i, "name") ?? "", Json.Text(i, "displayName"), type, isArray, DefaultOf(i["defaultValue"], type, isArray));
        })];

    private static object? DefaultOf(JsonNode? node, string type, bool isArray)
    {
        try
        {
            return ValueConversion.To(type, isArray, WorkflowValues.FromJson(node));
        }
        catch (ValueConversionException)
        {
            return null;
        }
    }
}

public sealed record OutputDefinition(string Name, string? DisplayName, string Type, bool IsArray)
{
    internal static IReadOnlyList<OutputDefinition> ReadAll(JsonNode? node) =>
        [.. Json.Objects(node).Select(o => new OutputDefinition(
            Json.Text(o, "name") ?? "", Json.Text(o, "displayName"), Json.Text(o, "type") ?? "Object", Json.Flag(o, "isArray")))];
}

/// <summary>When a workflow may start another instance.</summary>
public enum ActivationStrategy
{
    Always,

    /// <summary>No other instance of the definition runs.</summary>
    Singleton,

    /// <summary>No instance of any definition runs with the same correlation id.</summary>
    Correlation,

    /// <summary>No instance of the definition runs with the same correlation id.</summary>
    CorrelatedSingleton,
}

/// <summary>What becomes of an instance when an activity faults.</summary>
public enum IncidentStrategy
{
    /// <summary>The instance is Faulted; queued work still runs.</summary>
    Fault,

    /// <summary>The faulted branch stops, the others go on.</summary>
    ContinueWithIncidents,
}

public sealed record WorkflowOptions(
    ActivationStrategy ActivationStrategy, IncidentStrategy IncidentStrategy, bool UsableAsActivity, string? ActivityCategory)
{
    /// <summary>Strategies are recognised by alias and by CLR name with or without assembly, as Elsa 3.8 writes both.</summary>
    internal static WorkflowOptions Read(JsonObject? json) => json is null
        ? new WorkflowOptions(ActivationStrategy.Always, IncidentStrategy.Fault, false, null)
        : new WorkflowOptions(
            ShortName(Json.Text(json, "activationStrategyType")) switch
            {
                "Singleton" => ActivationStrategy.Singleton,
                "Correlation" => ActivationStrategy.Correlation,
                "CorrelatedSingleton" => ActivationStrategy.CorrelatedSingleton,
                _ => ActivationStrategy.Always,
            },
            ShortName(Json.Text(json, "incidentStrategyType")) is "ContinueWithIncidents"
                ? IncidentStrategy.ContinueWithIncidents
                : IncidentStrategy.Fault,
            json["usableAsActivity"] is JsonValue flag && flag.TryGetValue<bool>(out var usable) && usable,
            Json.Text(json, "activityCategory"));

    private static string? ShortName(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var type = name.Split(',')[0].Trim();
        type = type[(type.LastIndexOf('.') + 1)..];
        return type.EndsWith("Strategy", StringComparison.Ordinal) ? type[..^"Strategy".Length] : type;
    }
}
