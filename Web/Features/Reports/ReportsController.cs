using System.Globalization;
using System.Text;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Reports;

/// <summary>Reports of processes, as their packs define them.</summary>
[Route("reports")]
public sealed class ReportsController(ReportPages reports, DutyPages duties) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        await reports.ListAsync(User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpGet("{process}/{report}")]
    public async Task<IActionResult> Report(string process, string report, [FromQuery] ReportQuery query, CancellationToken cancellationToken)
    {
        if (await reports.GetAsync(process, report, query, User, cancellationToken) is not { } page)
        {
            return NotFound();
        }

        return page.Error is null ? View(page) : this.Again(nameof(Report), page, ActionAnswer.Invalid(null), $"/reports/{Uri.EscapeDataString(process)}/{Uri.EscapeDataString(report)}");
    }

    /// <summary>The report as a file; who took it is recorded.</summary>
    [HttpPost("{process}/{report}/csv")]
    public async Task<IActionResult> File(string process, string report, [FromQuery] ReportQuery query, CancellationToken cancellationToken)
    {
        if (await reports.FileAsync(process, report, query, User, cancellationToken) is not { } file)
        {
            return NotFound();
        }

        return file.Length == 0 ? BadRequest() : File(new UTF8Encoding(true).GetPreamble().Concat(Encoding.UTF8.GetBytes(file)).ToArray(), "text/csv; charset=utf-8", $"{report}.csv");
    }

    /// <summary>A report that is one's duty, to be done.</summary>
    [HttpGet("duties/{process}/{report}/{from}")]
    public async Task<IActionResult> Duty(string process, string report, string from, CancellationToken cancellationToken) =>
        DayOf(from) is { } first && await duties.GetAsync(process, report, first, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Notes that it was done.</summary>
    [HttpPost("duties/{process}/{report}/{from}")]
    public async Task<IActionResult> Done(string process, string report, string from, [FromForm] string? remark, CancellationToken cancellationToken)
    {
        if (DayOf(from) is not { } first)
        {
            return NotFound();
        }

        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        return await duties.DoneAsync(process, report, first, remark, answers, User, cancellationToken) switch
        {
            ({ Result: ActionEnd.Done }, _) => RedirectToAction(nameof(Index), new { said = "done" }),
            ({ } answer, { } page) => this.Again(nameof(Duty), page, answer, Request.Path),
            _ => NotFound(),
        };
    }

    /// <summary>Approves or refuses an award that a report puts forward.</summary>
    [HttpPost("awards/{id:guid}")]
    public async Task<IActionResult> Decide(Guid id, [FromForm] string? decision, [FromForm] string? reason, CancellationToken cancellationToken)
    {
        if (decision is not ("approve" or "refuse"))
        {
            return BadRequest();
        }

        var answer = await duties.DecideAsync(id, decision == "approve", reason, User, cancellationToken);
        return answer.Result switch
        {
            ActionEnd.Done => RedirectToAction(nameof(Index), new { said = "done" }),
            ActionEnd.Refused when await reports.ListAsync(User, cancellationToken) is { } page => this.Again(nameof(Index), page with { Error = answer.Message }, answer, "/reports"),
            _ => NotFound(),
        };
    }

    private static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
