using System.Globalization;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Something a person is told that is about no single case, such as that due times of their cases have changed.</summary>
public sealed record InboxNotice(Guid Id, string Subject, string Body, DateTimeOffset At);

/// <summary>Reads notices until the person says they have seen them.</summary>
public sealed class InboxNotices(IDbContextFactory<CaseManagementDbContext> contexts, TimeProvider clock)
{
    private const int Most = 5;

    /// <summary>What the person has not yet put away, newest first.</summary>
    public async Task<IReadOnlyList<InboxNotice>> UnreadAsync(Person? person, CancellationToken cancellationToken)
    {
        if (person is null)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (me, recipient) = (person.Id, $"user:{person.Id}");
        var rows = await db.Messages.AsNoTracking()
            .Where(m => m.Recipient == recipient && m.Channel == "inbox" && m.ComplaintId == Guid.Empty && !db.NotificationReads.Any(r => r.UserId == me && r.MessageId == m.Id))
            .OrderByDescending(m => m.CreatedAt).Take(Most).ToListAsync(cancellationToken);
        var language = CultureInfo.CurrentUICulture.Name;
        return [.. rows.Select(m => new InboxNotice(m.Id, new BilingualText(m.SubjectZh, m.SubjectEn).In(language), new BilingualText(m.BodyZh, m.BodyEn).In(language), m.CreatedAt))];
    }

    /// <summary>The person has seen it. Nothing happens when it is not theirs, or was put away before.</summary>
    public async Task PutAwayAsync(Guid id, Person person, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var recipient = $"user:{person.Id}";
        if (!await db.Messages.AnyAsync(m => m.Id == id && m.Recipient == recipient && m.ComplaintId == Guid.Empty, cancellationToken)
            || await db.NotificationReads.AnyAsync(r => r.UserId == person.Id && r.MessageId == id, cancellationToken))
        {
            return;
        }

        db.NotificationReads.Add(new NotificationRead { UserId = person.Id, MessageId = id, At = clock.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // put away in another window at the same time
        }
    }
}
