using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Elsa.Instances;

/// <summary>How much of an instance somebody sees.</summary>
public enum InstanceSight
{
    /// <summary>It is not there.</summary>
    None,

    /// <summary>Where it is and how often it was where; nothing a case holds.</summary>
    Outline,

    /// <summary>Everything.</summary>
    Full,
}

/// <summary>
/// Which instances somebody sees. An instance that runs a case is seen with the case. Those who answer for processes, not for cases, see
/// its outline, except where the case is kept closely or they are kept out of it. Every query asks here.
/// </summary>
public sealed class InstanceAccess(CaseAccess cases)
{
    private const int DeepestChild = 16;
    private const int Covered = (int)Domain.Complaints.ConfidentialityLevel.Identity;

    /// <summary>What the person may see of cases; asked for once per request.</summary>
    public ValueTask<CaseScope> ScopeAsync(CaseManagementDbContext db, Person person, CancellationToken cancellationToken) =>
        cases.ScopeAsync(db, person, cancellationToken);

    /// <summary>The instances the person may know of.</summary>
    public static async Task<IQueryable<InstanceRow>> VisibleAsync(CaseManagementDbContext db, CaseScope scope, CancellationToken cancellationToken)
    {
        var instances = db.Instances.AsNoTracking();
        var ofCases = db.WorkflowDefinitions.Where(d => d.ProcessKey != null);
        var own = await OwnAsync(db, scope, cancellationToken);
        var against = await AgainstAsync(db, scope, cancellationToken);
        IQueryable<InstanceRow> roots;
        if (scope.SeesAll || scope.Reads || SeesOutlines(scope.Person!))
        {
            var close = (await db.Cases.Where(c => c.Confidentiality >= CaseScope.Close).Select(c => c.Id).ToListAsync(cancellationToken)).Select(id => id.ToString()).ToList();
            roots = instances.Where(i => !ofCases.Any(d => d.Id == i.DefinitionVersionId)
                || own.Contains(i.CorrelationId!)
                || (!close.Contains(i.CorrelationId!) && !against.Contains(i.CorrelationId!)));
        }
        else
        {
            roots = instances.Where(i => !ofCases.Any(d => d.Id == i.DefinitionVersionId) || own.Contains(i.CorrelationId!));
        }

        // a child is seen with the instance that started it; what lies deeper only from there
        return roots.Where(i => i.ParentInstanceId == null || (roots.Any(p => p.Id == i.ParentInstanceId && p.ParentInstanceId == null)));
    }

    /// <summary>What the person sees of one instance.</summary>
    public static async Task<InstanceSight> SightAsync(CaseManagementDbContext db, CaseScope scope, InstanceRow instance, CancellationToken cancellationToken)
    {
        var root = instance;
        for (var depth = 0; root.ParentInstanceId is { } parent; depth++)
        {
            if (depth == DeepestChild || await db.Instances.AsNoTracking().SingleOrDefaultAsync(i => i.Id == parent, cancellationToken) is not { } above)
            {
                return InstanceSight.None;
            }

            root = above;
        }

        var process = await db.WorkflowDefinitions.Where(d => d.Id == root.DefinitionVersionId).Select(d => d.ProcessKey).FirstOrDefaultAsync(cancellationToken);
        if (process is null)
        {
            return InstanceSight.Full;
        }

        if (!Guid.TryParse(root.CorrelationId, out var complaint))
        {
            return InstanceSight.None;
        }

        // a journal holds what was typed: where the identity is covered, its outline is enough
        if (!scope.Reads && await scope.Visible(db).AnyAsync(c => c.Id == complaint, cancellationToken))
        {
            return await db.Cases.AnyAsync(c => c.Id == complaint && c.Confidentiality == Covered, cancellationToken) ? InstanceSight.Outline : InstanceSight.Full;
        }

        return (SeesOutlines(scope.Person!) || scope.Reads) && await db.Cases.AnyAsync(c => c.Id == complaint && c.Confidentiality < CaseScope.Close, cancellationToken)
            && !await scope.Against(db).AnyAsync(c => c.Id == complaint, cancellationToken)
            ? InstanceSight.Outline
            : InstanceSight.None;
    }

    /// <summary>Answers for processes or reads them, without cases of their own.</summary>
    public static bool SeesOutlines(Person person) => CaseOutlines.SeesOutlines(person);

    // as correlation ids: instances know their case by text
    private static async Task<List<string>> OwnAsync(CaseManagementDbContext db, CaseScope scope, CancellationToken cancellationToken)
    {
        if (!scope.HasCases)
        {
            return [];
        }

        var visible = scope.Visible(db);
        visible = scope.SeesAll ? visible.Where(c => c.Confidentiality >= CaseScope.Close) : visible;
        return [.. (await visible.Select(c => c.Id).ToListAsync(cancellationToken)).Select(id => id.ToString())];
    }

    private static async Task<List<string>> AgainstAsync(CaseManagementDbContext db, CaseScope scope, CancellationToken cancellationToken) =>
        [.. (await scope.Against(db).Select(c => c.Id).ToListAsync(cancellationToken)).Select(id => id.ToString())];
}
