namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>A key by which an outside program calls the API. The secret itself is shown once and not stored.</summary>
public sealed class ApiKey
{
    /// <summary>The public part, which names the key.</summary>
    public required string Id { get; init; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the secret, 32 bytes.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>Scopes, parted by spaces.</summary>
    public required string Scopes { get; init; }

    /// <summary>Whose personal key it is: it does at most what they may do now; null for a service.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Processes whose cases it opens, parted by spaces; empty: all.</summary>
    public string Processes { get; init; } = "";

    /// <summary>Leading departments whose cases it opens, parted by spaces; empty: all.</summary>
    public string Departments { get; init; } = "";

    /// <summary>Addresses and networks it may be used from, parted by spaces; empty: any.</summary>
    public string Networks { get; init; } = "";

    /// <summary>Who made it.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Another administrator has yet to agree; until then it is refused.</summary>
    public bool AwaitsSecond { get; set; }

    /// <summary>The other administrator who agreed; null where none was needed.</summary>
    public string? AgreedBy { get; set; }

    /// <summary>The key it takes the place of; both are good until that one is revoked or ends.</summary>
    public string? Replaces { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Wall-clock instant from which it is refused; null never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>The network it was last used from.</summary>
    public string? LastUsedFrom { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
