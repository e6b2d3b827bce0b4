namespace CaseManagement.Web.Persistence.Runtime;

/// <summary>An index row by which a stimulus finds an instance that waits for it.</summary>
public sealed class StoredBookmark
{
    public required Guid BookmarkId { get; init; }
    public required Guid InstanceId { get; init; }
    public required long StimulusHash { get; init; }
    public required string StimulusName { get; init; }
    public required string StimulusKey { get; init; }
    public string? CorrelationId { get; init; }
}
