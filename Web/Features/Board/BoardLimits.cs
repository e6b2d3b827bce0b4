using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Board;

/// <summary>Running limits: which are late, and which are about to be.</summary>
internal static class BoardLimits
{
    public static IQueryable<ClockRow> Of(CaseManagementDbContext db) => db.Clocks.AsNoTracking().Where(k => k.MetAt == null && (k.State == "running" || k.State == "breached"));

    /// <summary>One range of one index, as each of the two of <see cref="Soon"/>.</summary>
    public static IQueryable<ClockRow> Late(this IQueryable<ClockRow> limits, DateTimeOffset now) => limits.Where(k => k.DueAt <= now);

    /// <summary>Those that have warned, and those due before the day ends. The first compares the due time so that it does not take that index instead.</summary>
    public static IQueryable<ClockRow> Soon(this IQueryable<ClockRow> limits, DateTimeOffset now, DateTimeOffset end)
    {
        var never = DateTimeOffset.MaxValue;
        return limits.Where(k => k.WarnAt <= now && (k.DueAt ?? never) > now)
            .Concat(limits.Where(k => k.DueAt > now && k.DueAt < end && (k.WarnAt == null || k.WarnAt > now)));
    }
}
