using System.Text;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Gallery;

/// <summary>The packs that come with the product, looked at before they are installed; and which process uses what.</summary>
[Route("gallery")]
public sealed class GalleryController(GalleryPages gallery) : Controller
{
    private const long MaxRequest = IProcessPacks.MaxBytes + (4 * 1024 * 1024);

    [HttpGet]
    public async Task<IActionResult> Index(string? q, string? sector, CancellationToken cancellationToken) => View(await gallery.ListAsync(q, sector, User, cancellationToken));

    /// <summary>Takes an uploaded pack in as a draft and shows it like those that ship.</summary>
    [HttpPost, RequestSizeLimit(MaxRequest), RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
    public async Task<IActionResult> Upload([FromServices] IProcessPacks packs, IFormFile? pack, CancellationToken cancellationToken)
    {
        if (await packs.ImportAsync(pack, null, User, cancellationToken) is not { } answer)
        {
            return NotFound();
        }

        if (answer.Refused is not { } refused)
        {
            return RedirectToAction(nameof(Pack), new { key = answer.Key, draft = true });
        }

        var page = await gallery.ListAsync(null, null, User, cancellationToken);
        return this.Again(nameof(Index), page with { Errors = [.. new[] { refused.FileError }.OfType<string>(), .. refused.Findings.Select(finding => $"{finding.Title} ({finding.Where})")] }, ActionAnswer.Invalid(null), "/gallery");
    }

    [HttpGet("{key}")]
    public async Task<IActionResult> Pack(string key, bool draft, CancellationToken cancellationToken) =>
        await gallery.GetAsync(key, draft, null, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Stores the pack as a draft, with the readings that were chosen.</summary>
    [HttpPost("{key}")]
    public async Task<IActionResult> Install(string key, bool draft, [FromForm] Dictionary<string, string> readings, CancellationToken cancellationToken)
    {
        if (await gallery.InstallAsync(key, draft, readings, User, cancellationToken) is not { } answer)
        {
            return NotFound();
        }

        return answer.Refused is { } refused
            ? this.Again(nameof(Pack), refused, ActionAnswer.Invalid(null), $"/gallery/{Uri.EscapeDataString(key)}{(draft ? "?draft=true" : "")}")
            : Redirect($"/processes/{Uri.EscapeDataString(answer.Key)}?version={answer.Version}&tab={ProcessView.FindingsTab}&said=done");
    }

    /// <summary>Puts the pack's departments into the chart, as far as they are not in it.</summary>
    [HttpPost("{key}/departments")]
    public async Task<IActionResult> AddDepartments(string key, bool draft, CancellationToken cancellationToken) =>
        await gallery.AddDepartmentsAsync(key, draft, User, cancellationToken) ? RedirectToAction(nameof(Pack), draft ? new { key, draft, said = "saved" } : new { key, said = "saved" }) : NotFound();

    [HttpGet("coverage")]
    public async Task<IActionResult> Coverage(CancellationToken cancellationToken) => View(await gallery.CoverageAsync(cancellationToken));

    [HttpGet("coverage.csv")]
    public async Task<IActionResult> CoverageFile(CancellationToken cancellationToken) => File(
        new UTF8Encoding(true).GetPreamble().Concat(Encoding.UTF8.GetBytes(CoverageCsv.Of(await gallery.CoverageAsync(cancellationToken)))).ToArray(), "text/csv; charset=utf-8", "coverage.csv");
}
