namespace CaseManagement.Web.Features.Registers;

/// <summary>Texts of these pages.</summary>
public sealed class RegistersText;

/// <summary>What narrows a register.</summary>
public sealed record RegisterQuery
{
    public const string Open = "open";
    public const string Late = "late";
    public const string Done = "done";

    /// <summary><see cref="Open"/>, <see cref="Late"/>, <see cref="Done"/>; anything else: all.</summary>
    public string? State { get; init; }

    /// <summary>Cases before this one.</summary>
    public Guid? Before { get; init; }
}

/// <summary>A form of a process in the list of registers.</summary>
public sealed record RegisterLine(string Process, string Form, string Name, string? Number);

/// <summary>The registers of one process.</summary>
public sealed record RegisterGroup(string Process, string Name, IReadOnlyList<RegisterLine> Lines);

/// <summary>How a step stands.</summary>
public enum RegisterState
{
    Open,
    Late,
    Done,
}

/// <summary>One step of one case.</summary>
public sealed record RegisterRow
{
    public required Guid CaseId { get; init; }
    public required string Number { get; init; }
    public required string Title { get; init; }

    /// <summary>Who did it, holds it, or may take it.</summary>
    public required string Who { get; init; }

    public required RegisterState State { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>What stands on the form, in the order of the columns; empty where the reader is not shown it.</summary>
    public required IReadOnlyList<string> Values { get; init; }
}

/// <summary>What was filled in on one form, case by case.</summary>
public sealed record RegisterView
{
    public required string Process { get; init; }
    public required string ProcessName { get; init; }
    public required string Form { get; init; }
    public required string Name { get; init; }
    public required RegisterQuery Query { get; init; }
    public required IReadOnlyList<string> Columns { get; init; }
    public required IReadOnlyList<RegisterRow> Rows { get; init; }
    public required string Zone { get; init; }
    public Guid? Next { get; init; }

    /// <summary>The reader may take it out as a file.</summary>
    public bool MayTakeOut { get; init; }
}
