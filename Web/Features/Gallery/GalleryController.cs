using System.Text;
using CaseManagement.Web.Features.Bindings;
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

    /// <summary>Takes a pack that is brought, to look at it like those that ship; nothing is installed.</summary>
    [HttpPost, RequestSizeLimit(MaxRequest), RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
    public async Task<IActionResult> Upload(IFormFile? pack, CancellationToken cancellationToken)
    {
        if (await gallery.BringAsync(pack, User, cancellationToken) is not { } answer)
        {
            return NotFound();
        }

        return answer.Ticket is { } ticket ? RedirectToAction(nameof(LookedAt), new { pack = ticket }) : await RefusedAsync(answer.Errors, cancellationToken);
    }

    [HttpGet("{key}")]
    public async Task<IActionResult> Pack(string key, CancellationToken cancellationToken) =>
        await gallery.GetAsync(new PackSource(key, null), null, null, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Stores the pack as a draft, with the readings and names that were chosen.</summary>
    [HttpPost("{key}")]
    public async Task<IActionResult> Install(string key, [FromForm] Dictionary<string, string> readings, [FromForm] string? note, CancellationToken cancellationToken) =>
        await InstallAsync(new PackSource(key, null), readings, note, cancellationToken) ?? NotFound();

    /// <summary>A pack that was brought.</summary>
    [HttpGet("looked-at")]
    public async Task<IActionResult> LookedAt(string? pack, CancellationToken cancellationToken) =>
        await gallery.GetAsync(new PackSource(null, pack ?? ""), null, null, User, cancellationToken) is { } page ? View(nameof(Pack), page)
            : await gallery.IsOwnerAsync(User, cancellationToken) ? await RefusedAsync([gallery.Gone], cancellationToken) : NotFound();

    [HttpPost("looked-at")]
    public async Task<IActionResult> InstallLookedAt([FromQuery] string? pack, [FromForm] Dictionary<string, string> readings, [FromForm] string? note, CancellationToken cancellationToken) =>
        await InstallAsync(new PackSource(null, pack ?? ""), readings, note, cancellationToken)
            ?? (await gallery.IsOwnerAsync(User, cancellationToken) ? await RefusedAsync([gallery.Gone], cancellationToken) : NotFound());

    [HttpGet("coverage")]
    public async Task<IActionResult> Coverage(CancellationToken cancellationToken) => View(await gallery.CoverageAsync(cancellationToken));

    [HttpGet("coverage.csv")]
    public async Task<IActionResult> CoverageFile(CancellationToken cancellationToken) => File(
        new UTF8Encoding(true).GetPreamble().Concat(Encoding.UTF8.GetBytes(CoverageCsv.Of(await gallery.CoverageAsync(cancellationToken)))).ToArray(), "text/csv; charset=utf-8", "coverage.csv");

    private async Task<IActionResult?> InstallAsync(PackSource source, Dictionary<string, string> readings, string? note, CancellationToken cancellationToken)
    {
        var chosen = new InstallChoices(readings, NameRows.Read(await Request.ReadFormAsync(cancellationToken)), note);
        return await gallery.InstallAsync(source, chosen, User, cancellationToken) is not { } answer ? null
            : answer.Refused is { } refused ? this.Again(nameof(Pack), refused, ActionAnswer.Invalid(null), source.Href)
            : Redirect($"/processes/{Uri.EscapeDataString(answer.Key)}?version={answer.Version}&tab={ProcessView.FindingsTab}&said=done");
    }

    private async Task<IActionResult> RefusedAsync(IReadOnlyList<string> errors, CancellationToken cancellationToken) =>
        this.Again(nameof(Index), await gallery.ListAsync(null, null, User, cancellationToken) with { Errors = errors }, ActionAnswer.Invalid(null), "/gallery");
}
