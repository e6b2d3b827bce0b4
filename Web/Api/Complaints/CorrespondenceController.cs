using System.Globalization;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>A call or a visit, as it was.</summary>
/// <param name="Kind">call or visit.</param>
/// <param name="Direction">in: they called or came; out: we did.</param>
/// <param name="With">Who, 1 to 100 characters.</param>
/// <param name="At">When it began; now when absent, not in the future.</param>
/// <param name="Minutes">How long, 0 to 1,440.</param>
/// <param name="Text">What was said.</param>
public sealed record ContactRequest(string? Kind, string? Direction, string? With, DateTimeOffset? At, int Minutes, string? Text);

/// <summary>A letter, word for word.</summary>
/// <param name="Subject">One line, at most 200 characters.</param>
/// <param name="Text">Plain text; empty lines part paragraphs.</param>
/// <param name="Language">zh-CN or en; when absent the language the complainant wrote in.</param>
public sealed record LetterRequest(string? Subject, string? Text, string? Language);

/// <summary>Calls, visits and letters of a case.</summary>
[Route("api/v1/complaints/{id:guid}"), Tags("Complaints")]
[ProducesResponseType<ComplaintAnswer>(StatusCodes.Status200OK)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
public sealed class CorrespondenceController(CaseDeeds deeds, CaseRuntime runtime, TimeProvider clock) : ApiController
{
    private static readonly string[] Kinds = ["call", "visit"];
    private static readonly string[] Directions = ["in", "out"];
    private static readonly string[] Languages = ["zh-CN", "en"];

    /// <summary>Logs a call or a visit; only staff see it.</summary>
    [HttpPost("contacts"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public async Task<IActionResult> Contact(Guid id, [FromBody] ContactRequest request)
    {
        ThrowUnlessOneOf("kind", request.Kind, Kinds);
        ThrowUnlessOneOf("direction", request.Direction, Directions);
        var contact = new Contact(
            request.Kind == "visit", request.Direction == "in", TemplateRendering.OneLine(request.With ?? ""), request.At ?? clock.GetUtcNow(), request.Minutes, request.Text?.Trim() ?? "");
        return JsonAnswers.Json(await deeds.DoAsync(HttpContext, id, act => act.Complaint.LogContact(act, contact)));
    }

    /// <summary>Writes a letter with the next number of the year; it is printed from the page of the case.</summary>
    [HttpPost("letters"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public async Task<IActionResult> Letter(Guid id, [FromBody] LetterRequest request, CancellationToken cancellationToken)
    {
        if (request.Language is not null)
        {
            ThrowUnlessOneOf("language", request.Language, Languages);
        }

        var year = await runtime.ReadAsync(id, cancellationToken) is { } read ? DateWords.DayOf(clock.GetUtcNow(), read.Rules.Zone).Year.ToString(CultureInfo.InvariantCulture) : "";
        return JsonAnswers.Json(await deeds.DoNumberedAsync(
            HttpContext, id, $"letters/{year}",
            (act, number) => act.Complaint.IssueLetter(act, new Letter(
                Guid.CreateVersion7(act.At), string.Create(CultureInfo.InvariantCulture, $"L-{year}-{number:00000}"), TemplateRendering.OneLine(request.Subject ?? ""), request.Text?.Trim() ?? "",
                request.Language ?? ReplyDesk.LanguageOf(act.Complaint), null))));
    }

    private static void ThrowUnlessOneOf(string field, string? value, string[] known)
    {
        if (!known.Contains(value))
        {
            throw new InvalidInputException([new InputProblem(field, FactRefusals.OptionUnknown, $"One of {string.Join(", ", known)}.")]);
        }
    }
}
