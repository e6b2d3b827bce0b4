using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Limits;

/// <summary>Reads time limits for their page, says what a change would do, and does it.</summary>
public interface ILimitPages
{
    /// <summary>The limits of a process, the first one unless named; with an editor when a limit is named and the reader may change it.</summary>
    Task<LimitsPage?> GetAsync(string? process, string? limit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Stores nothing; null when there is no such limit or the reader may not change it.</summary>
    Task<LimitPreview?> PreviewAsync(string process, string limit, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>One transaction; refused when the preview is stale.</summary>
    Task<ActionAnswer> ApplyAsync(string process, string limit, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> UndoAsync(string process, Guid change, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>What the editor posts, as typed.</summary>
public sealed record LimitEdit
{
    public const string NewCases = "newCases";
    public const string OpenCases = "openCases";

    public string? Amount { get; init; }
    public string? Unit { get; init; }
    public string? Calendar { get; init; }
    public string? CountFrom { get; init; }
    public string? EndOf { get; init; }
    public string? IfNonWorking { get; init; }

    /// <summary><see cref="NewCases"/> or <see cref="OpenCases"/> (new ones too).</summary>
    public string? Scope { get; init; }

    /// <summary>Cases that would be late at once get until the end of the next working day instead.</summary>
    public bool KeepFromLate { get; init; }
    public string? Reason { get; init; }

    /// <summary>The version of the preview that was shown.</summary>
    public string? Version { get; init; }
}

/// <summary>The limits of one process.</summary>
public sealed record LimitsPage
{
    public required IReadOnlyList<Choice> Processes { get; init; }
    public required string Process { get; init; }
    public required string ProcessName { get; init; }
    public required string Zone { get; init; }
    public required IReadOnlyList<LimitSentence> Sentences { get; init; }
    public required IReadOnlyList<LimitChange> History { get; init; }
    public LimitEditor? Editor { get; init; }
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
    public required LimitPreview Preview { get; init; }

    /// <summary>The change may also be applied to open cases.</summary>
    public bool OffersOpenCases { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
    public Note? Note { get; init; }
}

/// <summary>A change that was made.</summary>
public sealed record LimitChange(Guid Id, DateTimeOffset At, string Change, string Scope, string Reason, string By, bool MayUndo);

/// <summary>A list to choose from in the editor.</summary>
public sealed record SelectField(string Name, string Label, IReadOnlyList<Choice> Options, string? Value, string? Error, string Width);
