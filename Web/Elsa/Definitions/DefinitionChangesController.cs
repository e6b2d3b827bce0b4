using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Elsa.Descriptors;
using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Elsa.Definitions;

/// <summary>Changes workflow definitions.</summary>
[Route("elsa/api")]
public sealed class DefinitionChangesController(
    DefinitionQuery definitions, DefinitionEditing editing, DefinitionPublishing publishing) : ElsaController
{
    /// <summary>Saves a definition, and publishes it if asked; without an id a process is made around it.</summary>
    [HttpPost("workflow-definitions"), ElsaWrite]
    public async Task<IActionResult> Save(CancellationToken cancellationToken)
    {
        var body = await ElsaBody.ReadAsync(Request);
        if (body["model"] is not JsonObject model || model["root"] is not JsonObject)
        {
            throw new ElsaRefusedException("format.other");
        }

        var token = DraftToken.Read(StudioModel.TokenOf(model));
        var save = new DefinitionSave(stored => StudioModel.Merge(stored, model), token, By);
        var definitionId = model.Text("definitionId");
        var saved = definitionId is { Length: > 0 } && await definitions.FindAsync(definitionId, "Latest", cancellationToken) is not null
            ? await editing.SaveAsync(definitionId, save, cancellationToken)
            : await editing.CreateAsync(definitionId, asProcess: IsNew(model) || StudioModel.TakesCases(model), save, cancellationToken);
        var already = saved.Row.IsPublished;
        if (body.Flag("publish"))
        {
            (saved, already) = await publishing.PublishAsync(saved.DefinitionId, body.Text("note"), Caller, cancellationToken);
        }

        var consumers = await definitions.ConsumersAsync(saved.DefinitionId, cancellationToken);
        return Answer(Wrapped(saved, token?.After(saved.Row) ?? DraftToken.For(saved.Row), already && body.Flag("publish"), consumers.Count));
    }

    [HttpPost("workflow-definitions/{definitionId}/publish"), ElsaWrite]
    public async Task<IActionResult> Publish(string definitionId, CancellationToken cancellationToken)
    {
        var body = await ElsaBody.ReadAsync(Request);
        var (published, already) = await publishing.PublishAsync(definitionId, body.Text("note"), Caller, cancellationToken);
        var consumers = await definitions.ConsumersAsync(definitionId, cancellationToken);
        return Answer(Wrapped(published, DraftToken.For(published.Row), already, consumers.Count));
    }

    [HttpPost("workflow-definitions/{definitionId}/retract"), ElsaWrite]
    public async Task<IActionResult> Retract(string definitionId, CancellationToken cancellationToken)
    {
        var retracted = await editing.RetractAsync(definitionId, By, cancellationToken);
        return Answer(DefinitionAnswers.Full(retracted, DraftToken.For(retracted.Row), mayWrite: true));
    }

    [HttpPost("workflow-definitions/{definitionId}/revert/{version:int}"), ElsaWrite]
    public async Task<IActionResult> Revert(string definitionId, int version, CancellationToken cancellationToken)
    {
        var draft = await editing.RevertAsync(definitionId, version, By, cancellationToken);
        Response.Headers.Location = $"/elsa/api/workflow-definitions/by-id/{draft.Id}";
        return Answer(DefinitionAnswers.Summary(draft, mayWrite: null), StatusCodes.Status201Created);
    }

    [HttpDelete("workflow-definitions/{definitionId}"), ElsaWrite]
    public async Task<IActionResult> Delete(string definitionId, CancellationToken cancellationToken)
    {
        await editing.DeleteAsync([definitionId], By, cancellationToken);
        return NoContent();
    }

    [HttpDelete("workflow-definition-versions/{**id}"), ElsaWrite]
    public async Task<IActionResult> DeleteVersion(string id, CancellationToken cancellationToken)
    {
        await editing.DeleteVersionAsync(DefinitionsController.Plain(id), By, cancellationToken);
        return NoContent();
    }

    /// <summary>Lets the definitions that contain this one as an activity contain its published version.</summary>
    [HttpPost("workflow-definitions/{definitionId}/update-references"), ElsaWrite]
    public async Task<IActionResult> UpdateReferences(string definitionId, CancellationToken cancellationToken)
    {
        var published = await definitions.FindAsync(definitionId, "Published", cancellationToken) ?? throw new RuleViolationException(OwnDefinitions.NotPublished);
        var changed = new List<string>();
        foreach (var consumer in await definitions.ConsumersAsync(definitionId, cancellationToken))
        {
            var saved = await editing.SaveAsync(
                consumer.DefinitionId, new DefinitionSave(stored => WorkflowActivities.Refer(stored!, published), null, By), cancellationToken);
            if (saved.Row.Json != consumer.Row.Json)
            {
                changed.Add(consumer.DefinitionId);
            }
        }

        return Answer(new JsonObject { ["affectedWorkflows"] = new JsonArray([.. changed.Select(id => JsonValue.Create(id))]) });
    }

    // what Studio creates: nothing is drawn yet
    private static bool IsNew(JsonObject model) => string.IsNullOrEmpty(model.Text("definitionId")) && NodeIds.In((JsonObject)model["root"]!).Count() <= 1;

    private static JsonObject Wrapped(StoredDefinition stored, DraftToken token, bool already, int consumers) => new()
    {
        ["workflowDefinition"] = DefinitionAnswers.Full(stored, token, mayWrite: true),
        ["alreadyPublished"] = already,
        ["consumingWorkflowCount"] = consumers,
        ["validationErrors"] = new JsonArray(),
    };
}

/// <summary>Publishes what the designer asks for, as the pages do: by somebody who proved lately who they are. What keeps it from being published is said finding by finding.</summary>
public sealed class DefinitionPublishing(DefinitionQuery definitions, DefinitionEditing editing, StaffSessions sessions)
{
    /// <exception cref="ElsaProofNeededException">Whoever asks has not proved lately who they are; nothing was published.</exception>
    public async Task RequireProofAsync(DesignerCaller caller, string? definitionId, CancellationToken cancellationToken)
    {
        if (!await sessions.IsProvenAsync(caller.Session, cancellationToken))
        {
            throw new ElsaProofNeededException(definitionId);
        }
    }

    /// <inheritdoc cref="DefinitionEditing.PublishAsync"/>
    /// <exception cref="ElsaFindingsException">Its process has findings.</exception>
    /// <exception cref="ElsaProofNeededException">Whoever asks has not proved lately who they are.</exception>
    public async Task<(StoredDefinition Definition, bool Already)> PublishAsync(
        string definitionId, string? note, DesignerCaller caller, CancellationToken cancellationToken)
    {
        await RequireProofAsync(caller, definitionId, cancellationToken);
        try
        {
            return await editing.PublishAsync(definitionId, note, caller.Person.AsPerformer().Actor, cancellationToken);
        }
        catch (RuleViolationException violation) when (violation.Rule == ProcessInstaller.HasFindings)
        {
            var latest = (await definitions.FindAsync(definitionId, "Latest", cancellationToken))!;
            throw new ElsaFindingsException(await definitions.FindingsAsync(latest.ProcessKey!, latest.Row.ProcessVersion!.Value, cancellationToken));
        }
    }
}
