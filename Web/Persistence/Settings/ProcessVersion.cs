namespace CaseManagement.Web.Persistence.Settings;

/// <summary>Where a version of a process stands.</summary>
public enum ProcessVersionState
{
    /// <summary>Being edited; starts nothing. At most one version of a process is, and it is the newest.</summary>
    Draft,

    /// <summary>New cases start on it; at most one version of a process is.</summary>
    Published,

    /// <summary>Was published; its cases go on with it.</summary>
    Retracted,

    /// <summary>Was a draft when a later version became the draft; starts nothing, is kept as it was.</summary>
    Superseded,
}

/// <summary>A version of a process: its whole pack.</summary>
public sealed class ProcessVersion : IConfigurationRow
{
    public required string ProcessKey { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    public required ProcessVersionState State { get; set; }

    /// <summary>All files of the pack: one JSON object, path to text.</summary>
    public required string PackJson { get; set; }

    /// <summary>What its author says about it.</summary>
    public string? Note { get; set; }

    /// <summary>The user who created it.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last published; null for a version that never was.</summary>
    public DateTimeOffset? PublishedAt { get; set; }
}
