using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.YourData;

/// <summary>A file that is about to be given; whoever gets it closes the stream, with which it is gone.</summary>
public sealed record PersonalDataFile(string Name, string Sha256, Stream Content);

/// <summary>
/// Writes the file a complainant fetches: JSON for programs, a page to read and print, and the files that are theirs. It is written when it is fetched and kept
/// nowhere, so that no copy of somebody's data lies about.
/// </summary>
public sealed class PersonalDataFiles(CaseRuntime cases, PersonalDataReader reader, CaseFiles files, TimeProvider clock, IStringLocalizer<PersonalDataWords> words)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The file of an export that may be fetched now; null where there is none.</summary>
    public async Task<PersonalDataFile?> WriteAsync(Guid id, Guid export, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await cases.ReadAsync(id, cancellationToken) is not { } read
            || read.Complaint.Rights.Exports.FirstOrDefault(e => e.Id == export && e.IsOpenAt(now)) is not { } open)
        {
            return null;
        }

        var data = await reader.ReadAsync(read, open.Kind, cancellationToken);
        var content = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
            {
                await AddAsync(zip, "data.json", JsonSerializer.SerializeToUtf8Bytes(data, Json), now, cancellationToken);
                await AddAsync(zip, "data.html", Encoding.UTF8.GetBytes(Page(data, read.Rules)), now, cancellationToken);
                if (open.Kind is DataRequestKinds.Copy or DataRequestKinds.Move)
                {
                    await AddFilesAsync(zip, read.Complaint, now, cancellationToken);
                }
            }

            content.Position = 0;
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
            content.Position = 0;
            return new PersonalDataFile($"{read.Complaint.Number}-{open.Request}.zip", hash, content);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    private async Task AddFilesAsync(ZipArchive zip, Complaint complaint, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var place = 0;
        foreach (var file in PersonalDataReader.OwnFiles(complaint))
        {
            await using var stored = files.OpenShown(file);
            if (stored is not null)
            {
                await using var entry = Entry(zip, string.Create(CultureInfo.InvariantCulture, $"files/{++place:00}-{NameOf(file.Name)}"), now).Open();
                await stored.CopyToAsync(entry, cancellationToken);
            }
        }
    }

    private static async Task AddAsync(ZipArchive zip, string name, byte[] content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var entry = Entry(zip, name, now).Open();
        await entry.WriteAsync(content, cancellationToken);
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string name, DateTimeOffset now)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = now;
        return entry;
    }

    private static string NameOf(string name) => string.Concat(name.Where(c => !char.IsControl(c) && c is not ('/' or '\\' or ':')));

    /// <summary>The page to read and print; it needs nothing beside itself.</summary>
    private string Page(PersonalData data, CaseRules rules)
    {
        var html = new StringBuilder();
        var calendar = rules.Calendar(rules.Pack.Identity.Calendar);
        string At(DateTimeOffset? at) => at is { } known ? DateText.Of(known, calendar, PackWords.Language) : "";
        string Safe(string? text) => HtmlEncoder.Default.Encode(text ?? "");
        void Head(string text) => html.Append(CultureInfo.InvariantCulture, $"<h2>{Safe(text)}</h2>\n");
        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Safe(name)}</th><td>{Safe(value)}</td></tr>\n");
            }
        }

        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{Safe(PackWords.Language)}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Safe(words["Title", data.Number])}</title>
            <style>{Style}</style></head>
            <body><main>
            <h1>{Safe(words["Title", data.Number])}</h1>
            <p>{Safe(words["GivenAt", At(data.GivenAt)])}</p>
            <p class="note">{Safe(data.Note)}</p>
            <table>

            """);
        Line(words["Subject"], data.Subject);
        Line(words["Status"], data.Status);
        Line(words["Received"], At(data.ReceivedAt));
        Line(words["Closed"], At(data.ClosedAt));
        Line(words["Level"], data.Level);
        Line(words["YourName"], data.You?.Name);
        Line(words["YourPhone"], data.You?.Phone);
        Line(words["YourEmail"], data.You?.Email);
        foreach (var fact in data.Facts)
        {
            Line(fact.Name, fact.Value);
        }

        html.Append("</table>\n");
        if (data.Description is { Length: > 0 } description)
        {
            Head(words["YouSaid"]);
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"text\">{Safe(description)}</p>\n");
        }

        if (data.Corrections.Count > 0)
        {
            Head(words["Corrections"]);
            foreach (var correction in data.Corrections)
            {
                html.Append(CultureInfo.InvariantCulture, $"<p>{Safe(At(correction.At))} · {Safe(correction.Request)}</p><p class=\"text\">{Safe(correction.Text)}</p>\n");
            }
        }

        Head(words["Decisions"]);
        html.Append(data.Decisions.Count == 0 ? $"<p>{Safe(words["NoDecisions"])}</p>\n" : "<ul>\n");
        foreach (var decision in data.Decisions)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li>{Safe(At(decision.At))} · {Safe(decision.Text)}</li>\n");
        }

        html.Append(data.Decisions.Count == 0 ? "" : "</ul>\n");
        if (data.Said.Count > 0)
        {
            Head(words["Said"]);
            foreach (var entry in data.Said)
            {
                html.Append(CultureInfo.InvariantCulture, $"<h3>{Safe(At(entry.At))} · {Safe(entry.Title)}</h3>\n<p class=\"text\">{Safe(entry.Text)}</p>\n");
            }
        }

        if (data.Files.Count > 0)
        {
            Head(words["Files"]);
            html.Append("<ul>").AppendJoin("", data.Files.Select(f => $"<li>{Safe(f)}</li>")).Append("</ul>\n");
        }

        return html.Append("</main></body></html>\n").ToString();
    }

    private const string Style = """
        body{font:16px/1.6 system-ui,sans-serif;color:#111;background:#fff;margin:0}main{max-width:46rem;margin:0 auto;padding:1.5rem}
        h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin-bottom:0}th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0}
        .text{white-space:pre-wrap;overflow-wrap:anywhere;margin-top:.25rem}.note{border-left:4px solid #555;padding-left:.75rem}
        @page{margin:18mm}@media print{main{padding:0;max-width:none}}
        """;
}
