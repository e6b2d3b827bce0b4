using System.Text.Json;

namespace CaseManagement.Web.Api.Tasks;

/// <summary>The person a task is given to.</summary>
public sealed record AssignRequest(string? To);

/// <summary>Who may do a task for its holder; no <c>to</c>: nobody any more.</summary>
public sealed record DelegateRequest(string? To, string? Note);

/// <summary>What is handed in with a finished task.</summary>
public sealed record CompleteRequest
{
    /// <summary>The id of the person for whom it is done, who has the caller act for them; both names are recorded.</summary>
    public string? OnBehalfOf { get; init; }

    public string? Outcome { get; init; }

    /// <summary>The form's facts.</summary>
    public Dictionary<string, JsonElement>? Data { get; init; }

    /// <summary>Keys of the form's signatures that were given.</summary>
    public IReadOnlyList<string>? Signatures { get; init; }

    /// <summary>The element of a For each that the task is meant to stand for.</summary>
    public string? Each { get; init; }

    /// <summary>Ids of others who took part.</summary>
    public IReadOnlyList<string>? With { get; init; }

    /// <summary>Why; needed to return or refuse an approval.</summary>
    public string? Reason { get; init; }

    /// <summary>The words of a reply, in place of the template's.</summary>
    public string? Text { get; init; }
}

/// <summary>Which tasks are asked for.</summary>
public sealed record TaskFilter
{
    /// <summary><c>me</c>, <c>none</c>, or a person's id.</summary>
    public string? Assignee { get; init; }

    /// <summary>Tasks nobody holds and a role may take.</summary>
    public string? Role { get; init; }

    /// <summary>Tasks nobody holds and a department may take.</summary>
    public string? Department { get; init; }

    /// <summary>The id of a person: the tasks the caller may do for them.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>Tasks of one case.</summary>
    public Guid? Complaint { get; init; }

    /// <summary>open, claimed, done, cancelled or all; open and claimed when absent.</summary>
    public string? State { get; init; }

    /// <summary><c>overdue</c>, <c>today</c>, <c>week</c>, or an instant before which they are due.</summary>
    public string? Due { get; init; }
}
