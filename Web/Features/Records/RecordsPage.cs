using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Records;

/// <summary>What a process keeps its cases by: categories, numbers, how long, and why a clock may rest.</summary>
public sealed record RecordsPage
{
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>The version that is shown and that a change begins from: the draft where there is one, else the version in use.</summary>
    public required int Version { get; init; }
    public required bool IsDraft { get; init; }

    /// <summary>The reader may make a draft.</summary>
    public bool MayEdit { get; init; }
    public required string Zone { get; init; }
    public required IReadOnlyList<CategoryTreePart> Trees { get; init; }

    /// <summary>How cases are numbered, as a sentence.</summary>
    public required string Numbering { get; init; }

    /// <summary>The numbers the next cases would have.</summary>
    public required IReadOnlyList<string> NextNumbers { get; init; }
    public required IReadOnlyList<RetentionPart> Retention { get; init; }

    /// <summary>Cases that are under a legal hold, restricted, or to be erased because somebody asked.</summary>
    public IReadOnlyList<MarkedCases> Marked { get; init; } = [];
    public required IReadOnlyList<Choice> PauseReasons { get; init; }

    /// <summary>Facts a time of keeping may be counted from.</summary>
    public IReadOnlyList<Choice> Moments { get; init; } = [];

    /// <summary>What is typed.</summary>
    public required RecordEdit Edit { get; init; }
    public RecordPreview? Preview { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
    public Note? Note { get; init; }
}

/// <summary>How many cases have a mark.</summary>
/// <param name="Mark">The mark in words.</param>
/// <param name="Count">In words: a small number may tell of one case.</param>
/// <param name="Href">Their list; null for who sees no cases.</param>
public sealed record MarkedCases(string Mark, string Count, string? Href);

/// <summary>A tree of categories, parents before what is below them.</summary>
public sealed record CategoryTreePart(string Key, string Name, IReadOnlyList<CategoryLine> Lines);

/// <summary>A category.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Zh">Its name.</param>
/// <param name="En">The same.</param>
/// <param name="Depth">0 at the top.</param>
/// <param name="IsRetired">No case comes to it any more.</param>
/// <param name="Open">How many open cases have it, in words.</param>
public sealed record CategoryLine(string Key, string Zh, string En, int Depth, bool IsRetired, string Open);

/// <summary>How long something is kept.</summary>
/// <param name="What">Its key.</param>
/// <param name="Sentence">The rule.</param>
/// <param name="Example">What it means for a case of today.</param>
/// <param name="Due">How many closed cases fall due when; empty where that is not counted from the closing.</param>
/// <param name="First">The first of them that the reader may see, with the day they fall due.</param>
public sealed record RetentionPart(string What, string Sentence, string Example, IReadOnlyList<(string When, string Count)> Due, IReadOnlyList<(Guid CaseId, string Number, DateOnly Day)> First);

/// <summary>A change as typed; which fields count depends on what is done.</summary>
public sealed record RecordEdit
{
    public const string Add = "add";
    public const string Rename = "rename";
    public const string Move = "move";
    public const string Retire = "retire";
    public const string Restore = "restore";
    public const string Number = "number";
    public const string Keep = "keep";
    public const string Pause = "pause";

    /// <summary>One of the constants above.</summary>
    public string? Act { get; init; }
    public string? Tree { get; init; }

    /// <summary>The category, pause reason or what is kept.</summary>
    public string? Node { get; init; }

    /// <summary>Where a category goes; empty for the top.</summary>
    public string? Parent { get; init; }
    public string? NameZh { get; init; }
    public string? NameEn { get; init; }
    public string? Pattern { get; init; }
    public string? Cycle { get; init; }
    public string? WhenFull { get; init; }
    public string? From { get; init; }
    public string? Amount { get; init; }
    public string? Unit { get; init; }
    public string? Reason { get; init; }

    /// <summary>The version that was looked at.</summary>
    public int Version { get; init; }
}

/// <summary>What a change would do.</summary>
/// <param name="Lines">Sentences.</param>
/// <param name="Uses">Parts of the process that ask for what is changed.</param>
/// <param name="Problems">What keeps it from being a draft.</param>
public sealed record RecordPreview(IReadOnlyList<string> Lines, IReadOnlyList<string> Uses, IReadOnlyList<string> Problems);
