using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Processes;

/// <summary>What of a process to show.</summary>
public sealed record ProcessView
{
    public const string CompareTab = "compare";
    public const string FindingsTab = "findings";
    public const string ContentTab = "content";
    public const string ClausesTab = "clauses";
    public const string HistoryTab = "history";

    /// <summary>Shown by the pages that try versions out, within the page of the process.</summary>
    public const string SimulationTab = "simulation";
    public const string ReplayTab = "replay";

    /// <summary>The version; absent: the draft for those who may edit it, else the live one.</summary>
    public int? Version { get; init; }

    /// <summary>One of the constants above; absent: what differs in a draft, what a published version holds.</summary>
    public string? Tab { get; init; }

    /// <summary>The versions to compare; absent: the one shown with the one in use before it.</summary>
    public int? From { get; init; }
    public int? To { get; init; }

    /// <summary>A shape to point at: workflow/shape.</summary>
    public string? Shape { get; init; }

    /// <summary>Only history before this entry.</summary>
    public long? Before { get; init; }
}

/// <summary>One version of a process.</summary>
public sealed record ProcessPage
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Remark { get; init; }
    public required StateMark State { get; init; }
    public required int Version { get; init; }
    public required string Zone { get; init; }
    public required string Tab { get; init; }
    public required IReadOnlyList<VersionLine> Versions { get; init; }
    public int MustFix { get; init; }
    public int Review { get; init; }
    public int ClausesCovered { get; init; }
    public int Clauses { get; init; }

    /// <summary>The two versions the comparison is of; absent while there is only one.</summary>
    public (int From, int To)? Compared { get; init; }

    /// <summary>What the tab shows; the others are absent.</summary>
    public ComparisonPart? Comparison { get; init; }
    public FindingsPart? Findings { get; init; }
    public ContentPart? Content { get; init; }
    public IReadOnlyList<ClauseLine>? ClauseLines { get; init; }

    /// <summary>Steps that name no clause, with the way to each; shown beside the clauses.</summary>
    public IReadOnlyList<PlacedText> StepsWithoutClause { get; init; } = [];
    public HistoryPart? History { get; init; }

    /// <summary>The reader may see who changed what.</summary>
    public bool MayReadHistory { get; init; }
    public string? DesignerHref { get; init; }

    /// <summary>Where the parts of the process are changed; absent where this reader may not.</summary>
    public string? EditHref { get; init; }

    /// <summary>Where its departments, roles and channels are bound to the organisation's; absent where this reader may not.</summary>
    public string? NamesHref { get; init; }
    public string? ExportHref { get; init; }
    public string? LimitsHref { get; init; }

    /// <summary>Tries this version on a virtual clock, or closed cases on it; absent where this reader may not.</summary>
    public string? SimulationHref { get; init; }
    public string? ReplayHref { get; init; }

    /// <summary>Where running cases are taken to another version; absent when none is open or this reader may not.</summary>
    public string? MigrateHref { get; init; }

    /// <summary>Takes the published version out of use; absent when it is not published or this reader may not.</summary>
    public string? RetractHref { get; init; }

    /// <summary>Puts this version's content into a draft; absent when it is the draft or this reader may not.</summary>
    public RevertForm? Revert { get; init; }

    /// <summary>What publishes this version; absent when there is nothing to publish or this reader may not.</summary>
    public PublishPanel? Publish { get; init; }
    public Note? Note { get; init; }

    /// <summary>Address of a tab of the same version.</summary>
    public string TabHref(string tab) => $"{ProcessLinks.Page(Key)}?version={Version}&tab={tab}";
}

/// <summary>A version in the list.</summary>
public sealed record VersionLine(int Number, StateMark State, string Author, string? Remark, DateTimeOffset CreatedAt, DateTimeOffset? PublishedAt, int Open);

/// <summary>A form that makes a draft from a version.</summary>
/// <param name="Href">Where it goes.</param>
/// <param name="Replaces">The draft whose content is lost by it; null when there is none.</param>
/// <param name="ReplacedAuthor">Who made that draft.</param>
public sealed record RevertForm(string Href, int? Replaces, string? ReplacedAuthor);

/// <summary>What is known before publishing, and the form that does it.</summary>
public sealed record PublishPanel
{
    public required FormPage Form { get; init; }

    /// <summary>What should be so before publishing, and whether it is.</summary>
    public required IReadOnlyList<CheckLine> Checks { get; init; }

    /// <summary>What publishing does, in sentences.</summary>
    public required IReadOnlyList<string> Effects { get; init; }

    /// <summary>What the version gives away; must be confirmed when there is any.</summary>
    public required IReadOnlyList<PowerGroup> Powers { get; init; }

    /// <summary>What the box says when it is ticked: just these powers are confirmed.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The publisher is an author of what gives something away: a warning, or why it is refused.</summary>
    public Note? Separation { get; init; }

    /// <summary>Publishing cannot be; the button stays and says why.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>The powers were confirmed in what was just sent.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>The powers were not confirmed.</summary>
    public string? ConfirmError { get; init; }
}

/// <summary>How a line of the list before publishing stands.</summary>
public enum CheckState
{
    Good,
    Look,
    Blocks,
}

/// <summary>A line of the list before publishing.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Text">What is so.</param>
/// <param name="Href">Where it is looked at or mended; absent where nothing is to be done.</param>
public sealed record CheckLine(CheckState State, string Text, string? Href);

/// <summary>Powers of one kind, each with the place it comes from.</summary>
public sealed record PowerGroup(string Title, IReadOnlyList<PlacedText> Powers);

/// <summary>A sentence and where its subject stands.</summary>
public sealed record PlacedText(string Text, string? Href);

/// <summary>A policy clause and what implements it; nothing when no step does.</summary>
public sealed record ClauseLine(string Id, string Text, string? Steps);

/// <summary>What differs between two versions.</summary>
public sealed record ComparisonPart
{
    public required int From { get; init; }
    public required int To { get; init; }
    public required string FromText { get; init; }
    public required string ToText { get; init; }
    public int Added { get; init; }
    public int Changed { get; init; }
    public int Removed { get; init; }

    /// <summary>Workflows in which a shape or connection differs.</summary>
    public required IReadOnlyList<Diagram> Diagrams { get; init; }
    public required IReadOnlyList<ChangeGroup> Groups { get; init; }

    /// <summary>What the later one is called where it is no version yet.</summary>
    public string? NewName { get; init; }

    /// <summary>One of the two cannot be read; then nothing is compared.</summary>
    public bool IsUnreadable { get; init; }
}

/// <summary>Differences of one file of the pack.</summary>
public sealed record ChangeGroup(string Title, IReadOnlyList<ChangeLine> Lines);

/// <summary>A part that differs.</summary>
public sealed record ChangeLine(DiagramMark Sign, string Name, string? Href, IReadOnlyList<MemberLine> Members);

/// <summary>Something within a part that differs; nothing on the side that has none.</summary>
public sealed record MemberLine(string Name, string? Before, string? After);

/// <summary>How a finding weighs.</summary>
public enum FindingWeight
{
    MustFix,
    Review,
    Info,
}

/// <summary>Something that must be fixed, or looked at, before publishing.</summary>
public sealed record Finding(FindingWeight Weight, string Title, string Where)
{
    /// <summary>How to mend it.</summary>
    public string? Mend { get; init; }

    /// <summary>The place on this page, and what to call the way there.</summary>
    public string? Href { get; init; }
    public string? HrefText { get; init; }

    /// <summary>The designer at the shape; absent for other places or when this reader may not edit.</summary>
    public string? EditHref { get; init; }

    /// <summary>What the way to mend it is called; absent: that a part is edited.</summary>
    public string? EditText { get; init; }
    public string? DesignerHref { get; init; }
}

/// <summary>All findings of a version, and the diagrams of the workflows they are in.</summary>
public sealed record FindingsPart(IReadOnlyList<Finding> Findings, IReadOnlyList<Diagram> Diagrams, PartLine? Shape);

/// <summary>What a version holds: its workflows drawn, the rest in words.</summary>
public sealed record ContentPart(IReadOnlyList<Diagram> Diagrams, PartLine? Shape, IReadOnlyList<PartGroup> Groups);

/// <summary>Parts of one file of the pack.</summary>
public sealed record PartGroup(string Anchor, string Title, IReadOnlyList<PartLine> Parts);

/// <summary>A part in words.</summary>
public sealed record PartLine(string Anchor, string Name, IReadOnlyList<MemberLine> Members)
{
    /// <summary>Where it is changed; absent when this reader may not, or it is changed in the file alone.</summary>
    public string? EditHref { get; init; }
    public string? EditText { get; init; }

    /// <summary>Where a step is changed without the canvas.</summary>
    public string? ListHref { get; init; }
}

/// <summary>Who changed what, newest first.</summary>
public sealed record HistoryPart(IReadOnlyList<HistoryLine> Lines, string? OlderHref);

/// <summary>One change.</summary>
public sealed record HistoryLine(string Icon, string Text, string Who, DateTimeOffset At, string? Detail)
{
    /// <summary>More to read, each a line of its own.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
    public string? Href { get; init; }
    public string? HrefText { get; init; }
}
