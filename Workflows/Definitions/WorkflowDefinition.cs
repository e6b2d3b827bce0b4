using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseManagement.Workflows.Definitions;

/// <summary>The text is no workflow definition that can be accepted.</summary>
/// <remarks><c>code</c>: Stable: <c>too-large</c>, <c>not-json</c>, <c>not-an-object</c>, <c>too-many-activities</c>,
/// <c>bad-value</c>.</remarks>
public sealed class DefinitionFormatException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>Bounds on a definition that comes from outside.</summary>
public static class DefinitionLimits
{
    public const int MaxBytes = 2 * 1024 * 1024;
    public const int MaxDepth = 64;
    public const int MaxActivities = 1000;
}

/// <summary>
/// One version of a workflow definition in Elsa 3.8's JSON. The original is kept, so what this product does not know survives a
/// round trip. Immutable.
/// </summary>
public sealed class WorkflowDefinition
{
    private static readonly JsonDocumentOptions ReadOptions = new()
    {
        MaxDepth = DefinitionLimits.MaxDepth,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonSerializerOptions WriteOptions = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DefinitionLimits.MaxDepth * 2,
    };

    private readonly JsonObject _json;

    private WorkflowDefinition(JsonObject json)
    {
        _json = json;
        Id = Json.Text(json, "id") ?? "";
        DefinitionId = Json.Text(json, "definitionId") ?? "";
        Version = Json.Number(json, "version") ?? 1;
        Name = Json.Text(json, "name");
        Description = Json.Text(json, "description");
        IsLatest = Json.Flag(json, "isLatest");
        IsPublished = Json.Flag(json, "isPublished");
        Variables = VariableDefinition.ReadAll(json["variables"]);
        Inputs = InputDefinition.ReadAll(json["inputs"]);
        Outputs = OutputDefinition.ReadAll(json["outputs"]);
        Outcomes = Json.Texts(json["outcomes"]);
        Options = WorkflowOptions.Read(json["options"] as JsonObject);
    }

    /// <summary>Id of this version; empty while the server has not given one.</summary>
    public string Id { get; }

    /// <summary>The id all versions share; empty for a definition never saved.</summary>
    public string DefinitionId { get; }

    /// <summary>From 1.</summary>
    public int Version { get; }

    public string? Name { get; }
    public string? Description { get; }
    public bool IsLatest { get; }
    public bool IsPublished { get; }
    public IReadOnlyList<VariableDefinition> Variables { get; }
    public IReadOnlyList<InputDefinition> Inputs { get; }
    public IReadOnlyList<OutputDefinition> Outputs { get; }

    /// <summary>Outcomes of the workflow when it is used as an activity.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    public WorkflowOptions Options { get; }

    /// <summary>The root activity as written; null for a definition without one. Not to be changed.</summary>
    internal JsonObject? Root => _json["root"] as JsonObject;

    /// <exception cref="DefinitionFormatException">Too large, too deep, no JSON object, or a known field of the wrong kind.</exception>
    public static WorkflowDefinition Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > DefinitionLimits.MaxBytes)
        {
            throw new DefinitionFormatException("too-large", $"A definition may take {DefinitionLimits.MaxBytes} bytes.");
        }

        JsonNode? node;
        try
        {
            node = JsonNode.Parse(utf8, null, ReadOptions);
        }
        catch (JsonException exception)
        {
            throw new DefinitionFormatException("not-json", exception.Message);
        }

        return Of(node);
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static WorkflowDefinition Parse(string json) => Parse(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>Takes a copy of the object.</summary>
    /// <exception cref="DefinitionFormatException">A known field is of the wrong kind, or there are too many activities.</exception>
    public static WorkflowDefinition From(JsonObject json) => Of(json.DeepClone());

    /// <summary>The definition as it came, with what <see cref="With"/> changed. A copy.</summary>
    public JsonObject ToJson() => (JsonObject)_json.DeepClone();

    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(_json, WriteOptions);

    /// <summary>A copy with another identity or state; null leaves a field as it is.</summary>
    public WorkflowDefinition With(
        string? id = null, string? definitionId = null, int? version = null, bool? isLatest = null, bool? isPublished = null,
        string? name = null, DateTimeOffset? createdAt = null)
    {
        var json = ToJson();
        Set("id", id);
        Set("definitionId", definitionId);
        Set("version", version);
        Set("isLatest", isLatest);
        Set("isPublished", isPublished);
        Set("name", name);
        Set("createdAt", createdAt);
        return new WorkflowDefinition(json);

        void Set<T>(string field, T? value)
        {
            if (value is not null)
            {
                json[field] = JsonValue.Create(value);
            }
        }
    }

    /// <summary>Version ids of the definitions this one uses as activities.</summary>
    public IReadOnlySet<string> ReusedVersionIds()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Json.Walk(Root, node =>
        {
            if (Json.Text(node, "workflowDefinitionVersionId") is { Length: > 0 } id)
            {
                found.Add(id);
            }
        });
        return found;
    }

    private static WorkflowDefinition Of(JsonNode? node)
    {
        if (node is not JsonObject json)
        {
            throw new DefinitionFormatException("not-an-object", "A definition is a JSON object.");
        }

        var activities = 0;
        Json.Walk(json["root"], found => activities += found["type"] is JsonValue && found["id"] is JsonValue ? 1 : 0);
        if (activities > DefinitionLimits.MaxActivities)
        {
            throw new DefinitionFormatException(
                "too-many-activities", $"A definition may have {DefinitionLimits.MaxActivities} activities.");
        }

        return new WorkflowDefinition(json);
    }
}
