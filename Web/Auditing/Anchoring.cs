using System.Text.Json.Nodes;
using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Auditing;

/// <summary>
/// Anchors the heads of all streams that changed. Each anchor is one commit: the anchor, its leaves, and the marks on the streams; of several nodes one works at a time,
/// and the number of an anchor is there once, so the series is one whoever dies.
/// </summary>
public sealed class Anchoring(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, ConfigurationAudit audit, AnchorKeys keys, IOptions<AuditOptions> options,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>Streams under one anchor at most: while they are marked, bursts on those cases wait.</summary>
    public const int Most = 500;

    /// <summary>Another key signs anchors from now on.</summary>
    public const string KeyRotated = "key.rotated";

    private static readonly Actor Signer = new(ActorKind.System, "anchors");

    // the row of this sequence is locked until the commit
    private const string Turn = "audit-anchors";

    /// <summary>Anchors when the last anchor is old enough, or when many streams have changed.</summary>
    /// <returns>How many anchors were written.</returns>
    public async Task<int> RunWhenDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.AuditAnchors.OrderByDescending(a => a.Number).Select(a => (DateTimeOffset?)a.At).FirstOrDefaultAsync(cancellationToken);
        var now = wallClock.GetUtcNow();
        var isDue = last is null || last.Value.AddSeconds(options.Value.AnchorSeconds) <= now || last > now;
        if (!isDue)
        {
            var most = options.Value.AnchorStreams;
            isDue = await db.Cases.Where(c => EF.Property<int>(c, AuditTables.Anchored) == 0).OrderBy(c => c.Id).Take(most).CountAsync(cancellationToken) >= most;
        }

        return isDue ? await RunAsync(cancellationToken) : 0;
    }

    /// <summary>Anchors whatever has changed, now.</summary>
    /// <returns>How many anchors were written; each covers <see cref="Most"/> streams at most.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var written = 0;
        while (await WriteAsync(cancellationToken) is > 0 and var covered)
        {
            written++;
            if (covered < Most)
            {
                break;
            }
        }

        return written;
    }

    private async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        await using (var look = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (!await look.Cases.AnyAsync(c => EF.Property<int>(c, AuditTables.Anchored) == 0, cancellationToken)
                && !await look.ConfigurationEvents.AnyAsync(e => e.Anchored == 0, cancellationToken))
            {
                return 0;
            }
        }

        var (key, publicKey, since) = keys.Current();
        var keyId = Anchor.KeyIdOf(publicKey);
        return await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                await transaction.NextAsync(Turn, cancellationToken);
                var leaves = await CasesAsync(db, cancellationToken);
                leaves.AddRange(await StreamsAsync(db, Most - leaves.Count, cancellationToken));
                if (leaves.Count == 0)
                {
                    return 0;
                }

                var last = (await db.AuditAnchors.AsNoTracking().OrderByDescending(a => a.Number).FirstOrDefaultAsync(cancellationToken))?.AsAnchor();
                var number = (last?.Number ?? 0) + 1;
                var rows = leaves.Select((leaf, position) => new AuditLeaf
                {
                    Anchor = number,
                    Position = position,
                    ComplaintId = leaf.Case,
                    Stream = leaf.Stream,
                    Sequence = leaf.Sequence,
                    Head = leaf.Head,
                }).ToList();
                var anchor = new Anchor
                {
                    Number = number,
                    At = wallClock.GetUtcNow(),
                    Count = rows.Count,
                    Root = MerkleTree.Root([.. rows.Select(r => r.AsHead())]),
                    Previous = last?.Hash() ?? new byte[32],
                    Erasures = (last?.Erasures ?? 0) + await ErasuresAsync(db, leaves, cancellationToken),
                    KeyId = keyId,
                };
                db.AuditAnchors.Add(AuditAnchor.Of(anchor.SignedBy(key)));
                db.AuditLeaves.AddRange(rows);
                if (!await db.AuditKeys.AnyAsync(k => k.Id == keyId, cancellationToken))
                {
                    db.AuditKeys.Add(new AuditKey { Id = keyId, PublicKey = publicKey, Since = since });
                    if (last is not null)
                    {
                        // itself anchored with the next
                        await audit.RecordAsync(
                            db, AuditVerification.Stream, KeyRotated, Signer, new JsonObject { ["keyId"] = keyId, ["before"] = last.KeyId }, cancellationToken);
                    }
                }

                return rows.Count;
            },
            cancellationToken);
    }

    // marked first and read then: a marked case is locked, so the head that is read is the one the mark stands for
    private static async Task<List<Changed>> CasesAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var ids = await db.Cases.Where(c => EF.Property<int>(c, AuditTables.Anchored) == 0).OrderBy(c => c.Id).Select(c => c.Id).Take(Most).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return [];
        }

        await db.Cases.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(c => c.SetProperty(x => EF.Property<int>(x, AuditTables.Anchored), 1), cancellationToken);
        return await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id)
            .Select(c => new Changed(c.Id, null, c.EventSequence, c.EventHead)).ToListAsync(cancellationToken);
    }

    private static async Task<List<Changed>> StreamsAsync(CaseManagementDbContext db, int most, CancellationToken cancellationToken)
    {
        var heads = await db.ConfigurationEvents.Where(e => e.Anchored == 0).GroupBy(e => e.Stream)
            .Select(g => new { Stream = g.Key, Sequence = g.Max(e => e.Sequence) }).OrderBy(h => h.Stream).Take(most).ToListAsync(cancellationToken);
        var changed = new List<Changed>();
        foreach (var head in heads)
        {
            var (stream, sequence) = (head.Stream, head.Sequence);
            await db.ConfigurationEvents.Where(e => e.Stream == stream && e.Sequence <= sequence && e.Anchored == 0)
                .ExecuteUpdateAsync(e => e.SetProperty(x => x.Anchored, 1), cancellationToken);
            changed.Add(new Changed(
                null, stream, sequence, await db.ConfigurationEvents.Where(e => e.Stream == stream && e.Sequence == sequence).Select(e => e.Hash).SingleAsync(cancellationToken)));
        }

        return changed;
    }

    private static async Task<long> ErasuresAsync(CaseManagementDbContext db, List<Changed> leaves, CancellationToken cancellationToken)
    {
        var ids = leaves.Where(l => l.Case is not null).Select(l => l.Case!.Value).ToList();
        return await db.Events.LongCountAsync(
            e => ids.Contains(e.ComplaintId) && e.Type == CaseEvents.Erased
                && !db.AuditLeaves.Any(l => l.ComplaintId == e.ComplaintId && l.Sequence >= e.Sequence),
            cancellationToken);
    }

    private sealed record Changed(Guid? Case, string? Stream, long Sequence, byte[] Head);
}
