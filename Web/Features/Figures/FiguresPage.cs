using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Figures;

/// <summary>The figures of one process.</summary>
public sealed record FiguresPage
{
    /// <summary>Processes that read figures.</summary>
    public required IReadOnlyList<Choice> Processes { get; init; }
    public required string Process { get; init; }

    /// <summary>The figures the process reads.</summary>
    public IReadOnlyList<Choice> Uses { get; init; } = [];

    /// <summary>What was entered, newest first.</summary>
    public IReadOnlyList<FigureRow> Rows { get; init; } = [];

    /// <summary>More were entered than are shown.</summary>
    public bool HasMore { get; init; }
    public required string Zone { get; init; }
    public bool MayChange { get; init; }

    /// <summary>The reader sees the pages of settings beside this one.</summary>
    public bool InSettings { get; init; }
    public FigureForm Form { get; init; } = new();

    /// <summary>What is wrong, each with its line.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What would happen; null before it was asked.</summary>
    public FigurePreview? Preview { get; init; }
}

/// <summary>A figure as it was entered.</summary>
/// <param name="Holds">No later one took its place.</param>
public sealed record FigureRow(string Name, string For, string Days, decimal? Value, string? Unit, string Source, string By, DateTimeOffset At, bool Holds);

/// <summary>What is typed: one figure, or many as a file.</summary>
public sealed record FigureForm
{
    public string? Process { get; init; }
    public string? Name { get; init; }
    public string? For { get; init; }
    public string? Days { get; init; }
    public string? Value { get; init; }
    public string? Source { get; init; }

    /// <summary>What was read from a file and is to be applied.</summary>
    public string? Csv { get; init; }

    /// <summary><c>apply</c>, else it is only previewed.</summary>
    public string? Step { get; init; }
}

/// <summary>What figures would change.</summary>
/// <param name="Csv">The figures as they will be applied.</param>
/// <param name="Rows">The figures.</param>
/// <param name="Cases">Open cases that change and the reader may know of, the newest.</param>
/// <param name="Restricted">How many more change.</param>
/// <param name="Unread">Open cases that were not looked at.</param>
public sealed record FigurePreview(string Csv, IReadOnlyList<FigureRow> Rows, IReadOnlyList<FigureCase> Cases, int Restricted, int Unread);

/// <summary>An open case that changes.</summary>
public sealed record FigureCase(Guid Id, string Number, string What, string? Before, string? After);
