namespace CaseManagement.Web.Configuration;

/// <summary>What becomes of a publication by the author of what is published.</summary>
public enum DutySeparation
{
    /// <summary>It is allowed, said beforehand and recorded.</summary>
    Warn,

    /// <summary>It is refused while the version gives away something new.</summary>
    Enforce,
}

/// <summary>What is asked of the passwords of staff.</summary>
public enum SecurityProfile
{
    /// <summary>Length and a list of what is guessed first; no kinds of characters, no end (NIST SP 800-63B-4).</summary>
    Usual,

    /// <summary>
    /// What assessors of 等保 level 3 ask for as well: three kinds of characters, another password every <see cref="SecurityOptions.PasswordDays"/> days, an
    /// authenticator for everybody who signs in with a password.
    /// </summary>
    DengBao3,
}

/// <summary>Security settings, section <c>Security</c>.</summary>
public sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <summary>
    /// Author and publisher of a process, and who asks for an approval and who gives it; unset: <see cref="DutySeparation.Enforce"/> in Production, else
    /// <see cref="DutySeparation.Warn"/>.
    /// </summary>
    public DutySeparation? SeparationOfDuties { get; set; }

    /// <summary>Whether what is one person's to ask and another's to agree to is refused to one alone.</summary>
    public bool PartsDuties(IHostEnvironment environment) => (SeparationOfDuties ?? (environment.IsProduction() ? DutySeparation.Enforce : DutySeparation.Warn)) == DutySeparation.Enforce;

    public SecurityProfile Profile { get; set; }

    /// <summary>Days a password is good for under <see cref="SecurityProfile.DengBao3"/>.</summary>
    public const int PasswordDays = 90;

    /// <summary>Keys of services need a second administrator.</summary>
    public bool KeysNeedTwo { get; set; }

    /// <summary>Whoever decides an approval in a session of their own has proved within five minutes who they are.</summary>
    public bool ApprovalsNeedProof { get; set; }

    /// <summary>
    /// The same for approvals of a sum above this one, in the unit the process gives it; empty: for none. With <see cref="ApprovalsNeedProof"/> it says nothing.
    /// </summary>
    public decimal? ApprovalsNeedProofAbove { get; set; } = 5000;

    /// <summary>Whether a decision about so much asks for proof; null: about no sum.</summary>
    public bool NeedsProof(decimal? sum) => ApprovalsNeedProof || sum > ApprovalsNeedProofAbove;

    /// <summary>Keys may decide approvals and sign; unset: outside Production only, for scripted acceptance.</summary>
    public bool? KeysMayApprove { get; set; }

    /// <summary>Whether a request without a person's own session may decide an approval.</summary>
    public bool MayKeysApprove(IHostEnvironment environment) => KeysMayApprove ?? !environment.IsProduction();

    /// <summary>
    /// The role that takes a task for which everybody else is kept out of the case, where no head above is left; unset: the role that answers escalations.
    /// </summary>
    public string? ConflictFallback { get; set; }
}
