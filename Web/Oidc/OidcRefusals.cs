namespace CaseManagement.Web.Oidc;

/// <summary>Somebody was not let in by an identity provider's word. The reason names the audit event.</summary>
public sealed class OidcRefusedException(string reason, Exception? cause = null) : Exception($"Refused: {reason}.", cause)
{
    /// <summary>One of <see cref="OidcRefusals"/>.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Why somebody was not let in; each is recorded as <c>oidc.refused.reason</c>.</summary>
public static class OidcRefusals
{
    /// <summary>Asked to go on to another site afterwards.</summary>
    public const string ReturnUrl = "return-url";

    /// <summary>This browser began no such sign-in, or too long ago.</summary>
    public const string State = "state";

    /// <summary>The same answer came a second time.</summary>
    public const string Replayed = "replayed";

    /// <summary>The provider itself said no.</summary>
    public const string Provider = "provider";

    /// <summary>The provider does not know the code, or it was used.</summary>
    public const string Code = "code";

    /// <summary>Another issuer than the one that was asked: in its own description, in the answer, or in the token.</summary>
    public const string Issuer = "issuer";

    /// <summary>Signed in a way that is not allowed, or not at all.</summary>
    public const string Algorithm = "algorithm";

    /// <summary>The signature is none of the provider's.</summary>
    public const string Signature = "signature";

    /// <summary>The token is for another program.</summary>
    public const string Audience = "audience";

    /// <summary>The token was given to another program.</summary>
    public const string AuthorizedParty = "authorized-party";

    /// <summary>The token is over, or not yet good.</summary>
    public const string Expired = "expired";

    /// <summary>The token is for another sign-in than this browser's.</summary>
    public const string Nonce = "nonce";

    /// <summary>The token cannot be read, or says not whom it is about.</summary>
    public const string Token = "token";

    /// <summary>Asked to prove themselves again, and the provider took an old proof.</summary>
    public const string AuthTime = "auth-time";

    /// <summary>Nobody here is linked to that account.</summary>
    public const string NotLinked = "not-linked";

    /// <summary>The account is linked to somebody else.</summary>
    public const string LinkedElsewhere = "linked-elsewhere";

    /// <summary>Another person than the one who is signed in.</summary>
    public const string OtherPerson = "other-person";

    /// <summary>The person works here no longer.</summary>
    public const string Disabled = "disabled";

    /// <summary>The provider cannot be reached.</summary>
    public const string Unavailable = "unavailable";
}
