namespace CaseManagement.Web.Features.Shared;

/// <summary>What a timeline entry is about; also the filter above the timeline.</summary>
public enum TimelineKind
{
    Message,
    Note,
    File,
    Decision,
    Clock,
    Escalation,
    Task,
}

/// <summary>One thing that happened.</summary>
public sealed record TimelineEntry
{
    public required string Id { get; init; }
    public required TimelineKind Kind { get; init; }

    /// <summary>Icon of the sprite.</summary>
    public required string Icon { get; init; }
    public required string Title { get; init; }
    public string Detail { get; init; } = "";
    public required DateTimeOffset At { get; init; }

    /// <summary>Text people wrote, shown as written.</summary>
    public string? Body { get; init; }

    /// <summary>Where the file it tells of is shown; null where it tells of none, or the reader may not open it.</summary>
    public string? FileHref { get; init; }

    /// <summary>A picture of that file.</summary>
    public string? ImageHref { get; init; }

    /// <summary>Earlier messages that <see cref="Body"/> repeats, folded away.</summary>
    public string? Quoted { get; init; }

    /// <summary>The page of what it is about, such as a letter.</summary>
    public string? Href { get; init; }

    /// <summary>BCP 47 language of <see cref="Body"/> where it differs from the page.</summary>
    public string? BodyLanguage { get; init; }
}

/// <summary>The newest entries first; counts cover the whole case.</summary>
public sealed record Timeline
{
    /// <summary>Address of the timeline; the filter adds <c>kind</c>, paging adds <c>before</c>.</summary>
    public required string Href { get; init; }
    public required string Zone { get; init; }
    public required IReadOnlyList<TimelineEntry> Entries { get; init; }

    /// <summary>Entries on the case per kind; kinds without an entry are absent.</summary>
    public required IReadOnlyDictionary<TimelineKind, int> Counts { get; init; }
    public TimelineKind? Filter { get; init; }

    /// <summary>How many older entries match the filter and are not shown.</summary>
    public int Older { get; init; }

    /// <summary>Id to continue from; present when <see cref="Older"/> is not zero.</summary>
    public string? OlderThan { get; init; }
}
