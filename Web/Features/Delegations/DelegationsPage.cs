using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Delegations;

/// <summary>Texts of these pages.</summary>
public sealed class DelegationsText;

/// <summary>Where a delegation stands.</summary>
public enum DelegationStand
{
    InForce,
    Ahead,
    Over,
}

/// <summary>Who acts for whom, as far as it is the reader's business, and the form for another.</summary>
public sealed record DelegationsPage
{
    /// <summary>Those in force and ahead, then those that are over, the newest first.</summary>
    public required IReadOnlyList<DelegationRow> Rows { get; init; }
    public required DelegationForm Form { get; init; }

    /// <summary>The zone in which days are counted.</summary>
    public required string Zone { get; init; }

    /// <summary>People for whom the reader may set one, the reader first; nobody where they have no tasks to give away and answer for nobody who has.</summary>
    public required IReadOnlyList<Choice> Froms { get; init; }

    /// <summary>People who may act.</summary>
    public required IReadOnlyList<Choice> Tos { get; init; }
    public required IReadOnlyList<Choice> Processes { get; init; }
    public required IReadOnlyList<Choice> Kinds { get; init; }

    /// <summary>Today, which is the earliest first day.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>What is wrong with what was typed, or why it cannot be done.</summary>
    public string? Error { get; init; }
}

/// <summary>One delegation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="From">For whom, by name.</param>
/// <param name="To">Who acts, by name.</param>
/// <param name="Period">From the first day to the last, in words.</param>
/// <param name="What">For which tasks, in words.</param>
/// <param name="Reason">Why.</param>
/// <param name="SetBy">Who set it, where that was somebody else; else null.</param>
/// <param name="Stand">Where it stands.</param>
/// <param name="MayEnd">The reader may end it.</param>
public sealed record DelegationRow(
    Guid Id, string From, string To, string Period, string What, string Reason, string? SetBy, DelegationStand Stand, bool MayEnd);

/// <summary>A delegation as typed.</summary>
public sealed record DelegationForm
{
    /// <summary>For whom, by id; empty: the reader.</summary>
    public string? From { get; init; }

    /// <summary>Who acts, by id.</summary>
    public string? To { get; init; }

    /// <summary>ISO 8601.</summary>
    public string? First { get; init; }

    /// <summary>ISO 8601.</summary>
    public string? Last { get; init; }

    /// <summary>The person is away.</summary>
    public bool Cover { get; init; } = true;
    public IList<string> Processes { get; init; } = [];

    /// <summary>Names of <see cref="Domain.Tasks.TaskKind"/>.</summary>
    public IList<string> Kinds { get; init; } = [];
    public string? Reason { get; init; }
}
