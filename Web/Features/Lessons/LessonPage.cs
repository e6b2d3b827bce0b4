using CaseManagement.Domain.Lessons;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence.Lessons;

namespace CaseManagement.Web.Features.Lessons;

/// <summary>Texts of these pages.</summary>
public sealed class LessonsText;

/// <summary>What narrows the list.</summary>
public sealed record LessonQuery
{
    /// <summary>Words, all of which must be there.</summary>
    public string? Q { get; init; }

    public string? Process { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;
}

/// <summary>A lesson as a proposer types it.</summary>
public sealed record LessonForm
{
    public string? Title { get; init; }
    public string? Situation { get; init; }
    public string? Cause { get; init; }
    public string? Measures { get; init; }
    public string? Advice { get; init; }

    public LessonText Text => new(Of(Title), Of(Situation), Of(Cause), Of(Measures), Of(Advice));

    private static string Of(string? typed) => typed?.Trim().ReplaceLineEndings("\n") ?? "";
}

/// <summary>A line of the list.</summary>
public sealed record LessonRow(Guid Id, string Title, string Process, string? Category, LevelChip? Level, LessonState State, string By, DateTimeOffset At, string Zone);

/// <summary>The library.</summary>
public sealed record LessonList
{
    public required LessonQuery Query { get; init; }

    /// <summary>What waits for the reader's decision, or was proposed by them.</summary>
    public required IReadOnlyList<LessonRow> Waiting { get; init; }

    public required IReadOnlyList<LessonRow> Rows { get; init; }
    public required IReadOnlyList<Choice> Processes { get; init; }
    public bool HasMore { get; init; }
}

/// <summary>One lesson.</summary>
public sealed record LessonView
{
    public required LessonRow Row { get; init; }
    public required LessonText Text { get; init; }

    /// <summary>The case, where the reader may see it.</summary>
    public string? CaseHref { get; init; }

    public string? Number { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Remark { get; init; }
    public bool MayDecide { get; init; }
    public bool MayWithdraw { get; init; }
    public string? Error { get; init; }
}

/// <summary>The form to propose one.</summary>
public sealed record LessonDraft
{
    public required Guid CaseId { get; init; }
    public required string Number { get; init; }
    public required LessonForm Form { get; init; }

    /// <summary>What the case says, as far as it names nobody.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Said { get; init; }

    /// <summary>Roles that release it; none: proposing releases it.</summary>
    public required IReadOnlyList<string> ReleasedBy { get; init; }

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    public string? Error { get; init; }
}
