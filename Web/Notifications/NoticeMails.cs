using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Notifications;

/// <summary>
/// Turns notices into mails: first works out whom each notice reaches and when that person may be written to, then writes one mail for
/// everything that is due to one person. Each step is a commit of its own that leaves what comes next in the database, so that a process that
/// dies in between loses nothing and writes nothing twice; of several nodes one works at a time.
/// </summary>
public sealed class NoticeMails(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, People people, CaseAccess access, StoredConfigurations configurations,
    TimeProvider clock, IOptions<MailOptions> options)
{
    /// <summary>The template column of these mails.</summary>
    public const string Template = "notices";

    private const int Batch = 500;

    // the row of this sequence is locked until the commit: what keeps two nodes from taking the same notices
    private const string Turn = "notice-mails";

    /// <summary>Distributes new notices and writes the mails that are due.</summary>
    /// <returns>How many mails were written.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        while (await DistributeAsync(cancellationToken) == Batch)
        {
            // more may wait
        }

        var limit = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var users = await db.NoticeMails.Where(m => m.DueAt <= limit).Select(m => m.UserId).Distinct().ToListAsync(cancellationToken);
        var written = 0;
        foreach (var user in users)
        {
            written += await WriteAsync(user, cancellationToken) ? 1 : 0;
        }

        return written;
    }

    /// <summary>The organisation's rules; those that hold where nobody has set any.</summary>
    public static async Task<NotificationRules> RulesAsync(CaseManagementDbContext db, StoredConfigurations configurations, CancellationToken cancellationToken)
    {
        if (await db.NotificationRules.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } rules)
        {
            return rules;
        }

        var configuration = await configurations.CurrentAsync(cancellationToken);
        return new NotificationRules { Zone = configuration.DefaultProcess is { } process ? configuration.Published[process].Pack.Identity.Zone : "UTC" };
    }

    private async Task<int> DistributeAsync(CancellationToken cancellationToken)
    {
        await using var look = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await look.Messages.AnyAsync(m => m.State == MessageStates.Noticed, cancellationToken))
        {
            return 0;
        }

        var rules = await RulesAsync(look, configurations, cancellationToken);
        var calendars = (await configurations.CurrentAsync(cancellationToken)).Calendars;
        var calendar = rules.Calendar is { } key ? calendars.GetValueOrDefault(key) : null;
        var everybody = await ReachableAsync(look, cancellationToken);
        return await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                await transaction.NextAsync(Turn, cancellationToken);
                var notices = await db.Messages.AsNoTracking().Where(m => m.State == MessageStates.Noticed).OrderBy(m => m.CreatedAt).Take(Batch)
                    .Select(m => new { m.Id, m.ComplaintId, m.Recipient, m.Clock, m.Escalation, Rank = db.Cases.Where(c => c.Id == m.ComplaintId).Select(c => c.LevelRank).FirstOrDefault() })
                    .ToListAsync(cancellationToken);
                var now = clock.GetUtcNow();
                foreach (var notice in notices)
                {
                    db.NoticeMails.AddRange(everybody.Where(r => r.Person.AsPerformer().Is(notice.Recipient) && Wants(r.Preference, notice.Clock is not null, notice.Escalation)).Select(r => new NoticeMail
                    {
                        UserId = r.Person.Id,
                        MessageId = notice.Id,
                        ComplaintId = notice.ComplaintId,
                        DueAt = DueOf(now, notice.Rank < rules.LoudLevels, r, rules, calendar),
                    }));
                }

                var ids = notices.Select(n => n.Id).ToList();
                await db.Messages.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageStates.Delivered), cancellationToken);
                return notices.Count;
            },
            cancellationToken);
    }

    // the gravest neither wait for the morning nor for the daily mail; they too come several in one
    private static DateTimeOffset DueOf(DateTimeOffset now, bool isLoud, Reachable who, NotificationRules rules, WorkCalendar? calendar)
    {
        var soon = now + TimeSpan.FromMinutes(rules.BundleMinutes);
        if (isLoud)
        {
            return soon;
        }

        var wanted = who.Preference is { Mail: MailChoice.Daily } daily ? QuietHours.NextAt(now, daily.DailyAt, who.Zone) : soon;
        return QuietHours.EndAfter(wanted, rules, calendar, who.Preference, who.Zone);
    }

    // what is late is always told of
    private static bool Wants(NotificationPreference? chosen, bool isOfClock, bool isEscalation) =>
        chosen is null || isEscalation || (isOfClock ? chosen.SendsWarnings : chosen.SendsOthers);

    private bool GetsMail(Person person, NotificationPreference? chosen) =>
        options.Value.Enabled && !string.IsNullOrWhiteSpace(person.Email) && chosen?.Mail != MailChoice.None;

    private async Task<IReadOnlyList<Reachable>> ReachableAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var preferences = await db.NotificationPreferences.AsNoTracking().ToDictionaryAsync(p => p.UserId, StringComparer.Ordinal, cancellationToken);
        var zones = await db.Users.AsNoTracking().Where(u => u.IsActive).ToDictionaryAsync(u => u.Id, u => u.Zone, StringComparer.Ordinal, cancellationToken);
        return
        [
            .. (await people.AllAsync(cancellationToken))
                .Where(p => GetsMail(p, preferences.GetValueOrDefault(p.Id)) || preferences.GetValueOrDefault(p.Id)?.WebhookUrl is not null)
                .Select(p => new Reachable(p, preferences.GetValueOrDefault(p.Id), zones.GetValueOrDefault(p.Id, "UTC"))),
        ];
    }

    private async Task<bool> WriteAsync(string user, CancellationToken cancellationToken)
    {
        var person = await people.FindAsync(user, cancellationToken);
        var (names, bundle) = await NamesAsync(cancellationToken);
        return await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                await transaction.NextAsync(Turn, cancellationToken);
                var now = clock.GetUtcNow();

                // what would go out within the next minutes anyway goes along
                var until = now + bundle;
                if (!await db.NoticeMails.AnyAsync(m => m.UserId == user && m.DueAt <= now, cancellationToken))
                {
                    return false;
                }

                var chosen = await db.NotificationPreferences.AsNoTracking().SingleOrDefaultAsync(p => p.UserId == user, cancellationToken);
                var lines = person is not null ? await LinesAsync(db, person, until, names, cancellationToken) : [];
                if (lines.Count > 0)
                {
                    var account = await db.Users.AsNoTracking().SingleAsync(u => u.Id == user, cancellationToken);
                    var (subject, body) = NoticeMailText.Of(person!.Name, lines, account.Language, account.Zone, options.Value.PublicUrl);
                    (string Channel, string? Address)[] ways =
                    [
                        .. GetsMail(person, chosen) ? [(SendEmail.Channel, person.Email)] : Array.Empty<(string, string?)>(),
                        .. chosen?.WebhookUrl is not null ? [(NoticeWebhookChannel.ChannelName, null)] : Array.Empty<(string, string?)>(),
                    ];
                    db.Messages.AddRange(ways.Select(way => new MessageRow
                    {
                        Id = Guid.CreateVersion7(now),
                        ComplaintId = Guid.Empty,
                        Template = Template,
                        Recipient = Domain.Parties.Candidates.UserPrefix + user,
                        Channel = way.Channel,
                        Address = way.Address,
                        SubjectZh = subject,
                        SubjectEn = subject,
                        BodyZh = body,
                        BodyEn = body,
                        State = MessageStates.Pending,
                        NextAttemptAt = now,
                        CreatedAt = now,
                    }));
                }

                await db.NoticeMails.Where(m => m.UserId == user && m.DueAt <= until).ExecuteDeleteAsync(cancellationToken);
                return lines.Count > 0;
            },
            cancellationToken);
    }

    // a case the person may not see, such as one against themselves, is not told of
    private async Task<IReadOnlyList<NoticeLine>> LinesAsync(
        CaseManagementDbContext db, Person person, DateTimeOffset until, Dictionary<(string Process, string Level), BilingualText> names, CancellationToken cancellationToken)
    {
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var waiting = db.NoticeMails.Where(m => m.UserId == person.Id && m.DueAt <= until);
        var cases = await scope.Visible(db).Where(c => waiting.Any(w => w.ComplaintId == c.Id))
            .Select(c => new { c.Id, c.Number, c.Process, c.Level, c.LevelRank, c.Status }).ToDictionaryAsync(c => c.Id, cancellationToken);
        var notices = await db.Messages.AsNoTracking().Where(m => waiting.Any(w => w.MessageId == m.Id))
            .Select(m => new { m.ComplaintId, m.SubjectZh, m.SubjectEn, m.Clock, m.Escalation }).ToListAsync(cancellationToken);
        var clocks = await db.Clocks.AsNoTracking().Where(k => waiting.Any(w => w.ComplaintId == k.ComplaintId))
            .Select(k => new { k.ComplaintId, k.Key, k.NameZh, k.NameEn, k.DueAt, k.MetAt, k.State }).ToListAsync(cancellationToken);
        var byKey = clocks.ToDictionary(k => (k.ComplaintId, k.Key));
        var lines = new List<NoticeLine>();
        foreach (var notice in notices)
        {
            if (notice.ComplaintId == Guid.Empty)
            {
                lines.Add(NoticeLine.OfNoCase(new BilingualText(notice.SubjectZh, notice.SubjectEn)));
                continue;
            }

            if (!cases.TryGetValue(notice.ComplaintId, out var row))
            {
                continue;
            }

            var running = notice.Clock is { } key ? byKey.GetValueOrDefault((notice.ComplaintId, key)) : null;
            lines.Add(new NoticeLine(
                row.Id, row.Number, row.Level is { } level ? names.GetValueOrDefault((row.Process, level)) : null, row.LevelRank,
                running is null ? null : new BilingualText(running.NameZh, running.NameEn), running?.DueAt, notice.Escalation,
                IsOver: row.Status != Domain.Complaints.CaseStatus.Open || running is { MetAt: not null } or { State: "cancelled" },
                new BilingualText(notice.SubjectZh, notice.SubjectEn)));
        }

        // several rungs of one clock are one line: that it is late
        return [.. lines.OrderByDescending(l => l.IsLate).DistinctBy(l => (l.ComplaintId, l.Clock?.Zh ?? l.Subject.Zh))];
    }

    private async Task<(Dictionary<(string Process, string Level), BilingualText> Names, TimeSpan Bundle)> NamesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = await RulesAsync(db, configurations, cancellationToken);
        var names = (await configurations.CurrentAsync(cancellationToken)).Published.Values
            .SelectMany(p => p.Pack.Levels.Levels.Select(l => (Key: (p.Pack.Identity.Id, l.Key), l.Name)))
            .ToDictionary(l => l.Key, l => l.Name);
        return (names, TimeSpan.FromMinutes(rules.BundleMinutes));
    }

    private sealed record Reachable(Person Person, NotificationPreference? Preference, string Zone);
}
