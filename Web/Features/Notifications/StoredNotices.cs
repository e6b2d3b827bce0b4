using System.Security.Claims;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Notifications;

/// <inheritdoc/>
internal sealed class StoredNotices(
    IDbContextFactory<CaseManagementDbContext> contexts, People people, CaseAccess access, MaskedRows masked, TimeProvider clock) : INoticePages
{
    private const int CasesShown = 25;
    private const int RowsShown = 5;
    private const int MostRows = 600;
    private const int MostGeneral = 20;
    private const int MostCounted = 100;
    private const int ReadTogether = 1000;

    // who holds many roles in many departments has more lists than a query may put together
    private const int MostLists = 100;

    // four for each that is counted: a supervisor of one department sees some of what all supervisors are told of
    private const int FirstRead = 400;

    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(30);

    public async Task<NoticesPage?> GetAsync(NoticeFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var now = clock.GetUtcNow();
        var (zone, shows) = (await ZoneAsync(db, person, cancellationToken), await ShowsWarningsAsync(db, person, cancellationToken));
        var mine = Mine(db, scope, shows, now - LooksBack);
        var told = filter.Unread ? Unread(db, mine, person) : mine;
        var (cases, next) = await CasesAsync(db, told, NoticeCursor.Read(filter.Before), cancellationToken);
        return new NoticesPage
        {
            Filter = filter,
            General = await GeneralAsync(db, person, cancellationToken),
            Cases = await RowsAsync(db, told, cases, scope, person, zone, cancellationToken),
            Unread = await UnreadAsync(db, scope, now, cancellationToken),
            Zone = zone,
            At = now,
            Next = next?.ToString(),
            HidesWarnings = !shows,
        };
    }

    public async Task<ActionAnswer> MarkReadAsync(ReadNotices read, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return ActionAnswer.NotFound;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var now = clock.GetUtcNow();

        // what came after the page was drawn has not been seen
        var until = read.Until is { } seen && seen < now ? seen : now;
        if (read.CaseId is null)
        {
            var general = UnreadGeneral(db, person).Where(m => m.CreatedAt <= until);
            await MarkAsync(db, person, now, await (read.Notice is { } one ? general.Where(m => m.Id == one) : general).Select(m => m.Id).ToListAsync(cancellationToken), cancellationToken);
        }

        if (read.Notice is not null)
        {
            return ActionAnswer.Done;
        }

        var unread = Unread(db, Mine(db, scope, await ShowsWarningsAsync(db, person, cancellationToken), now - LooksBack), person).Where(m => m.CreatedAt <= until);
        if (read.CaseId is { } caseId)
        {
            unread = unread.Where(m => m.ComplaintId == caseId);
        }

        var ids = await unread.Select(m => m.Id).ToListAsync(cancellationToken);
        foreach (var some in ids.Chunk(ReadTogether))
        {
            await MarkAsync(db, person, now, some, cancellationToken);
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

        var toldTo = Unread(db, ToldOfCases(db, await ShowsWarningsAsync(db, person, cancellationToken), now - LooksBack), person);
        var count = await UnreadOfCasesAsync(db, scope, toldTo, cancellationToken);
        return Math.Min(MostCounted, count + await UnreadGeneral(db, person).CountAsync(cancellationToken));
    }

    /// <summary>
    /// Counts no further than is told. What a role is told of, a whole organisation may be: the newest of each recipient are read in the order of their index. Most people
    /// see enough of them by rank; only of the others' it is asked case by case.
    /// </summary>
    private static async Task<int> UnreadOfCasesAsync(CaseManagementDbContext db, CaseScope scope, IQueryable<MessageRow> told, CancellationToken cancellationToken)
    {
        if (scope.Keys.Count == 0)
        {
            return 0;
        }

        var ranked = await NewestAsync(told.Join(scope.Ranked(db), m => m.ComplaintId, c => c.Id, (m, _) => m), MostCounted);
        if (ranked.Count == MostCounted)
        {
            return MostCounted;
        }

        for (var number = FirstRead; ; number *= 4)
        {
            var newest = await NewestAsync(told, number);
            var ids = newest.Distinct().ToList();
            var visible = (await scope.Visible(db).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken)).ToHashSet();
            var count = newest.Count(visible.Contains);
            if (count >= MostCounted || newest.Count < number)
            {
                return count;
            }
        }

        async Task<List<Guid>> NewestAsync(IQueryable<MessageRow> messages, int number)
        {
            var found = new List<ToldOf>();
            foreach (var keys in scope.Keys.Chunk(MostLists))
            {
                found.AddRange(await keys
                    .Select(key => messages.Where(m => m.Recipient == key).OrderByDescending(m => m.CreatedAt).Select(m => new ToldOf { ComplaintId = m.ComplaintId, CreatedAt = m.CreatedAt }).Take(number))
                    .Aggregate((all, next) => all.Concat(next)).OrderByDescending(m => m.CreatedAt).Take(number).ToListAsync(cancellationToken));
            }

            return [.. found.OrderByDescending(m => m.CreatedAt).Take(number).Select(m => m.ComplaintId)];
        }
    }

    private static async Task MarkAsync(CaseManagementDbContext db, Person person, DateTimeOffset now, IEnumerable<Guid> messages, CancellationToken cancellationToken)
    {
        db.NotificationReads.AddRange(messages.Select(id => new NotificationRead { UserId = person.Id, MessageId = id, At = now }));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // the same person read some of them in another window at this moment; the next look shows which
        }

        db.ChangeTracker.Clear();
    }

    private static IQueryable<MessageRow> UnreadGeneral(CaseManagementDbContext db, Person person)
    {
        var (me, recipient, noCase) = (person.Id, $"user:{person.Id}", Guid.Empty);
        return db.Messages.AsNoTracking()
            .Where(m => m.Recipient == recipient && m.Channel == "inbox" && m.ComplaintId == noCase && !db.NotificationReads.Any(r => r.UserId == me && r.MessageId == m.Id))
            .OrderByDescending(m => m.CreatedAt).ThenBy(m => m.Id).Take(MostGeneral);
    }

    private static async Task<List<GeneralNotice>> GeneralAsync(CaseManagementDbContext db, Person person, CancellationToken cancellationToken)
    {
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        return await UnreadGeneral(db, person)
            .Select(m => new GeneralNotice(m.Id, english ? m.SubjectEn : m.SubjectZh, english ? m.BodyEn : m.BodyZh, m.CreatedAt, m.Address))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<MessageRow> Mine(CaseManagementDbContext db, CaseScope scope, bool showsWarnings, DateTimeOffset since)
    {
        var keys = scope.Keys;
        var visible = scope.Visible(db);
        return ToldOfCases(db, showsWarnings, since).Where(m => keys.Contains(m.Recipient) && visible.Any(c => c.Id == m.ComplaintId));
    }

    private static IQueryable<MessageRow> ToldOfCases(CaseManagementDbContext db, bool showsWarnings, DateTimeOffset since) =>
        db.Messages.AsNoTracking().Where(m => m.CreatedAt >= since && m.Channel == "inbox" && (m.Escalation || showsWarnings));

    private static IQueryable<MessageRow> Unread(CaseManagementDbContext db, IQueryable<MessageRow> messages, Person person)
    {
        var me = person.Id;
        return messages.Where(m => !db.NotificationReads.Any(r => r.UserId == me && r.MessageId == m.Id));
    }

    // one line for each case, the one told of last first; the next page goes on after the last of this one, whatever has come in meanwhile
    private static async Task<(IReadOnlyList<NoticeCursor> Cases, NoticeCursor? Next)> CasesAsync(
        CaseManagementDbContext db, IQueryable<MessageRow> messages, NoticeCursor? after, CancellationToken cancellationToken)
    {
        var cases = messages.GroupBy(m => m.ComplaintId).Select(g => new { g.Key, At = g.Max(m => m.CreatedAt) })
            .Join(db.Cases, g => g.Key, c => c.Id, (g, c) => new { g.At, c.Number });
        if (after is { At: var at, Number: var number })
        {
            cases = cases.Where(c => c.At < at || (c.At == at && c.Number.CompareTo(number) > 0));
        }

        var found = await cases.OrderByDescending(c => c.At).ThenBy(c => c.Number).Take(CasesShown + 1).ToListAsync(cancellationToken);
        var shown = found.Take(CasesShown).Select(c => new NoticeCursor(c.At, c.Number)).ToList();
        return (shown, found.Count > CasesShown ? shown[^1] : null);
    }

    private async Task<IReadOnlyList<NoticeCase>> RowsAsync(
        CaseManagementDbContext db, IQueryable<MessageRow> messages, IReadOnlyList<NoticeCursor> shown, CaseScope scope, Person person, string zone, CancellationToken cancellationToken)
    {
        var (me, numbers) = (person.Id, shown.Select(c => c.Number).ToList());
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        var cases = await db.Cases.AsNoTracking().Where(c => numbers.Contains(c.Number)).ToDictionaryAsync(c => c.Number, StringComparer.Ordinal, cancellationToken);
        var ids = cases.Values.Select(c => c.Id).ToList();
        var subjects = await masked.SubjectsAsync(cases.Values, scope, db, cancellationToken);
        var counts = await messages.Where(m => ids.Contains(m.ComplaintId)).GroupBy(m => m.ComplaintId).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var unread = await Unread(db, messages, person).Where(m => ids.Contains(m.ComplaintId)).GroupBy(m => m.ComplaintId).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var newest = (await messages.Where(m => ids.Contains(m.ComplaintId)).OrderByDescending(m => m.CreatedAt).ThenBy(m => m.Id).Take(MostRows)
            .Select(m => new
            {
                m.ComplaintId,
                m.Clock,
                Heading = english ? m.SubjectEn : m.SubjectZh,
                m.Escalation,
                m.CreatedAt,
                IsRead = db.NotificationReads.Any(r => r.UserId == me && r.MessageId == m.Id),
            })
            .ToListAsync(cancellationToken)).ToLookup(m => m.ComplaintId);
        var clocks = (await db.Clocks.AsNoTracking().Where(k => ids.Contains(k.ComplaintId)).Select(k => new { k.ComplaintId, k.Key, Name = english ? k.NameEn : k.NameZh }).ToListAsync(cancellationToken))
            .ToDictionary(k => (k.ComplaintId, k.Key), k => k.Name);
        return
        [
            .. shown.Where(c => cases.ContainsKey(c.Number)).Select(c => cases[c.Number]).Select(c => new NoticeCase(
                c.Id, c.Number, subjects[c.Id], counts.GetValueOrDefault(c.Id), unread.GetValueOrDefault(c.Id),
                [.. newest[c.Id].Take(RowsShown).Select(m => new NoticeRow(
                    m.Clock is null ? m.Heading : clocks.GetValueOrDefault((c.Id, m.Clock), m.Heading), m.Clock is null ? NoticeLook.Other : m.Escalation ? NoticeLook.Late : NoticeLook.Soon,
                    m.CreatedAt, DateWords.DayOf(m.CreatedAt, zone), m.IsRead))])),
        ];
    }

    private static async Task<bool> ShowsWarningsAsync(CaseManagementDbContext db, Person person, CancellationToken cancellationToken) =>
        await db.NotificationPreferences.Where(p => p.UserId == person.Id).Select(p => (bool?)p.ShowsWarnings).SingleOrDefaultAsync(cancellationToken) ?? true;

    private static async Task<string> ZoneAsync(CaseManagementDbContext db, Person person, CancellationToken cancellationToken) =>
        await db.Users.Where(u => u.Id == person.Id).Select(u => u.Zone).SingleOrDefaultAsync(cancellationToken) ?? "UTC";

    private sealed class ToldOf
    {
        public required Guid ComplaintId { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }
}
