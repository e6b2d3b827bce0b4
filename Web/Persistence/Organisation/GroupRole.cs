namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>A role that the people of a group of an identity provider hold here.</summary>
public sealed class GroupRole
{
    /// <summary>Characters of a group's name at most.</summary>
    public const int LongestGroup = 255;

    public required Guid Id { get; init; }

    /// <summary>The provider's key.</summary>
    public required string Provider { get; init; }

    /// <summary>The group as the provider's tokens name it.</summary>
    public required string Group { get; init; }

    public required string Role { get; init; }

    /// <summary>The department's key; empty for the whole organisation.</summary>
    public required string Department { get; init; }

    /// <summary>The administrator who added it. To that person it gives nothing until another has agreed.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>It gives nothing to anybody until another administrator has agreed.</summary>
    public required bool NeedsSecond { get; init; }

    /// <summary>The other administrator who agreed.</summary>
    public string? AgreedBy { get; set; }
}
