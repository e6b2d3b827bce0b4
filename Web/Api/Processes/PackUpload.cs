using System.Text;
using System.Text.Json;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Processes;

/// <summary>Reads the process a request brings: a pack as zip, alone or in a form, as JSON <c>{files}</c>, or one Elsa definition.</summary>
public sealed class PackUpload(CaseManagementDbContext db)
{
    private const int MaxDepth = 100;

    /// <summary>The files of the pack; an Elsa definition takes the place of its earlier self in the newest version of its process.</summary>
    /// <exception cref="ApiProblemException"><c>pack-unreadable</c>, <c>definition-unknown</c>, <c>body-too-large</c>.</exception>
    public async Task<Dictionary<string, string>> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var content = await ContentAsync(context, cancellationToken);
        try
        {
            if (content.AsSpan().StartsWith("PK"u8))
            {
                using var zip = new MemoryStream(content);
                return PackFiles.ReadZip(zip);
            }

            using var json = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return json.RootElement switch
            {
                { ValueKind: JsonValueKind.Object } root when root.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Object => FilesOf(files),
                { ValueKind: JsonValueKind.Object } root when root.TryGetProperty("root", out _)
                    && root.TryGetProperty("definitionId", out var id) && id.ValueKind == JsonValueKind.String =>
                    await WithDefinitionAsync(id.GetString()!, Encoding.UTF8.GetString(content), cancellationToken),
                _ => throw Unreadable("Neither a pack nor an Elsa definition."),
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or UnreadableZipException)
        {
            throw Unreadable(unreadable is UnreadableZipException ? unreadable.Message : "The body is not JSON of a pack.");
        }
    }

    private static async Task<byte[]> ContentAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var body = (await RequestBody.ReadAsync(context, PackFiles.MaxZipBytes)).Bytes;
        if (!context.Request.HasFormContentType)
        {
            return body;
        }

        context.Request.Body = new MemoryStream(body);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var file = form.Files.Count == 1 ? form.Files[0] : throw Unreadable("The form has one file: the pack.");
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    private static Dictionary<string, string> FilesOf(JsonElement files)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files.EnumerateObject())
        {
            if (read.Count == PackReader.MaxFiles)
            {
                throw Unreadable($"A pack has at most {PackReader.MaxFiles} files.");
            }

            read[file.Name] = file.Value.ValueKind == JsonValueKind.String ? file.Value.GetString()! : file.Value.GetRawText();
        }

        return read;
    }

    private async Task<Dictionary<string, string>> WithDefinitionAsync(string definitionId, string json, CancellationToken cancellationToken)
    {
        var pack = await db.WorkflowDefinitions.AsNoTracking()
            .Where(d => d.DefinitionId == definitionId && d.ProcessKey != null)
            .OrderByDescending(d => d.ProcessVersion)
            .Join(db.ProcessVersions, d => d.ProcessKey, p => p.ProcessKey, (_, p) => p)
            .OrderByDescending(p => p.Version)
            .Select(p => p.PackJson).FirstOrDefaultAsync(cancellationToken)
            ?? throw new ApiProblemException(StatusCodes.Status400BadRequest, "definition-unknown", "No process has a workflow of this definitionId.");
        var files = StoredConfigurations.FilesOf(pack);
        var path = files.Where(f => f.Key.StartsWith("workflows/", StringComparison.Ordinal)).FirstOrDefault(f => DefinitionIdOf(f.Value) == definitionId).Key
            ?? $"workflows/{definitionId}.json";
        files[path] = json;
        return files;
    }

    private static string? DefinitionIdOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("definitionId", out var id) ? id.GetString() : null;
    }

    private static ApiProblemException Unreadable(string why) => new(StatusCodes.Status400BadRequest, "pack-unreadable", why);
}
