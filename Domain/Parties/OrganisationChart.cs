using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Parties;

/// <summary>A department as the organisation chart has it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Parent">The key of the department above; null at the top.</param>
/// <param name="Head">The id of who leads it; null while the post is vacant.</param>
/// <param name="Substitute">The id of who stands in where the head is vacant or has left; null when nobody does.</param>
public sealed record ChartDepartment(BilingualText Name, string? Parent, string? Head, string? Substitute);

/// <summary>In what capacity somebody above is told.</summary>
public enum SuperiorKind
{
    /// <summary>Named in the time limit itself.</summary>
    Named,

    /// <summary>Leads the department.</summary>
    Head,

    /// <summary>Stands in for a head who is not there.</summary>
    Substitute,

    /// <summary>Holds the role that answers where nobody above is left.</summary>
    Fallback,
}

/// <summary>Why a department was passed over on the way up.</summary>
public enum PassedBecause
{
    /// <summary>No head and no substitute, or both have left.</summary>
    Vacant,

    /// <summary>Who leads it, or leads a department above it, is the one complained of.</summary>
    Respondent,

    /// <summary>Who leads it handles the case: telling them would tell nobody above.</summary>
    Handler,
}

/// <summary>A department that was passed over.</summary>
public sealed record PassedDepartment(string Key, BilingualText Name, PassedBecause Because);

/// <summary>Who was found above.</summary>
/// <param name="Candidate">As candidates are written: <c>user:id</c>, or a role.</param>
/// <param name="Kind">In what capacity.</param>
/// <param name="Department">The department's key; null for the fallback role and a person named.</param>
/// <param name="DepartmentName">What it is called; null likewise.</param>
/// <param name="Passed">Departments passed over on the way, lowest first.</param>
public sealed record Superior(
    string Candidate, SuperiorKind Kind, string? Department, BilingualText? DepartmentName, IReadOnlyList<PassedDepartment> Passed);

/// <summary>The departments with their heads and substitutes, and who works here: by it an escalation finds its way up.</summary>
public sealed class OrganisationChart
{
    /// <summary>The role that answers where none is set.</summary>
    public const string UsualFallback = "supervisor";

    private readonly IReadOnlyDictionary<string, ChartDepartment> _departments;
    private readonly IReadOnlyDictionary<string, string> _people;

    /// <param name="departments">By key.</param>
    /// <param name="people">The names of those who work here now, by id.</param>
    /// <param name="fallbackRole">The role that answers where nobody above is left.</param>
    public OrganisationChart(
        IReadOnlyDictionary<string, ChartDepartment> departments, IReadOnlyDictionary<string, string> people, string fallbackRole = UsualFallback)
    {
        _departments = departments;
        _people = people;
        FallbackRole = fallbackRole;
    }

    /// <summary>Nobody and no department: everything falls to the usual role.</summary>
    public static OrganisationChart Empty { get; } = new(new Dictionary<string, ChartDepartment>(), new Dictionary<string, string>());

    /// <summary>The role that answers where nobody above is left.</summary>
    public string FallbackRole { get; }

    /// <summary>Those who work here with what they hold; empty where only names are known.</summary>
    public IReadOnlyDictionary<string, StaffRecord> Staff { get; init; } = new Dictionary<string, StaffRecord>();

    /// <summary>Who led a department before.</summary>
    public IReadOnlyList<PastHead> PastHeads { get; init; } = [];

    /// <summary>The role that takes a task for which everybody else is kept out; null: <see cref="FallbackRole"/>.</summary>
    public string? ConflictFallback { get; init; }

    /// <summary>Who has whom act for them; those that are over are not among them.</summary>
    public IReadOnlyList<Delegations.Delegation> Delegations { get; init; } = [];

    /// <summary>Whoever asked for an approval, or wrote what it is about, does not give it. Else they may, and the record says so.</summary>
    public bool PartsDuties { get; init; }

    /// <summary>Whether it is known who works here and what they hold.</summary>
    public bool HasStaff => Staff.Count > 0;

    /// <summary>Somebody who works here, or null.</summary>
    public StaffRecord? Find(string person) => Staff.GetValueOrDefault(person);

    /// <summary>Staff of this name or alias, by id.</summary>
    public IReadOnlyList<string> NamedLike(string name) => [.. Staff.Values.Where(s => s.IsCalled(name)).Select(s => s.Id)];

    /// <summary>Everyone in the departments a person leads, or led at a moment or later, with those below these, by id.</summary>
    public IReadOnlyList<string> Below(string person, DateTimeOffset since)
    {
        var led = _departments.Where(d => d.Value.Head == person).Select(d => d.Key)
            .Concat(PastHeads.Where(h => h.Person == person && h.Until >= since).Select(h => h.Department)).ToHashSet(StringComparer.Ordinal);
        if (led.Count == 0)
        {
            return [];
        }

        var tree = _departments.Keys.Where(d => Upwards(d).Any(led.Contains)).ToHashSet(StringComparer.Ordinal);
        var officers = tree.SelectMany(d => (string?[])[_departments[d].Head, _departments[d].Substitute]).OfType<string>();
        return [.. Staff.Values.Where(s => s.Memberships.Any(m => m.Department is { } own && tree.Contains(own))).Select(s => s.Id).Concat(officers)
            .Where(p => p != person).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The staff a complainant is, by id: the e-mail address is theirs, or a complainant who says that they work here has their name.</summary>
    public IReadOnlyList<string> AmongStaff(Complainant complainant)
    {
        if (complainant.Anonymous)
        {
            return [];
        }

        var (email, name) = (complainant.Email?.Trim(), complainant.Kind == "staff" ? complainant.Name : null);
        return [.. Staff.Values
            .Where(s => (email is { Length: > 0 } && string.Equals(s.Email, email, StringComparison.OrdinalIgnoreCase)) || (name is { Length: > 0 } && s.IsCalled(name)))
            .Select(s => s.Id)];
    }

    /// <summary>Who leads a department or one above it, lowest first, by id.</summary>
    public IReadOnlyList<string> HeadsOver(string? department) =>
        department is null ? [] : [.. Upwards(department).Select(d => _departments.GetValueOrDefault(d)?.Head).OfType<string>().Where(Knows).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether a person works here now.</summary>
    public bool Knows(string person) => _people.ContainsKey(person);

    /// <summary>The key of the department above; null at the top and for a department nobody knows.</summary>
    public string? Above(string department) => _departments.GetValueOrDefault(department)?.Parent;

    /// <summary>
    /// The nearest head at this department or above: a vacant post is answered by the substitute, then by the department above; who is
    /// complained of is never found, and neither is anybody in a department they lead.
    /// </summary>
    /// <param name="department">Where to begin; null, or one nobody knows, begins at the top and finds the fallback role.</param>
    /// <param name="respondent">The one complained of, by id or name; null when nobody is named.</param>
    /// <param name="handler">Who handles the case, to be passed over; null to pass over nobody.</param>
    /// <param name="fallbackRole">Overrides <see cref="FallbackRole"/>.</param>
    /// <param name="barred">Others who are kept out of the case, by id.</param>
    public Superior HeadAt(
        string? department, string? respondent, string? handler = null, string? fallbackRole = null, IReadOnlyCollection<string>? barred = null)
    {
        var passed = new List<PassedDepartment>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = department; at is not null && seen.Add(at) && _departments.TryGetValue(at, out var found); at = found.Parent)
        {
            if (IsLedBy(at, respondent))
            {
                passed.Add(new PassedDepartment(at, found.Name, PassedBecause.Respondent));
                continue;
            }

            if (found.Head is { } head && Knows(head))
            {
                if (barred?.Contains(head) == true)
                {
                    passed.Add(new PassedDepartment(at, found.Name, PassedBecause.Respondent));
                    continue;
                }

                if (head != handler)
                {
                    return Of(head, SuperiorKind.Head, at, found, passed);
                }

                passed.Add(new PassedDepartment(at, found.Name, PassedBecause.Handler));
                continue;
            }

            if (found.Substitute is { } substitute && Knows(substitute) && substitute != handler && !IsRespondent(substitute, respondent) && barred?.Contains(substitute) != true)
            {
                return Of(substitute, SuperiorKind.Substitute, at, found, passed);
            }

            passed.Add(new PassedDepartment(at, found.Name, PassedBecause.Vacant));
        }

        return new Superior(fallbackRole ?? FallbackRole, SuperiorKind.Fallback, null, null, passed);
    }

    /// <summary>Whether this is the one complained of, who may be named by id or by name.</summary>
    public bool IsRespondent(string person, string? respondent) =>
        respondent is not null && (person == respondent || _people.GetValueOrDefault(person) == respondent);

    private static Superior Of(string person, SuperiorKind kind, string key, ChartDepartment department, List<PassedDepartment> passed) =>
        new(Candidates.UserPrefix + person, kind, key, department.Name, passed);

    private IEnumerable<string> Upwards(string department)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (string? at = department; at is not null && seen.Add(at); at = _departments.GetValueOrDefault(at)?.Parent)
        {
            yield return at;
        }
    }

    // everyone in a department the respondent leads stands below them
    private bool IsLedBy(string department, string? respondent)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (string? at = department; at is not null && seen.Add(at) && _departments.TryGetValue(at, out var found); at = found.Parent)
        {
            if (found.Head is { } head && IsRespondent(head, respondent))
            {
                return true;
            }
        }

        return false;
    }
}
