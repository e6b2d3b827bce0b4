namespace CaseManagement.Web.Tests.Access;

/// <summary>Who is let in by an endpoint. <see cref="Colleague"/> is a handler of the same department without part in the case.</summary>
[Flags]
public enum Who
{
    Nobody = 1,
    Reader = 2,
    Colleague = 4,
    Handler = 8,
    Supervisor = 16,
    Head = 32,
    Owner = 64,
    Admin = 128,
    Auditor = 256,

    Supervising = Supervisor | Head,
    Staff = Colleague | Handler | Supervising,
    SeesCase = Reader | Staff | Auditor,
    Works = Handler | Supervising,
    SignedIn = Reader | Staff | Owner | Admin | Auditor,
    Everybody = Nobody | SignedIn,
}

/// <summary>How an endpoint tells who asks, and how it refuses.</summary>
public enum Realm
{
    /// <summary>Lets in everybody.</summary>
    Open,

    /// <summary>By the session. Nobody is sent to sign in; to others it is not there.</summary>
    Page,

    /// <summary>By key or session. Nobody gets 401, the wrong role or key 403; a case of another department is not there.</summary>
    Api,

    /// <summary>By the designer's token. 401 to those who have no right there and to every key and session, 403 to those who only look on.</summary>
    Designer,
}

/// <summary>The authorisation entry of one endpoint.</summary>
/// <param name="Realm">How it tells who asks.</param>
/// <param name="Route">Method and route as the product maps it, such as <c>GET cases/{id:guid}</c>.</param>
/// <param name="Who">Whom section 3 of the rules lets in.</param>
public sealed record AccessEntry(Realm Realm, string Route, Who Who)
{
    /// <summary>What a key needs; only in the API.</summary>
    public string? Scope { get; init; }

    /// <summary>It is about one case of the service department: to people of other departments it is not there.</summary>
    public bool OfCase { get; init; }

    /// <summary>Those who see the case and may not do this get 403.</summary>
    public Who Sees { get; init; }

    /// <summary>A program is nobody who could do it: 403 with whatever key.</summary>
    public bool IsForPeople { get; init; }

    /// <summary>Sent along; form fields for pages, JSON for programs.</summary>
    public string? Body { get; init; }

    /// <summary>Added to the address.</summary>
    public string Query { get; init; } = "";

    /// <summary>What is asked for is not there, so that those who are let in get 404 too; what others get is still tried.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Let in by its signature, whoever sends it: everybody else gets 401.</summary>
    public bool IsSigned { get; init; }

    public string Method => Route[..Route.IndexOf(' ', StringComparison.Ordinal)];

    public string Path => Route[(Route.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    public static AccessEntry Open(string route) => new(Realm.Open, route, Who.Everybody);

    public static AccessEntry Page(string route, Who who, string? body = null, bool missing = false, string query = "") =>
        new(Realm.Page, route, who) { Body = body, IsMissing = missing, Query = query };

    /// <summary>A page of one case.</summary>
    public static AccessEntry Case(string route, Who who, string? body = null, Who sees = 0, string query = "") =>
        new(Realm.Page, route, who) { Body = body, OfCase = true, Sees = sees, Query = query };

    public static AccessEntry Call(string route, string scope, Who who, string? body = null, bool missing = false, string query = "") =>
        new(Realm.Api, route, who) { Scope = scope, Body = body, IsMissing = missing, Query = query };

    /// <summary>An endpoint of the API about one case.</summary>
    public static AccessEntry CallOfCase(string route, string scope, Who who, string? body = null, string query = "") =>
        new(Realm.Api, route, who) { Scope = scope, Body = body, OfCase = true, Query = query };

    public static AccessEntry Draw(string route, Who who, string? body = null, bool missing = false) =>
        new(Realm.Designer, route, who) { Body = body, IsMissing = missing };

    /// <summary>An endpoint of the designer about the instance of one case.</summary>
    public static AccessEntry DrawOfCase(string route, Who who, string? body = null, string query = "") =>
        new(Realm.Designer, route, who) { Body = body, OfCase = true, Query = query };
}
