namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>What a user has typed into a task's form and not yet sent.</summary>
public sealed class SavedDraft
{
    public required string UserId { get; init; }
    public required Guid TaskId { get; init; }

    /// <summary>Field names and values, JSON.</summary>
    public required string Json { get; set; }

    public required DateTimeOffset At { get; set; }
}
