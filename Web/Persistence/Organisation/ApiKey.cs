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

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Wall-clock instant from which it is refused; null never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}
