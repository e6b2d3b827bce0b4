using System.Linq.Expressions;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Organisation;

/// <summary>Which cases a person may see. Every query asks here; what is not allowed is not there.</summary>
public sealed class CaseAccess(StoredConfigurations configurations, People people)
{
    private static readonly HashSet<string> WithoutCases = [SystemRoles.Administrator, SystemRoles.ProcessOwner, SystemRoles.Auditor, SystemRoles.Reader];

    /// <summary>Works out what this person may see; nobody sees nothing.</summary>
    public async ValueTask<CaseScope> ScopeAsync(CaseManagementDbContext db, Person? person, CancellationToken cancellationToken)
    {
        if (person is null)
        {
            return CaseScope.Nothing;
        }

        var memberships = person.Memberships.Where(m => !WithoutCases.Contains(m.Role)).ToList();
        var departments = await db.Departments.AsNoTracking().Select(d => new { d.Key, d.Parent, d.Head }).ToListAsync(cancellationToken);
        var parents = departments.ToDictionary(d => d.Key, d => d.Parent, StringComparer.Ordinal);
        var headed = departments.Where(d => d.Head == person.Id).Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        var tree = parents.Keys.Where(key => LiesIn(key, headed, parents)).ToHashSet(StringComparer.Ordinal);

        var read = person.Memberships.Where(m => m.Role == SystemRoles.Reader).ToList();
        var reading = read.Select(m => m.Department).OfType<string>().ToHashSet(StringComparer.Ordinal);

        // a role held everywhere answers to role@department in each department
        var keys = person.AsPerformer().CandidateKeys()
            .Concat(memberships.Where(m => m.Department is null).SelectMany(m => parents.Keys.Select(d => $"{m.Role}@{d}")))
            .Distinct(StringComparer.Ordinal);
        var configuration = await configurations.CurrentAsync(cancellationToken);
        return new CaseScope(person)
        {
            Keys = [.. keys],
            SeesAll = memberships.Exists(m => m.Department is null),
            Reads = person.Is(SystemRoles.Auditor) || read.Exists(m => m.Department is null),
            Departments = [.. memberships.Select(m => m.Department).OfType<string>().Union(tree, StringComparer.Ordinal)
                .Union(parents.Keys.Where(key => LiesIn(key, reading, parents)), StringComparer.Ordinal)],
            Headed = [.. tree.Union(memberships.Where(m => m.Role == SystemRoles.Supervisor).Select(m => m.Department).OfType<string>(), StringComparer.Ordinal)],
            HasCases = memberships.Count > 0 || tree.Count > 0,
            Hiding = [.. configuration.Published.Values.Where(p => p.Pack.Records.Confidentiality.Any(r => r.Hide.Contains("case"))).Select(p => p.Pack.Identity.Id)],
        };
    }

    /// <summary>Who supervises cases of a leading department, by name: its heads and those above, and whoever works for all departments.</summary>
    public async ValueTask<IReadOnlyList<string>> SupervisorsAsync(CaseManagementDbContext db, string? lead, CancellationToken cancellationToken)
    {
        var departments = await db.Departments.AsNoTracking().Select(d => new { d.Key, d.Parent, d.Head }).ToListAsync(cancellationToken);
        var heads = new HashSet<string>(StringComparer.Ordinal);
        var at = lead;
        for (var step = 0; at is not null && step <= departments.Count; step++)
        {
            var department = departments.Find(d => d.Key == at);
            if (department?.Head is { } head)
            {
                heads.Add(head);
            }

            at = department?.Parent;
        }

        return [.. (await people.AllAsync(cancellationToken))
            .Where(p => heads.Contains(p.Id) || p.Memberships.Any(m => m.Department is null && !WithoutCases.Contains(m.Role)))
            .Select(p => p.Name)];
    }

    private static bool LiesIn(string key, HashSet<string> headed, Dictionary<string, string?> parents)
    {
        var at = key;
        for (var step = 0; at is not null && step <= parents.Count; step++)
        {
            if (headed.Contains(at))
            {
                return true;
            }

            at = parents.GetValueOrDefault(at);
        }

        return false;
    }
}

/// <summary>Some of the cases a person may see. Together the parts are exactly <see cref="CaseScope.Visible"/>; a case may be in several.</summary>
/// <param name="Cases">Its cases.</param>
/// <param name="Knows">All of them are <see cref="CaseScope.Workable"/>: the person may know who complained.</param>
/// <param name="IsOwn">The person's own: few beside those of a department, but spread over all of them.</param>
/// <param name="Leads">Its cases are those that these departments lead; null where they are told otherwise.</param>
public sealed record CasePart(IQueryable<CaseRow> Cases, bool Knows, bool IsOwn = false, IReadOnlyList<string>? Leads = null);

/// <summary>What one person may see and do on cases, as conditions the database evaluates. Exclusion is evaluated last and wins.</summary>
public sealed class CaseScope(Person? person)
{
    // beyond that, departments are read together
    private const int MostDepartments = 6;

    /// <summary>Sees no case at all.</summary>
    public static CaseScope Nothing { get; } = new(null);

    public Person? Person { get; } = person;

    /// <summary>Every resolved candidate the person answers to.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Departments whose cases the person sees.</summary>
    public IReadOnlyList<string> Departments { get; init; } = [];

    /// <summary>Departments, with those below, that the person leads, and departments they supervise.</summary>
    public IReadOnlyList<string> Headed { get; init; } = [];

    /// <summary>Holds a role of the organisation, not of one department.</summary>
    public bool SeesAll { get; init; }

    /// <summary>Reads every case masked, and changes nothing.</summary>
    public bool Reads { get; init; }

    /// <summary>Holds a role that handles cases.</summary>
    public bool HasCases { get; init; }

    /// <summary>Sees some cases, whether or not the person may do anything with them.</summary>
    public bool SeesCases => HasCases || Reads || Departments.Count > 0;

    /// <summary>Processes that hide some of their cases: there a department or rank opens nothing.</summary>
    public IReadOnlyList<string> Hiding { get; init; } = [];

    /// <summary>The cases the person may see.</summary>
    public IQueryable<CaseRow> Visible(CaseManagementDbContext db)
    {
        if (Person is null || !SeesCases)
        {
            return db.Cases.AsNoTracking().Where(c => false);
        }

        var (all, hiding, departments) = (SeesAll || Reads, Hiding, Departments);
        if (all && hiding.Count == 0)
        {
            return WithoutExcluded(db.Cases.AsNoTracking());
        }

        Expression<Func<CaseRow, bool>> byRank = c => !hiding.Contains(c.Process) && (all || (c.Lead != null && departments.Contains(c.Lead)));
        return WithoutExcluded(db.Cases.AsNoTracking().Where(Either(OwnIn(db), byRank)));
    }

    /// <summary>
    /// The same, in parts that each begin at an index: a long list is read from each part in its order and put together, which no database does with conditions
    /// joined by OR.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="tellsKnown">Parts are kept apart by whether the person may know who complained.</param>
    public IReadOnlyList<CasePart> Parts(CaseManagementDbContext db, bool tellsKnown)
    {
        if (Person is null || !(HasCases || Reads))
        {
            return [];
        }

        var (me, keys, hiding) = (Person.Id, Keys, Hiding);
        var ranked = hiding.Count == 0 ? db.Cases.AsNoTracking() : db.Cases.AsNoTracking().Where(c => !hiding.Contains(c.Process));
        var parts = new List<CasePart>();
        if (SeesAll || Reads)
        {
            parts.Add(new CasePart(ranked, SeesAll));
            if (hiding.Count == 0 && (SeesAll || !tellsKnown))
            {
                return [.. parts.Select(p => p with { Cases = WithoutExcluded(p.Cases) })];
            }
        }
        else if (Departments.Count <= MostDepartments)
        {
            parts.AddRange(Departments.Select(d => new CasePart(ranked.Where(c => c.Lead == d), Headed.Contains(d), Leads: [d])));
        }
        else
        {
            foreach (var group in Departments.GroupBy(d => Headed.Contains(d)))
            {
                var departments = group.ToList();
                parts.Add(new CasePart(ranked.Where(c => c.Lead != null && departments.Contains(c.Lead)), group.Key, Leads: departments));
            }
        }

        var cases = db.Cases.AsNoTracking();
        var held = db.Tasks.Where(t => t.Assignee == me).Select(t => t.ComplaintId);
        var offered = db.TaskCandidates.Where(k => keys.Contains(k.Candidate)).Select(k => k.ComplaintId);
        var registered = db.Events.Where(e => e.Sequence == 1 && e.ActorId == me).Select(e => e.ComplaintId);
        parts.Add(new CasePart(cases.Where(c => c.Handler == me), HasCases, IsOwn: true));

        // joined, not looked for, so that it begins at the person's few and not at the many cases
        parts.Add(new CasePart(held.Distinct().Join(cases, id => id, c => c.Id, (_, c) => c), HasCases, IsOwn: true));
        parts.Add(new CasePart(offered.Distinct().Join(cases, id => id, c => c.Id, (_, c) => c), HasCases, IsOwn: true));
        parts.Add(new CasePart(registered.Join(cases, id => id, c => c.Id, (_, c) => c), HasCases, IsOwn: true));
        return [.. parts.Select(p => p with { Cases = WithoutExcluded(p.Cases) })];
    }

    /// <summary>Of these cases, those the person may see at all: for cases already known to be theirs but for that rule.</summary>
    public IQueryable<CaseRow> NotAgainst(IQueryable<CaseRow> cases) => Person is null || !(HasCases || Reads) ? cases.Where(c => false) : WithoutExcluded(cases);

    /// <summary>The visible cases on which the person may act: their own, and those they supervise.</summary>
    public IQueryable<CaseRow> Workable(CaseManagementDbContext db)
    {
        if (Person is null || !HasCases)
        {
            return db.Cases.AsNoTracking().Where(c => false);
        }

        var (all, hiding, headed) = (SeesAll, Hiding, Headed);
        if (all && hiding.Count == 0)
        {
            return WithoutExcluded(db.Cases.AsNoTracking());
        }

        Expression<Func<CaseRow, bool>> byRank = c => !hiding.Contains(c.Process) && (all || (c.Lead != null && headed.Contains(c.Lead)));
        return WithoutExcluded(db.Cases.AsNoTracking().Where(Either(OwnIn(db), byRank)));
    }

    /// <summary>The cases the person answers for by rank, whoever works on them.</summary>
    public IQueryable<CaseRow> Supervised(CaseManagementDbContext db)
    {
        if (!IsSupervisor)
        {
            return db.Cases.AsNoTracking().Where(c => false);
        }

        var (all, hiding, headed) = (SeesAll, Hiding, Headed);
        return WithoutExcluded(db.Cases.AsNoTracking().Where(c => !hiding.Contains(c.Process) && (all || (c.Lead != null && headed.Contains(c.Lead)))));
    }

    /// <summary>Answers for the work of others, somewhere.</summary>
    public bool IsSupervisor => Person is not null && (SeesAll || Headed.Count > 0);

    /// <summary>The person supervises cases of this leading department.</summary>
    public bool Supervises(string? lead) => SeesAll || (lead is not null && Headed.Contains(lead));

    /// <summary>The person's own of the cases they may see, whoever leads them.</summary>
    public IQueryable<CaseRow> Own(CaseManagementDbContext db) =>
        NotAgainst(Person is null ? db.Cases.AsNoTracking().Where(c => false) : db.Cases.AsNoTracking().Where(OwnIn(db)));

    /// <summary>The ids of the person's own cases, each once, read from indexes alone: for lists that begin at them. Those against the person are not left out yet.</summary>
    /// <param name="db">The database.</param>
    /// <param name="since">None with a lower id.</param>
    /// <param name="newest">No more than this, the highest ids, which come first.</param>
    public IQueryable<Guid> OwnIds(CaseManagementDbContext db, Guid since, int newest)
    {
        var (me, keys) = (Person?.Id ?? "", Keys);
        IQueryable<Guid> Of(IQueryable<Guid> ids) => ids.Where(i => i >= since).OrderByDescending(i => i).Take(newest);
        return Of(db.Cases.Where(c => c.Handler == me).Select(c => c.Id))
            .Union(Of(db.Tasks.Where(t => t.Assignee == me).Select(t => t.ComplaintId).Distinct()))
            .Union(Of(db.Events.Where(e => e.Sequence == 1 && e.ActorId == me).Select(e => e.ComplaintId)))
            .Union(Of(db.TaskCandidates.Where(k => keys.Contains(k.Candidate)).Select(k => k.ComplaintId).Distinct()))
            .OrderByDescending(i => i).Take(newest);
    }

    /// <summary>Cases the person holds, held, registered, handles, or may take a task of.</summary>
    private Expression<Func<CaseRow, bool>> OwnIn(CaseManagementDbContext db)
    {
        var (me, keys) = (Person!.Id, Keys);
        return c => c.Handler == me
            || db.Tasks.Any(t => t.ComplaintId == c.Id && t.Assignee == me)
            || db.Tasks.Any(t => t.ComplaintId == c.Id && t.DoneAt == null && db.TaskCandidates.Any(k => k.TaskId == t.Id && keys.Contains(k.Candidate)))
            || db.Events.Any(e => e.ComplaintId == c.Id && e.Sequence == 1 && e.ActorId == me);
    }

    /// <summary>Cases against the person. A respondent is named by id or, where nobody bound the name, by name.</summary>
    public IQueryable<CaseRow> Against(CaseManagementDbContext db)
    {
        if (Person is null)
        {
            return db.Cases.AsNoTracking().Where(c => false);
        }

        return db.Cases.AsNoTracking().Where(IsAgainst());
    }

    // nobody sees a case against themselves
    private IQueryable<CaseRow> WithoutExcluded(IQueryable<CaseRow> cases)
    {
        var against = IsAgainst();
        return cases.Where(Expression.Lambda<Func<CaseRow, bool>>(Expression.Not(against.Body), against.Parameters));
    }

    private Expression<Func<CaseRow, bool>> IsAgainst()
    {
        var (me, name) = (Person!.Id, Person.Name);
        return c => c.RespondentPerson == me || c.RespondentPerson == name;
    }

    private static Expression<Func<CaseRow, bool>> Either(Expression<Func<CaseRow, bool>> left, Expression<Func<CaseRow, bool>> right)
    {
        var row = left.Parameters[0];
        var other = new Replace(right.Parameters[0], row).Visit(right.Body);
        return Expression.Lambda<Func<CaseRow, bool>>(Expression.OrElse(left.Body, other), row);
    }

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
