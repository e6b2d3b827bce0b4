using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Web.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Elsa.Definitions;

/// <summary>The same for several definitions, each for itself.</summary>
[Route("elsa/api/bulk-actions")]
public sealed class BulkController(DefinitionQuery definitions, DefinitionEditing editing, DefinitionPublishing publishing, ElsaRefusals refusals) : ElsaController
{
    /// <summary>Definitions at once at most.</summary>
    public const int Most = 200;

    [HttpPost("publish/workflow-definitions/by-definition-ids"), ElsaWrite]
    public async Task<IActionResult> Publish(CancellationToken cancellationToken)
    {
        var (published, already, missing, failed, warnings) = (new JsonArray(), new JsonArray(), new JsonArray(), new JsonArray(), new JsonObject());
        var ids = await IdsAsync("definitionIds");
        await publishing.RequireProofAsync(Caller, ids.Count == 1 ? ids[0] : null, cancellationToken);
        foreach (var id in ids)
        {
            try
            {
                var (_, wasPublished) = await publishing.PublishAsync(id, null, Caller, cancellationToken);
                (wasPublished ? already : published).Add(id);
            }
            catch (RuleViolationException violation) when (violation.Rule == DefinitionEditing.Unknown)
            {
                missing.Add(id);
            }
            catch (Exception refused) when (refused is ElsaFindingsException or UnrunnableDefinitionException or RuleViolationException or PowersNotConfirmedException)
            {
                failed.Add(id);
                warnings[id] = new JsonArray([.. (await refusals.OfAsync(refused, Caller.Language) ?? []).Select(s => JsonValue.Create(s))]);
            }
        }

        return Answer(new JsonObject
        {
            ["published"] = published,
            ["alreadyPublished"] = already,
            ["notFound"] = missing,
            ["skipped"] = new JsonArray(),
            ["updatedConsumers"] = new JsonArray(),
            ["failed"] = failed,
            ["warnings"] = warnings,
        });
    }

    [HttpPost("retract/workflow-definitions/by-definition-ids"), ElsaWrite]
    public async Task<IActionResult> Retract(CancellationToken cancellationToken)
    {
        var (retracted, notPublished, missing) = (new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var id in await IdsAsync("definitionIds"))
        {
            try
            {
                await editing.RetractAsync(id, By, cancellationToken);
                retracted.Add(id);
            }
            catch (RuleViolationException violation)
            {
                (violation.Rule == DefinitionEditing.Unknown ? missing : notPublished).Add(id);
            }
        }

        return Answer(new JsonObject
        {
            ["retracted"] = retracted,
            ["alreadyRetracted"] = new JsonArray(),
            ["skipped"] = new JsonArray(),
            ["notPublished"] = notPublished,
            ["notFound"] = missing,
        });
    }

    /// <summary>All or nothing: the first that cannot be deleted is named, and none is.</summary>
    [HttpPost("delete/workflow-definitions/by-definition-id"), ElsaWrite]
    public async Task<IActionResult> Delete(CancellationToken cancellationToken)
    {
        var ids = await IdsAsync("definitionIds");
        var known = new List<string>();
        foreach (var id in ids)
        {
            if (await definitions.FindAsync(id, "Latest", cancellationToken) is not null)
            {
                known.Add(id);
            }
        }

        await editing.DeleteAsync(known, By, cancellationToken);
        return Answer(new JsonObject { ["deleted"] = known.Count });
    }

    [HttpPost("delete/workflow-definitions/by-id"), ElsaWrite]
    public async Task<IActionResult> DeleteVersions(CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var id in await IdsAsync("ids"))
        {
            if (await definitions.FindVersionAsync(id, cancellationToken) is not null)
            {
                await editing.DeleteVersionAsync(id, By, cancellationToken);
                deleted++;
            }
        }

        return Answer(new JsonObject { ["deleted"] = deleted });
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string name)
    {
        var ids = (await ElsaBody.ReadAsync(Request)).Texts(name).Distinct(StringComparer.Ordinal).ToList();
        return ids.Count <= Most ? ids : throw new ElsaRefusedException("TooManyAtOnce", Most);
    }
}
