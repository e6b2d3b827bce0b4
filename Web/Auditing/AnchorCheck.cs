using CaseManagement.Domain.Auditing;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Auditing;

/// <summary>Verifies anchors as they are stored: every anchored head is still there, heads make the root, signatures are true, each anchor holds on to the one before.</summary>
internal sealed class AnchorCheck(CaseManagementDbContext db)
{
    private const int Together = 200;

    /// <summary>
    /// Looks at the anchors there were when the verification began (<see cref="AuditCount.LastAnchor"/>). Work goes on meanwhile: a younger anchor may be signed by a key
    /// that was not there yet when keys were read, and is the next verification's.
    /// </summary>
    public async Task<AuditFinding?> RunAsync(AuditExtent extent, AuditCount count, CancellationToken cancellationToken)
    {
        var until = count.LastAnchor;
        var anchors = db.AuditAnchors.AsNoTracking().Where(a => a.Number <= until);
        var leaves = db.AuditLeaves.AsNoTracking();
        if (extent.Case is { } one)
        {
            leaves = leaves.Where(l => l.ComplaintId == one);
            anchors = anchors.Where(a => db.AuditLeaves.Any(l => l.Anchor == a.Number && l.ComplaintId == one));
        }
        else if (!extent.IsEverything)
        {
            // the anchor that is named is looked at too: the first after it holds on to it
            var (first, last) = extent.SinceAnchor is { } since ? (since, until) : await NumbersAsync(anchors, extent, cancellationToken);
            anchors = anchors.Where(a => a.Number >= first && a.Number <= last);
            leaves = leaves.Where(l => l.Anchor >= first && l.Anchor <= last);
        }

        return await LeavesAsync(leaves, cancellationToken) ?? await AnchorsAsync(anchors, isRow: extent.Case is null, startsAtFirst: extent.IsEverything, count, cancellationToken);
    }

    // nodes' clocks differ and are set: anchors of a time are a row by their numbers, whatever the moments between say
    private static async Task<(long First, long Last)> NumbersAsync(IQueryable<AuditAnchor> anchors, AuditExtent extent, CancellationToken cancellationToken)
    {
        anchors = extent.From is { } from ? anchors.Where(a => a.At >= from) : anchors;
        anchors = extent.To is { } to ? anchors.Where(a => a.At < to) : anchors;
        var first = await anchors.MinAsync(a => (long?)a.Number, cancellationToken);
        return first is null ? (1, 0) : (first.Value, await anchors.MaxAsync(a => a.Number, cancellationToken));
    }

    /// <summary>Compares a copy kept outside with what is stored.</summary>
    /// <param name="db">The database.</param>
    /// <param name="lines">Lines of anchors; what is none counts for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<AuditFinding?> CopyAsync(CaseManagementDbContext db, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        foreach (var some in lines.Select(Anchor.Parse).OfType<Anchor>().Chunk(Together))
        {
            var numbers = some.Select(a => a.Number).ToList();
            var stored = await db.AuditAnchors.AsNoTracking().Where(a => numbers.Contains(a.Number)).ToDictionaryAsync(a => a.Number, cancellationToken);
            foreach (var copy in some)
            {
                if (!stored.TryGetValue(copy.Number, out var ours) || ours.AsAnchor().Line() != copy.Line())
                {
                    return new AuditFinding(AuditFault.OutsideCopy, null, null, copy.Number);
                }
            }
        }

        return null;
    }

    private async Task<AuditFinding?> LeavesAsync(IQueryable<AuditLeaf> leaves, CancellationToken cancellationToken)
    {
        var gone = await leaves.Where(l => l.ComplaintId != null && !db.Events.Any(e => e.ComplaintId == l.ComplaintId && e.Sequence == l.Sequence && e.Hash == l.Head))
                .OrderBy(l => l.Anchor).FirstOrDefaultAsync(cancellationToken)
            ?? await leaves.Where(l => l.Stream != null && !db.ConfigurationEvents.Any(e => e.Stream == l.Stream && e.Sequence == l.Sequence && e.Hash == l.Head))
                .OrderBy(l => l.Anchor).FirstOrDefaultAsync(cancellationToken);
        return gone is null ? null : new AuditFinding(AuditFault.Leaf, gone.AsHead().Stream, gone.Sequence, gone.Anchor);
    }

    private async Task<AuditFinding?> AnchorsAsync(IQueryable<AuditAnchor> anchors, bool isRow, bool startsAtFirst, AuditCount count, CancellationToken cancellationToken)
    {
        var keys = await db.AuditKeys.AsNoTracking().ToDictionaryAsync(k => k.Id, k => k.PublicKey, StringComparer.Ordinal, cancellationToken);
        Anchor? before = null;
        for (var last = 0L; ;)
        {
            var (after, rows) = (last, anchors);
            var some = await rows.Where(a => a.Number > after).OrderBy(a => a.Number).Take(Together).ToListAsync(cancellationToken);
            if (some.Count == 0)
            {
                return null;
            }

            last = some[^1].Number;
            var numbers = some.Select(a => a.Number).ToList();
            var heads = (await db.AuditLeaves.AsNoTracking().Where(l => numbers.Contains(l.Anchor)).OrderBy(l => l.Anchor).ThenBy(l => l.Position).ToListAsync(cancellationToken))
                .ToLookup(l => l.Anchor, l => l.AsHead());
            foreach (var anchor in some.Select(a => a.AsAnchor()))
            {
                count.Anchors++;
                if (FaultOf(anchor, [.. heads[anchor.Number]], keys) is { } fault)
                {
                    return new AuditFinding(fault, null, null, anchor.Number);
                }

                if (isRow && !HoldsOn(anchor, before, startsAtFirst))
                {
                    return new AuditFinding(AuditFault.Link, null, null, anchor.Number);
                }

                before = anchor;
            }
        }
    }

    private static AuditFault? FaultOf(Anchor anchor, IReadOnlyList<AuditHead> heads, Dictionary<string, byte[]> keys) =>
        heads.Count != anchor.Count || !MerkleTree.Root(heads).AsSpan().SequenceEqual(anchor.Root) ? AuditFault.Root
        : !keys.TryGetValue(anchor.KeyId, out var key) || !anchor.IsSignedBy(key) ? AuditFault.Signature
        : null;

    private static bool HoldsOn(Anchor anchor, Anchor? before, bool startsAtFirst) => before is not null
        ? anchor.Number == before.Number + 1 && anchor.Previous.AsSpan().SequenceEqual(before.Hash())
        : anchor.Number == 1 ? anchor.Previous.AsSpan().IndexOfAnyExcept((byte)0) < 0
        : !startsAtFirst;
}
