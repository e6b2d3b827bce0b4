using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Processes;

/// <summary>A limit to count once.</summary>
public sealed record ExplainRequest
{
    /// <summary>A number in the unit, or a text such as "3 workingDays".</summary>
    public JsonElement? Amount { get; init; }

    public string? Unit { get; init; }
    public string? Calendar { get; init; }
    public CountFrom? CountFrom { get; init; }
    public EndOf? EndOf { get; init; }
    public IfNonWorking? IfNonWorking { get; init; }
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>For unit promised.</summary>
    public DateOnly? Promised { get; init; }

    public IReadOnlyList<PauseSpan>? Pauses { get; init; }
    public IReadOnlyList<MoreTime>? Extensions { get; init; }
}

/// <summary>A stretch that does not count.</summary>
public sealed record PauseSpan(DateTimeOffset From, DateTimeOffset To);

/// <summary>Time granted on top.</summary>
public sealed record MoreTime(JsonElement Amount, string? Unit);

/// <summary>When it is due, and why.</summary>
public sealed record ExplainAnswer(DateTimeOffset? DueAt, bool Provisional, string Explanation);

/// <summary>Counts a limit without a case.</summary>
[Route("api/v1/time-limits"), Tags("Limits")]
public sealed class TimeLimitsController(StoredConfigurations configurations) : ApiController
{
    private const int MostPauses = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    /// <summary>When a limit would be due. Nothing is stored.</summary>
    [HttpPost("explain"), ApiAccess(ApiScopes.ProcessesRead, ApiRoles.Anyone)]
    [ProducesResponseType<ExplainAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Explain([FromBody] ExplainRequest request, CancellationToken cancellationToken)
    {
        var startedAt = request.StartedAt ?? throw Wrong("startedAt", "required", "Say when it starts.");
        var calendars = (await configurations.CurrentAsync(cancellationToken)).Calendars;
        var calendar = request.Calendar is { } named
            ? calendars.GetValueOrDefault(named) ?? throw Wrong("calendar", "calendar-unknown", "There is no such calendar.")
            : throw Wrong("calendar", "required", "Name a calendar.");
        var due = DueTime.Compute(
            LimitOf(request), startedAt, calendar, request.Promised, PausesOf(request, startedAt), ExtensionsOf(request, startedAt));
        return JsonAnswers.Json(new ExplainAnswer(due.DueAt, due.Provisional, due.Explanation.ToText(ApiLanguage.Of(HttpContext))));
    }

    private static TimeLimit LimitOf(ExplainRequest request)
    {
        var unit = AmountText.Unit(request.Unit);
        var amount = AmountText.Read(request.Amount, request.Unit, unit ?? LimitUnit.None);
        var limit = new TimeLimit
        {
            Key = "example",
            ClockKey = "example",
            Name = new BilingualText("示例", "Example"),
            Unit = amount?.Unit ?? unit ?? throw Wrong("unit", "required", "Name a unit."),
            Amount = amount?.Amount,
            CountFrom = request.CountFrom ?? CountFrom.Instant,
            EndOf = request.EndOf,
            IfNonWorking = request.IfNonWorking ?? IfNonWorking.Keep,
            Promised = unit == LimitUnit.Promised ? "promised" : null,
        };
        if (unit is { } named && limit.Unit != named)
        {
            throw Wrong("unit", "unit-differs", "The amount names another unit.");
        }

        limit.EnsureValid();
        return limit;
    }

    private static List<Suspension> PausesOf(ExplainRequest request, DateTimeOffset startedAt)
    {
        var pauses = request.Pauses ?? [];
        if (pauses.Count > MostPauses || pauses.Any(p => p.To < p.From || p.To - startedAt > Longest))
        {
            throw Wrong("pauses", FactRefusals.OutOfRange, "At most 1,000 pauses, each ending after it begins, within ten years.");
        }

        return [.. pauses.Select(p => new Suspension("", "", p.From, p.To))];
    }

    private static List<Extension> ExtensionsOf(ExplainRequest request, DateTimeOffset startedAt)
    {
        var extensions = request.Extensions ?? [];
        return extensions.Count > MostPauses
            ? throw Wrong("extensions", FactRefusals.OutOfRange, "At most 1,000 extensions.")
            : [.. extensions.Select(e => new Extension(
                "", null, startedAt,
                AmountText.Read(e.Amount, e.Unit, AmountText.Unit(e.Unit) ?? LimitUnit.None) ?? throw Wrong("extensions", "required", "An extension has an amount.")))];
    }

    private static InvalidInputException Wrong(string field, string code, string message) => new([new InputProblem(field, code, message)]);
}
