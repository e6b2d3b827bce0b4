using System.Text;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Figures;

/// <summary>Figures administrators keep, and those that come from outside.</summary>
[Route("figures")]
public sealed class FiguresController(StoredFigures figures) : Controller
{
    private const int MaxFile = 512 * 1024;

    [HttpGet]
    public async Task<IActionResult> Index(string? process, CancellationToken cancellationToken) =>
        await figures.GetAsync(process, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Shows what figures would change, or enters them.</summary>
    [HttpPost, RequestSizeLimit(2 * MaxFile), RequestFormLimits(ValueLengthLimit = MaxFile, MultipartBodyLengthLimit = 2 * MaxFile)]
    public async Task<IActionResult> Enter([FromForm] FigureForm form, IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is { Length: > 0 and <= MaxFile })
        {
            using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
            form = form with { Csv = await reader.ReadToEndAsync(cancellationToken), Step = null };
        }

        if (await figures.EnterAsync(form, file is { Length: > MaxFile }, User, cancellationToken) is not { } page)
        {
            return NotFound();
        }

        return page switch
        {
            { Errors.Count: > 0 } => this.Again(nameof(Index), page, ActionAnswer.Invalid(null), "/figures"),
            { Preview: not null } => View(nameof(Index), page),
            _ => RedirectToAction(nameof(Index), new { process = page.Process, said = "applied" }),
        };
    }
}
