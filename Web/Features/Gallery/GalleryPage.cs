using CaseManagement.Web.Features.Bindings;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Gallery;

/// <summary>The packs that come with the product.</summary>
public sealed record GalleryList
{
    public string? Q { get; init; }
    public string? Sector { get; init; }
    public required IReadOnlyList<Choice> Sectors { get; init; }
    public required IReadOnlyList<GalleryCard> Cards { get; init; }
    public required int Total { get; init; }
    public bool MayInstall { get; init; }

    /// <summary>Why an uploaded pack was not taken in.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];
}

/// <summary>A pack in the list.</summary>
/// <param name="Installed">The version in use; null: it is not published here.</param>
public sealed record GalleryCard(string Key, string Name, string? Sector, int Clauses, int Levels, int Limits, int Kinds, int MustFix, int? Installed);

/// <summary>A pack before it is installed: what it adds and what is asked.</summary>
public sealed record GalleryPack
{
    /// <summary>Where it is looked at, and what is chosen goes to.</summary>
    public required string Href { get; init; }
    public required string Name { get; init; }
    public string? Sector { get; init; }
    public required string Policy { get; init; }
    public required string Version { get; init; }

    /// <summary>The version in use, which cases go on under until another is published.</summary>
    public int? Installed { get; init; }

    /// <summary>The draft that installing takes the place of; it is kept as it is and is no draft any more.</summary>
    public int? Draft { get; init; }
    public bool MayInstall { get; init; }

    /// <summary>The reader installs packs, though perhaps not this one.</summary>
    public bool IsOwner { get; init; }

    /// <summary>What it holds: a name and how many.</summary>
    public required IReadOnlyList<(string Name, int Count)> Holds { get; init; }
    public required IReadOnlyList<string> Levels { get; init; }
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>Its departments, roles and channels, and what they are here.</summary>
    public required NamesPart Names { get; init; }
    public required IReadOnlyList<GallerySetting> Settings { get; init; }
    public required IReadOnlyList<string> Findings { get; init; }
    public required IReadOnlyList<Diagram> Diagrams { get; init; }
    public required IReadOnlyList<(string Id, string Text)> Clauses { get; init; }

    /// <summary>What differs from the version in use, else from the draft, once the names are bound; null where there is neither.</summary>
    public ComparisonPart? Comparison { get; init; }

    /// <summary>What is said about it as a version.</summary>
    public string? Note { get; init; }
    public string? NoteError { get; init; }
    public string? Error { get; init; }
}

/// <summary>A reading of the policy that is asked.</summary>
/// <param name="Options">The choices; none: a number.</param>
/// <param name="Value">The default, or what was typed.</param>
/// <param name="Error">What is wrong with what was typed.</param>
public sealed record GallerySetting(string Key, string Question, IReadOnlyList<Choice> Options, string Value, string? Error);

/// <summary>Which process uses what.</summary>
public sealed record CoveragePage
{
    public required IReadOnlyList<CoverageColumn> Processes { get; init; }
    public required IReadOnlyList<CoverageRow> Rows { get; init; }
}

/// <summary>A process with what it leaves open.</summary>
public sealed record CoverageColumn(string Key, string Name, int Uses, IReadOnlyList<string> WithoutStep, IReadOnlyList<string> WithoutClause);

/// <summary>A capability with who uses it, in the order of the processes.</summary>
public sealed record CoverageRow(string Name, int Count, IReadOnlyList<bool> Uses);
