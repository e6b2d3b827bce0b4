namespace CaseManagement.Web.Persistence.Runtime;

/// <summary>A stimulus by which a published definition starts.</summary>
public sealed class StoredTrigger
{
    public required string DefinitionId { get; init; }

    /// <summary>Its place among the definition's triggers, from 0.</summary>
    public required int Ordinal { get; init; }

    public required string DefinitionVersionId { get; init; }

    /// <summary>The activity the run starts at.</summary>
    public required string NodeId { get; init; }

    public required long StimulusHash { get; init; }
    public required string StimulusName { get; init; }
    public required string StimulusKey { get; init; }
}
