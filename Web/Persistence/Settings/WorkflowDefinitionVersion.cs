namespace CaseManagement.Web.Persistence.Settings;

/// <summary>A version of a workflow definition as Elsa's API knows it.</summary>
public sealed class WorkflowDefinitionVersion : IConfigurationRow
{
    /// <summary>The id of this version; instances are pinned to it.</summary>
    public required string Id { get; init; }

    /// <summary>The id all versions share.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>The process it belongs to; null for a definition of its own.</summary>
    public string? ProcessKey { get; init; }

    public int? ProcessVersion { get; init; }
    public required string Name { get; set; }

    /// <summary>No version of the definition is higher.</summary>
    public required bool IsLatest { get; set; }

    public required bool IsPublished { get; set; }

    /// <summary>The definition, Elsa 3.8 JSON.</summary>
    public required string Json { get; set; }

    /// <summary>
    /// When it was first published; null for a draft. Of a definition of its own only: one of a process stands where its process version stands.
    /// </summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>The user who saved it last; null for one stored before this was recorded.</summary>
    public string? SavedBy { get; set; }

    public DateTimeOffset? SavedAt { get; set; }

    /// <summary>The opened editor the last save came from; null when it came another way.</summary>
    public string? SavedIn { get; set; }
}
