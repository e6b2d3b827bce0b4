namespace CaseManagement.Web.Persistence.Runtime;

/// <summary>A stimulus that found nobody and waits for a bookmark to come.</summary>
public sealed class StoredStimulus
{
    public required Guid Id { get; init; }
    public required long StimulusHash { get; init; }
    public required string StimulusName { get; init; }
    public required string StimulusKey { get; init; }
    public string? CorrelationId { get; init; }
    public Guid? InstanceId { get; init; }

    /// <summary>UTF-8 JSON.</summary>
    public required byte[] Input { get; init; }

    public required DateTimeOffset KeptAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
