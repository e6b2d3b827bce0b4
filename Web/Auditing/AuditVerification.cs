using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Auditing;

/// <summary>What is verified: a case, what happened in a time, what changed since an anchor, or everything (nothing set).</summary>
public sealed record AuditExtent
{
    public Guid? Case { get; init; }

    /// <summary>Streams with an event recorded at or after this.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>And before this.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Streams that changed after this anchor.</summary>
    public long? SinceAnchor { get; init; }

    public bool IsEverything => this is { Case: null, From: null, To: null, SinceAnchor: null };
}

/// <summary>Where the first fault is.</summary>
public sealed record AuditFinding(AuditFault Fault, string? Stream, long? Sequence, long? Anchor);

/// <summary>How a verification ended.</summary>
/// <param name="Rows">Links looked at.</param>
/// <param name="Erased">Values that have been erased.</param>
public sealed record AuditVerdict(bool Ok, long Rows, long Streams, long Anchors, long Erased, AuditFinding? FirstBad, double Seconds)
{
    /// <summary>The last anchor there was; 0: none.</summary>
    public long LastAnchor { get; init; }
}

/// <summary>
/// Verifies what is stored: numbers without gaps, hashes, heads on the cases, anchored heads, roots, signatures, the copy outside, values, and that every erased value has
/// its event. Reads beside the bursts and stops at the first fault. Each look at chains is one statement, so one state of the database; what is asked after it only grows.
/// </summary>
public sealed class AuditVerification(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, ConfigurationAudit audit, AnchorSinks sinks, AuditMetrics metrics, People people,
    TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>Where it is recorded that somebody verified.</summary>
    public const string Stream = "audit";

    /// <summary>The event of a verification.</summary>
    public const string Run = "verify.run";

    /// <summary>The template column of the notice that something is wrong.</summary>
    public const string Broken = "@audit-broken";

    private const int Together = 500;

    /// <summary>Verifies, counts, and records the run with its outcome.</summary>
    /// <param name="extent">What.</param>
    /// <param name="outside">Lines of anchors kept elsewhere; the configured file is looked at anyway.</param>
    /// <param name="by">Who wants to know.</param>
    /// <param name="cancellationToken">Stops it; nothing is recorded.</param>
    public async Task<AuditVerdict> RunAsync(AuditExtent extent, IEnumerable<string>? outside, Actor by, CancellationToken cancellationToken)
    {
        var began = wallClock.GetTimestamp();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(TimeSpan.FromHours(6));
        var count = new AuditCount { LastAnchor = await db.AuditAnchors.MaxAsync(a => (long?)a.Number, cancellationToken) ?? 0 };
        var bad = await VerifyAsync(db, extent, outside, count, cancellationToken);
        var verdict = new AuditVerdict(bad is null, count.Rows, count.Streams, count.Anchors, count.Erased, bad, wallClock.GetElapsedTime(began).TotalSeconds) { LastAnchor = count.LastAnchor };
        metrics.Verified(verdict.Ok);
        var notices = bad is null ? [] : await NoticesAsync(db, bad, cancellationToken);
        await writer.RunWithContextAsync(
            async (context, transaction) =>
            {
                await transaction.SaveMessagesAsync(notices, cancellationToken);
                return await audit.RecordAsync(context, Stream, Run, by, Said(extent, verdict), cancellationToken);
            },
            cancellationToken);
        return verdict;
    }

    // to auditors and administrators, whoever ran it; who has not read the last one needs no other
    private async Task<IReadOnlyList<MessageRow>> NoticesAsync(CaseManagementDbContext db, AuditFinding bad, CancellationToken cancellationToken)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"{bad.Fault} {bad.Stream} #{bad.Sequence}");
        var told = await db.Messages.AsNoTracking()
            .Where(m => m.Template == Broken && !db.NotificationReads.Any(r => r.MessageId == m.Id)).Select(m => m.Recipient).ToListAsync(cancellationToken);
        var at = clock.GetUtcNow();
        return
        [
            .. (await people.AllAsync(cancellationToken)).Where(p => (p.Is(SystemRoles.Auditor) || p.Is(SystemRoles.Administrator)) && !told.Contains(Candidates.UserPrefix + p.Id)).Select(p => new MessageRow
            {
                Id = Guid.CreateVersion7(wallClock.GetUtcNow()),
                ComplaintId = Guid.Empty,
                Template = Broken,
                Recipient = Candidates.UserPrefix + p.Id,
                Channel = "inbox",
                SubjectZh = "审计校验未通过",
                SubjectEn = "The audit does not verify",
                BodyZh = $"校验在此处发现问题：{where}。请打开“审计”页核对，并保留数据库与外部锚点文件。",
                BodyEn = $"The verification found something wrong: {where}. Open the page Audit, and keep the database and the anchors outside as they are.",
                State = MessageStates.Delivered,
                CreatedAt = at,
            }),
        ];
    }

    private async Task<AuditFinding?> VerifyAsync(
        CaseManagementDbContext db, AuditExtent extent, IEnumerable<string>? outside, AuditCount count, CancellationToken cancellationToken) =>
        await CasesAsync(db, extent, count, cancellationToken)
        ?? await StreamsAsync(db, extent, count, cancellationToken)
        ?? await new AnchorCheck(db).RunAsync(extent, count, cancellationToken)
        ?? (sinks.FilePath is { } file && File.Exists(file) ? await AnchorCheck.CopyAsync(db, LinesOf(file), cancellationToken) : null)
        ?? (outside is null ? null : await AnchorCheck.CopyAsync(db, outside, cancellationToken));

    // anchors are added to it while it is read
    private static IEnumerable<string> LinesOf(string path)
    {
        using var lines = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (lines.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static async Task<AuditFinding?> CasesAsync(CaseManagementDbContext db, AuditExtent extent, AuditCount count, CancellationToken cancellationToken)
    {
        if (extent.IsEverything)
        {
            return await CasesAsync(db, db.Events, count, cancellationToken)
                ?? await HeadlessAsync(db, db.Cases, cancellationToken);
        }

        var ids = extent.Case is { } one ? [one] : await ChangedCases(db, extent).Distinct().ToListAsync(cancellationToken);
        foreach (var some in ids.Chunk(Together))
        {
            if (await CasesAsync(db, db.Events.Where(e => some.Contains(e.ComplaintId)), count, cancellationToken) is { } bad)
            {
                return bad;
            }

            if (await HeadlessAsync(db, db.Cases.Where(c => some.Contains(c.Id)), cancellationToken) is { } missing)
            {
                return missing;
            }
        }

        return null;
    }

    private static IQueryable<Guid> ChangedCases(CaseManagementDbContext db, AuditExtent extent)
    {
        if (extent.SinceAnchor is { } anchor)
        {
            return db.Cases.Where(c => EF.Property<int>(c, AuditTables.Anchored) == 0).Select(c => c.Id)
                .Union(db.AuditLeaves.Where(l => l.Anchor > anchor && l.ComplaintId != null).Select(l => l.ComplaintId!.Value));
        }

        var events = db.Events.AsQueryable();
        events = extent.From is { } from ? events.Where(e => e.RecordedAt >= from) : events;
        events = extent.To is { } to ? events.Where(e => e.RecordedAt < to) : events;
        return events.Select(e => e.ComplaintId);
    }

    private static async Task<AuditFinding?> CasesAsync(
        CaseManagementDbContext db, IQueryable<Workflows.Cases.Store.EventRow> events, AuditCount count, CancellationToken cancellationToken)
    {
        StreamCheck? check = null;
        var (current, stream, head, headHash) = (Guid.Empty, "", 0L, Array.Empty<byte>());
        AuditFinding? EndOf() => check is null ? null
            : check.Sequence != head || !check.Hash.AsSpan().SequenceEqual(headHash) ? new AuditFinding(AuditFault.Head, stream, check.Sequence, null)
            : check.End() is { } fault ? new AuditFinding(fault, stream, null, null)
            : null;

        var rows = events.AsNoTracking().OrderBy(e => e.ComplaintId).ThenBy(e => e.Sequence)
            .GroupJoin(db.Cases, e => e.ComplaintId, c => c.Id, (e, c) => new { Event = e, c })
            .SelectMany(x => x.c.DefaultIfEmpty(), (x, c) => new { x.Event, Head = (long?)c!.EventSequence, Hash = c!.EventHead })
            .OrderBy(x => x.Event.ComplaintId).ThenBy(x => x.Event.Sequence);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var link = row.Event;
            if (check is null || link.ComplaintId != current)
            {
                if (EndOf() is { } bad)
                {
                    return bad;
                }

                count.Add(check);
                (current, stream, head, headHash) = (link.ComplaintId, CaseStreams.Of(link.ComplaintId), row.Head ?? 0, row.Hash ?? []);
                check = new StreamCheck(stream);
            }

            count.Rows++;
            var stored = new StoredLink(link.Sequence, link.At, link.RecordedAt, link.Type, link.ActorKind, link.ActorId, link.Data, link.Salt, link.Body, link.Hash);
            if (check.Add(stored) is { } fault)
            {
                return new AuditFinding(fault, stream, link.Sequence, null);
            }
        }

        count.Add(check);
        return EndOf();
    }

    private static async Task<AuditFinding?> HeadlessAsync(
        CaseManagementDbContext db, IQueryable<Workflows.Cases.Store.CaseRow> cases, CancellationToken cancellationToken)
    {
        var missing = await cases.Where(c => !db.Events.Any(e => e.ComplaintId == c.Id && e.Sequence == c.EventSequence))
            .Select(c => new { c.Id, c.EventSequence }).FirstOrDefaultAsync(cancellationToken);
        return missing is null ? null : new AuditFinding(AuditFault.Head, CaseStreams.Of(missing.Id), missing.EventSequence, null);
    }

    private static async Task<AuditFinding?> StreamsAsync(CaseManagementDbContext db, AuditExtent extent, AuditCount count, CancellationToken cancellationToken)
    {
        if (extent.Case is not null)
        {
            return null;
        }

        var events = db.ConfigurationEvents.AsNoTracking();
        if (!extent.IsEverything)
        {
            var changed = ChangedStreams(db, extent);
            events = events.Where(e => changed.Contains(e.Stream));
        }

        StreamCheck? check = null;
        var stream = "";
        await foreach (var link in events.OrderBy(e => e.Stream).ThenBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (check is null || link.Stream != stream)
            {
                if (check?.End() is { } gone)
                {
                    return new AuditFinding(gone, stream, null, null);
                }

                count.Add(check);
                stream = link.Stream;
                check = new StreamCheck(stream);
            }

            count.Rows++;
            var stored = new StoredLink(link.Sequence, link.At, link.RecordedAt, link.Type, link.ActorKind, link.ActorId, link.Data, link.Salt, link.Body, link.Hash);
            if (check.Add(stored) is { } fault)
            {
                return new AuditFinding(fault, stream, link.Sequence, null);
            }
        }

        count.Add(check);
        return check?.End() is { } erased ? new AuditFinding(erased, stream, null, null) : null;
    }

    private static IQueryable<string> ChangedStreams(CaseManagementDbContext db, AuditExtent extent)
    {
        if (extent.SinceAnchor is { } anchor)
        {
            return db.ConfigurationEvents.Where(e => e.Anchored == 0).Select(e => e.Stream)
                .Union(db.AuditLeaves.Where(l => l.Anchor > anchor && l.Stream != null).Select(l => l.Stream!));
        }

        var events = db.ConfigurationEvents.AsQueryable();
        events = extent.From is { } from ? events.Where(e => e.RecordedAt >= from) : events;
        events = extent.To is { } to ? events.Where(e => e.RecordedAt < to) : events;
        return events.Select(e => e.Stream);
    }

    private static JsonObject Said(AuditExtent extent, AuditVerdict verdict) => new()
    {
        ["case"] = extent.Case?.ToString(),
        ["from"] = extent.From,
        ["to"] = extent.To,
        ["sinceAnchor"] = extent.SinceAnchor,
        ["ok"] = verdict.Ok,
        ["rows"] = verdict.Rows,
        ["anchors"] = verdict.Anchors,
        ["lastAnchor"] = verdict.LastAnchor,
        ["fault"] = verdict.FirstBad?.Fault.ToString(),
        ["stream"] = verdict.FirstBad?.Stream,
    };
}

/// <summary>What a verification has seen so far.</summary>
internal sealed class AuditCount
{
    public long Rows { get; set; }

    public long Streams { get; private set; }

    public long Anchors { get; set; }

    public long Erased { get; private set; }

    public required long LastAnchor { get; init; }

    public void Add(StreamCheck? ended)
    {
        if (ended is not null)
        {
            Streams++;
            Erased += ended.Erased;
        }
    }
}
