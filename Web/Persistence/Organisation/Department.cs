using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>A department of the organisation.</summary>
public sealed class Department : IConfigurationRow
{
    public required string Key { get; init; }
    public required string NameZh { get; set; }
    public required string NameEn { get; set; }

    /// <summary>The key of the department above; null at the top.</summary>
    public string? Parent { get; set; }

    /// <summary>The user who leads it.</summary>
    public string? Head { get; set; }

    /// <summary>The user who stands in while nobody leads it.</summary>
    public string? Substitute { get; set; }

    /// <summary>The key of the calendar by which "the department's calendar" counts; null for that of the department above.</summary>
    public string? Calendar { get; set; }

    /// <summary>Concurrency token, raised with every change.</summary>
    public long Version { get; set; }
}
