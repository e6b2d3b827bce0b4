using System.Linq.Expressions;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Organisation;

/// <summary>Which cases a person may see. Every query asks here; what is not allowed is not there.</summary>
public sealed class CaseAccess(People people, RequestReads reads)
{
    private static readonly HashSet<string> WithoutCases = [SystemRoles.Administrator, SystemRoles.ProcessOwner, SystemRoles.Auditor, SystemRoles.Reader];

    /// <summary>Holds a role that handles cases.</summary>
    public static bool HandlesCases(Person person) => person.Memberships.Any(m => !WithoutCases.Contains(m.Role)) || person.Leads.Count > 0;

    /// <summary>Works out what this person may see; nobody sees nothing.</summary>
    public async ValueTask<CaseScope> ScopeAsync(CaseManagementDbContext db, Person? person, CancellationToken cancellationToken) => person is null
        ? CaseScope.Nothing
        : await reads.OnceAsync($"scope of {person.Id}", () => ReadScopeAsync(db, person, cancellationToken));

    private async Task<CaseScope> ReadScopeAsync(CaseManagementDbContext db, Person person, CancellationToken cancellationToken)
    {
        var memberships = person.Memberships.Where(m => !WithoutCases.Contains(m.Role)).ToList();
        var departments = await people.DepartmentsAsync(cancellationToken);
        var parents = departments.ToDictionary(d => d.Key, d => d.Parent, StringComparer.Ordinal);
        var headed = departments.Where(d => d.Head == person.Id).Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        var tree = parents.Keys.Where(key => LiesIn(key, headed, parents)).ToHashSet(StringComparer.Ordinal);

        var read = person.Memberships.Where(m => m.Role == SystemRoles.Reader).ToList();
        var reading = read.Select(m => m.Department).OfType<string>().ToHashSet(StringComparer.Ordinal);

        // a role held everywhere answers to role@department in each department
        var keys = person.AsPerformer().CandidateKeys()
            .Concat(memberships.Where(m => m.Department is null).SelectMany(m => parents.Keys.Select(d => $"{m.Role}@{d}")))
            .Distinct(StringComparer.Ordinal);
        var all = keys.ToList();
        var me = person.Id;
        var named = await db.CaseParties.AsNoTracking().Where(p => p.Kind == PartyKinds.Reader && all.Contains(p.Who)).Select(p => p.ComplaintId).Distinct().OrderBy(id => id)
            .Take(CaseScope.MostNamed + 1).ToListAsync(cancellationToken);
        var barred = await db.CaseParties.AsNoTracking().Where(p => p.Kind == PartyKinds.Barred && p.Who == me).Select(p => p.ComplaintId).OrderBy(id => id)
            .Take(CaseScope.MostNamed + 1).ToListAsync(cancellationToken);
        return new CaseScope(person)
        {
            Keys = all,
            Named = named.Count <= CaseScope.MostNamed ? named : null,
            Barred = barred.Count <= CaseScope.MostNamed ? barred : null,
            SeesAll = memberships.Exists(m => m.Department is null),
            Reads = person.Is(SystemRoles.Auditor) || read.Exists(m => m.Department is null),
            Departments = [.. memberships.Select(m => m.Department).OfType<string>().Union(tree, StringComparer.Ordinal)
                .Union(parents.Keys.Where(key => LiesIn(key, reading, parents)), StringComparer.Ordinal)],
            Headed = [.. tree.Union(memberships.Where(m => m.Role == SystemRoles.Supervisor).Select(m => m.Department).OfType<string>(), StringComparer.Ordinal)],
            HasCases = memberships.Count > 0 || tree.Count > 0,
        };
    }

    /// <summary>Who supervises cases of a leading department, by name: its heads and those above, and whoever works for all departments.</summary>
    public async ValueTask<IReadOnlyList<string>> SupervisorsAsync(string? lead, CancellationToken cancellationToken)
    {
        var departments = (await people.DepartmentsAsync(cancellationToken)).ToDictionary(d => d.Key, StringComparer.Ordinal);
        var heads = new HashSet<string>(StringComparer.Ordinal);
        var at = lead;
        for (var step = 0; at is not null && step <= departments.Count; step++)
        {
            var department = departments.GetValueOrDefault(at);
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

/// <summary>
/// What one person may see and do on cases, as conditions the database evaluates. Rank opens what is kept ordinarily; what is kept closely is there for those it
/// names. Exclusion is evaluated last and wins.
/// </summary>
public sealed class CaseScope(Person? person)
{
    /// <summary>The lowest number of a <see cref="Domain.Complaints.ConfidentialityLevel"/> at which rank opens nothing.</summary>
    public const int Close = (int)Domain.Complaints.ConfidentialityLevel.Restricted;

    /// <summary>So many cases are named in a condition one by one; of more it asks the table.</summary>
    internal const int MostNamed = 200;

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

    /// <summary>Closely kept cases the person sees, as read when the scope was made; null: too many to name.</summary>
    public IReadOnlyList<Guid>? Named { get; init; } = [];

    /// <summary>Cases the person is kept out of, likewise.</summary>
    public IReadOnlyList<Guid>? Barred { get; init; } = [];

    /// <summary>The cases the person may see.</summary>
    public IQueryable<CaseRow> Visible(CaseManagementDbContext db) =>
        Person is null || !SeesCases ? db.Cases.AsNoTracking().Where(c => false) : Seen(db, SeesAll || Reads, Departments);

    /// <summary>
    /// The same, in parts that each begin at an index: a long list is read from each part in its order and put together, which no database does with conditions
    /// joined by OR.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="tellsKnown">
    /// Parts are kept apart by whether the person may know who complained. Where they are not, what is the person's own of their own departments is in those departments' parts
    /// and not looked for again.
    /// </param>
    public IReadOnlyList<CasePart> Parts(CaseManagementDbContext db, bool tellsKnown)
    {
        if (Person is null || !(HasCases || Reads))
        {
            return [];
        }

        var (me, keys) = (Person.Id, Keys);
        var cases = db.Cases.AsNoTracking();
        var ranked = cases.Where(c => c.Confidentiality < Close);
        var parts = new List<CasePart>();
        if (Named is not { Count: 0 })
        {
            parts.Add(new CasePart(NamedOf(db, cases), HasCases));
        }

        if (SeesAll || Reads)
        {
            parts.Insert(0, new CasePart(ranked, SeesAll));
            if (SeesAll || !tellsKnown)
            {
                return [.. parts.Select(p => p with { Cases = NotAgainst(db, p.Cases) })];
            }
        }
        else if (Departments.Count <= MostDepartments)
        {
            parts.InsertRange(0, Departments.Select(d => new CasePart(ranked.Where(c => c.Lead == d), Headed.Contains(d), Leads: [d])));
        }
        else
        {
            foreach (var group in Departments.GroupBy(d => Headed.Contains(d)))
            {
                var departments = group.ToList();
                parts.Insert(0, new CasePart(ranked.Where(c => c.Lead != null && departments.Contains(c.Lead)), group.Key, Leads: departments));
            }
        }

        var (open, tasks) = (Openly(cases), db.Tasks.Where(t => t.Assignee == me));
        var (handled, candidates) = (open.Where(c => c.Handler == me), db.TaskCandidates.Where(k => keys.Contains(k.Candidate)));
        var (held, registered) = (tasks.Select(t => t.ComplaintId), db.Events.Where(e => e.Sequence == 1 && e.ActorId == me).Join(open, e => e.ComplaintId, c => c.Id, (_, c) => c));
        if (!tellsKnown)
        {
            (handled, candidates, registered) = (handled.Where(Any(Elsewhere<CaseRow>(c => c.Lead))), candidates.Where(Any(Elsewhere<TaskCandidate>(k => k.Lead))), registered.Where(Any(Elsewhere<CaseRow>(c => c.Lead))));

            // of all that somebody ever did most was for their own department: the others are led to one by one
            held = Elsewhere<TaskRow>(t => t.Lead).Select(there => tasks.Where(there).Select(t => t.ComplaintId)).Aggregate((all, next) => all.Concat(next));

            // of a case stored before it was kept how close it is no department's part tells
            if (!Reads)
            {
                parts.Add(new CasePart(cases.Where(c => c.Confidentiality == null).Where(OwnIn(db)), HasCases, IsOwn: true));
            }
        }

        // joined, not looked for, so that it begins at the person's few and not at the many cases
        parts.Add(new CasePart(handled, HasCases, IsOwn: true));
        parts.Add(new CasePart(held.Distinct().Join(open, id => id, c => c.Id, (_, c) => c), HasCases, IsOwn: true));
        parts.Add(new CasePart(candidates.Select(k => k.ComplaintId).Distinct().Join(open, id => id, c => c.Id, (_, c) => c), HasCases, IsOwn: true));
        parts.Add(new CasePart(registered, HasCases, IsOwn: true));
        return [.. parts.Select(p => p with { Cases = NotAgainst(db, p.Cases) })];
    }

    /// <summary>The cases the person sees by rank or department; what is theirs otherwise is not among them.</summary>
    public IQueryable<CaseRow> Ranked(CaseManagementDbContext db)
    {
        var (all, departments) = (SeesAll || Reads, Departments);
        return NotAgainst(db, db.Cases.AsNoTracking().Where(c => c.Confidentiality < Close && (all || (c.Lead != null && departments.Contains(c.Lead)))));
    }

    /// <summary>Of these cases, those the person is not kept out of: for cases already known to be theirs but for that rule.</summary>
    public IQueryable<CaseRow> NotAgainst(CaseManagementDbContext db, IQueryable<CaseRow> cases) => NotAgainst(db, cases, c => c.Id);

    /// <summary>The same for ids of cases.</summary>
    public IQueryable<Guid> NotAgainst(CaseManagementDbContext db, IQueryable<Guid> cases) => NotAgainst(db, cases, id => id);

    /// <summary>The same for whatever belongs to a case.</summary>
    /// <param name="db">The database.</param>
    /// <param name="rows">What belongs to cases.</param>
    /// <param name="caseOf">The id of the case.</param>
    public IQueryable<T> NotAgainst<T>(CaseManagementDbContext db, IQueryable<T> rows, Expression<Func<T, Guid>> caseOf)
    {
        if (Person is null || !SeesCases)
        {
            return rows.Where(_ => false);
        }

        if (Barred is { Count: 0 })
        {
            return rows;
        }

        var (me, barred) = (Person.Id, Barred);
        Expression<Func<Guid, bool>> open = barred is { } some
            ? id => !some.Contains(id)
            : id => !db.CaseParties.Any(p => p.ComplaintId == id && p.Kind == PartyKinds.Barred && p.Who == me);
        return rows.Where(Expression.Lambda<Func<T, bool>>(new Replace(open.Parameters[0], caseOf.Body).Visit(open.Body), caseOf.Parameters[0]));
    }

    /// <summary>The visible cases on which the person may act: their own, and those they supervise.</summary>
    public IQueryable<CaseRow> Workable(CaseManagementDbContext db) =>
        Person is null || !HasCases ? db.Cases.AsNoTracking().Where(c => false) : Seen(db, SeesAll, Headed);

    /// <summary>The cases the person answers for by rank, whoever works on them; closely kept ones only where they see them otherwise.</summary>
    public IQueryable<CaseRow> Supervised(CaseManagementDbContext db)
    {
        if (!IsSupervisor)
        {
            return db.Cases.AsNoTracking().Where(c => false);
        }

        var (all, headed) = (SeesAll, Headed);
        Expression<Func<CaseRow, bool>> byRank = c => all || (c.Lead != null && headed.Contains(c.Lead));
        var cases = all ? db.Cases.AsNoTracking() : db.Cases.AsNoTracking().Where(byRank);
        return NotAgainst(db, Named is { Count: 0 } || !HasCases ? cases.Where(c => c.Confidentiality < Close) : cases.Where(Either(c => c.Confidentiality < Close, IsNamedIn(db))));
    }

    /// <summary>Answers for the work of others, somewhere.</summary>
    public bool IsSupervisor => Person is not null && (SeesAll || Headed.Count > 0);

    /// <summary>The person supervises cases of this leading department.</summary>
    public bool Supervises(string? lead) => SeesAll || (lead is not null && Headed.Contains(lead));

    /// <summary>The person's own of the cases they may see, whoever leads them.</summary>
    public IQueryable<CaseRow> Own(CaseManagementDbContext db) =>
        NotAgainst(db, Person is null ? db.Cases.AsNoTracking().Where(c => false) : db.Cases.AsNoTracking().Where(OwnIn(db)));

    /// <summary>The ids of the person's own cases, each once, read from indexes alone: for lists that begin at them. Those the person is kept out of, and those kept closely, are not left out yet.</summary>
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

    /// <summary>Of these cases, those that are not kept closely: what is the person's own opens no other. Of a case stored before it was kept how close it is, rank sees nothing yet and those who work on it go on.</summary>
    public IQueryable<CaseRow> Openly(IQueryable<CaseRow> cases) =>
        Reads ? cases.Where(c => c.Confidentiality < Close) : cases.Where(c => c.Confidentiality == null || c.Confidentiality < Close);

    /// <summary>Cases the person is kept out of.</summary>
    public IQueryable<CaseRow> Against(CaseManagementDbContext db)
    {
        var me = Person?.Id;
        return me is null
            ? db.Cases.AsNoTracking().Where(c => false)
            : db.Cases.AsNoTracking().Where(c => db.CaseParties.Any(p => p.ComplaintId == c.Id && p.Kind == PartyKinds.Barred && p.Who == me));
    }

    private IQueryable<CaseRow> Seen(CaseManagementDbContext db, bool all, IReadOnlyList<string> departments)
    {
        Expression<Func<CaseRow, bool>> seen = all
            ? c => c.Confidentiality < Close
            : Either(c => c.Confidentiality < Close && c.Lead != null && departments.Contains(c.Lead), OwnIn(db));
        return NotAgainst(db, db.Cases.AsNoTracking().Where(Named is { Count: 0 } ? seen : Either(seen, IsNamedIn(db))));
    }

    private IQueryable<CaseRow> NamedOf(CaseManagementDbContext db, IQueryable<CaseRow> cases) => cases.Where(IsNamedIn(db));

    private Expression<Func<CaseRow, bool>> IsNamedIn(CaseManagementDbContext db)
    {
        var (named, keys) = (Named, Keys);
        if (named is not null)
        {
            return c => c.Confidentiality >= Close && named.Contains(c.Id);
        }

        return c => c.Confidentiality >= Close && db.CaseParties.Any(p => p.ComplaintId == c.Id && p.Kind == PartyKinds.Reader && keys.Contains(p.Who));
    }

    /// <summary>Cases the person holds, held, registered, handles, or may take a task of, unless they are kept closely.</summary>
    private Expression<Func<CaseRow, bool>> OwnIn(CaseManagementDbContext db)
    {
        var (me, keys) = (Person!.Id, Keys);
        return c => (c.Confidentiality == null || c.Confidentiality < Close)
            && (c.Handler == me
                || db.Tasks.Any(t => t.ComplaintId == c.Id && t.Assignee == me)
                || db.Tasks.Any(t => t.ComplaintId == c.Id && t.DoneAt == null && db.TaskCandidates.Any(k => k.TaskId == t.Id && keys.Contains(k.Candidate)))
                || db.Events.Any(e => e.ComplaintId == c.Id && e.Sequence == 1 && e.ActorId == me));
    }

    /// <summary>Led by none of the person's departments: conditions of which one holds, what lies before, between and behind them, so that an index leads to each.</summary>
    private IReadOnlyList<Expression<Func<T, bool>>> Elsewhere<T>(Expression<Func<T, string?>> lead)
    {
        var departments = Departments.Order(StringComparer.Ordinal).ToList();
        List<Expression<Func<string?, bool>>> elsewhere = [l => l == null || !departments.Contains(l)];
        if (departments.Count is > 0 and <= MostDepartments)
        {
            var (first, last) = (departments[0], departments[^1]);
            elsewhere = [l => l == null, l => l!.CompareTo(first) < 0, .. departments.Zip(departments.Skip(1)).Select(pair => Between(pair.First, pair.Second)), l => l!.CompareTo(last) > 0];
        }

        return [.. elsewhere.Select(there => Expression.Lambda<Func<T, bool>>(new Replace(there.Parameters[0], lead.Body).Visit(there.Body), lead.Parameters[0]))];

        static Expression<Func<string?, bool>> Between(string before, string behind) => l => l!.CompareTo(before) > 0 && l.CompareTo(behind) < 0;
    }

    private static Expression<Func<T, bool>> Any<T>(IEnumerable<Expression<Func<T, bool>>> conditions) => conditions.Aggregate(Either);

    private static Expression<Func<T, bool>> Either<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right)
    {
        var row = left.Parameters[0];
        var other = new Replace(right.Parameters[0], row).Visit(right.Body);
        return Expression.Lambda<Func<T, bool>>(Expression.OrElse(left.Body, other), row);
    }

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
