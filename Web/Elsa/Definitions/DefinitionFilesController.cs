using System.IO.Compression;
using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Definitions;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Elsa.Definitions;

/// <summary>Definitions as files, in and out.</summary>
[Route("elsa/api")]
public sealed class DefinitionFilesController(DefinitionQuery definitions, DefinitionEditing editing) : ElsaController
{
    /// <summary>Files taken at once, and files in a zip.</summary>
    public const int MostFiles = 100;

    private const int MostBytes = 20 * 1024 * 1024;
    private const int MostUnpackedBytes = 100 * 1024 * 1024;

    /// <summary>Takes a definition in: into the one of its id, else a process where it takes cases, else one of its own.</summary>
    [HttpPost("workflow-definitions/import"), HttpPut("workflow-definitions/{id}/import"), HttpPost("workflow-definitions/{id}/import"), ElsaWrite]
    public async Task<IActionResult> Import(string? id, CancellationToken cancellationToken)
    {
        var model = await ElsaBody.ReadAsync(Request);
        if (id is not null)
        {
            model["definitionId"] = id;
        }

        var saved = await ImportAsync(model, cancellationToken);
        return Answer(DefinitionAnswers.Full(saved, DraftToken.For(saved.Row), mayWrite: true));
    }

    /// <summary>Takes several in, each for itself: those before one that is refused stay.</summary>
    [HttpPost("workflow-definitions/import-files"), ElsaWrite, RequestSizeLimit(MostBytes), RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
    public async Task<IActionResult> ImportFiles(CancellationToken cancellationToken)
    {
        if (!Request.HasFormContentType)
        {
            throw new ElsaRefusedException("format.not-json");
        }

        var models = new List<JsonObject>();
        foreach (var file in (await Request.ReadFormAsync(cancellationToken)).Files)
        {
            using var content = new MemoryStream();
            await using (var stream = file.OpenReadStream())
            {
                await ElsaBody.CopyAsync(stream, content, MostBytes, cancellationToken);
            }

            models.AddRange(content.ToArray() is [(byte)'P', (byte)'K', ..] ? await UnzipAsync(content, cancellationToken) : [ElsaBody.Parse(content.ToArray())]);
            ThrowIfTooMany(models.Count);
        }

        foreach (var model in models)
        {
            await ImportAsync(model, cancellationToken);
        }

        return Answer(new JsonObject { ["count"] = models.Count });
    }

    /// <summary>A definition as a file; with the definitions that use it, as a zip.</summary>
    [HttpGet("workflow-definitions/{definitionId}/export"), HttpPost("workflow-definitions/{definitionId}/export")]
    public async Task<IActionResult> Export(string definitionId, string? versionOptions, bool includeConsumingWorkflows, CancellationToken cancellationToken)
    {
        if (await definitions.FindAsync(definitionId, versionOptions, cancellationToken) is not { } found)
        {
            return Missing();
        }

        var all = new List<StoredDefinition> { found };
        if (includeConsumingWorkflows)
        {
            all.AddRange(await definitions.ConsumersAsync(definitionId, cancellationToken));
        }

        return all.Count == 1 ? File(Bytes(found), "application/octet-stream", DefinitionAnswers.FileName(found)) : Zip(all);
    }

    /// <summary>Several versions in a zip.</summary>
    [HttpPost("bulk-actions/export/workflow-definitions")]
    public async Task<IActionResult> ExportMany(CancellationToken cancellationToken)
    {
        var body = await ElsaBody.ReadAsync(Request);
        var ids = body.Texts("ids");
        ThrowIfTooMany(ids.Count);
        var all = new List<StoredDefinition>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (await definitions.FindVersionAsync(id, cancellationToken) is { } found)
            {
                all.Add(found);
                if (body.Flag("includeConsumingWorkflows"))
                {
                    all.AddRange(await definitions.ConsumersAsync(found.DefinitionId, cancellationToken));
                }
            }
        }

        return all.Count == 0 ? Missing() : Zip([.. all.DistinctBy(d => d.Id)]);
    }

    private async Task<StoredDefinition> ImportAsync(JsonObject model, CancellationToken cancellationToken)
    {
        if (model["root"] is not JsonObject)
        {
            throw new ElsaRefusedException("format.other");
        }

        var definitionId = model.Text("definitionId");
        var save = new DefinitionSave(_ => StudioModel.Clean(model), DraftToken.Read(StudioModel.TokenOf(model)), By);
        return definitionId is { Length: > 0 } && await definitions.FindAsync(definitionId, "Latest", cancellationToken) is not null
            ? await editing.SaveAsync(definitionId, save, cancellationToken)
            : await editing.CreateAsync(definitionId, StudioModel.TakesCases(model), save, cancellationToken);
    }

    private static async Task<List<JsonObject>> UnzipAsync(MemoryStream zip, CancellationToken cancellationToken)
    {
        try
        {
            using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
            ThrowIfTooMany(archive.Entries.Count);
            var models = new List<JsonObject>();
            var left = MostUnpackedBytes;
            foreach (var entry in archive.Entries.Where(e => e.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
            {
                await using var stream = entry.Open();
                using var content = new MemoryStream();
                await ElsaBody.CopyAsync(stream, content, Math.Min(left, DefinitionLimits.MaxBytes), cancellationToken);
                left -= (int)content.Length;
                models.Add(ElsaBody.Parse(content.ToArray()));
            }

            return models;
        }
        catch (InvalidDataException)
        {
            throw new DefinitionFormatException("not-json", "The zip cannot be read.");
        }
    }

    private static void ThrowIfTooMany(int count)
    {
        if (count > MostFiles)
        {
            throw new ElsaRefusedException("TooManyFiles", MostFiles);
        }
    }

    private FileContentResult Zip(IReadOnlyList<StoredDefinition> all)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var one in all)
            {
                using var stream = archive.CreateEntry(DefinitionAnswers.FileName(one)).Open();
                stream.Write(Bytes(one));
            }
        }

        return File(buffer.ToArray(), "application/zip", "workflow-definitions.zip");
    }

    private static byte[] Bytes(StoredDefinition stored) => System.Text.Encoding.UTF8.GetBytes(DefinitionMeaning.Write(DefinitionAnswers.File(stored)));
}
