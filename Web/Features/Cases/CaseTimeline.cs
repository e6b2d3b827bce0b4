using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Reads what happened to a case, the newest first.</summary>
public sealed class CaseTimeline(IDbContextFactory<CaseManagementDbContext> contexts, IStringLocalizer<EventWords> words)
{
    private const int PageSize = 30;

    public async Task<Timeline> GetAsync(CaseView view, TimelinePart part, CancellationToken cancellationToken)
    {
        var id = view.Complaint.Id.Value;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = db.Events.AsNoTracking().Where(e => e.ComplaintId == id);
        if (!view.SeesFiles)
        {
            all = all.Where(e => !EventSentences.FileTypes.Contains(e.Type));
        }

        var byType = await all.GroupBy(e => e.Type).Select(g => new { Type = g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var counts = byType.GroupBy(t => TimelineEntries.KindOf(t.Type)).ToDictionary(g => g.Key, g => g.Sum(t => t.Count));

        var wanted = all;
        if (part.Kind is { } kind)
        {
            var types = byType.Select(t => t.Type).Where(t => TimelineEntries.KindOf(t) == kind).ToList();
            wanted = wanted.Where(e => types.Contains(e.Type));
        }

        if (Place.TryParse(part.Before) is { } before)
        {
            wanted = wanted.Where(e => e.At < before.At || (e.At == before.At && e.Sequence < before.Sequence));
        }

        var rows = await Newest(wanted).Take(PageSize).ToListAsync(cancellationToken);
        var older = rows.Count < PageSize ? 0 : await wanted.CountAsync(cancellationToken) - rows.Count;
        var entries = Entries(view, await FatesAsync(db, rows, cancellationToken));
        return new Timeline
        {
            Href = $"/cases/{id}/timeline",
            Zone = view.Zone,
            Entries = [.. rows.Select(entries.Of)],
            Counts = counts,
            Filter = part.Kind,
            Older = older,
            OlderThan = older > 0 ? new Place(rows[^1].At, rows[^1].Sequence).ToString() : null,
        };
    }

    /// <summary>The newest entries, for a preview.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> LatestAsync(CaseView view, int count, CancellationToken cancellationToken)
    {
        var id = view.Complaint.Id.Value;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hides = !view.SeesFiles;
        var rows = await Newest(db.Events.AsNoTracking().Where(e => e.ComplaintId == id && !(hides && EventSentences.FileTypes.Contains(e.Type)))).Take(count).ToListAsync(cancellationToken);
        var entries = Entries(view, await FatesAsync(db, rows, cancellationToken));
        return [.. rows.Select(entries.Of)];
    }

    private TimelineEntries Entries(CaseView view, Dictionary<Guid, MessageFate> fates) =>
        new(view, new EventSentences(new EventNames(view.Words, view.Rules, view.Complaint, view.Mask) { Fates = fates }, words), words);

    private static async Task<Dictionary<Guid, MessageFate>> FatesAsync(CaseManagementDbContext db, IReadOnlyList<EventRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Where(r => r.Type == CaseEvents.MessageQueued).Select(r => JsonNode.Parse(r.Data)?["id"]?.GetValue<string>())
            .Select(id => Guid.TryParse(id, out var message) ? message : Guid.Empty).Where(id => id != Guid.Empty).ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        var fates = await db.Messages.AsNoTracking().Where(m => ids.Contains(m.Id))
            .Select(m => new { m.Id, m.State, m.Attempts, HasArrived = db.MessageReceipts.Where(r => r.MessageId == m.Id).Select(r => (bool?)r.HasArrived).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        return fates.ToDictionary(f => f.Id, f => new MessageFate(f.State, f.Attempts, f.HasArrived));
    }

    // by when it happened: a case registered late has clocks that ran out before it was recorded
    private static IOrderedQueryable<EventRow> Newest(IQueryable<EventRow> events) => events.OrderByDescending(e => e.At).ThenByDescending(e => e.Sequence);

    /// <summary>Where one page of the timeline ends.</summary>
    private readonly record struct Place(DateTimeOffset At, long Sequence)
    {
        public static Place? TryParse(string? text) =>
            text?.Split('-') is [var ticks, var sequence]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.Ticks
            && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                ? new Place(new DateTimeOffset(at, TimeSpan.Zero), place)
                : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}-{Sequence}");
    }
}
