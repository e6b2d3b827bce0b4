using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Masking;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Auditing;

/// <summary>What is taken out.</summary>
/// <param name="Case">One case; null: what was recorded from <paramref name="From"/> to before <paramref name="To"/>.</param>
/// <param name="WithValues">With the values beside the links, masked for whoever asks.</param>
/// <param name="Reason">Why; it is recorded.</param>
public sealed record AuditExportOrder(Guid? Case, DateTimeOffset? From, DateTimeOffset? To, bool WithValues, string Reason);

/// <summary>
/// Takes links out as a zip file that <c>verify-audit</c> checks without the database: rows, proofs that their heads are anchored, anchors, public keys, a list for readers
/// (CSV), and a signed manifest. That somebody took them out is recorded before the first byte.
/// </summary>
public sealed class AuditExport(
    CaseManagementDbContext db, AuditReach reach, CaseReader reader, IConfigurationWriter writer, ConfigurationAudit audit, AnchorKeys keys, IOptions<AuditOptions> options,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>The event.</summary>
    public const string Created = "export.created";

    private const int Together = 200;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Rows that the order means and the caller may have; more than <see cref="AuditOptions.ExportRows"/> are not taken out.</summary>
    public async Task<int> CountAsync(AuditExportOrder order, ApiCaller caller, CancellationToken cancellationToken)
    {
        var most = options.Value.ExportRows + 1;
        var cases = await (await CasesAsync(order, caller, cancellationToken)).OrderBy(e => e.ComplaintId).Take(most).CountAsync(cancellationToken);
        return cases >= most ? cases : cases + await Streams(order, caller).OrderBy(e => e.Stream).Take(most - cases).CountAsync(cancellationToken);
    }

    /// <summary>Whether the order means more than one file takes.</summary>
    public async Task<bool> IsTooMuchAsync(AuditExportOrder order, ApiCaller caller, CancellationToken cancellationToken) =>
        await CountAsync(order, caller, cancellationToken) > options.Value.ExportRows;

    /// <summary>Writes the file.</summary>
    /// <returns>The file, at its beginning; gone when it is closed.</returns>
    public async Task<Stream> WriteAsync(AuditExportOrder order, ApiCaller caller, CancellationToken cancellationToken)
    {
        var count = await CountAsync(order, caller, cancellationToken);
        await writer.RunWithContextAsync(
            async (context, _) => await audit.RecordAsync(
                context, AuditVerification.Stream, Created, caller.Performer.Actor,
                new JsonObject
                {
                    ["case"] = order.Case?.ToString(),
                    ["from"] = order.From,
                    ["to"] = order.To,
                    ["values"] = order.WithValues,
                    ["rows"] = count,
                    ["reason"] = order.Reason,
                },
                cancellationToken),
            cancellationToken);
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                await FillAsync(zip, order, caller, cancellationToken);
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task FillAsync(ZipArchive zip, AuditExportOrder order, ApiCaller caller, CancellationToken cancellationToken)
    {
        var rows = new Part();
        var csv = new Part();
        csv.Raw("\ufeff" + CsvText.Line("stream", "seq", "at", "recordedAt", "type", "actorKind", "actor", "actorName", "fields", "hash"));
        var ranges = new List<Range>();
        var events = await CasesAsync(order, caller, cancellationToken);
        await foreach (var some in PartsAsync<EventRow>(
            last => (last is null ? events : events.Where(e => e.ComplaintId > last.ComplaintId || (e.ComplaintId == last.ComplaintId && e.Sequence > last.Sequence)))
                .OrderBy(e => e.ComplaintId).ThenBy(e => e.Sequence),
            cancellationToken))
        {
            var read = order.WithValues ? await reader.GetAsync([.. some.Select(e => e.ComplaintId).Distinct()], caller, cancellationToken) : [];
            foreach (var row in some)
            {
                var (data, isMasked) = order.WithValues ? DataOf(row, read.GetValueOrDefault(row.ComplaintId)) : (null, false);
                await AddAsync(row.ComplaintId, CaseStreams.Of(row.ComplaintId), row, data, isMasked, rows, csv, ranges, cancellationToken);
            }
        }

        var streams = Streams(order, caller);
        foreach (var stream in await streams.Select(e => e.Stream).Distinct().OrderBy(s => s).ToListAsync(cancellationToken))
        {
            await foreach (var some in PartsAsync<ConfigurationEvent>(
                last => (last is null ? streams : streams.Where(e => e.Sequence > last.Sequence)).Where(e => e.Stream == stream).OrderBy(e => e.Sequence), cancellationToken))
            {
                foreach (var row in some)
                {
                    await AddAsync(null, row.Stream, LinkOf(row), order.WithValues ? row.Data : null, false, rows, csv, ranges, cancellationToken);
                }
            }
        }

        var (proofs, from, to) = await ProofsAsync(ranges, cancellationToken);
        var anchors = new Part();
        if (from > 0)
        {
            await foreach (var anchor in db.AuditAnchors.AsNoTracking().Where(a => a.Number >= from && a.Number <= to).OrderBy(a => a.Number).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                anchors.Raw(anchor.AsAnchor().Line() + "\n");
            }
        }

        var (key, publicKey, _) = keys.Current();
        var known = await db.AuditKeys.AsNoTracking().ToDictionaryAsync(k => k.Id, k => k.PublicKey, cancellationToken);
        known[Anchor.KeyIdOf(publicKey)] = publicKey;
        var keyLines = new Part();
        foreach (var (id, bytes) in known.OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            keyLines.Json(json =>
            {
                json.WriteString("keyId", id);
                json.WriteBase64String("publicKey", bytes);
            });
        }

        var manifest = new Part();
        (string Name, Part Part)[] parts = [("rows.jsonl", rows), ("proofs.jsonl", proofs), ("anchors.jsonl", anchors), ("keys.jsonl", keyLines), ("rows.csv", csv)];
        manifest.Json(json =>
        {
            json.WriteString("at", AuditChain.Canonical(wallClock.GetUtcNow()));
            json.WriteString("by", caller.Performer.Actor.Id);
            json.WriteNumber("anchors", anchors.Lines);
            json.WriteString("case", order.Case?.ToString());
            json.WriteStartObject("files");
            foreach (var (name, part) in parts)
            {
                json.WriteString(name, part.Hash());
            }

            json.WriteEndObject();
            json.WriteString("format", ExportCheck.Format);
            json.WriteString("from", order.From is { } since ? AuditChain.Canonical(since) : null);
            json.WriteString("keyId", Anchor.KeyIdOf(publicKey));
            json.WriteNumber("rows", rows.Lines);
            json.WriteString("to", order.To is { } until ? AuditChain.Canonical(until) : null);
            json.WriteBoolean("values", order.WithValues);
        });
        foreach (var (name, part) in parts)
        {
            await part.WriteAsync(zip, name, cancellationToken);
        }

        var signature = new Part();
        signature.Raw(Convert.ToBase64String(key.SignData(manifest.Bytes(), HashAlgorithmName.SHA256)));
        await manifest.WriteAsync(zip, ExportCheck.Manifest, cancellationToken);
        await signature.WriteAsync(zip, ExportCheck.Signature, cancellationToken);
    }

    // part by part, each read to its end: while a reader is open PostgreSQL answers nothing else on the same connection, and for each part other things are asked
    private static async IAsyncEnumerable<List<T>> PartsAsync<T>(Func<T?, IQueryable<T>> after, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        T? last = null;
        while (await after(last).Take(Together).ToListAsync(cancellationToken) is { Count: > 0 } some)
        {
            yield return some;
            last = some[^1];
        }
    }

    private static EventRow LinkOf(ConfigurationEvent row) => new()
    {
        ComplaintId = Guid.Empty,
        Sequence = row.Sequence,
        At = row.At,
        RecordedAt = row.RecordedAt,
        Type = row.Type,
        ActorKind = row.ActorKind,
        ActorId = row.ActorId,
        ActorName = row.ActorName,
        Data = row.Data,
        Salt = row.Salt,
        Body = row.Body,
        Hash = row.Hash,
    };

    private async Task AddAsync(
        Guid? of, string stream, EventRow row, string? data, bool isMasked, Part rows, Part csv, List<Range> ranges, CancellationToken cancellationToken)
    {
        byte[]? previous = null;
        if (ranges.Count > 0 && ranges[^1] is var last && last.Stream == stream && last.Last + 1 == row.Sequence)
        {
            ranges[^1] = last with { Last = row.Sequence };
        }
        else
        {
            ranges.Add(new Range(of, stream, row.Sequence, row.Sequence));
            previous = row.Sequence == 1 ? AuditChain.Origin(stream)
                : of is { } id ? await db.Events.Where(e => e.ComplaintId == id && e.Sequence == row.Sequence - 1).Select(e => e.Hash).SingleOrDefaultAsync(cancellationToken)
                : await db.ConfigurationEvents.Where(e => e.Stream == stream && e.Sequence == row.Sequence - 1).Select(e => e.Hash).SingleOrDefaultAsync(cancellationToken);
        }

        rows.Json(json =>
        {
            json.WriteString("actorId", row.ActorId);
            json.WriteString("actorKind", row.ActorKind);
            json.WriteString("actorName", row.ActorName);
            json.WriteString("at", AuditChain.Canonical(row.At));
            json.WriteString("body", row.Body);
            if (data is not null)
            {
                json.WriteString("data", data);
            }

            json.WriteString("hash", Convert.ToHexStringLower(row.Hash));
            if (isMasked)
            {
                json.WriteBoolean("masked", true);
            }

            if (previous is not null)
            {
                json.WriteString("prev", Convert.ToHexStringLower(previous));
            }

            if (data is not null && !isMasked)
            {
                json.WriteBase64String("salt", row.Salt);
            }

            json.WriteNumber("seq", row.Sequence);
            json.WriteString("stream", stream);
            json.WriteString("type", row.Type);
            json.WriteString("wallAt", AuditChain.Canonical(row.RecordedAt));
        });
        csv.Raw(CsvText.Line(
            stream, row.Sequence.ToString(CultureInfo.InvariantCulture), AuditChain.Canonical(row.At), AuditChain.Canonical(row.RecordedAt), row.Type, row.ActorKind, row.ActorId,
            row.ActorName, string.Join(' ', AuditRows.FieldsOf(row.Body)), Convert.ToHexStringLower(row.Hash)));
    }

    private static (string? Data, bool IsMasked) DataOf(EventRow row, ReadCase? read)
    {
        if (row.Data.Length == 0)
        {
            return (row.Data, false);
        }

        // what the caller does not read unmasked has no random bytes either, or it could be tried out
        var shown = TimelineReader.DataOf(row, read);
        return read is null or { Mask.Sight: { Standing: Standing.Program, Covered: false } } || JsonElement.DeepEquals(shown, JsonSerializer.Deserialize<JsonElement>(row.Data)) ? (row.Data, false) : (shown.GetRawText(), true);
    }

    private async Task<IQueryable<EventRow>> CasesAsync(AuditExportOrder order, ApiCaller caller, CancellationToken cancellationToken)
    {
        var events = await reach.EventsAsync(caller, cancellationToken);
        return order.Case is { } one ? events.Where(e => e.ComplaintId == one)
            : events.Where(e => e.RecordedAt >= (order.From ?? DateTimeOffset.UnixEpoch) && e.RecordedAt < (order.To ?? DateTimeOffset.MaxValue));
    }

    private IQueryable<ConfigurationEvent> Streams(AuditExportOrder order, ApiCaller caller)
    {
        var events = reach.Configuration(caller);
        return order.Case is not null ? events.Where(e => false)
            : events.Where(e => e.RecordedAt >= (order.From ?? DateTimeOffset.UnixEpoch) && e.RecordedAt < (order.To ?? DateTimeOffset.MaxValue));
    }

    private async Task<(Part Proofs, long From, long To)> ProofsAsync(List<Range> ranges, CancellationToken cancellationToken)
    {
        var proofs = new Part();
        var leaves = new List<AuditLeaf>();
        foreach (var some in ranges.Chunk(Together))
        {
            var ids = some.Where(r => r.Case is not null).Select(r => r.Case).ToList();
            var names = some.Where(r => r.Case is null).Select(r => r.Stream).ToList();
            var found = await db.AuditLeaves.AsNoTracking().Where(l => (l.ComplaintId != null && ids.Contains(l.ComplaintId)) || (l.Stream != null && names.Contains(l.Stream))).ToListAsync(cancellationToken);
            leaves.AddRange(found.Where(l => some.Any(r => r.Stream == l.AsHead().Stream && l.Sequence >= r.First && l.Sequence <= r.Last)));
        }

        foreach (var some in leaves.DistinctBy(l => (l.Anchor, l.Position)).GroupBy(l => l.Anchor).OrderBy(g => g.Key).Chunk(Together))
        {
            var numbers = some.Select(g => g.Key).ToList();
            var heads = (await db.AuditLeaves.AsNoTracking().Where(l => numbers.Contains(l.Anchor)).OrderBy(l => l.Anchor).ThenBy(l => l.Position).ToListAsync(cancellationToken)).ToLookup(l => l.Anchor, l => l.AsHead());
            foreach (var leaf in some.SelectMany(g => g))
            {
                var path = MerkleTree.Path([.. heads[leaf.Anchor]], leaf.Position);
                proofs.Json(json =>
                {
                    json.WriteNumber("anchor", leaf.Anchor);
                    json.WriteString("head", Convert.ToHexStringLower(leaf.Head));
                    json.WriteStartArray("path");
                    foreach (var step in path)
                    {
                        json.WriteStringValue((step.IsLeft ? "l" : "r") + Convert.ToHexStringLower(step.Hash));
                    }

                    json.WriteEndArray();
                    json.WriteNumber("seq", leaf.Sequence);
                    json.WriteString("stream", leaf.AsHead().Stream);
                });
            }
        }

        return (proofs, leaves.Count == 0 ? 0 : leaves.Min(l => l.Anchor), leaves.Count == 0 ? 0 : leaves.Max(l => l.Anchor));
    }

    private sealed record Range(Guid? Case, string Stream, long First, long Last);

    /// <summary>One file of the export while it grows.</summary>
#pragma warning disable CA1001 // bytes in memory hold nothing that must be given back
    private sealed class Part
#pragma warning restore CA1001
    {
        private readonly MemoryStream _bytes = new();

        public int Lines { get; private set; }

        public byte[] Bytes() => _bytes.ToArray();

        public string Hash()
        {
            _bytes.Position = 0;
            return Convert.ToHexStringLower(SHA256.HashData(_bytes));
        }

        public void Raw(string text)
        {
            _bytes.Position = _bytes.Length;
            _bytes.Write(Encoding.UTF8.GetBytes(text));
            Lines++;
        }

        public void Json(Action<Utf8JsonWriter> fill)
        {
            _bytes.Position = _bytes.Length;
            using (var json = new Utf8JsonWriter(_bytes, Plain))
            {
                json.WriteStartObject();
                fill(json);
                json.WriteEndObject();
            }

            _bytes.WriteByte((byte)'\n');
            Lines++;
        }

        public async Task WriteAsync(ZipArchive zip, string name, CancellationToken cancellationToken)
        {
            await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
            _bytes.Position = 0;
            await _bytes.CopyToAsync(entry, cancellationToken);
        }
    }
}
