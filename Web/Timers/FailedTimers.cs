using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Timers;

/// <summary>
/// Timers that were given up. Their rows are the incident: a case or instance that cannot be read could not keep one of its own. Found by the
/// index of those that failed.
/// </summary>
public static class FailedTimers
{
    /// <summary>Those of a case: of its clocks and of what its processes wait for.</summary>
    public static IQueryable<StoredTimer> GivenUpOf(CaseManagementDbContext db, Complaint complaint)
    {
        var (id, instances) = (complaint.Id.ToString(), complaint.Instances.ToList());
        return GivenUp(db).Where(t => (t.Kind == CaseTimers.Clock && t.Payload == id) || (t.InstanceId != null && instances.Contains(t.InstanceId.Value)));
    }

    /// <summary>Those of an instance, and of the clocks of the case it belongs to.</summary>
    /// <param name="db">The database.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="complaint">The case's id, where it belongs to one.</param>
    public static IQueryable<StoredTimer> GivenUpOf(CaseManagementDbContext db, Guid instance, string? complaint) =>
        GivenUp(db).Where(t => t.InstanceId == instance || (complaint != null && t.Kind == CaseTimers.Clock && t.Payload == complaint));

    private static IQueryable<StoredTimer> GivenUp(CaseManagementDbContext db) =>
        db.Timers.AsNoTracking().Where(t => t.Attempts > 0 && t.NextAttemptAt == ParkedTimers.Until);
}
