using System.Text;
using System.Text.Json.Nodes;

namespace CaseManagement.Web.Elsa.Descriptors;

/// <summary>TypeScript declarations of what a script of a definition may call, for completion in the editor.</summary>
public static class ScriptTypes
{
    private const string Functions = """
        declare function getVariable(name: string): any;
        declare function setVariable(name: string, value: any): void;
        declare function getInput(name: string): any;
        declare function getOutputFrom(activityId: string, outputName?: string): any;
        declare function getLastResult(): any;
        declare function getCorrelationId(): string;
        declare function setCorrelationId(value: string): void;
        declare function getWorkflowInstanceId(): string;
        declare function getWorkflowInstanceName(): string;
        declare function setWorkflowInstanceName(value: string): void;
        declare function getWorkflowDefinitionId(): string;
        declare function getWorkflowDefinitionVersionId(): string;
        declare function getWorkflowDefinitionVersion(): number;
        declare function setOutcome(outcome: string): void;
        declare function setOutcomes(outcomes: string[]): void;
        declare function isNullOrEmpty(value: string): boolean;
        declare function isNullOrWhiteSpace(value: string): boolean;
        declare function toJson(value: any): string;
        declare function getGuid(): string;
        declare function getGuidString(): string;
        declare const variables: { [name: string]: any };

        """;

    /// <summary>The declarations; of no definition only what every script has.</summary>
    public static string For(JsonObject? definition)
    {
        var text = new StringBuilder(Functions);
        foreach (var variable in Members(definition, "variables"))
        {
            var (name, type) = (Pascal(variable.Text("name")), TypeOf(variable.Text("typeName"), variable.Flag("isArray")));
            if (name.Length > 0)
            {
                text.Append("declare function get").Append(name).Append("(): ").Append(type).Append(";\n");
                text.Append("declare function set").Append(name).Append("(value: ").Append(type).Append("): void;\n");
            }
        }

        foreach (var input in Members(definition, "inputs"))
        {
            if (Pascal(input.Text("name")) is { Length: > 0 } name)
            {
                text.Append("declare function get").Append(name).Append("(): ").Append(TypeOf(input.Text("type"), input.Flag("isArray"))).Append(";\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<JsonObject> Members(JsonObject? definition, string name) => (definition?[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    // only what can stand in an identifier
    private static string Pascal(string? name) =>
        name is { Length: > 0 } && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_')
            ? char.ToUpperInvariant(name[0]) + name[1..]
            : "";

    private static string TypeOf(string? type, bool isArray)
    {
        var one = type switch
        {
            "String" or "Guid" or "DateTime" or "DateTimeOffset" or "TimeSpan" => "string",
            "Boolean" => "boolean",
            "Int32" or "Long" or "Single" or "Double" or "Decimal" => "number",
            _ => "any",
        };
        return isArray ? one + "[]" : one;
    }
}
