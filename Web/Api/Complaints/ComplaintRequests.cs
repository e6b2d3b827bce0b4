using System.Text.Json;
using System.Text.Json.Serialization;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>A case to register.</summary>
public sealed record RegisterRequest
{
    /// <summary>The process; without it the installation's own.</summary>
    public string? Process { get; init; }

    /// <summary>complaint, consultation or suggestion.</summary>
    public string? Kind { get; init; }

    public string? Channel { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Its id where it comes from; the same one never comes in twice.</summary>
    public string? ExternalId { get; init; }

    public string? Subject { get; init; }
    public string? Description { get; init; }
    public ComplainantRequest? Complainant { get; init; }
    public decimal? People { get; init; }
    public RespondentRequest? Respondent { get; init; }
    public string? Category { get; init; }
    public string? Demand { get; init; }

    /// <summary>urgent, fairlyUrgent or general.</summary>
    public string? Urgency { get; init; }

    /// <summary>The process's own facts.</summary>
    public Dictionary<string, JsonElement>? Facts { get; init; }

    internal Registration ToRegistration() => new()
    {
        Process = Process,
        Kind = Kind ?? "complaint",
        Channel = Channel ?? "",
        ReceivedAt = ReceivedAt,
        ExternalId = ExternalId,
        Subject = Subject ?? "",
        Description = Description ?? "",
        Complainant = Complainant?.ToComplainant() ?? new Complainant(),
        People = People,
        Respondent = Respondent is { } respondent ? new Respondent(respondent.Department, respondent.Person) : null,
        Category = Category,
        Demand = Demand,
        Urgency = Urgency,
        Facts = Facts ?? [],
    };
}

/// <summary>The person who complains.</summary>
public sealed record ComplainantRequest
{
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }

    /// <summary>person, company, authority, media or staff.</summary>
    public string? Kind { get; init; }

    /// <summary>What they read, <c>zh-CN</c> or <c>en</c>; absent: they are written to in both.</summary>
    public string? Language { get; init; }

    /// <summary>No identity is kept.</summary>
    public bool Anonymous { get; init; }

    /// <summary>The respondent must not learn who it is.</summary>
    public bool Confidential { get; init; }

    internal Complainant ToComplainant() =>
        new() { Name = Name, Phone = Phone, Email = Email, Kind = Kind, Language = Language, Anonymous = Anonymous, Confidential = Confidential };
}

/// <summary>Whom the complaint is about.</summary>
public sealed record RespondentRequest(string? Department, string? Person);

/// <summary>Facts to correct: members are facts' names, beside <c>reason</c>.</summary>
public sealed record FactsRequest
{
    public string? Reason { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Facts { get; init; }
}

/// <summary>A level in place of the table's.</summary>
public sealed record LevelRequest(string? Level, string? Reason);

/// <summary>A remark for colleagues.</summary>
public sealed record NoteRequest(string? Text);

/// <summary>A question to the complainant.</summary>
/// <param name="Text">The words.</param>
/// <param name="Clock">A clock that rests until the answer; none when absent.</param>
/// <param name="Reason">Why it may, by its limit; needed with a clock.</param>
public sealed record QuestionRequest(string? Text, string? Clock, string? Reason);

/// <summary>What the complainant was told. <c>kind</c> is first, progress, answer, refusal or final; progress when absent.</summary>
/// <param name="Kind">Which moment it stamps.</param>
/// <param name="Text">The words; without them the template's.</param>
/// <param name="Template">Sends it by this template; without one it left by another way and is only recorded.</param>
public sealed record ReplyRequest(string? Kind, string? Text, string? Template);

/// <summary>Another case, by id or number.</summary>
/// <param name="To">Id or number.</param>
/// <param name="Kind">related (when absent), duplicate or repeat.</param>
public sealed record LinkRequest(string? To, string? Kind = null);

/// <summary>What another level would do to one clock.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Limit">The limit it would run under.</param>
/// <param name="OldDue">When it is due.</param>
/// <param name="NewDue">When it would be due; absent when nothing would be.</param>
/// <param name="Late">It would be breached.</param>
public sealed record LevelPreviewAnswer(string Clock, string Limit, DateTimeOffset? OldDue, DateTimeOffset? NewDue, bool Late);

/// <summary>Why.</summary>
public sealed record ReasonRequest(string? Reason);

/// <summary>The complainant's answer, recorded for them.</summary>
/// <param name="Outcome">Agreed, Rejected or Received.</param>
/// <param name="Reason">In their words.</param>
/// <param name="Data">Facts they gave.</param>
public sealed record AnswerRequest(string? Outcome, string? Reason, Dictionary<string, JsonElement>? Data);

/// <summary>Something to do to a clock: pause, resume, extend, promise.</summary>
/// <param name="Reason">Why; for a pause one of the limit's own reasons.</param>
/// <param name="Amount">How much more: a number in the limit's unit, "3 workingDays", or ISO 8601 such as "P3D".</param>
/// <param name="Unit">The unit of a plain number.</param>
/// <param name="Until">A date to run to.</param>
/// <param name="ApprovedBy">Recorded as told; it stands for no approval.</param>
public sealed record ClockRequest(string? Reason, JsonElement? Amount, string? Unit, DateOnly? Until, string? ApprovedBy)
{
    /// <summary>For a pause entered afterwards: since when.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>For a pause entered afterwards: since when it is over.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>For a pause entered afterwards: why.</summary>
    public string? Note { get; init; }
}
