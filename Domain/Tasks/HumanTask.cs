using System.Text.Json.Serialization;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Tasks;

[JsonConverter(typeof(JsonStringEnumConverter<TaskState>))]
public enum TaskState
{
    /// <summary>Nobody has taken it.</summary>
    Open,

    /// <summary>One person holds it.</summary>
    Claimed,

    Done,
    Cancelled,
}

/// <summary>What a task is, which decides its rules: an approval needs a reason to say no, a question hangs on no shape of the diagram.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskKind>))]
public enum TaskKind
{
    Work,
    Approval,

    /// <summary>Opened by a rung's <c>ask</c> or <c>reason</c>; the process does not wait for it.</summary>
    Question,
}

/// <summary>One thing a person has to do on a case. Its holder alone may complete it; completing it twice is refused.</summary>
public sealed record HumanTask
{
    /// <summary>How a task ends that asks for more time, once it was asked for.</summary>
    public const string TimeAskedOutcome = "Asked";

    /// <summary>How a task ends that waits for signatures, once they are there.</summary>
    public const string SignedOutcome = "Signed";

    public required Guid Id { get; init; }

    /// <summary>The key scenarios and the API know it by: the shape's id, <c>shape.step</c> for an approval, <c>ask:form</c> for a rung's question.</summary>
    public required string Key { get; init; }

    public TaskKind Kind { get; init; }

    /// <summary>The shape that opened it; null for a rung's question.</summary>
    public string? Shape { get; init; }

    /// <summary>The workflow instance that waits for it; null for a rung's question.</summary>
    public Guid? Instance { get; init; }

    public string TitleZh { get; init; } = "";
    public string TitleEn { get; init; } = "";
    public string? Form { get; init; }

    /// <summary>The outcomes it may be completed with, in the order of their buttons.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>"Who" as the process wrote it; worked out again when facts change and nobody holds the task.</summary>
    public IReadOnlyList<string> Who { get; init; } = [];

    /// <summary>"Who" after a rung gave the task to others; null: as the process wrote it.</summary>
    [JsonInclude]
    public IReadOnlyList<string>? Redirected { get; internal set; }

    /// <summary>Who may take it now: <c>role</c>, <c>role@department</c> or <c>user:id</c>.</summary>
    [JsonInclude]
    public IReadOnlyList<string> CandidateKeys { get; internal set; } = [];

    /// <summary>The element of a For each this task stands for; of a table the number of the row, from 1.</summary>
    public string? Each { get; init; }

    /// <summary>The fact that holds the list the element is of; null for a task that stands for none, or from before that was kept.</summary>
    public string? EachOf { get; init; }

    /// <summary>The clock that runs with the task and is met by its completion.</summary>
    public string? Clock { get; init; }

    /// <summary>The moment that completion stamps, unless the form filled it.</summary>
    public string? Stamps { get; init; }

    /// <summary>How many different people must take part.</summary>
    public int MinPeople { get; init; } = 1;

    /// <summary>Keys of tasks whose doers are barred from this one.</summary>
    public IReadOnlyList<string> NotBy { get; init; } = [];

    /// <summary>The approval chain and step this task decides.</summary>
    public string? Chain { get; init; }

    public string? Step { get; init; }

    /// <summary>The clock whose extension the approval is about; null for any other.</summary>
    public string? Extends { get; init; }

    /// <summary>The clock the task asks more time for; asking does it. Null for any other task.</summary>
    public string? AsksTimeFor { get; init; }

    /// <summary>The template of the document the task wants signed; signing does it. Null for any other task.</summary>
    public string? Signs { get; init; }

    /// <summary>The number of the calculation the approval is about; null for any other.</summary>
    public int? Calculation { get; init; }

    [JsonInclude]
    public TaskState State { get; internal set; }

    /// <summary>The id of the person who holds it.</summary>
    [JsonInclude]
    public string? Assignee { get; internal set; }

    [JsonInclude]
    public string? AssigneeName { get; internal set; }

    /// <summary>The id of the person who may do it for its holder; the task stays the holder's.</summary>
    [JsonInclude]
    public string? DelegatedTo { get; internal set; }

    /// <summary>What the holder told them.</summary>
    [JsonInclude]
    public string? DelegationNote { get; internal set; }

    /// <summary>Ids of natural persons who may not decide it, because they asked for the approval or wrote what it is about.</summary>
    [JsonInclude]
    public IReadOnlyList<string> NotOf { get; internal set; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    [JsonInclude]
    public DateTimeOffset? DoneAt { get; internal set; }

    /// <summary>Ids of those who did it: the holder, whoever acted for the holder, and the co-handlers who took part.</summary>
    [JsonInclude]
    public IReadOnlyList<string> DoneBy { get; internal set; } = [];

    [JsonInclude]
    public string? Outcome { get; internal set; }

    /// <summary>Words typed for this one reply, if the task is one.</summary>
    [JsonInclude]
    public string? Text { get; internal set; }

    /// <summary>The element of a list it stands for; null for none.</summary>
    [JsonIgnore]
    public Complaints.ListElement? Element => Each is { } key ? new(EachOf ?? "", key) : null;

    [JsonIgnore]
    public bool IsOpen => State is TaskState.Open or TaskState.Claimed;

    /// <summary>Whether the performer may take this task at all, barred tasks aside.</summary>
    public bool Admits(Performer performer) => performer.ActsForHolders || CandidateKeys.Any(performer.Is);
}
