namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>Somebody's session of the staff pages, as the server knows it; all its instants are the wall clock's.</summary>
public sealed class StaffSession
{
    /// <summary>32 random hexadecimal digits; the cookie holds them sealed.</summary>
    public required string Id { get; init; }

    public required string UserId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When something was last asked for, to the minute.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>It ends then, however busy it is.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>It ends after this many minutes without a request.</summary>
    public required int IdleMinutes { get; init; }

    /// <summary>How the person came in: <c>password</c>, <c>demo</c>, <c>oidc</c>.</summary>
    public required string Method { get; init; }

    /// <summary>When the person last proved who they are.</summary>
    public required DateTimeOffset ProvedAt { get; set; }

    /// <summary>Browser and system in a few words.</summary>
    public string? Device { get; init; }

    /// <summary>The network it came from, without the part that tells one machine.</summary>
    public string? Network { get; init; }

    /// <summary>Ended before its time.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
