using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Elsa.Instances;

/// <summary>Running and past instances, to look at.</summary>
[Route("elsa/api")]
public sealed class InstancesController(InstanceReader instances, OwnDefinitions own) : ElsaController
{
    private const int LargestTake = 500;

    [HttpPost("workflow-instances")]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
    {
        var filter = new InstanceFilter(await ElsaBody.ReadAsync(Request), ByContent: !InstanceAccess.SeesOutlines(Caller.Person));
        var (page, total) = await instances.ListAsync(filter, Caller.Person, cancellationToken);
        return Answer(new JsonObject
        {
            ["items"] = new JsonArray([.. page.Select(i => InstanceAnswers.Summary(i.Row, i.Sight == InstanceSight.Full))]),
            ["totalCount"] = total,
        });
    }

    [HttpGet("workflow-instances/{id}")]
    public async Task<IActionResult> Get(string id, CancellationToken cancellationToken) =>
        await instances.FindAsync(id, Caller.Person, cancellationToken) is { } seen
            ? Answer(InstanceAnswers.Full(seen, await instances.HistoryAsync(seen, cancellationToken)))
            : Missing();

    [HttpGet("workflow-instances/{id}/execution-state")]
    public async Task<IActionResult> State(string id, CancellationToken cancellationToken) =>
        await instances.FindAsync(id, Caller.Person, cancellationToken) is { Row: var row }
            ? Answer(new JsonObject { ["status"] = row.Status.ToString(), ["subStatus"] = row.SubStatus.ToString(), ["updatedAt"] = row.UpdatedAt })
            : Missing();

    /// <summary>The workflow's own variables; none where only the outline is seen.</summary>
    [HttpGet("workflow-instances/{id}/variables")]
    public async Task<IActionResult> Variables(string id, CancellationToken cancellationToken)
    {
        if (await instances.FindAsync(id, Caller.Person, cancellationToken) is not { } seen)
        {
            return Missing();
        }

        var values = seen.IsFull ? seen.Instance?.Variables : null;
        return List((seen.IsFull ? seen.Plan?.Workflow.Variables ?? [] : []).Select(v => new JsonObject
        {
            ["id"] = v.Id,
            ["name"] = v.Name,
            ["value"] = JsonNode.Parse(WorkflowValues.ToJson(values?.GetValueOrDefault(v.Name))),
        }));
    }

    [HttpPost("workflow-instances/{id}/journal")]
    public async Task<IActionResult> Journal(string id, CancellationToken cancellationToken)
    {
        if (await instances.FindAsync(id, Caller.Person, cancellationToken) is not { } seen)
        {
            return Missing();
        }

        var filter = (await ElsaBody.ReadAsync(Request))["filter"] as JsonObject ?? [];
        var (ids, nodes) = (Set(filter, "activityIds"), Set(filter, "activityNodeIds"));
        var (without, events) = (Set(filter, "excludedActivityTypes"), Set(filter, "eventNames"));
        var found = (await instances.HistoryAsync(seen, cancellationToken)).Entries.Where(e =>
            (ids.Count == 0 || ids.Contains(e.Execution.ActivityId)) && (nodes.Count == 0 || nodes.Contains(e.Execution.NodeId))
            && !without.Contains(e.Execution.ActivityType) && (events.Count == 0 || events.Contains(e.Event.ToString()))).ToList();
        var (skip, take) = (Number("skip") ?? 0, Math.Clamp(Number("take") ?? 100, 1, LargestTake));
        return Answer(new JsonObject
        {
            ["items"] = new JsonArray([.. found.Skip(Math.Max(0, skip)).Take(take).Select(e => Entry(seen, e))]),
            ["totalCount"] = found.Count,
        });
    }

    /// <summary>An instance that runs a case ends with the case; others may be cancelled.</summary>
    [HttpPost("cancel/workflow-instances/{id}"), ElsaWrite]
    public async Task<IActionResult> Cancel(string id, CancellationToken cancellationToken)
    {
        if (await instances.FindAsync(id, Caller.Person, cancellationToken) is not { } seen)
        {
            return Missing();
        }

        await CancelAsync(seen, cancellationToken);
        return Ok();
    }

    [HttpPost("bulk-actions/cancel/workflow-instances"), ElsaWrite]
    public async Task<IActionResult> CancelMany(CancellationToken cancellationToken)
    {
        var found = await FindAsync(await ElsaBody.ReadAsync(Request), cancellationToken);
        foreach (var seen in found)
        {
            ThrowIfOfCase(seen);
        }

        var cancelled = 0;
        foreach (var seen in found)
        {
            cancelled += await CancelAsync(seen, cancellationToken) ? 1 : 0;
        }

        return Answer(new JsonObject { ["cancelled"] = cancelled });
    }

    /// <summary>Refused: what happened stays.</summary>
    [HttpDelete("workflow-instances/{id}"), ElsaWrite]
    public async Task<IActionResult> Delete(string id, CancellationToken cancellationToken)
    {
        if (await instances.FindAsync(id, Caller.Person, cancellationToken) is not { } seen)
        {
            return Missing();
        }

        ThrowIfOfCase(seen);
        throw new ElsaRefusedException("InstanceKept");
    }

    [HttpPost("bulk-actions/delete/workflow-instances/by-id"), ElsaWrite]
    public async Task<IActionResult> DeleteMany(CancellationToken cancellationToken)
    {
        foreach (var seen in await FindAsync(await ElsaBody.ReadAsync(Request), cancellationToken))
        {
            ThrowIfOfCase(seen);
            throw new ElsaRefusedException("InstanceKept");
        }

        return Answer(new JsonObject { ["deleted"] = 0 });
    }

    private async Task<bool> CancelAsync(SeenInstance seen, CancellationToken cancellationToken)
    {
        ThrowIfOfCase(seen);
        return await own.CancelAsync(seen.Row.Id, cancellationToken);
    }

    private async Task<List<SeenInstance>> FindAsync(JsonObject body, CancellationToken cancellationToken)
    {
        var ids = body.Texts("ids");
        if (ids.Count > LargestTake)
        {
            throw new ElsaRefusedException("TooManyAtOnce", LargestTake);
        }

        var found = new List<SeenInstance>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (await instances.FindAsync(id, Caller.Person, cancellationToken) is { } seen)
            {
                found.Add(seen);
            }
        }

        return found;
    }

    // those of a process run a case; a child of one ends with it
    private static void ThrowIfOfCase(SeenInstance seen)
    {
        if (!seen.Row.DefinitionVersionId.StartsWith('@') || seen.Row.ParentInstanceId is not null)
        {
            throw new ElsaRefusedException("InstanceOfCase");
        }
    }

    private static JsonObject Entry(SeenInstance seen, PastEvent entry)
    {
        var execution = entry.Execution;
        var json = new JsonObject
        {
            ["id"] = $"{seen.Row.Id:N}-j{entry.Sequence}",
            ["activityInstanceId"] = InstanceAnswers.ExecutionId(seen.Row.Id, execution.Id),
            ["parentActivityInstanceId"] = InstanceAnswers.ExecutionId(seen.Row.Id, execution.Parent),
            ["activityId"] = execution.ActivityId,
            ["activityType"] = execution.ActivityType,
            ["activityTypeVersion"] = 1,
        };
        InstanceAnswers.Add(json, "activityName", InstanceHistory.NameOf(seen.Plan, execution.NodeId));
        json["nodeId"] = execution.NodeId;
        json["timestamp"] = entry.At;
        json["sequence"] = entry.Sequence;
        json["eventName"] = entry.Event.ToString();
        if (entry.Event == JournalEvent.Completed)
        {
            json["payload"] = new JsonObject { ["Outcomes"] = new JsonArray([.. (entry.Outcomes ?? ["Done"]).Select(o => JsonValue.Create(o))]) };
        }

        if (seen.IsFull && entry.Data is JsonObject data)
        {
            var payload = json["payload"] as JsonObject ?? [];
            foreach (var (name, value) in data)
            {
                payload[name] = value?.DeepClone();
            }

            json["payload"] = payload.Parent is null ? payload : payload.DeepClone();
        }

        return json;
    }

    private static HashSet<string> Set(JsonObject filter, string name) => filter.Texts(name).ToHashSet(StringComparer.Ordinal);

    private int? Number(string name) => int.TryParse(Request.Query[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
