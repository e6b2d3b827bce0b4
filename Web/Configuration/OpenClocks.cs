using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>A clock of a case that a change of calendars counts again.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">The number people know it by.</param>
/// <param name="Name">What the clock is called.</param>
/// <param name="Counted">The clock as it is after the change.</param>
/// <param name="Calendar">The calendar it counts by after the change.</param>
public sealed record MovedClock(Guid CaseId, string Number, BilingualText Name, RecountedClock Counted, WorkCalendar Calendar)
{
    /// <summary>The due time moves; otherwise only a rung, the explanation or "provisional" does.</summary>
    public bool IsDueElsewhen => Counted.NewDueAt != Counted.OldDueAt;

    public static MovedClock Of(Complaint complaint, CaseRules rules, RecountedClock counted) => new(
        complaint.Id.Value, complaint.Number, rules.NameOf(counted.Clock), counted, rules.Calendar(rules.LimitOf(counted.Clock), complaint.Lead));
}

/// <summary>The clocks of open cases, counted as they would be under changed calendars. Stores nothing.</summary>
public sealed class OpenClocks(StoredConfigurations configurations, TimeProvider clock)
{
    private const int Batch = 500;

    /// <summary>Open cases with a clock that runs or is paused, in the order they are counted in.</summary>
    public static async Task<List<Guid>> CasesAsync(CaseManagementDbContext db, CancellationToken cancellationToken) =>
        await db.Clocks.AsNoTracking().Where(c => c.MetAt == null && c.State != "cancelled" && c.State != "met")
            .Join(db.Cases.Where(c => c.Status == CaseStatus.Open), c => c.ComplaintId, c => c.Id, (_, c) => c.Id)
            .Distinct().OrderBy(id => id).ToListAsync(cancellationToken);

    /// <summary>The clocks that <paramref name="under"/> counts otherwise than they were.</summary>
    public async Task<IReadOnlyList<MovedClock>> CountedOtherwiseAsync(
        CaseManagementDbContext db, CaseConfiguration under, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var moved = new List<MovedClock>();
        foreach (var ids in (await CasesAsync(db, cancellationToken)).Chunk(Batch))
        {
            foreach (var stored in await db.CaseDocuments.AsNoTracking().Where(d => ids.Contains(d.Id)).OrderBy(d => d.Id).ToListAsync(cancellationToken))
            {
                var complaint = Domain.Complaints.CaseDocument.Read(stored.Document);
                var rules = under.RulesFor(await configurations.ProcessAsync(complaint.Process, complaint.ProcessVersion, cancellationToken), complaint.LimitsVersion);
                var act = new CaseAct(complaint, rules, new Performer { Actor = Actor.Workflow }, now, new CaseLog());
                moved.AddRange(complaint.Clocks.RecomputeByCalendars(act, "preview").Select(one => MovedClock.Of(complaint, rules, one)));
            }
        }

        return moved;
    }
}
