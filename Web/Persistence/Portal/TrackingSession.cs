namespace CaseManagement.Web.Persistence.Portal;

/// <summary>Somebody has shown the tracking code of one case and may act as its complainant for a while.</summary>
public sealed class TrackingSession
{
    /// <summary>SHA-256 of the secret in the cookie, lower-case hex.</summary>
    public required string Id { get; init; }

    /// <summary>The hash of the code that was shown: once the case has another code, the session leads nowhere.</summary>
    public required string TrackingHash { get; init; }

    /// <summary>By the wall clock, as both.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndsAt { get; set; }
}
