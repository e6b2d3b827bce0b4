using System.Security.Claims;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Department = CaseManagement.Web.Persistence.Organisation.Department;

namespace CaseManagement.Web.Organisation;

/// <summary>A person of the organisation.</summary>
public sealed record Person(string Id, string Name, string? Email, IReadOnlyList<Membership> Memberships)
{
    /// <summary>Departments the person leads.</summary>
    public IReadOnlyList<string> Leads { get; init; } = [];

    /// <summary>The person as somebody about to do something.</summary>
    public Performer AsPerformer() => new() { Actor = new Actor(ActorKind.Person, Id, Name), Memberships = Memberships };

    /// <summary>As what the person reads a case they may not act on.</summary>
    public Standing ReadsAs => Is(SystemRoles.Auditor) ? Standing.Audits : Is(SystemRoles.Reader) ? Standing.Reads : Standing.Colleague;

    /// <summary>Whether the person holds a role, in whatever department.</summary>
    public bool Is(string role) => Memberships.Any(m => m.Role == role);
}

/// <summary>The people of the organisation and what they hold, and its departments, read again when the configuration changes.</summary>
public sealed class People(IDbContextFactory<CaseManagementDbContext> contexts, RequestReads reads)
{
    private volatile Directory? _current;

    /// <summary>Somebody who works here now, or null.</summary>
    public async ValueTask<Person?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await CurrentAsync(cancellationToken)).ById.GetValueOrDefault(id);

    /// <summary>Everybody who works here now, by name.</summary>
    public async ValueTask<IReadOnlyCollection<Person>> AllAsync(CancellationToken cancellationToken) =>
        (await CurrentAsync(cancellationToken)).ById.Values;

    /// <summary>Who may take what a resolved candidate stands for.</summary>
    public async ValueTask<IReadOnlyList<Person>> WhoIsAsync(string candidate, CancellationToken cancellationToken) =>
        [.. (await CurrentAsync(cancellationToken)).ById.Values.Where(p => p.AsPerformer().Is(candidate))];

    /// <summary>The signed-in person; null for somebody who works here no more.</summary>
    public ValueTask<Person?> OfAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? FindAsync(id, cancellationToken) : ValueTask.FromResult<Person?>(null);

    /// <summary>The departments there are, by key. They are shared and not to be changed.</summary>
    public async ValueTask<IReadOnlyList<Department>> DepartmentsAsync(CancellationToken cancellationToken) => (await CurrentAsync(cancellationToken)).Departments;

    private async ValueTask<Directory> CurrentAsync(CancellationToken cancellationToken)
    {
        var stamp = await ConfigurationStamp.NowAsync(contexts, reads, cancellationToken);
        if (_current is { } current && current.Stamp == stamp)
        {
            return current;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var memberships = (await db.Memberships.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(m => m.UserId, StringComparer.Ordinal);
        var departments = await db.Departments.AsNoTracking().OrderBy(d => d.Key).ToListAsync(cancellationToken);
        var led = departments.Where(d => d.Head is not null).ToLookup(d => d.Head!, d => d.Key, StringComparer.Ordinal);
        var people = await db.Users.AsNoTracking().Where(u => u.IsActive).OrderBy(u => u.DisplayName).ToListAsync(cancellationToken);
        return _current = new Directory(stamp, people.ToDictionary(
            u => u.Id,
            u => new Person(u.Id, u.DisplayName, u.Email, [.. memberships[u.Id].Select(m => new Membership(m.Role, m.Department.Length == 0 ? null : m.Department))]) { Leads = [.. led[u.Id]] },
            StringComparer.Ordinal), departments);
    }

    private sealed record Directory(long Stamp, Dictionary<string, Person> ById, IReadOnlyList<Department> Departments);
}
