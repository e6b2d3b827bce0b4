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
}
