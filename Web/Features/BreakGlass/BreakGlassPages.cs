using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.BreakGlass;

/// <summary>Puts the page together and does what is asked on it.</summary>
public sealed class BreakGlassPages(
    IDbContextFactory<CaseManagementDbContext> contexts, EmergencyAccess emergencies, People people, DateWords dates, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock,
    IStringLocalizer<BreakGlassText> text)
{
    private const int Most = 100;

    /// <summary>The page; null for somebody it is not there for.</summary>
    public async Task<BreakGlassPage?> GetAsync(BreakGlassForm form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !EmergencyAccess.MayLook(person))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var zone = await db.Users.Where(u => u.Id == person.Id).Select(u => u.Zone).FirstOrDefaultAsync(cancellationToken) ?? "UTC";
        var names = (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        var rows = new List<BreakGlassRow>();
        foreach (var row in await db.BreakGlassOpenings.AsNoTracking().OrderByDescending(o => o.AskedAt).Take(Most).ToListAsync(cancellationToken))
        {
            var mayDecide = await emergencies.MayDecideAsync(db, person, row, cancellationToken);
            var isMine = row.PersonId == person.Id || row.DecidedBy == person.Id;
            if (isMine || mayDecide || (person.Is(SystemRoles.Auditor) && !await EmergencyAccess.IsBarredAsync(db, person.Id, row.ComplaintId, cancellationToken)))
            {
                rows.Add(RowOf(row, person, mayDecide, names, zone));
            }
        }

        return new BreakGlassPage
        {
            Rows = rows,
            MayAsk = EmergencyAccess.MayAsk(person),
            HasSettings = person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor),
            Form = form,
        };
    }

    public Task<ActionAnswer> AskAsync(BreakGlassForm form, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        DoAsync(user, person => emergencies.AskAsync(person, form.Number, form.Reason, cancellationToken), cancellationToken);

    public Task<ActionAnswer> DecideAsync(Guid id, bool agrees, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        DoAsync(user, person => emergencies.DecideAsync(person, id, agrees, cancellationToken), cancellationToken);

    public Task<ActionAnswer> EndAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        DoAsync(user, person => emergencies.EndAsync(person, id, cancellationToken), cancellationToken);

    public Task<ActionAnswer> ReviewAsync(Guid id, string? remark, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        DoAsync(user, person => emergencies.ReviewAsync(person, id, remark, cancellationToken), cancellationToken);

    private async Task<ActionAnswer> DoAsync(ClaimsPrincipal user, Func<Person, Task<BreakGlassEnd>> deed, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is not { } person ? ActionAnswer.NotFound : await deed(person) switch
        {
            BreakGlassEnd.Done => ActionAnswer.Done,
            BreakGlassEnd.NotFound => ActionAnswer.NotFound,
            BreakGlassEnd.NoReason => ActionAnswer.Invalid(text["End_NoReason", BreakGlassRules.ShortestReason, BreakGlassRules.LongestReason]),
            BreakGlassEnd.NoCase => ActionAnswer.Invalid(text["End_NoCase"]),
            var other => ActionAnswer.Refused(text[$"End_{other}"]),
        };

    private BreakGlassRow RowOf(BreakGlassOpening row, Person reader, bool mayDecide, Dictionary<string, string> names, string zone)
    {
        var now = wallClock.GetUtcNow();
        var today = DateWords.DayOf(now, zone);
        var stand = row.OpenedAt is null
            ? row.DecidedBy is not null ? BreakGlassStand.Refused : row.EndsAt > now ? BreakGlassStand.Waiting : BreakGlassStand.Over
            : row.EndsAt > now ? BreakGlassStand.Open : BreakGlassStand.Over;
        return new BreakGlassRow
        {
            Id = row.Id,
            Number = row.Number,
            Who = names.GetValueOrDefault(row.PersonId, row.PersonId),
            Reason = row.Reason,
            Stand = stand,
            When = [.. WhenOf()],
            Href = stand == BreakGlassStand.Open && row.PersonId == reader.Id ? $"/cases/{row.ComplaintId}" : null,
            Review = row.ReviewedBy is { } by ? text["ReviewedBy", names.GetValueOrDefault(by, by), row.Remark ?? ""].Value
                : row.ReviewBy is { } day ? text[day < today ? "ReviewLate" : "ReviewBy", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)].Value : null,
            ReviewIsLate = row.ReviewedBy is null && row.ReviewBy < today,
            MayDecide = stand == BreakGlassStand.Waiting && mayDecide,
            MayEnd = stand is BreakGlassStand.Waiting or BreakGlassStand.Open && EmergencyAccess.MayEnd(reader, row),
            MayReview = row is { OpenedAt: not null, ReviewedBy: null } && stand == BreakGlassStand.Over && reader.Is(SystemRoles.Auditor),
        };

        IEnumerable<string> WhenOf()
        {
            yield return text["AskedAt", dates.Say(row.AskedAt, zone, DateStyle.Brief)];
            if (stand is BreakGlassStand.Open or BreakGlassStand.Over)
            {
                yield return text[stand == BreakGlassStand.Open ? "OpenUntil" : "EndedAt", dates.Say(row.EndsAt, zone, DateStyle.Brief)];
            }

            if (row is { OpenedAt: not null, DecidedBy: { } second })
            {
                yield return text["AgreedBy", names.GetValueOrDefault(second, second)];
            }
        }
    }
}
