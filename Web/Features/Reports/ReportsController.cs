using System.Globalization;
using System.Text;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Reports;

/// <summary>Reports of processes, as their packs define them.</summary>
[Route("reports")]
public sealed class ReportsController(ReportPages reports) : Controller
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

    /// <summary>Notes that a report that is one's duty was done.</summary>
    [HttpPost("duties/{process}/{report}/{from}")]
    public async Task<IActionResult> Done(string process, string report, string from, [FromForm] string? remark, CancellationToken cancellationToken)
    {
        if (remark?.Length > Reporting.ReportDuties.LongestRemark)
        {
            return BadRequest();
        }

        return DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && await reports.DoneAsync(process, report, first, remark, User, cancellationToken)
            ? RedirectToAction(nameof(Index), new { said = "done" })
            : NotFound();
    }
}
