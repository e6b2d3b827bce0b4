using CaseManagement.Domain.Parties;
using CaseManagement.Web.Organisation;

namespace CaseManagement.Web.Api.Access;

/// <summary>Who asks: a signed-in person, or a program with a key.</summary>
/// <param name="Performer">In whose name things are done.</param>
/// <param name="Principal">What requests that come twice are known by.</param>
/// <param name="Person">The person; null for a program.</param>
/// <param name="Scopes">What the key may do; null where no key limits it.</param>
/// <param name="HasSession">True when a cookie brought the person, so that unsafe requests need the antiforgery token.</param>
public sealed record ApiCaller(Performer Performer, string Principal, Person? Person, IReadOnlySet<string>? Scopes, bool HasSession)
{
    /// <summary>The caller of this request.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lets in anybody.</exception>
    public static ApiCaller Of(HttpContext context) =>
        context.Features.Get<ApiCaller>() ?? throw new InvalidOperationException("The endpoint has no authorisation entry.");

    public static ApiCaller OfPerson(Person person, bool hasSession, IReadOnlySet<string>? scopes = null) =>
        new(person.AsPerformer(), $"user:{person.Id}", person, scopes, hasSession);

    public static ApiCaller OfKey(string id, string name, IReadOnlySet<string>? scopes) => new(
        new Performer { Actor = new Actor(ActorKind.ApiKey, id, name), ActsForHolders = true }, $"key:{id}", null, scopes, HasSession: false);

    /// <summary>What the key is bound to; null where it opens every case its holder may see.</summary>
    public KeyBounds? Bounds { get; init; }

    /// <summary>A program that reads closely kept cases and covered identities; of a person their own sight decides.</summary>
    public bool SeesRestricted => Person is null && (Scopes is null || Scopes.Contains(ApiScopes.CasesRestricted));

    /// <summary>Whether the key may do something with this process.</summary>
    public bool IsFor(string? process) => Bounds is not { Processes.Count: > 0 } bounds || (process is not null && bounds.Processes.Contains(process));

    /// <summary>The kinds of people the person is among.</summary>
    public ApiRoles Roles =>
        Person is null
            ? ApiRoles.None
            : Person.Memberships.Aggregate(Person.Leads.Count > 0 ? ApiRoles.Staff | ApiRoles.Supervisor : ApiRoles.None, (roles, held) => roles | RoleOf(held));

    /// <summary>A key needs the scope, a person one of the roles.</summary>
    public bool May(string scope, ApiRoles roles) =>
        (Scopes is null || Scopes.Contains(scope)) && (Person is null || (Roles & roles) != ApiRoles.None);

    private static ApiRoles RoleOf(Membership held) => held.Role switch
    {
        SystemRoles.Administrator => ApiRoles.Administrator,
        SystemRoles.ProcessOwner => ApiRoles.ProcessOwner,
        SystemRoles.Auditor => ApiRoles.Auditor,
        SystemRoles.Reader => ApiRoles.Reader,
        _ => held.Role == SystemRoles.Supervisor || held.Department is null ? ApiRoles.Staff | ApiRoles.Supervisor : ApiRoles.Staff,
    };
}

/// <summary>Processes and leading departments whose cases a key opens; an empty list: all of them.</summary>
public sealed record KeyBounds(IReadOnlyList<string> Processes, IReadOnlyList<string> Departments)
{
    /// <summary>From texts parted by spaces; null where they bind nothing.</summary>
    public static KeyBounds? Of(string processes, string departments)
    {
        var bounds = new KeyBounds(
            processes.Split(' ', StringSplitOptions.RemoveEmptyEntries), departments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return bounds.Processes.Count + bounds.Departments.Count > 0 ? bounds : null;
    }
}
