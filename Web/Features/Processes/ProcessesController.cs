using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Processes and their versions.</summary>
[Route("processes")]
public sealed class ProcessesController(IProcessPages processes) : Controller
{
    public const string Diagram = "diagram";
    public const string Findings = "findings";
    public const string Clauses = "clauses";

    [HttpGet]
    public async Task<IActionResult> Index([FromQuery] ProcessFilter filter, CancellationToken cancellationToken) =>
        View(await processes.ListAsync(filter, User, cancellationToken));

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
