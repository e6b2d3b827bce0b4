namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>A key of ASP.NET Core Data Protection, shared by all nodes.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; init; }
    public string? FriendlyName { get; init; }

    /// <summary>The key element, encrypted where the host is configured to.</summary>
    public required string Xml { get; init; }
}
