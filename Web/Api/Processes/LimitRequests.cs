using System.Text.Json;
using System.Text.Json.Serialization;
using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Api.Processes;

/// <summary>A change of one limit. What is absent stays.</summary>
public sealed record LimitRequest
{
    /// <summary>A number in the unit, or a text such as "3 workingDays".</summary>
    public JsonElement? Amount { get; init; }

    public string? Unit { get; init; }

    /// <summary>A calendar's key.</summary>
    public string? Calendar { get; init; }

    /// <summary>Refused: warnings and escalations change with a version of the process.</summary>
    public JsonElement? Rungs { get; init; }

    /// <summary>newCases or openCases.</summary>
    public LimitChangeScope Scope { get; init; }

    public string? Reason { get; init; }
}

/// <summary>A running clock whose due time the change moves.</summary>
public sealed record AffectedCase(Guid Complaint, string Number, string Clock, DateTimeOffset? OldDue, DateTimeOffset? NewDue);

/// <summary>What a change of a limit does, or did.</summary>
/// <param name="Affected">Running clocks that move.</param>
/// <param name="Applied">The audit entry of the change; absent for a preview.</param>
/// <param name="Sentence">The rule after the change.</param>
public sealed record LimitChangeAnswer(
    IReadOnlyList<AffectedCase> Affected, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Applied, string Sentence);
