namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>Misses at signing in, of one account or one network, counted for all nodes together by the wall clock.</summary>
public sealed class SignInCounter
{
    /// <summary>SHA-256 of what is counted, in hexadecimal digits: a name that was typed is kept nowhere.</summary>
    public required string Key { get; init; }

    /// <summary>Misses since <see cref="Since"/>.</summary>
    public int Misses { get; set; }

    /// <summary>Misses since the last success.</summary>
    public int InRow { get; set; }

    /// <summary>How many waits there were since the last success.</summary>
    public int Waits { get; set; }

    public DateTimeOffset Since { get; set; }

    /// <summary>Until then everything fails alike.</summary>
    public DateTimeOffset? WaitUntil { get; set; }
}
