namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>A role that opens confidential cases, asked for by one administrator and not yet granted by another.</summary>
public sealed class AskedRole
{
    public required Guid Id { get; init; }

    /// <summary>Who shall hold it.</summary>
    public required string UserId { get; init; }

    public required string Role { get; init; }

    /// <summary>The department's key; empty for the whole organisation.</summary>
    public required string Department { get; init; }

    /// <summary>The administrator who asked; somebody else decides.</summary>
    public required string AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }
}
