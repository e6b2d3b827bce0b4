using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;

namespace CaseManagement.Web.Elsa.Definitions;

/// <summary>Definitions in the shapes of Elsa 3.8. Links tell Studio what may be done: those who look on get none.</summary>
public static class DefinitionAnswers
{
    private const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";

    private static readonly (string Rel, string Method, string Href)[] ListRels =
    [
        ("self", "GET", "/workflow-definitions"),
        ("is-name-unique", "GET", "/workflow-definitions/validation/is-name-unique"),
        ("count", "GET", "/workflow-definitions/query/count"),
        ("many-by-id", "GET", "/workflow-definitions/many-by-id"),
        ("bulk-delete-by-definition-id", "POST", "/bulk-actions/delete/workflow-definitions/by-definition-id"),
        ("bulk-delete-by-id", "POST", "/bulk-actions/delete/workflow-definitions/by-id"),
        ("bulk-publish", "POST", "/bulk-actions/publish/workflow-definitions/by-definition-ids"),
        ("bulk-retract", "POST", "/bulk-actions/retract/workflow-definitions/by-definition-ids"),
        ("import", "POST", "/workflow-definitions/import"),
        ("import-files", "POST", "/workflow-definitions/import-files"),
        ("create", "POST", "/workflow-definitions"),
    ];

    private static readonly (string Rel, string Method, string Path)[] Rels =
    [
        ("self", "GET", ""), ("versions", "GET", "/versions"), ("dispatch", "POST", "/dispatch"), ("execute", "POST", "/execute"),
        ("export", "GET", "/export"), ("publish", "POST", "/publish"), ("retract", "POST", "/retract"), ("delete", "DELETE", ""),
        ("import", "POST", "/import"), ("update-references", "POST", "/update-references"),
    ];

    /// <summary>What may be done with the list.</summary>
    public static JsonArray ListLinks(bool mayWrite) => mayWrite ? [.. ListRels.Select(l => Link(l.Href, l.Rel, l.Method))] : [];

    /// <summary>The whole definition, as the editor takes it.</summary>
    /// <param name="stored">What is stored.</param>
    /// <param name="token">For the editor to bring back; null for one that only shows.</param>
    /// <param name="mayWrite">Whether it may be changed.</param>
    public static JsonObject Full(StoredDefinition stored, DraftToken? token, bool mayWrite)
    {
        var definition = Content(stored);
        if (token is not null)
        {
            ((JsonObject)definition["customProperties"]!)[StudioModel.Token] = token.ToString();
        }

        return WithLinks(definition, stored.DefinitionId, mayWrite);
    }

    /// <summary>A row of the list.</summary>
    public static JsonObject Summary(StoredDefinition stored, bool? mayWrite)
    {
        var content = Content(stored);
        var summary = new JsonObject();
        foreach (var name in new[] { "id", "definitionId", "name", "description", "version", "toolVersion", "isLatest", "isPublished" })
        {
            if (content[name] is { } value)
            {
                summary[name] = value.DeepClone();
            }
        }

        summary["materializerName"] = "Json";
        summary["createdAt"] = content["createdAt"]!.DeepClone();
        summary["isReadonly"] = content["isReadonly"]!.DeepClone();
        return mayWrite is { } links ? WithLinks(summary, stored.DefinitionId, links) : summary;
    }

    /// <summary>The file of a definition.</summary>
    public static JsonObject File(StoredDefinition stored)
    {
        var file = new JsonObject { ["$schema"] = Schema };
        foreach (var (name, value) in Content(stored))
        {
            file[name] = value?.DeepClone();
        }

        return file;
    }

    /// <summary>What a file is called when it is saved.</summary>
    public static string FileName(StoredDefinition stored) => $"workflow-definition-{stored.DefinitionId}-{stored.Version}.json";

    private static JsonObject Content(StoredDefinition stored)
    {
        var content = StudioModel.Clean((JsonObject)JsonNode.Parse(stored.Row.Json)!);
        var definition = new JsonObject
        {
            ["id"] = stored.Id,
            ["definitionId"] = stored.DefinitionId,
            ["name"] = content["name"]?.DeepClone() ?? stored.Row.Name,
        };
        foreach (var (name, value) in content)
        {
            if (!definition.ContainsKey(name))
            {
                definition[name] = value?.DeepClone();
            }
        }

        definition["createdAt"] ??= stored.Row.SavedAt ?? DateTimeOffset.UnixEpoch;
        definition["version"] = stored.Version;
        definition["isLatest"] = stored.Row.IsLatest;
        definition["isPublished"] = stored.Row.IsPublished;
        return definition;
    }

    private static JsonObject WithLinks(JsonObject definition, string definitionId, bool mayWrite)
    {
        definition.Insert(0, "links", mayWrite ? [.. Rels.Select(l => Link($"/workflow-definitions/{definitionId}{l.Path}", l.Rel, l.Method))] : new JsonArray());
        return definition;
    }

    private static JsonObject Link(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };
}
