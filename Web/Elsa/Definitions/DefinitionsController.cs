using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Elsa.Definitions;

/// <summary>Reads workflow definitions.</summary>
[Route("elsa/api")]
public sealed class DefinitionsController(DefinitionQuery definitions) : ElsaController
{
    [HttpGet("workflow-definitions")]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
    {
        var (page, total) = await definitions.ListAsync(DefinitionFilter.Of(Request.Query), cancellationToken);
        return Answer(new JsonObject
        {
            ["items"] = new JsonArray([.. page.Select(d => DefinitionAnswers.Summary(d, Caller.MayWrite))]),
            ["totalCount"] = total,
            ["links"] = DefinitionAnswers.ListLinks(Caller.MayWrite),
        });
    }

    [HttpGet("workflow-definitions/query/count")]
    public async Task<IActionResult> Count(CancellationToken cancellationToken)
    {
        var (_, total) = await definitions.ListAsync(new DefinitionFilter { Versions = "Latest", PageSize = 1 }, cancellationToken);
        return Answer(new JsonObject { ["count"] = total });
    }

    [HttpGet("workflow-definitions/validation/is-name-unique")]
    public async Task<IActionResult> IsNameUnique(string? name, string? definitionId, CancellationToken cancellationToken) =>
        Answer(new JsonObject { ["isUnique"] = name is { Length: > 0 } && await definitions.IsNameFreeAsync(name, definitionId, cancellationToken) });

    [HttpGet("workflow-definitions/by-definition-id/{definitionId}"), HttpGet("workflow-definitions/{definitionId}")]
    public async Task<IActionResult> Get(string definitionId, string? versionOptions, CancellationToken cancellationToken) =>
        await definitions.FindAsync(definitionId, versionOptions, cancellationToken) is { } found ? Full(found) : Missing();

    // ids of versions hold slashes
    [HttpGet("workflow-definitions/by-id/{**id}")]
    public async Task<IActionResult> GetVersion(string id, CancellationToken cancellationToken) =>
        await definitions.FindVersionAsync(Plain(id), cancellationToken) is { } found ? Full(found) : Missing();

    [HttpGet("workflow-definitions/many-by-id")]
    public async Task<IActionResult> Many(CancellationToken cancellationToken)
    {
        var ids = DefinitionFilter.Of(Request.Query).Ids;
        var (page, _) = ids.Count > 0 ? await definitions.ListAsync(new DefinitionFilter { Ids = ids }, cancellationToken) : ([], 0);
        return List(page.Select(d => DefinitionAnswers.Full(d, Token(d), Caller.MayWrite)));
    }

    [HttpGet("workflow-definitions/{definitionId}/versions")]
    public async Task<IActionResult> Versions(string definitionId, CancellationToken cancellationToken)
    {
        var (page, total) = await definitions.ListAsync(
            DefinitionFilter.Of(Request.Query) with { Versions = "", DefinitionIds = [definitionId], OrderBy = "Version", Descending = true }, cancellationToken);
        return total == 0
            ? Missing()
            : Answer(new JsonObject { ["items"] = new JsonArray([.. page.Select(d => DefinitionAnswers.Summary(d, Caller.MayWrite))]), ["totalCount"] = total });
    }

    [HttpGet("workflow-definitions/{definitionId}/consumers")]
    public async Task<IActionResult> Consumers(string definitionId, CancellationToken cancellationToken)
    {
        var consumers = await definitions.ConsumersAsync(definitionId, cancellationToken);
        return Answer(new JsonObject { ["consumingWorkflowDefinitionIds"] = new JsonArray([.. consumers.Select(d => JsonValue.Create(d.DefinitionId))]) });
    }

    [HttpGet("workflow-definitions/subgraph/segments/{**id}")]
    public async Task<IActionResult> Segments(string id, string? childNodeId, CancellationToken cancellationToken) =>
        await definitions.FindVersionAsync(Plain(id), cancellationToken) is { } found && Subgraphs.Segments(RootOf(found), childNodeId) is { } segments
            ? Answer(segments)
            : Missing();

    [HttpGet("workflow-definitions/subgraph/{**id}", Order = 1)]
    public async Task<IActionResult> Subgraph(string id, string? parentNodeId, CancellationToken cancellationToken) =>
        await definitions.FindVersionAsync(Plain(id), cancellationToken) is { } found && Subgraphs.Node(RootOf(found), parentNodeId) is { } node
            ? Answer(node)
            : Missing();

    /// <summary>An id as it was before it became part of a path.</summary>
    internal static string Plain(string id) => id.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(id) : id;

    private ContentResult Full(StoredDefinition found) => Answer(DefinitionAnswers.Full(found, Token(found), Caller.MayWrite));

    // only the latest version is edited
    private DraftToken? Token(StoredDefinition found) => Caller.MayWrite && found.Row.IsLatest ? DraftToken.For(found.Row) : null;

    private static JsonObject? RootOf(StoredDefinition found) => DefinitionAnswers.File(found)["root"] as JsonObject;
}
