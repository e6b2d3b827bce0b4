namespace CaseManagement.Web.Persistence.Portal;

/// <summary>The key by which addresses are hashed on one day, shared by all nodes and gone the day after.</summary>
public sealed class AddressKey
{
    /// <summary>The day in UTC, <c>yyyy-MM-dd</c>.</summary>
    public required string Day { get; init; }

    /// <summary>32 random bytes, sealed with Data Protection.</summary>
    public required string Sealed { get; init; }
}
