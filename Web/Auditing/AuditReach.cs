using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Auditing;

/// <summary>
/// Which links a caller may see: auditors those of the cases they may know of (never one against themselves) and of the configuration; administrators those of the
/// configuration and of access; programs what their key opens.
/// </summary>
public sealed class AuditReach(CaseManagementDbContext db, ApiCases allowed)
{
    /// <summary>Whether somebody reads the audit as a whole.</summary>
    public static bool MayRead(Person? person) => person is not null && (person.Is(SystemRoles.Auditor) || person.Is(SystemRoles.Administrator));

    /// <summary>Whether somebody reads what happened to cases.</summary>
    public static bool ReadsCases(ApiCaller caller) => caller.Person is null || caller.Person.Is(SystemRoles.Auditor);

    /// <summary>Links of cases.</summary>
    public async ValueTask<IQueryable<EventRow>> EventsAsync(ApiCaller caller, CancellationToken cancellationToken)
    {
        if (!ReadsCases(caller))
        {
            return db.Events.AsNoTracking().Where(e => false);
        }

        if (caller is { Person: null, Bounds: null })
        {
            return db.Events.AsNoTracking();
        }

        var visible = await allowed.VisibleAsync(caller, cancellationToken);
        return db.Events.AsNoTracking().Where(e => visible.Any(c => c.Id == e.ComplaintId));
    }

    /// <summary>Links of everything else.</summary>
    public IQueryable<ConfigurationEvent> Configuration(ApiCaller caller) =>
        (caller.Person is null && caller.Bounds is null) || MayRead(caller.Person)
            ? db.ConfigurationEvents.AsNoTracking()
            : db.ConfigurationEvents.AsNoTracking().Where(e => false);
}
