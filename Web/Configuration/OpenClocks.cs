using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>A clock of a case that a change of limits or calendars counts again.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">The number people know it by.</param>
/// <param name="Name">What the clock is called.</param>
/// <param name="Counted">The clock as it is after the change.</param>
/// <param name="Calendar">The calendar it counts by after the change.</param>
public sealed record MovedClock(Guid CaseId, string Number, BilingualText Name, RecountedClock Counted, WorkCalendar Calendar)
{
    /// <summary>The due time moves; otherwise only a rung, the explanation or "provisional" does.</summary>
    public bool IsDueElsewhen => Counted.NewDueAt != Counted.OldDueAt;

    public static IEnumerable<MovedClock> Of(RecountedCase counted) => counted.Clocks.Select(one => new MovedClock(
        counted.Complaint.Id.Value, counted.Complaint.Number, counted.Rules.NameOf(one.Clock), one, counted.Rules.CalendarOf(one.Clock, counted.Complaint.Lead)));
}

/// <summary>
/// The clocks of open cases under changed limits or calendars: counted for a preview, which stores nothing, or counted again in the transaction of the
/// change. Both do the same work on the same documents, so they agree.
/// </summary>
public sealed class OpenClocks(CaseRuntime runtime, TimeProvider clock)
{
    /// <summary>The template key of the notice to those whose tasks are due at another time now.</summary>
    public const string NoticeTemplate = "due-times-changed";

    /// <summary>Cases read and written together.</summary>
    private const int Batch = 250;

    /// <summary>Open cases with a clock that runs or is paused, in the order they are counted in.</summary>
    /// <param name="db">The database.</param>
    /// <param name="process">Only those of this process; null: of all.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static async Task<List<Guid>> CasesAsync(CaseManagementDbContext db, string? process, CancellationToken cancellationToken) =>
        await db.Clocks.AsNoTracking().Where(c => c.MetAt == null && c.State != "cancelled" && c.State != "met")
            .Join(db.Cases.Where(c => c.Status == CaseStatus.Open && (process == null || c.Process == process)), c => c.ComplaintId, c => c.Id, (_, c) => c.Id)
            .Distinct().OrderBy(id => id).ToListAsync(cancellationToken);

    /// <summary>The clocks that the change counts otherwise than they were. Stores nothing.</summary>
    /// <param name="db">The database.</param>
    /// <param name="process">The process concerned; null: all.</param>
    /// <param name="change">What changes.</param>
    /// <param name="cancellationToken">Stops between cases.</param>
    public async Task<IReadOnlyList<MovedClock>> CountedOtherwiseAsync(
        CaseManagementDbContext db, string? process, ConfigurationChange change, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var moved = new List<MovedClock>();
        foreach (var ids in (await CasesAsync(db, process, cancellationToken)).Chunk(Batch))
        {
            foreach (var stored in await db.CaseDocuments.AsNoTracking().Where(d => ids.Contains(d.Id)).OrderBy(d => d.Id).ToListAsync(cancellationToken))
            {
                if (await runtime.TryCountAgainAsync(stored.Document, change, now, cancellationToken) is { } counted)
                {
                    moved.AddRange(MovedClock.Of(counted));
                }
            }
        }

        return moved;
    }

    /// <summary>
    /// Counts the clocks again that the change counts otherwise, and tells those who hold a task that is due at another time now: each person once,
    /// however many cases.
    /// </summary>
    /// <param name="db">A context that shares the transaction.</param>
    /// <param name="transaction">The transaction of the change.</param>
    /// <param name="process">The process concerned; null: all.</param>
    /// <param name="change">What changes.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="cancellationToken">Stops between cases; nothing is kept then.</param>
    /// <returns>The clocks that were counted again.</returns>
    public async Task<IReadOnlyList<MovedClock>> CountAgainAsync(
        CaseManagementDbContext db, ICaseTransaction transaction, string? process, ConfigurationChange change, Performer by, CancellationToken cancellationToken)
    {
        var moved = new List<MovedClock>();
        var told = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var ids in (await CasesAsync(db, process, cancellationToken)).Chunk(Batch))
        {
            foreach (var counted in await runtime.CountAgainAsync(transaction, ids, change, by, cancellationToken))
            {
                moved.AddRange(MovedClock.Of(counted));
                foreach (var person in counted.TasksMoved)
                {
                    told[person] = told.GetValueOrDefault(person) + 1;
                }
            }
        }

        told.Remove(by.Actor.Id ?? "");
        await transaction.SaveMessagesAsync([.. told.Select(one => Notice(one.Key, one.Value, by))], cancellationToken);
        return moved;
    }

    private MessageRow Notice(string person, int cases, Performer by)
    {
        var now = clock.GetUtcNow();
        var name = by.Actor.Name;
        return new MessageRow
        {
            Id = Guid.CreateVersion7(now),
            ComplaintId = Guid.Empty,
            Template = NoticeTemplate,
            Recipient = $"user:{person}",
            Channel = "inbox",
            SubjectZh = $"您手上 {cases} 件案件的到期时间有变动",
            SubjectEn = cases == 1 ? "The due time of 1 of your cases has changed" : $"The due times of {cases} of your cases have changed",
            BodyZh = $"{name ?? "管理员"}调整了时限或工作日历。收件箱已按新的到期时间排列，每件案件的时间线写明新旧时间。",
            BodyEn = $"{name ?? "An administrator"} changed a time limit or a working calendar. Your inbox is in the order of the new due times; the timeline of each case has the old and the new one.",
            State = MessageStates.Delivered,
            CreatedAt = now,
        };
    }
}
