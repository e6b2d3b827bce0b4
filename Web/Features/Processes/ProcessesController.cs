using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Processes and their versions.</summary>
[Route("processes")]
public sealed class ProcessesController(IProcessPages processes) : Controller
{
    // a little more than a pack may weigh, so that one that is too large is told so on the page
    private const long MaxRequest = IProcessPacks.MaxBytes + (4 * 1024 * 1024);

    public const string Diagram = "diagram";
    public const string Findings = "findings";
    public const string Clauses = "clauses";

    [HttpGet]
    public async Task<IActionResult> Index([FromQuery] ProcessFilter filter, CancellationToken cancellationToken) =>
        View(await processes.ListAsync(filter, User, cancellationToken));

    [HttpGet("import")]
    public async Task<IActionResult> Import([FromServices] IProcessPacks packs, CancellationToken cancellationToken) =>
        await packs.FormAsync(User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Takes a pack in as a new draft.</summary>
    [HttpPost("import"), RequestSizeLimit(MaxRequest), RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
    public async Task<IActionResult> Import(
        [FromServices] IProcessPacks packs, IFormFile? pack, string? note, CancellationToken cancellationToken)
    {
        if (await packs.ImportAsync(pack, note, User, cancellationToken) is not { } answer)
        {
            return NotFound();
        }

        return answer.Refused is { } refused
            ? this.Again(nameof(Import), refused, ActionAnswer.Invalid(null), "/processes/import")
            : RedirectToAction(nameof(Detail), new { key = answer.Key, version = answer.Version, tab = Findings, said = "done" });
    }

    /// <summary>The pack of a version as a zip.</summary>
    [HttpGet("{key}/versions/{version:int}/export")]
    public async Task<IActionResult> Export(
        string key, int version, [FromServices] IProcessPacks packs, CancellationToken cancellationToken) =>
        await packs.ExportAsync(key, version, User, cancellationToken) is { } zip
            ? File(zip, "application/zip", $"{key}-{version}.zip")
            : NotFound();

    [HttpPost("{key}/versions/{version:int}/retract")]
    public async Task<IActionResult> Retract(
        string key, int version, [FromServices] IProcessPacks packs, CancellationToken cancellationToken)
    {
        var answer = await packs.RetractAsync(key, version, User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Detail), new { key, version, said = "done" });
        }

        var page = answer.Result == ActionEnd.NotFound ? null : await processes.GetAsync(key, version, User, cancellationToken);
        if (page is null)
        {
            return NotFound();
        }

        ViewData["Tab"] = Diagram;
        return this.Again(
            nameof(Detail), page with { Note = new Note(NoteKind.Late, answer.Message ?? "") }, answer, $"/processes/{Uri.EscapeDataString(key)}");
    }

    /// <summary><paramref name="tab"/> is one of the constants above.</summary>
    [HttpGet("{key}")]
    public async Task<IActionResult> Detail(string key, int? version, string? tab, CancellationToken cancellationToken)
    {
        if (await processes.GetAsync(key, version, User, cancellationToken) is not { } page)
        {
            return NotFound();
        }

        ViewData["Tab"] = tab is Findings or Clauses ? tab : Diagram;
        return View(page);
    }

    [HttpPost("{key}/versions/{version:int}/publish")]
    public async Task<IActionResult> Publish(string key, int version, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        var answer = await processes.PublishAsync(key, version, answers, User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Detail), new { key, version, said = "published" });
        }

        var page = answer.Result == ActionEnd.NotFound
            ? null
            : await processes.GetAsync(key, version, User, cancellationToken);
        if (page is null)
        {
            return NotFound();
        }

        ViewData["Tab"] = Diagram;
        var shown = page with
        {
            Publish = page.Publish is null ? null : page.Publish with { Fields = answers.Fill(page.Publish.Fields, answer.Errors) },
            Note = answer.Message is null ? null : new Note(NoteKind.Late, answer.Message),
        };
        return this.Again(nameof(Detail), shown, answer, $"/processes/{Uri.EscapeDataString(key)}");
    }
}
