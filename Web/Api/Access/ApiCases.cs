using CaseManagement.Domain;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Access;

/// <summary>
/// Which cases a caller of the API sees and works on: people those of <see cref="CaseAccess"/>, as on the pages; programs all that their key opens, closely kept ones only with a scope for it.
/// Every answer of the API that tells of cases asks here.
/// </summary>
public sealed class ApiCases(CaseManagementDbContext db, CaseAccess access)
{
    private CaseScope? _scope;

    /// <summary>The database puts what has no value last by itself, and has indexes in that order; to others it must be said.</summary>
    public bool SortsNoneLast => db.Database.IsNpgsql();

    /// <summary>The cases the caller may know of.</summary>
    public async ValueTask<IQueryable<CaseRow>> VisibleAsync(ApiCaller caller, CancellationToken cancellationToken) =>
        Bound(caller, caller.Person is { } person ? (await ScopeAsync(person, cancellationToken)).Visible(db) : OfProgram(caller));

    /// <summary>
    /// The same in parts, of which the first are read in the order of a list as far as a page needs, and the last are few: together they are the visible ones, and a case may be in several.
    /// </summary>
    /// <returns>Null where the visible ones are read as they are.</returns>
    public async ValueTask<IReadOnlyList<CasePart>?> PartsAsync(ApiCaller caller, CancellationToken cancellationToken)
    {
        if (caller is not { Person: { } person, Bounds: null })
        {
            return null;
        }

        var scope = await ScopeAsync(person, cancellationToken);
        return scope.SeesAll || scope.Reads ? null : scope.Parts(db, tellsKnown: false);
    }

    /// <summary>The same of cases that are known to be visible already.</summary>
    public IQueryable<CaseRow> Known(IQueryable<Guid> ids) => db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id));

    /// <summary>The cases in whose text the words stand, and those where who complained is called or reached so, as far as the caller works on them.</summary>
    /// <param name="cases">Of these.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="workable">Where the caller may know who complained; null: everywhere.</param>
    public IQueryable<CaseRow> Holding(IQueryable<CaseRow> cases, string typed, IQueryable<CaseRow>? workable)
    {
        var terms = CaseTextSearch.TermsOf(db, typed);
        foreach (var term in terms)
        {
            var byWords = db.CaseTexts.Where(t => CaseTextSearch.Holds(t.Words, term.Words)).Select(t => t.ComplaintId);
            var named = db.CaseTexts.Where(t => CaseTextSearch.Holds(t.People, term.People)).Select(t => t.ComplaintId);
            var found = byWords.Union(workable is null ? named : named.Where(id => workable.Any(w => w.Id == id)));
            cases = cases.Where(c => found.Contains(c.Id));
        }

        return terms.Count == 0 ? cases.Where(c => false) : cases;
    }

    /// <summary>The visible cases the caller may change, and whose sensitive facts they read.</summary>
    public async ValueTask<IQueryable<CaseRow>> WorkableAsync(ApiCaller caller, CancellationToken cancellationToken) =>
        Bound(caller, caller.Person is { } person ? (await ScopeAsync(person, cancellationToken)).Workable(db) : OfProgram(caller));

    /// <summary>The visible cases whose work the caller answers for.</summary>
    public async ValueTask<IQueryable<CaseRow>> SupervisedAsync(ApiCaller caller, CancellationToken cancellationToken) =>
        Bound(caller, caller.Person is { } person ? (await ScopeAsync(person, cancellationToken)).Supervised(db) : OfProgram(caller));

    /// <summary>Those of the cases whose number and times the caller may know, though perhaps nothing else of them.</summary>
    public async ValueTask<IReadOnlySet<Guid>> KnownAsync(ApiCaller caller, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        IReadOnlySet<Guid> known = caller.Person is { } person
            ? await (await ScopeAsync(person, cancellationToken)).KnownAsync(db, ids, cancellationToken)
            : ids.ToHashSet();
        return caller is { Bounds: null, SeesRestricted: true } || (caller.Bounds is null && caller.Person is not null) ? known : await Bound(caller, caller.Person is null ? OfProgram(caller) : db.Cases.AsNoTracking()).Where(c => known.Contains(c.Id)).Select(c => c.Id).ToHashSetAsync(cancellationToken);
    }

    /// <exception cref="RuleViolationException"><c>complaint-unknown</c>: there is no such case, or none the caller may know of.</exception>
    public async Task RequireVisibleAsync(Guid id, ApiCaller caller, CancellationToken cancellationToken) =>
        RuleViolationException.ThrowUnless(await (await VisibleAsync(caller, cancellationToken)).AnyAsync(c => c.Id == id, cancellationToken), CaseRuntime.NoSuchCase);

    /// <exception cref="RuleViolationException"><c>complaint-unknown</c></exception>
    /// <exception cref="ApiProblemException"><c>forbidden</c>: the caller sees the case and may not change it.</exception>
    public async Task RequireWorkableAsync(Guid id, ApiCaller caller, CancellationToken cancellationToken) =>
        await RequireAsync(await WorkableAsync(caller, cancellationToken), id, caller, cancellationToken);

    /// <inheritdoc cref="RequireWorkableAsync"/>
    public async Task RequireSupervisedAsync(Guid id, ApiCaller caller, CancellationToken cancellationToken) =>
        await RequireAsync(await SupervisedAsync(caller, cancellationToken), id, caller, cancellationToken);

    /// <summary>What a caller gets who may not do this.</summary>
    public static ApiProblemException Forbidden() => new(StatusCodes.Status403Forbidden, "forbidden", "This key or person may not do this.");

    private IQueryable<CaseRow> OfProgram(ApiCaller caller) =>
        caller.SeesRestricted ? db.Cases.AsNoTracking() : db.Cases.AsNoTracking().Where(c => c.Confidentiality < CaseScope.Close);

    /// <summary>Of the cases those the key is bound to.</summary>
    private static IQueryable<CaseRow> Bound(ApiCaller caller, IQueryable<CaseRow> cases)
    {
        if (caller.Bounds is not { } bounds)
        {
            return cases;
        }

        var (processes, departments) = (bounds.Processes, bounds.Departments);
        cases = processes.Count == 0 ? cases : cases.Where(c => processes.Contains(c.Process));
        return departments.Count == 0 ? cases : cases.Where(c => c.Lead != null && departments.Contains(c.Lead));
    }

    private async Task RequireAsync(IQueryable<CaseRow> allowed, Guid id, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (!await allowed.AnyAsync(c => c.Id == id, cancellationToken))
        {
            await RequireVisibleAsync(id, caller, cancellationToken);
            throw Forbidden();
        }
    }

    private async ValueTask<CaseScope> ScopeAsync(Person person, CancellationToken cancellationToken) =>
        _scope ??= await access.ScopeAsync(db, person, cancellationToken);
}
