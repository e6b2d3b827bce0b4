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

    /// <summary>
    /// The one-time code that was sent to the contact on record, as HMAC-SHA-256 under the cookie's secret, lower-case hex: six digits could be tried out
    /// against a hash, and the secret is not in the database. Null while none is awaited.
    /// </summary>
    public string? CodeHash { get; set; }

    /// <summary>Until when that code is taken, by the wall clock.</summary>
    public DateTimeOffset? CodeEndsAt { get; set; }

    /// <summary>How often one was typed.</summary>
    public int CodeTries { get; set; }

    /// <summary>Until when the contact on record counts as shown to be theirs.</summary>
    public DateTimeOffset? ProvedUntil { get; set; }
}
