using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Users;

/// <summary>Everybody who may sign in, with one of them open where the reader asked for it.</summary>
public sealed record UsersPage
{
    public required IReadOnlyList<UserRow> Rows { get; init; }

    /// <summary>How many there are of those asked for; <see cref="Rows"/> are the first.</summary>
    public required int Total { get; init; }

    /// <summary>Part of a name that was looked for.</summary>
    public string? Query { get; init; }

    /// <summary>The reader may change people.</summary>
    public bool MayChange { get; init; }

    /// <summary>Roles that wait for a second administrator.</summary>
    public IReadOnlyList<AskedRoleRow> Asked { get; init; } = [];

    public UserEditor? Editor { get; init; }
}

/// <summary>A person in the list.</summary>
/// <param name="Id">The key that stays.</param>
/// <param name="Name">The name shown to colleagues.</param>
/// <param name="Position">Departments and roles in words.</param>
/// <param name="IsActive">Works here now.</param>
/// <param name="UsesCode">Signs in with an authenticator too.</param>
/// <param name="HasPassword">Can sign in with a password.</param>
public sealed record UserRow(string Id, string Name, string Position, bool IsActive, bool UsesCode, bool HasPassword);

/// <summary>A role that was asked for.</summary>
/// <param name="Id">What is decided on.</param>
/// <param name="Person">Who shall hold it.</param>
/// <param name="Role">The role in words.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="MayDecide">The reader is another administrator.</param>
public sealed record AskedRoleRow(Guid Id, string Person, string Role, string AskedBy, bool MayDecide);

/// <summary>A role somebody holds.</summary>
public sealed record HeldRole(string Role, string Department, string Text);

/// <summary>A person being changed, added or looked at.</summary>
public sealed record UserEditor
{
    public required UserEdit Edit { get; init; }
    public bool IsNew { get; init; }

    /// <summary>It is the reader.</summary>
    public bool IsOneself { get; init; }
    public IReadOnlyList<HeldRole> Held { get; init; } = [];
    public IReadOnlyList<Choice> Roles { get; init; } = [];
    public IReadOnlyList<Choice> Departments { get; init; } = [];
    public IReadOnlyList<Choice> Zones { get; init; } = [];
    public int Sessions { get; init; }

    /// <summary>The link just made, shown this once.</summary>
    public string? Link { get; init; }

    /// <summary>How long it holds, in words.</summary>
    public string? LinkHolds { get; init; }
    public string? Error { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

/// <summary>A person as typed.</summary>
public sealed record UserEdit
{
    /// <summary>Lower-case letters, digits and hyphens; only typed for a new one.</summary>
    public string? Key { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }

    /// <summary><c>zh-CN</c> or <c>en</c>.</summary>
    public string? Language { get; init; }

    /// <summary>An IANA time zone.</summary>
    public string? Zone { get; init; }

    /// <summary>Works here now.</summary>
    public bool Active { get; init; }

    /// <summary>What was shown; a later one is not overwritten.</summary>
    public string? Version { get; init; }
}
