namespace CaseManagement.Workflows.Runtime;

/// <summary>A place where an instance waits.</summary>
public sealed class Bookmark
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required int ExecutionId { get; init; }

    /// <summary>The activity that waits, by id and type.</summary>
    public required string ActivityId { get; init; }

    public required string NodeId { get; init; }

    /// <summary>Elsa 3.8: the activity's type name.</summary>
    public required string Name { get; init; }

    public required string StimulusName { get; init; }
    public required string StimulusKey { get; init; }

    /// <summary>Ids the activity wants back when woken, never facts.</summary>
    public object? Payload { get; init; }

    /// <summary>Can be found by stimuli that do not know the instance.</summary>
    public bool Indexed { get; init; }

    /// <summary>A stimulus kept from before may resume it.</summary>
    public bool TakesKept { get; init; }

    /// <summary>Set for a timer that has not fired; the timer's id is the bookmark's.</summary>
    public DateTimeOffset? DueAt { get; internal set; }

    public int Severity { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    internal bool HasIndexRow { get; set; }
    internal bool HasTimerRow { get; set; }
}

/// <summary>What may be said of a bookmark beside its stimulus.</summary>
public sealed record BookmarkOptions
{
    public static BookmarkOptions Default { get; } = new();

    /// <inheritdoc cref="Bookmark.Payload"/>
    public object? Payload { get; init; }

    /// <inheritdoc cref="Bookmark.Indexed"/>
    public bool Indexed { get; init; }

    /// <inheritdoc cref="Bookmark.TakesKept"/>
    public bool TakesKept { get; init; }

    /// <summary>Also woken by a timer at this moment.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <inheritdoc cref="Stores.TimerRow.Severity"/>
    public int Severity { get; init; }
}
