using System.Security.Claims;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Limits;

/// <summary>Reads time limits for their page, says what a change would do, and does it.</summary>
public interface ILimitPages
{
    /// <summary>
    /// The limits of a process, the first one unless named, of its published version unless another is; with an editor when a limit is named and the
    /// reader may change it.
    /// </summary>
    Task<LimitsPage?> GetAsync(string? process, int? version, string? limit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Stores nothing; null when there is no such limit or the reader may not change it.</summary>
    Task<LimitPreview?> PreviewAsync(string process, string limit, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>One page of the open cases a change moves; null as with <see cref="PreviewAsync"/>.</summary>
    Task<LimitMoves?> MovesAsync(string process, string limit, LimitEdit edit, int page, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>One transaction; refused when the preview is stale.</summary>
    Task<ActionAnswer> ApplyAsync(string process, string limit, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The page with an editor for a limit to be added to a clock; null when there is no such clock or the reader may not add.</summary>
    Task<LimitsPage?> GetAddingAsync(string process, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>What adding a limit moves; stores nothing.</summary>
    Task<LimitMoves?> AddMovesAsync(string process, LimitEdit edit, int? page, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Adds a limit to a clock in one transaction; refused when any limit was changed since.</summary>
    Task<ActionAnswer> AddAsync(string process, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>What taking a limit away, or moving it, moves; null when there is no such limit, nothing would change, or the reader may not.</summary>
    Task<LimitMoves?> RowMovesAsync(string process, string limit, RowEdit edit, int page, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Takes a limit away, or moves it, in one transaction; refused when any limit was changed since.</summary>
    Task<ActionAnswer> ApplyRowAsync(string process, string limit, RowEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>What taking a change back moves; null when it cannot be, or the reader may not.</summary>
    Task<LimitMoves?> UndoMovesAsync(string process, long change, int page, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Takes a change back, for the cases it was made for, in one transaction.</summary>
    Task<ActionAnswer> UndoAsync(string process, long change, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>What is done to a whole limit.</summary>
public sealed record RowEdit
{
    /// <summary>It is taken away; otherwise moved.</summary>
    public bool Remove { get; init; }

    /// <summary>The limit of the same clock that comes after it; empty: it is the last.</summary>
    public string? Before { get; init; }
    public string? Scope { get; init; }
    public string? Reason { get; init; }

    /// <summary>The version of the preview that was shown.</summary>
    public string? Version { get; init; }
}

/// <summary>Every open case a change moves, page by page.</summary>
/// <param name="Title">What the change is.</param>
/// <param name="ProcessName">The process.</param>
/// <param name="Preview">One page of the cases.</param>
/// <param name="Moved">All of them, for the download.</param>
public sealed record LimitMoves(string Title, string ProcessName, LimitPreview Preview, IReadOnlyList<MovedClock> Moved)
{
    /// <summary>What was typed, sent again.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>Where it is posted to: itself, with <c>/cases</c> for another page and <c>/cases.csv</c> for the file.</summary>
    public string Action { get; init; } = "";
    public string BackHref { get; init; } = "";

    /// <summary>It can be applied from here, with a reason.</summary>
    public bool MayApply { get; init; }

    /// <summary>It may be for new cases only: the reader chooses.</summary>
    public bool OffersScope { get; init; }
    public string? Scope { get; init; }

    /// <summary>What the button says.</summary>
    public string? ApplyText { get; init; }

    /// <summary>What is to be known before.</summary>
    public Note? Note { get; init; }
    public string? Reason { get; init; }
    public string? Error { get; init; }
}

/// <summary>The limits of one process.</summary>
public sealed record LimitsPage
{
    public required IReadOnlyList<Choice> Processes { get; init; }
    public required string Process { get; init; }
    public required string ProcessName { get; init; }

    /// <summary>The version shown, and those that open cases run on.</summary>
    public int Version { get; init; } = 1;
    public IReadOnlyList<Choice> Versions { get; init; } = [];
    public required string Zone { get; init; }
    public required IReadOnlyList<LimitSentence> Sentences { get; init; }
    public required IReadOnlyList<LimitChange> History { get; init; }
    public LimitEditor? Editor { get; init; }

    /// <summary>Where a limit is added; for those who may.</summary>
    public string? AddHref { get; init; }

    /// <summary>What went wrong with the page's own actions.</summary>
    public Note? Note { get; init; }
}

/// <summary>The editor of one limit, with the preview of what it holds.</summary>
public sealed record LimitEditor
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required LimitEdit Edit { get; init; }
    public required IReadOnlyList<Choice> Units { get; init; }
    public required IReadOnlyList<Choice> Calendars { get; init; }
    public required IReadOnlyList<Choice> CountFroms { get; init; }
    public required IReadOnlyList<Choice> EndOfs { get; init; }
    public required IReadOnlyList<Choice> IfNonWorkings { get; init; }

    /// <summary>Moments a limit may count from or run to; the first says that none is named.</summary>
    public IReadOnlyList<Choice> Froms { get; init; } = [];
    public IReadOnlyList<Choice> Tos { get; init; } = [];
    public IReadOnlyList<Choice> Dates { get; init; } = [];
    public IReadOnlyList<Choice> Facts { get; init; } = [];

    /// <summary>What the options of facts with few of them are called: "等级：重大、一般".</summary>
    public IReadOnlyList<string> FactOptions { get; init; } = [];
    public IReadOnlyList<Choice> PauseReasons { get; init; } = [];
    public IReadOnlyList<Choice> Chains { get; init; } = [];
    public IReadOnlyList<Choice> Notices { get; init; } = [];
    public IReadOnlyList<Choice> Anchors { get; init; } = [];

    /// <summary>Units that take a number.</summary>
    public IReadOnlyList<Choice> Lengths { get; init; } = [];
    public IReadOnlyList<Choice> ActionKinds { get; init; } = [];
    public IReadOnlyList<Choice> Candidates { get; init; } = [];
    public IReadOnlyList<Choice> Comparisons { get; init; } = [];

    /// <summary>Values of facts by name, each with the fact's name.</summary>
    public IReadOnlyList<Choice> Values { get; init; } = [];

    /// <summary>A limit is added: the clocks it may belong to, and the limits it may come before.</summary>
    public IReadOnlyList<Choice>? Clocks { get; init; }
    public IReadOnlyList<Choice> Places { get; init; } = [];

    /// <summary>What an action may name, by what it is: templates, forms, levels, chains, calculators.</summary>
    public IReadOnlyList<(string Group, IReadOnlyList<Choice> Options)> Things { get; init; } = [];
    public required LimitPreview Preview { get; init; }

    /// <summary>The change may also be applied to open cases.</summary>
    public bool OffersOpenCases { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
    public Note? Note { get; init; }
}

/// <summary>A change that was made.</summary>
public sealed record LimitChange(long Id, DateTimeOffset At, string Limit, IReadOnlyList<string> Changes, string Scope, string Reason, string By, bool MayUndo);

/// <summary>A list to choose from in the editor.</summary>
public sealed record SelectField(string Name, string Label, IReadOnlyList<Choice> Options, string? Value, string? Error, string Width);

/// <summary>The tests of a condition in the editor, with room for more.</summary>
/// <param name="Name">Prefix of the fields.</param>
/// <param name="Label">What the tests are about.</param>
/// <param name="Tests">As typed.</param>
/// <param name="Error">What is wrong.</param>
/// <param name="Facts">What may be tested; the first stands for nothing.</param>
/// <param name="Comparisons">How.</param>
public sealed record TestsField(string Name, string Label, IReadOnlyList<TestEdit> Tests, string? Error, IReadOnlyList<Choice> Facts, IReadOnlyList<Choice> Comparisons)
{
    /// <summary>The id of the template on the page that holds the facts once for every row; null: each row has them all.</summary>
    public string? Shared { get; init; }
}

/// <summary>A moment near the due time in the editor.</summary>
/// <param name="Name">Prefix of the fields.</param>
/// <param name="Label">What the moment is of.</param>
/// <param name="At">As typed.</param>
/// <param name="Error">What is wrong.</param>
/// <param name="Anchors">What it may be counted from; the first stands for none.</param>
/// <param name="Lengths">Units.</param>
public sealed record StepTimeField(string Name, string Label, StepTimeEdit At, string? Error, IReadOnlyList<Choice> Anchors, IReadOnlyList<Choice> Lengths);
