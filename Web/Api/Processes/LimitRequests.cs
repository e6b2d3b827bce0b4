using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Api.Processes;

/// <summary>A change of one limit. What is absent stays; null takes a part away. All parts but amount are written as in a pack's <c>limits.json</c>.</summary>
public sealed record LimitRequest
{
    /// <summary>A number in the unit, or a text such as "3 workingDays".</summary>
    public JsonElement? Amount { get; init; }

    public string? Unit { get; init; }

    /// <summary>A calendar's key, or "@department"; null for the process's own.</summary>
    public JsonElement Calendar { get; init; }

    /// <summary>instant, nextDay or nextWorkingDay.</summary>
    public JsonElement CountFrom { get; init; }

    /// <summary>instant, closeOfBusiness or endOfDay.</summary>
    public JsonElement EndOf { get; init; }

    /// <summary>keep, forward or back.</summary>
    public JsonElement IfNonWorking { get; init; }

    /// <summary>The moment it counts from; null: when the clock starts.</summary>
    public JsonElement From { get; init; }

    /// <summary>The moment that meets it; null: when the flow says so.</summary>
    public JsonElement To { get; init; }

    /// <summary>The date fact that holds the promised date, for unit promised.</summary>
    public JsonElement Promised { get; init; }

    /// <summary>true: a running clock starts afresh when its start moment is recorded again.</summary>
    public JsonElement Reset { get; init; }

    /// <summary>The condition under which it holds.</summary>
    public JsonElement When { get; init; }

    /// <summary>Reasons for which it may be paused.</summary>
    public JsonElement Pause { get; init; }

    /// <summary>How it may be extended; null when it may not.</summary>
    public JsonElement Extend { get; init; }

    /// <summary>The template that tells the complainant of pauses, extensions and promises.</summary>
    public JsonElement Notice { get; init; }

    /// <summary>Its warnings and escalation steps, all of them.</summary>
    public JsonElement Rungs { get; init; }

    /// <summary>Who may pause, resume, extend and promise, and until when.</summary>
    public JsonElement May { get; init; }

    /// <summary>newCases or openCases.</summary>
    public LimitChangeScope Scope { get; init; }

    public string? Reason { get; init; }

    /// <summary>The <c>version</c> of the limit that was looked at; another one in the meantime refuses the change (409 <c>limit-changed</c>). Absent: whatever is there.</summary>
    public string? Seen { get; init; }

    /// <summary>The members of a pack's limit that the request sets.</summary>
    /// <param name="now">The limit in force, whose unit an amount without one is in.</param>
    /// <exception cref="InvalidInputException">The amount or the unit cannot be read, or they contradict each other.</exception>
    /// <exception cref="InvalidTimeRuleException">The amount can be read in two ways, or is out of range.</exception>
    internal JsonObject Patch(TimeLimit now)
    {
        var patch = new JsonObject();
        foreach (var (name, member) in (ReadOnlySpan<(string, JsonElement)>)
            [("when", When), ("from", From), ("to", To), ("promised", Promised), ("calendar", Calendar), ("countFrom", CountFrom), ("endOf", EndOf),
             ("ifNonWorking", IfNonWorking), ("reset", Reset), ("pause", Pause), ("extend", Extend), ("may", May), ("notice", Notice), ("rungs", Rungs)])
        {
            if (member.ValueKind != JsonValueKind.Undefined)
            {
                patch[name] = member.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(member.GetRawText());
            }
        }

        var unit = AmountText.Unit(Unit);
        var amount = AmountText.Read(Amount, Unit, now.Unit.TakesAmount() ? now.Unit : unit ?? now.Unit);
        if (unit is { } named && amount is { } given && given.Unit != named)
        {
            throw new InvalidInputException([new InputProblem("unit", "unit-differs", "The amount names another unit.")]);
        }

        if ((amount?.Unit ?? unit) is { } wanted && wanted != now.Unit)
        {
            patch["unit"] = JsonNamingPolicy.CamelCase.ConvertName(wanted.ToString());
        }

        if (amount is { } length && length.Amount != now.Amount)
        {
            patch["amount"] = length.Amount;
        }

        return patch;
    }
}

/// <summary>A limit that is added to a clock of the process.</summary>
public sealed record AddLimitRequest
{
    /// <summary>The limit as in a pack's <c>limits.json</c>; without <c>key</c> it gets one.</summary>
    public required JsonObject Limit { get; init; }

    /// <summary>The limit of the same clock that comes after it; absent: it is the last. Of several that hold the first counts.</summary>
    public string? Before { get; init; }

    /// <summary>newCases or openCases.</summary>
    public LimitChangeScope Scope { get; init; }

    public string? Reason { get; init; }

    /// <summary>The <c>rowsSeen</c> of the list that was looked at; another one in the meantime refuses the change (409 <c>limit-changed</c>).</summary>
    public string? Seen { get; init; }
}

/// <summary>A limit that is taken away, or moved among those of its clock.</summary>
public sealed record LimitRowRequest
{
    /// <inheritdoc cref="AddLimitRequest.Before"/>
    public string? Before { get; init; }

    /// <inheritdoc cref="AddLimitRequest.Scope"/>
    public LimitChangeScope Scope { get; init; }

    public string? Reason { get; init; }

    /// <inheritdoc cref="AddLimitRequest.Seen"/>
    public string? Seen { get; init; }
}

/// <summary>Why a change is taken back.</summary>
public sealed record UndoRequest
{
    public string? Reason { get; init; }
}

/// <summary>A running clock whose due time the change moves.</summary>
/// <param name="Late">The change puts its due time in the past: it is newly breached.</param>
public sealed record AffectedCase(Guid Complaint, string Number, string Clock, DateTimeOffset? OldDue, DateTimeOffset? NewDue, bool Late);

/// <summary>What a change of a limit does, or did.</summary>
/// <param name="Affected">Running clocks that move; with page and pageSize only that page of them.</param>
/// <param name="Total">How many move in all of those the caller may know of.</param>
/// <param name="Late">How many of them are newly breached.</param>
/// <param name="Applied">The audit entry of the change; absent for a preview.</param>
/// <param name="Sentence">The rule after the change; absent where it was taken away.</param>
/// <param name="Restricted">How many cases move that the caller may not know of, "fewer than 5" below five; absent where there are none.</param>
public sealed record LimitChangeAnswer(
    IReadOnlyList<AffectedCase> Affected, int Total, int Late, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Applied,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sentence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Restricted)
{
    /// <summary>The limit's key: of one that is added without a key, the one it gets.</summary>
    public required string Limit { get; init; }

    /// <summary>How many clocks no limit holds for any more: they run on without a due time.</summary>
    public int WithoutDue { get; init; }
}

/// <summary>A change that was made.</summary>
/// <param name="Id">What it is undone by.</param>
/// <param name="Limit">The limit's key.</param>
/// <param name="Changes">What it changed, in words: "Length: 24 hours → 12 hours".</param>
/// <param name="Scope">newCases or openCases.</param>
/// <param name="Undoes">The change it took back.</param>
/// <param name="MayUndo">It is the newest one of the limit that is in force.</param>
public sealed record LimitHistoryAnswer(
    long Id, string Limit, IReadOnlyList<string> Changes, LimitChangeScope Scope, string Reason, string By, DateTimeOffset At, string Applied, long? Undoes, bool MayUndo);
