using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Organisation;

/// <summary>How something that was asked of <see cref="EmergencyAccess"/> ended.</summary>
public enum BreakGlassEnd
{
    Done,

    /// <summary>There is nothing of the kind for this person.</summary>
    NotFound,

    /// <summary>The reason is none.</summary>
    NoReason,

    /// <summary>There is no such case for them: none of that number, none of their departments, or one they are kept out of. Which, is not told.</summary>
    NoCase,

    /// <summary>They see the case anyway, or have asked already.</summary>
    NotNeeded,

    /// <summary>Another answered it, or its time is up.</summary>
    Over,
}

/// <summary>
/// Opens one case for four hours, to be read, to an administrator or a head who may not see it otherwise, once a second of them agrees. Who is kept out of the case is let in
/// by nobody, and decides nothing about it. Auditors are told at once and look at it afterwards.
/// </summary>
public sealed class EmergencyAccess(
    IConfigurationWriter writer, ConfigurationAudit audit, CaseAccess access, CaseRuntime cases, People people,
    TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>The stream of what is recorded.</summary>
    public const string Stream = "break-glass";

    /// <summary>The template column of notices.</summary>
    public const string Notice = "@break-glass";

    /// <summary>Whether somebody may ask, and answer what another asks.</summary>
    public static bool MayAsk(Person person) => person.Is(SystemRoles.Administrator) || person.Leads.Count > 0;

    /// <summary>Whether somebody sees what was asked and done: those who may ask, and auditors.</summary>
    public static bool MayLook(Person person) => MayAsk(person) || person.Is(SystemRoles.Auditor);

    /// <summary>Until when a case is open to somebody in an emergency; null: it is not, or they are kept out of it.</summary>
    public async Task<DateTimeOffset?> OpenUntilAsync(CaseManagementDbContext db, Person person, Guid complaint, CancellationToken cancellationToken)
    {
        if (!MayAsk(person))
        {
            return null;
        }

        var (me, now) = (person.Id, wallClock.GetUtcNow());
        var until = await db.BreakGlassOpenings.Where(o => o.PersonId == me && o.ComplaintId == complaint && o.OpenedAt != null && o.EndsAt > now)
            .MaxAsync(o => (DateTimeOffset?)o.EndsAt, cancellationToken);
        return until is null || await IsBarredAsync(db, me, complaint, cancellationToken) ? null : until;
    }

    /// <summary>Asks for a case by its number.</summary>
    public async Task<BreakGlassEnd> AskAsync(Person person, string? number, string? reason, CancellationToken cancellationToken)
    {
        if (!MayAsk(person))
        {
            return BreakGlassEnd.NotFound;
        }

        if (!BreakGlassRules.IsReason(reason))
        {
            return BreakGlassEnd.NoReason;
        }

        var asked = number?.Trim() ?? "";
        return await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                var found = await db.Cases.AsNoTracking().Where(c => c.Number == asked).Select(c => new { c.Id, c.Lead }).FirstOrDefaultAsync(cancellationToken);
                if (found is null || !await MayOpenAsync(db, person, found.Id, found.Lead, cancellationToken))
                {
                    return BreakGlassEnd.NoCase;
                }

                var (me, now) = (person.Id, wallClock.GetUtcNow());
                if (await (await access.ScopeAsync(db, person, cancellationToken)).Visible(db).AnyAsync(c => c.Id == found.Id, cancellationToken)
                    || await db.BreakGlassOpenings.AnyAsync(o => o.PersonId == me && o.ComplaintId == found.Id && o.EndsAt > now, cancellationToken))
                {
                    return BreakGlassEnd.NotNeeded;
                }

                var row = new BreakGlassOpening
                {
                    Id = Guid.CreateVersion7(now),
                    ComplaintId = found.Id,
                    Number = asked,
                    PersonId = me,
                    Reason = reason!.Trim(),
                    AskedAt = now,
                    EndsAt = now + BreakGlassRules.Waits,
                };
                db.BreakGlassOpenings.Add(row);
                await RecordAsync(db, "break-glass.asked", person, row, cancellationToken);
                var others = new List<Person>();
                foreach (var other in (await people.AllAsync(cancellationToken)).Where(p => p.Id != me && MayAsk(p)))
                {
                    if (await MayOpenAsync(db, other, found.Id, found.Lead, cancellationToken))
                    {
                        others.Add(other);
                    }
                }

                await TellAsync(
                    transaction, others, "紧急查看申请待你决定", "Somebody asks to see a case in an emergency",
                    $"{person.Name}申请紧急查看一件案件。请到“紧急查看”页决定。", $"{person.Name} asks to be shown a case in an emergency. Decide on the page Break-glass.", cancellationToken);
                return BreakGlassEnd.Done;
            },
            cancellationToken);
    }

    /// <summary>The second person agrees, or does not.</summary>
    public async Task<BreakGlassEnd> DecideAsync(Person person, Guid id, bool agrees, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, transaction) =>
        {
            var row = await db.BreakGlassOpenings.SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
            if (row is null || !await MayDecideAsync(db, person, row, cancellationToken))
            {
                return BreakGlassEnd.NotFound;
            }

            var now = wallClock.GetUtcNow();
            if (row.DecidedBy is not null || row.EndsAt <= now)
            {
                return BreakGlassEnd.Over;
            }

            (row.DecidedBy, row.EndsAt) = (person.Id, agrees ? now + BreakGlassRules.Lasts : now);
            if (!agrees)
            {
                await RecordAsync(db, "break-glass.refused", person, row, cancellationToken);
                return BreakGlassEnd.Done;
            }

            row.OpenedAt = now;
            row.ReviewBy = await ReviewByAsync(row.ComplaintId, cancellationToken);
            await RecordAsync(db, "break-glass.opened", person, row, cancellationToken);
            var auditors = (await people.AllAsync(cancellationToken)).Where(p => p.Is(SystemRoles.Auditor)).ToList();
            var asker = (await people.FindAsync(row.PersonId, cancellationToken))?.Name ?? row.PersonId;
            await TellAsync(
                transaction, auditors, "一件案件已紧急开放", "A case was opened in an emergency",
                $"{person.Name}同意{asker}紧急查看一件案件，四小时后自动结束。请于 {row.ReviewBy:yyyy-MM-dd} 前在“紧急查看”页复核。",
                $"{person.Name} agreed that {asker} is shown a case in an emergency; it ends by itself after four hours. Review it by {row.ReviewBy:yyyy-MM-dd} on the page Break-glass.", cancellationToken);
            return BreakGlassEnd.Done;
        },
        cancellationToken);

    /// <summary>Ends it before its time, or takes back what was asked: whoever asked or agreed, and auditors.</summary>
    public async Task<BreakGlassEnd> EndAsync(Person person, Guid id, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) =>
        {
            var row = await db.BreakGlassOpenings.SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
            if (row is null || !MayEnd(person, row))
            {
                return BreakGlassEnd.NotFound;
            }

            var now = wallClock.GetUtcNow();
            if (row.EndsAt <= now)
            {
                return BreakGlassEnd.Over;
            }

            row.EndsAt = now;
            await RecordAsync(db, "break-glass.ended", person, row, cancellationToken);
            return BreakGlassEnd.Done;
        },
        cancellationToken);

    /// <summary>An auditor has looked at it, all of it: what is open still can be read again afterwards, so it is ended before.</summary>
    public async Task<BreakGlassEnd> ReviewAsync(Person person, Guid id, string? remark, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) =>
        {
            var now = wallClock.GetUtcNow();
            var row = person.Is(SystemRoles.Auditor)
                ? await db.BreakGlassOpenings.SingleOrDefaultAsync(o => o.Id == id && o.OpenedAt != null && o.EndsAt <= now, cancellationToken)
                : null;
            if (row is null || await IsBarredAsync(db, person.Id, row.ComplaintId, cancellationToken))
            {
                return BreakGlassEnd.NotFound;
            }

            if (!BreakGlassRules.IsReason(remark))
            {
                return BreakGlassEnd.NoReason;
            }

            if (row.ReviewedBy is not null)
            {
                return BreakGlassEnd.Over;
            }

            (row.ReviewedBy, row.Remark) = (person.Id, remark!.Trim());
            await RecordAsync(db, "break-glass.reviewed", person, row, cancellationToken);
            return BreakGlassEnd.Done;
        },
        cancellationToken);

    /// <summary>Whether somebody may decide what another asked for.</summary>
    public async Task<bool> MayDecideAsync(CaseManagementDbContext db, Person person, BreakGlassOpening row, CancellationToken cancellationToken) =>
        MayAsk(person) && person.Id != row.PersonId
        && await MayOpenAsync(db, person, row.ComplaintId, await db.Cases.Where(c => c.Id == row.ComplaintId).Select(c => c.Lead).FirstOrDefaultAsync(cancellationToken), cancellationToken);

    /// <summary>Whether somebody may end it.</summary>
    public static bool MayEnd(Person person, BreakGlassOpening row) => row.PersonId == person.Id || row.DecidedBy == person.Id || person.Is(SystemRoles.Auditor);

    /// <summary>Whether a person is kept out of a case.</summary>
    public static Task<bool> IsBarredAsync(CaseManagementDbContext db, string person, Guid complaint, CancellationToken cancellationToken) =>
        db.CaseParties.AnyAsync(p => p.ComplaintId == complaint && p.Kind == PartyKinds.Barred && p.Who == person, cancellationToken);

    // an administrator any, a head those of their departments; nobody one they are kept out of
    private async Task<bool> MayOpenAsync(CaseManagementDbContext db, Person person, Guid complaint, string? lead, CancellationToken cancellationToken) =>
        (person.Is(SystemRoles.Administrator) || (lead is not null && (await access.ScopeAsync(db, person, cancellationToken)).Headed.Contains(lead) && person.Leads.Count > 0))
        && !await IsBarredAsync(db, person.Id, complaint, cancellationToken);

    private async Task<DateOnly?> ReviewByAsync(Guid complaint, CancellationToken cancellationToken)
    {
        var read = await cases.ReadAsync(complaint, cancellationToken);
        var calendar = read?.Rules.Calendar(read.Rules.Pack.Identity.Calendar);
        return calendar?.AddWorkingDays(calendar.DateOf(clock.GetUtcNow()), BreakGlassRules.ReviewDays);
    }

    private Task<long> RecordAsync(CaseManagementDbContext db, string type, Person by, BreakGlassOpening row, CancellationToken cancellationToken) => audit.RecordAsync(
        db, Stream, type, by.AsPerformer().Actor,
        new JsonObject
        {
            ["opening"] = row.Id.ToString(),
            ["case"] = row.ComplaintId.ToString(),
            ["person"] = row.PersonId,
            ["reason"] = row.Reason,
            ["endsAt"] = row.EndsAt,
            ["remark"] = row.Remark,
        },
        cancellationToken);

    private async ValueTask TellAsync(ICaseTransaction transaction, IEnumerable<Person> told, string subjectZh, string subjectEn, string zh, string en, CancellationToken cancellationToken) =>
        await transaction.SaveMessagesAsync(
            [
                .. told.Select(p => new MessageRow
                {
                    Id = Guid.CreateVersion7(wallClock.GetUtcNow()),
                    ComplaintId = Guid.Empty,
                    Template = Notice,
                    Recipient = Candidates.UserPrefix + p.Id,
                    Channel = "inbox",
                    SubjectZh = subjectZh,
                    SubjectEn = subjectEn,
                    BodyZh = zh,
                    BodyEn = en,
                    State = MessageStates.Delivered,
                    CreatedAt = clock.GetUtcNow(),
                }),
            ],
            cancellationToken);
}
