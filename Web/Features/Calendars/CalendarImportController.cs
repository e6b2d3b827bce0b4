using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>Brings holidays and make-up days in from a file or from a published year.</summary>
[Route("calendars/{id}/import")]
public sealed class CalendarImportController(ICalendarImports imports) : Controller
{
    private const string Page = "~/Features/Calendars/Import.cshtml";

    [HttpGet]
    public async Task<IActionResult> Index(string id, CancellationToken cancellationToken) => Shown(await imports.GetAsync(id, User, cancellationToken), null);

    /// <summary>Reads the file or the published year and shows what it would do.</summary>
    [HttpPost("read"), RequestSizeLimit(ImportPage.MaxBytes + (64 * 1024))]
    public async Task<IActionResult> Read(string id, int? chinaYear, IFormFile? file, CancellationToken cancellationToken)
    {
        var page = await imports.ReadAsync(id, chinaYear, file, User, cancellationToken);
        return Shown(page, page?.Error is { } error ? ActionAnswer.Invalid(error) : null);
    }

    [HttpPost]
    public async Task<IActionResult> Apply(string id, string? step, [FromForm] ImportEdit edit, CancellationToken cancellationToken)
    {
        var answer = step == "apply" ? await imports.ApplyAsync(id, edit, User, cancellationToken) : null;
        if (answer?.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(CalendarsController.Index), "Calendars", new { id, year = edit.PublishedThrough?.Year, said = "applied" });
        }

        var page = await imports.ReviewAsync(id, edit, User, cancellationToken);
        return Shown(page is null || answer is null ? page : page with { Error = answer.Message ?? page.Error }, answer);
    }

    private IActionResult Shown(ImportPage? page, ActionAnswer? answer) =>
        page is null ? NotFound()
        : answer is null ? View(Page, page)
        : this.Again(Page, page, answer, $"/calendars/{Uri.EscapeDataString(page.Id)}/import");
}
