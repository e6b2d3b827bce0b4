using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Elsa.Definitions;

namespace CaseManagement.Web.Elsa.Descriptors;

/// <summary>Published workflows that may be used as activities of others.</summary>
public static class WorkflowActivities
{
    /// <summary>What such a workflow looks like in the picker.</summary>
    public static JsonObject Describe(StoredDefinition published, string category)
    {
        var definition = DefinitionAnswers.File(published);
        var name = TypeName(published.Row.Name);
        var descriptor = new JsonObject
        {
            ["typeName"] = name,
            ["name"] = name,
            ["version"] = published.Version,
            ["category"] = (definition["options"] as JsonObject)?.Text("activityCategory") is { Length: > 0 } own ? own : category,
            ["displayName"] = published.Row.Name,
            ["description"] = definition.Text("description") ?? "",
            ["inputs"] = new JsonArray([.. Members(definition, "inputs").Select(Input)]),
            ["outputs"] = new JsonArray([.. Members(definition, "outputs").Select(Output)]),
            ["kind"] = "Action",
            ["runAsynchronously"] = false,
            ["ports"] = new JsonArray([
                .. Outcomes(definition).Select(o => new JsonObject { ["name"] = o, ["displayName"] = o, ["type"] = "Flow", ["isBrowsable"] = true }),
                new JsonObject { ["name"] = "Root", ["displayName"] = "Root", ["type"] = "Embedded", ["isBrowsable"] = false },
            ]),
            ["customProperties"] = Reference(published),
            ["constructionProperties"] = Reference(published),
            ["isContainer"] = false,
            ["isBrowsable"] = true,
            ["isStart"] = false,
            ["isTerminal"] = false,
        };
        descriptor["customProperties"]!["RootType"] = "WorkflowDefinitionActivity";
        ((JsonObject)descriptor["constructionProperties"]!)["Version"] = published.Version;
        return descriptor;
    }

    /// <summary>Lets every use of the workflow be of this version.</summary>
    public static JsonObject Refer(JsonObject definition, StoredDefinition published)
    {
        if (definition["root"] is JsonObject root)
        {
            foreach (var (activity, _) in NodeIds.In(root))
            {
                if (activity.Text("workflowDefinitionVersionId") is not null && activity.Text("workflowDefinitionId") == published.DefinitionId)
                {
                    activity["workflowDefinitionVersionId"] = published.Id;
                    activity["version"] = published.Version;
                }
            }
        }

        return definition;
    }

    private static string TypeName(string name)
    {
        var letters = string.Concat(name.Where(c => char.IsLetterOrDigit(c) || c == '_'));
        return letters.Length > 0 ? char.ToUpperInvariant(letters[0]) + letters[1..] : "Workflow";
    }

    private static JsonObject Reference(StoredDefinition published) => new()
    {
        ["WorkflowDefinitionId"] = published.DefinitionId,
        ["WorkflowDefinitionVersionId"] = published.Id,
    };

    private static IEnumerable<string> Outcomes(JsonObject definition) => definition.Texts("outcomes");

    private static IEnumerable<JsonObject> Members(JsonObject definition, string name) => (definition[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    private static JsonObject Input(JsonObject input, int order) => new()
    {
        ["name"] = input.Text("name"),
        ["typeName"] = input.Text("type") ?? "Object",
        ["displayName"] = input.Text("displayName") is { Length: > 0 } shown ? shown : input.Text("name"),
        ["description"] = input.Text("description") ?? "",
        ["category"] = input.Text("category"),
        ["order"] = order,
        ["isBrowsable"] = true,
        ["isSerializable"] = true,
        ["isSynthetic"] = true,
        ["isWrapped"] = true,
        ["uiHint"] = input.Text("uiHint") is { Length: > 0 } hint ? hint : "singleline",
        ["uiSpecifications"] = new JsonObject(),
        ["isReadOnly"] = false,
        ["isSensitive"] = false,
        ["autoEvaluate"] = true,
    };

    private static JsonObject Output(JsonObject output, int order) => new()
    {
        ["name"] = output.Text("name"),
        ["typeName"] = output.Text("type") ?? "Object",
        ["displayName"] = output.Text("displayName") is { Length: > 0 } shown ? shown : output.Text("name"),
        ["description"] = output.Text("description") ?? "",
        ["order"] = order,
        ["isBrowsable"] = true,
        ["isSynthetic"] = true,
    };
}
