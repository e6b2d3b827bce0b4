using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>A role of a user, in one department or in the whole organisation.</summary>
public sealed class Membership : IConfigurationRow
{
    public required string UserId { get; init; }
    public required string Role { get; init; }

    /// <summary>The department's key; empty for a role held in the whole organisation.</summary>
    public required string Department { get; init; }

    /// <summary>The key of the identity provider whose groups give it and take it away again; null: an administrator gave it.</summary>
    public string? Source { get; init; }
}
