namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>What a link is for.</summary>
public enum LinkPurpose
{
    /// <summary>A new person chooses a password; good for 72 hours.</summary>
    Invitation,

    /// <summary>Somebody who lost theirs chooses another; good for 30 minutes.</summary>
    Reset,
}

/// <summary>A link that lets one person choose a password, once. It signs nobody in.</summary>
public sealed class OneTimeLink
{
    /// <summary>SHA-256 of the link's secret, 32 bytes; the secret is shown once and not stored.</summary>
    public required byte[] SecretHash { get; init; }

    public required string UserId { get; init; }
    public required LinkPurpose Purpose { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By the wall clock.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}
