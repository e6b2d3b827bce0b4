using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Persistence.Runtime;

/// <summary>One entry of an instance's history.</summary>
public sealed class StoredJournalEntry
{
    public required Guid InstanceId { get; init; }

    /// <summary>From 1, without gaps within one instance.</summary>
    public required int Sequence { get; init; }

    public required DateTimeOffset At { get; init; }
    public required int ExecutionId { get; init; }
    public required string ActivityId { get; init; }
    public required string NodeId { get; init; }
    public required string ActivityType { get; init; }
    public required JournalEvent Event { get; init; }

    /// <summary>The activity started immediately before, at the same moment: the row stands for two events.</summary>
    public required bool AtOnce { get; init; }

    /// <summary>Of a completion, a JSON list; null means the single outcome Done.</summary>
    public string? Outcomes { get; init; }

    /// <summary>A small JSON object in UTF-8, or null.</summary>
    public byte[]? Data { get; init; }
}
