using System.Globalization;
using System.Security.Claims;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Notifications;

/// <inheritdoc/>
internal sealed class StoredNotices(
    IDbContextFactory<CaseManagementDbContext> contexts, People people, CaseAccess access, StoredConfigurations configurations, TimeProvider clock) : INoticePages
{
    private const int MostRead = 5000;
    private const int RowsShown = 20;
    private const int MostCounted = 100;

    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(30);

    public async Task<NoticesPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var (zone, shows) = (await ZoneAsync(db, person, cancellationToken), await ShowsWarningsAsync(db, person, cancellationToken));
        var found = await ReadAsync(db, scope, shows, clock.GetUtcNow() - LooksBack, cancellationToken);
        var general = await GeneralAsync(db, person, cancellationToken);
        var names = await NamesAsync(cancellationToken);
        var groups = found.GroupBy(n => KeyOf(n, zone)).Select(g =>
        {
            var first = g.First();
            return new NoticeGroup(
                g.Key, first.Clock is { } key ? names.GetValueOrDefault(key, key) : first.Heading, first.IsLate, DateWords.DayOf(first.At, zone), g.Count(), g.Count(n => !n.IsRead),
                [.. g.OrderBy(n => n.IsRead).ThenByDescending(n => n.At).ThenBy(n => n.Number, StringComparer.Ordinal).Take(RowsShown).Select(n => new NoticeRow(n.CaseId, n.Number, n.Subject, n.At, n.IsRead))]);
        });
        return new NoticesPage
        {
            General = general,
            Groups = [.. groups.OrderByDescending(g => g.Day).ThenByDescending(g => g.IsLate).ThenByDescending(g => g.Count)],
            Unread = general.Count + found.Count(n => !n.IsRead),
            Zone = zone,
            HasMore = found.Count == MostRead,
            HidesWarnings = !shows,
        };
    }

    public async Task<ActionAnswer> MarkReadAsync(string? group, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return ActionAnswer.NotFound;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var zone = await ZoneAsync(db, person, cancellationToken);
        var now = clock.GetUtcNow();
        var found = await ReadAsync(db, scope, await ShowsWarningsAsync(db, person, cancellationToken), now - LooksBack, cancellationToken);
        var general = await GeneralAsync(db, person, cancellationToken);
        var read = general.Where(n => group is null || n.Id.ToString() == group).Select(n => n.Id)
            .Concat(found.Where(n => !n.IsRead && (group is null || KeyOf(n, zone) == group)).Select(n => n.Id));
        db.NotificationReads.AddRange(read.Select(id => new NotificationRead { UserId = person.Id, MessageId = id, At = now }));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // the same person read some of them in another window at this moment; the next look shows which
        }

        return ActionAnswer.Done;
    }

    /// <summary>How many notices the person has not read, a hundred at most.</summary>
    public static async Task<int> UnreadAsync(CaseManagementDbContext db, CaseScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (scope.Person is not { } person)
        {
            return 0;
        }

        var since = now - LooksBack;
        var shows = await ShowsWarningsAsync(db, person, cancellationToken);
        return await Mine(db, scope, shows, since).Where(m => !db.NotificationReads.Any(r => r.UserId == person.Id && r.MessageId == m.Id))
            .Select(m => m.Id).Take(MostCounted).CountAsync(cancellationToken)
            + await UnreadGeneral(db, person).CountAsync(cancellationToken);
    }

    private static IQueryable<MessageRow> UnreadGeneral(CaseManagementDbContext db, Person person)
    {
        var (me, recipient, noCase) = (person.Id, $"user:{person.Id}", Guid.Empty);
        return db.Messages.AsNoTracking()
            .Where(m => m.Recipient == recipient && m.Channel == "inbox" && m.ComplaintId == noCase && !db.NotificationReads.Any(r => r.UserId == me && r.MessageId == m.Id))
            .OrderByDescending(m => m.CreatedAt).Take(RowsShown);
    }

    private static async Task<List<GeneralNotice>> GeneralAsync(CaseManagementDbContext db, Person person, CancellationToken cancellationToken)
    {
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        return await UnreadGeneral(db, person)
            .Select(m => new GeneralNotice(m.Id, english ? m.SubjectEn : m.SubjectZh, english ? m.BodyEn : m.BodyZh, m.CreatedAt))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<MessageRow> Mine(CaseManagementDbContext db, CaseScope scope, bool showsWarnings, DateTimeOffset since)
    {
        var keys = scope.Keys;
        var visible = scope.Visible(db);
        return db.Messages.AsNoTracking().Where(m => keys.Contains(m.Recipient) && m.CreatedAt >= since && m.Channel == "inbox"
            && (m.Escalation || showsWarnings) && visible.Any(c => c.Id == m.ComplaintId));
    }

    private static async Task<List<Notice>> ReadAsync(
        CaseManagementDbContext db, CaseScope scope, bool showsWarnings, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var me = scope.Person!.Id;
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        return await Mine(db, scope, showsWarnings, since).OrderByDescending(m => m.CreatedAt).ThenBy(m => m.Id).Take(MostRead)
            .Join(db.Cases, m => m.ComplaintId, c => c.Id, (m, c) => new Notice(
                m.Id, c.Id, c.Number, c.Subject, m.Clock, english ? m.SubjectEn : m.SubjectZh, m.Escalation, m.CreatedAt,
                db.NotificationReads.Any(r => r.UserId == me && r.MessageId == m.Id)))
            .ToListAsync(cancellationToken);
    }

    private static string KeyOf(Notice notice, string zone) => string.Join(
        '/', DateWords.DayOf(notice.At, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), notice.Clock ?? notice.Id.ToString("N"), notice.IsLate ? "late" : "soon");

    private static async Task<bool> ShowsWarningsAsync(CaseManagementDbContext db, Person person, CancellationToken cancellationToken) =>
        await db.NotificationPreferences.Where(p => p.UserId == person.Id).Select(p => (bool?)p.ShowsWarnings).FirstOrDefaultAsync(cancellationToken) ?? true;

    private static async Task<string> ZoneAsync(CaseManagementDbContext db, Person person, CancellationToken cancellationToken) =>
        await db.Users.Where(u => u.Id == person.Id).Select(u => u.Zone).FirstOrDefaultAsync(cancellationToken) ?? "UTC";

    private async Task<Dictionary<string, string>> NamesAsync(CancellationToken cancellationToken) =>
        (await configurations.CurrentAsync(cancellationToken)).Published.Values.SelectMany(p => p.Pack.Limits).DistinctBy(l => l.Clock)
            .ToDictionary(l => l.Clock, l => l.Name.In(PackWords.Language), StringComparer.Ordinal);

    private sealed record Notice(
        Guid Id, Guid CaseId, string Number, string Subject, string? Clock, string Heading, bool IsLate, DateTimeOffset At, bool IsRead);
}
