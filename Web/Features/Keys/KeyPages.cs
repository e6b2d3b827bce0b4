using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Keys;

/// <summary>Texts of these pages.</summary>
public sealed class KeysText;

/// <summary>Keys by which programs call the API.</summary>
public sealed record KeysPage
{
    public required IReadOnlyList<KeyRow> Rows { get; init; }
    public required string Zone { get; init; }

    /// <summary>The reader sees those of services and of everybody.</summary>
    public bool SeesAll { get; init; }

    /// <summary>The form for a new key; null where the reader makes none.</summary>
    public KeyForm? Form { get; init; }

    /// <summary>The key just made, shown this once.</summary>
    public string? NewKey { get; init; }
    public string? Error { get; init; }
}

/// <summary>A key in the list.</summary>
/// <param name="Id">The public part.</param>
/// <param name="Name">Who uses it.</param>
/// <param name="Owner">Whose personal key it is; null for a service.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Bounds">Processes, departments and networks in words; empty: no bounds.</param>
/// <param name="State">Whether it is good.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="LastUsedAt">When it was last used, to the hour.</param>
/// <param name="LastUsedFrom">From where.</param>
/// <param name="MayChange">The reader may put another in its place and revoke it.</param>
public sealed record KeyRow(
    string Id, string Name, string? Owner, string Scopes, string Bounds, KeyState State, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt, string? LastUsedFrom, bool MayChange)
{
    /// <summary>The reader is another administrator than the one who made it.</summary>
    public bool MayAgree { get; init; }
}

/// <summary>What may be chosen for a new key.</summary>
public sealed record KeyForm
{
    public required KeyEdit Edit { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required IReadOnlyList<Choice> Processes { get; init; }
    public required IReadOnlyList<Choice> Departments { get; init; }

    /// <summary>The reader may make keys of services.</summary>
    public bool MayBeService { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

/// <summary>A new key as typed.</summary>
public sealed record KeyEdit
{
    public string? Name { get; init; }

    /// <summary>A service's key; else the reader's own.</summary>
    public bool Service { get; init; }

    /// <summary>Lists that can grow: the binder fills them.</summary>
    public IList<string> Scopes { get; init; } = [];
    public IList<string> Processes { get; init; } = [];
    public IList<string> Departments { get; init; } = [];

    /// <summary>Addresses and networks, parted by spaces, commas or lines.</summary>
    public string? Networks { get; init; }

    /// <summary>Days until it ends, 1 to 365.</summary>
    public int? Days { get; init; }
}
