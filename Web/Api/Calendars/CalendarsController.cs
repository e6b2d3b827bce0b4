using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Calendars;

/// <summary>A working calendar.</summary>
public sealed record CalendarBody
{
    public string? Id { get; init; }
    public BilingualText? Name { get; init; }

    /// <summary>IANA time zone.</summary>
    public string? Zone { get; init; }

    /// <summary>Working spans by weekday, <c>mon</c> to <c>sun</c>; an absent day is off.</summary>
    public Dictionary<string, string[][]>? Week { get; init; }

    public IReadOnlyList<DateOnly>? Holidays { get; init; }

    /// <summary>Days worked although the week says off.</summary>
    public IReadOnlyList<DateOnly>? MakeUpDays { get; init; }

    /// <summary>Days with hours of their own.</summary>
    public Dictionary<DateOnly, string[][]>? SpecialDays { get; init; }

    /// <summary>The last date whose holidays are known.</summary>
    public DateOnly? PublishedThrough { get; init; }

    /// <summary>Rises with every change; told, not taken.</summary>
    public int? Version { get; init; }
}

/// <summary>Working calendars.</summary>
[Route("api/v1/calendars/{id}"), Tags("Calendars")]
public sealed partial class CalendarsController(CaseManagementDbContext db, IConfigurationWriter writer, ConfigurationAudit audit, TimeProvider clock) : ApiController
{
    public static readonly Rule NoCalendar = new("calendar-missing", "There is no such calendar.");

    /// <summary>A calendar as it counts now.</summary>
    [HttpGet, ApiAccess(ApiScopes.ProcessesRead, ApiRoles.Anyone)]
    [ProducesResponseType<CalendarBody>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Get(string id, CancellationToken cancellationToken) =>
        await LatestAsync(db, id, cancellationToken) is { } stored
            ? JsonAnswers.Json(BodyOf(stored))
            : throw new Problems.ApiProblemException(StatusCodes.Status404NotFound, NoCalendar.Code, NoCalendar.Message);

    /// <summary>Replaces a calendar, or brings in a new one. Clocks that run keep their due times until they are counted again.</summary>
    [HttpPut, ApiAccess(ApiScopes.LimitsWrite, ApiRoles.Administrator)]
    [ProducesResponseType<CalendarBody>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Put(string id, [FromBody] CalendarBody body, CancellationToken cancellationToken)
    {
        if (!KeyText().IsMatch(id))
        {
            throw new InvalidInputException([new InputProblem("id", "key-unusable", "A key is small letters, digits and hyphens, 50 at most.")]);
        }

        var calendar = WorkCalendar.From(id, new WorkCalendarDocument
        {
            Id = body.Id,
            Zone = body.Zone,
            Week = body.Week,
            Holidays = body.Holidays,
            MakeUpDays = body.MakeUpDays,
            SpecialDays = body.SpecialDays,
            PublishedThrough = body.PublishedThrough,
        });
        var by = Caller.Performer.Actor;
        var stored = await writer.RunWithContextAsync(
            async (changing, _) =>
            {
                var before = await LatestAsync(changing, id, cancellationToken);
                var row = new CalendarVersion
                {
                    Key = id,
                    Version = (before?.Version ?? 0) + 1,
                    NameZh = body.Name?.Zh ?? before?.NameZh ?? id,
                    NameEn = body.Name?.En ?? before?.NameEn ?? id,
                    Json = calendar.ToDocument().ToJson(),
                    At = clock.GetUtcNow(),
                    By = by.Id ?? by.Kind.ToString(),
                };
                changing.CalendarVersions.Add(row);
                await audit.RecordAsync(
                    changing, $"calendar:{id}", "calendar.changed", by,
                    new JsonObject { ["version"] = row.Version, ["before"] = Parsed(before?.Json), ["after"] = Parsed(row.Json) }, cancellationToken);
                return row;
            },
            cancellationToken);
        return JsonAnswers.Json(BodyOf(stored));
    }

    private static Task<CalendarVersion?> LatestAsync(CaseManagementDbContext db, string id, CancellationToken cancellationToken) =>
        db.CalendarVersions.AsNoTracking().Where(c => c.Key == id).OrderByDescending(c => c.Version).FirstOrDefaultAsync(cancellationToken);

    private static JsonNode? Parsed(string? json) => json is null ? null : JsonNode.Parse(json);

    private static CalendarBody BodyOf(CalendarVersion stored)
    {
        var document = WorkCalendarDocument.Parse(stored.Json);
        return new CalendarBody
        {
            Id = stored.Key,
            Name = new BilingualText(stored.NameZh, stored.NameEn),
            Zone = document.Zone,
            Week = document.Week?.ToDictionary(d => d.Key, d => d.Value),
            Holidays = document.Holidays ?? [],
            MakeUpDays = document.MakeUpDays ?? [],
            SpecialDays = document.SpecialDays?.ToDictionary(d => d.Key, d => d.Value),
            PublishedThrough = document.PublishedThrough,
            Version = stored.Version,
        };
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,49}\z", RegexOptions.NonBacktracking)]
    private static partial Regex KeyText();
}
