using System.Text.Json.Nodes;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Simulation.Conformance;

/// <summary>Instances as the suite describes them, read from what the store has kept.</summary>
internal static class ConformanceSnapshot
{
    public static async Task<Dictionary<string, JsonObject>> TakeAsync(
        ISimulationStore store, IPlanSource plans, IReadOnlyDictionary<string, Guid> labels, CancellationToken cancellationToken)
    {
        var snapshots = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (label, id) in labels)
        {
            var instance = await LoadAsync(store, plans, id, cancellationToken);
            snapshots[label] = Describe(instance, await store.JournalAsync(id, cancellationToken));
        }

        return snapshots;
    }

    public static async Task<WorkflowInstance> LoadAsync(
        ISimulationStore store, IPlanSource plans, Guid id, CancellationToken cancellationToken)
    {
        var stored = await store.RunAsync(t => t.LoadInstanceAsync(id, cancellationToken), cancellationToken)
            ?? throw new InvalidOperationException($"Instance {id} is gone.");
        var plan = await plans.FindAsync(stored.Row.DefinitionVersionId, cancellationToken);
        return InstanceDocument.Read(stored, plan!);
    }

    private static JsonObject Describe(WorkflowInstance instance, IReadOnlyList<JournalRow> journal) => new()
    {
        ["definitionId"] = instance.Plan.DefinitionId,
        ["version"] = instance.Plan.Version,
        ["status"] = instance.Status.ToString(),
        ["subStatus"] = instance.SubStatus.ToString(),
        ["correlationId"] = instance.CorrelationId,
        ["name"] = instance.Name,
        ["journal"] = new JsonArray([.. journal.SelectMany(Entries)]),
        ["lines"] = new JsonArray([.. journal.Where(r => r is { ActivityType: "Elsa.WriteLine", Event: JournalEvent.Completed })
            .Select(Line)]),
        ["incidents"] = new JsonArray([.. instance.Incidents.Select(i => new JsonObject
        {
            ["activity"] = i.ActivityId,
            ["message"] = i.ActivityType == "Elsa.Fault" ? i.Message : null,
        })]),
        ["variables"] = Json(instance.Variables),
        ["output"] = Json(instance.Output),
        ["bookmarks"] = new JsonArray([.. instance.Bookmarks.Select(b => new JsonObject
        {
            ["activity"] = b.ActivityId,
            ["name"] = b.Name,
        })]),
    };

    private static IEnumerable<JsonObject> Entries(JournalRow row)
    {
        if (row.AtOnce)
        {
            yield return new JsonObject { ["activity"] = row.ActivityId, ["event"] = nameof(JournalEvent.Started) };
        }

        var entry = new JsonObject { ["activity"] = row.ActivityId, ["event"] = row.Event.ToString() };
        if (row.Outcomes is { } outcomes)
        {
            entry["outcomes"] = new JsonArray([.. outcomes.Select(o => JsonValue.Create(o))]);
        }

        yield return entry;
    }

    private static JsonObject Line(JournalRow row) => new()
    {
        ["activity"] = row.ActivityId,
        ["text"] = JsonNode.Parse(row.Data ?? "{}"u8.ToArray())!["Text"]?.DeepClone(),
    };

    private static JsonNode? Json(IReadOnlyDictionary<string, object?> values) =>
        JsonNode.Parse(WorkflowValues.ToJson(values));
}
