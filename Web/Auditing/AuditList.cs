using System.Globalization;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Auditing;

/// <summary>Which links a reader wants to see.</summary>
public sealed record AuditFilter
{
    /// <summary>Links of cases; else those of the configuration, of access and of reads.</summary>
    public bool Cases { get; init; }

    /// <summary>The stream's name or its beginning, such as <c>process:</c>.</summary>
    public string? Entity { get; init; }

    /// <summary>A case's number.</summary>
    public string? Number { get; init; }

    /// <summary>A user's id.</summary>
    public string? Person { get; init; }
    public string? Type { get; init; }

    /// <summary>Recorded from this moment.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>And before this.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Where the page before ended: <see cref="AuditPart.Next"/>.</summary>
    public string? After { get; init; }
}

/// <summary>One link as a list shows it: no values.</summary>
public sealed record AuditLine(
    string Entity, string? Number, long Sequence, DateTimeOffset At, DateTimeOffset RecordedAt, string Type, string ActorKind, string? ActorId, string? ActorName,
    IReadOnlyList<string> Fields, string? Via, string? OnBehalfOf);

/// <summary>A part of a list, the newest first.</summary>
/// <param name="Next">Continues; null: that was all.</param>
public sealed record AuditPart(IReadOnlyList<AuditLine> Lines, string? Next);

/// <summary>
/// Reads links in parts along the index of their moments, so that a part costs the same however many there are. Where a part goes on is the moment of its last link and how
/// many of that moment were shown.
/// </summary>
public sealed class AuditList(CaseManagementDbContext db, AuditReach reach)
{
    /// <summary>Links of one part.</summary>
    public const int Size = 50;

    public async Task<AuditPart> ReadAsync(AuditFilter filter, ApiCaller caller, CancellationToken cancellationToken)
    {
        var (until, skip) = Cursor(filter.After) ?? (null, 0);
        var found = filter.Cases ? await CasesAsync(filter, until, skip, caller, cancellationToken) : await OthersAsync(filter, until, skip, caller, cancellationToken);
        if (found.Count <= Size)
        {
            return new AuditPart(found, null);
        }

        var shown = found[..Size];
        var last = shown[^1].RecordedAt;
        var same = shown.Count(l => l.RecordedAt == last) + (until == last ? skip : 0);
        return new AuditPart(shown, string.Create(CultureInfo.InvariantCulture, $"{last.UtcTicks}-{same}"));
    }

    private async Task<List<AuditLine>> CasesAsync(AuditFilter filter, DateTimeOffset? until, int skip, ApiCaller caller, CancellationToken cancellationToken)
    {
        var (from, to, person, type, number) = (filter.From, filter.To, filter.Person, filter.Type, filter.Number);
        var rows = (await reach.EventsAsync(caller, cancellationToken)).Where(e => e.RecordedAt >= from && e.RecordedAt < to);
        rows = until is { } last ? rows.Where(e => e.RecordedAt <= last) : rows;
        rows = person is null ? rows : rows.Where(e => e.ActorId == person);
        rows = type is null ? rows : rows.Where(e => e.Type == type);
        if (number is not null)
        {
            var id = await db.Cases.Where(c => c.Number == number).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancellationToken);
            rows = id is { } one ? rows.Where(e => e.ComplaintId == one) : rows.Where(e => false);
        }

        var some = await rows.OrderByDescending(e => e.RecordedAt).ThenByDescending(e => e.ComplaintId).ThenByDescending(e => e.Sequence).Skip(skip).Take(Size + 1).ToListAsync(cancellationToken);
        var ids = some.Select(e => e.ComplaintId).Distinct().ToList();
        var numbers = await db.Cases.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Number }).ToDictionaryAsync(c => c.Id, c => c.Number, cancellationToken);
        return
        [
            .. some.Select(e => new AuditLine(
                $"complaint:{e.ComplaintId}", numbers.GetValueOrDefault(e.ComplaintId), e.Sequence, e.At, e.RecordedAt, e.Type, e.ActorKind, e.ActorId, e.ActorName,
                AuditRows.FieldsOf(e.Body), AuditRows.ViaOf(e.Body), AuditRows.OnBehalfOf(e.Body))),
        ];
    }

    private async Task<List<AuditLine>> OthersAsync(AuditFilter filter, DateTimeOffset? until, int skip, ApiCaller caller, CancellationToken cancellationToken)
    {
        var (from, to, person, type, entity) = (filter.From, filter.To, filter.Person, filter.Type, filter.Entity);
        var rows = reach.Configuration(caller).Where(e => e.RecordedAt >= from && e.RecordedAt < to);
        rows = until is { } last ? rows.Where(e => e.RecordedAt <= last) : rows;
        rows = person is null ? rows : rows.Where(e => e.ActorId == person);
        rows = type is null ? rows : rows.Where(e => e.Type == type);
        rows = entity is null ? rows : rows.Where(e => e.Stream.StartsWith(entity));
        var some = await rows.OrderByDescending(e => e.RecordedAt).ThenByDescending(e => e.Stream).ThenByDescending(e => e.Sequence).Skip(skip).Take(Size + 1).ToListAsync(cancellationToken);
        return
        [
            .. some.Select(e => new AuditLine(
                e.Stream, null, e.Sequence, e.At, e.RecordedAt, e.Type, e.ActorKind, e.ActorId, e.ActorName, AuditRows.FieldsOf(e.Body), AuditRows.ViaOf(e.Body), AuditRows.OnBehalfOf(e.Body))),
        ];
    }

    private static (DateTimeOffset?, int)? Cursor(string? text) =>
        text?.Split('-') is [var ticks, var same] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
            && int.TryParse(same, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) && skip <= 100_000
            ? (new DateTimeOffset(at, TimeSpan.Zero), skip)
            : null;
}
