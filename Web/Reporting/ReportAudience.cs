using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Reporting;

namespace CaseManagement.Web.Reporting;

/// <summary>Which cases somebody counts, as a condition on the rows of reports: the same that they see in lists.</summary>
/// <param name="Seen">The condition.</param>
/// <param name="Names">They may read persons' names that a report is grouped by.</param>
public sealed record ReportAudience(Func<IQueryable<ReportedCase>, IQueryable<ReportedCase>> Seen, bool Names)
{
    /// <summary>The product itself, which counts all and tells nobody: who is put forward for an award.</summary>
    public static ReportAudience Everything { get; } = new(rows => rows, true) { TellsSmall = true };

    /// <summary>Small numbers that hold closely kept cases are told too.</summary>
    public bool TellsSmall { get; private init; }

    /// <summary>What a person counts: cases of their departments, all where they work for all. Administrators and process owners count all and read no names.</summary>
    public static async ValueTask<ReportAudience> OfAsync(CaseManagementDbContext db, CaseAccess access, Person person, CancellationToken cancellationToken)
    {
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var isStructure = person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.ProcessOwner);
        var (all, departments, me) = (scope.SeesAll || scope.Reads || isStructure, scope.Departments, person.Id);
        return new ReportAudience(
            rows =>
            {
                rows = (all, scope.Named) switch
                {
                    (true, { Count: > 0 } named) => rows.Where(r => r.Close == 0 || named.Contains(r.ComplaintId)),
                    (true, _) => rows.Where(r => r.Close == 0),
                    (false, { Count: > 0 } named) => rows.Where(r => (r.Close == 0 && r.Lead != null && departments.Contains(r.Lead)) || named.Contains(r.ComplaintId)),
                    _ => rows.Where(r => r.Close == 0 && r.Lead != null && departments.Contains(r.Lead)),
                };
                return scope.Barred switch
                {
                    { Count: 0 } => rows,
                    { } barred => rows.Where(r => !barred.Contains(r.ComplaintId)),
                    null => rows.Where(r => !db.CaseParties.Any(p => p.ComplaintId == r.ComplaintId && p.Kind == Workflows.Cases.Store.PartyKinds.Barred && p.Who == me)),
                };
            },
            scope.HasCases || scope.Reads);
    }

    /// <summary>What a program counts: what its key is bound to; closely kept cases only with the scope for them.</summary>
    public static async ValueTask<ReportAudience> OfAsync(CaseManagementDbContext db, CaseAccess access, ApiCaller caller, CancellationToken cancellationToken)
    {
        var of = caller.Person is { } person
            ? await OfAsync(db, access, person, cancellationToken)
            : new ReportAudience(rows => caller.SeesRestricted ? rows : rows.Where(r => r.Close == 0), true);
        if (caller.Bounds is not { } bounds)
        {
            return of;
        }

        var (processes, departments) = (bounds.Processes, bounds.Departments);
        return of with
        {
            Seen = rows =>
            {
                rows = of.Seen(rows);
                rows = processes.Count == 0 ? rows : rows.Where(r => processes.Contains(r.Process));
                return departments.Count == 0 ? rows : rows.Where(r => r.Lead != null && departments.Contains(r.Lead));
            },
        };
    }
}
