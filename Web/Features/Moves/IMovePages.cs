using System.Security.Claims;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Features.Moves;

/// <summary>Takes running cases to another version of their process; for process owners alone.</summary>
public interface IMovePages
{
    /// <summary>The two versions side by side; null when there is no such process or this reader may not.</summary>
    Task<MovePage?> GetAsync(string key, MoveForm form, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Looks at the next cases, or moves them: the page with what came of it, or with what is wrong.</summary>
    /// <param name="dryRun">Nothing is written.</param>
    Task<MovePage?> RunAsync(string key, MoveForm form, bool dryRun, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>What was chosen and typed.</summary>
public sealed record MoveForm
{
    private const string Named = "map.";

    public int? From { get; init; }
    public int? To { get; init; }
    public string? Reason { get; init; }

    /// <summary>Cases up to this one have been dealt with.</summary>
    public Guid? After { get; init; }

    /// <summary>Old step → new step.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();

    /// <summary>The same with the steps named in a form: fields <c>map.{old step}</c>; empty ones name none.</summary>
    public MoveForm With(IFormCollection fields) => this with
    {
        Map = fields.Where(f => f.Key.StartsWith(Named, StringComparison.Ordinal) && !string.IsNullOrEmpty(f.Value))
            .ToDictionary(f => f.Key[Named.Length..], f => f.Value.ToString(), StringComparer.Ordinal),
    };
}

/// <summary>Moving cases between two versions.</summary>
public sealed record MovePage
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Zone { get; init; }
    public required MoveForm Form { get; init; }

    /// <summary>Versions with open cases, and how many.</summary>
    public required IReadOnlyList<Choice> Froms { get; init; }

    /// <summary>Versions cases can go to.</summary>
    public required IReadOnlyList<Choice> Tos { get; init; }

    /// <summary>Open cases on the version to leave.</summary>
    public int Cases { get; init; }

    /// <summary>Steps without a counterpart, to be named or left.</summary>
    public IReadOnlyList<UnmappedStep> Steps { get; init; } = [];

    /// <summary>Both versions are chosen and can be looked at.</summary>
    public bool Ready { get; init; }
    public MoveTable? Table { get; init; }
    public string? ReasonError { get; init; }
    public Note? Note { get; init; }
}

/// <summary>A step that the other version has no counterpart for.</summary>
/// <param name="Options">Steps of the other version that may take its place; the first is none.</param>
public sealed record UnmappedStep(string Id, string Name, string Workflow, IReadOnlyList<Choice> Options, string Chosen);

/// <summary>How cases fared, or would fare.</summary>
/// <param name="Unseen">Cases this reader may not see, counted by how they fared.</param>
/// <param name="Left">Cases after these.</param>
/// <param name="Next">Where the next ones begin.</param>
public sealed record MoveTable(bool DryRun, IReadOnlyList<MoveRow> Rows, IReadOnlyList<UnseenRow> Unseen, int Left, Guid? Next)
{
    public bool IsEmpty => Rows.Count == 0 && Unseen.Count == 0;
}

/// <summary>One case: how it fared, why not or what is passed over, its clocks that move.</summary>
public sealed record MoveRow(Guid Id, string Number, StateMark State, IReadOnlyList<string> Words, IReadOnlyList<ClockMove> Clocks);

/// <summary>A clock whose due time moves; no time where it has none.</summary>
public sealed record ClockMove(string Name, DateTimeOffset? OldDueAt, DateTimeOffset? NewDueAt);

/// <summary>Cases this reader may not see.</summary>
public sealed record UnseenRow(StateMark State, string? Words, int? Count);

/// <summary>A version as the choices need it.</summary>
internal sealed record VersionChoice(int Version, ProcessVersionState State, int Open);
