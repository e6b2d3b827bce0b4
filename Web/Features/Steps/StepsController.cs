using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Steps;

/// <summary>The steps of a workflow without the canvas.</summary>
[Route("processes/{key}/workflows/{workflow}/steps")]
public sealed class StepsController(IStepPages pages) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(string key, string workflow, CancellationToken cancellationToken) =>
        await pages.ListAsync(key, workflow, User, cancellationToken) is { } list ? View(list) : NotFound();

    [HttpGet("{step}")]
    public async Task<IActionResult> Step(string key, string workflow, string step, CancellationToken cancellationToken) =>
        await pages.GetAsync(key, workflow, step, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost]
    public async Task<IActionResult> Add(string key, string workflow, NewStep step, CancellationToken cancellationToken)
    {
        var (answer, added) = await pages.AddAsync(key, workflow, step, User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Step), new { key, workflow, step = added, said = "done" });
        }

        return answer.Result != ActionEnd.NotFound && await pages.ListAsync(key, workflow, User, cancellationToken) is { } list
            ? this.Again(nameof(Index), list with { Typed = step, Note = NoteOf(answer) }, answer, Path(key, workflow))
            : NotFound();
    }

    [HttpPost("{step}")]
    public async Task<IActionResult> Save(string key, string workflow, string step, string? token, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        var answer = await pages.SaveAsync(key, workflow, step, token ?? "", answers, User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Step), new { key, workflow, step, said = "done" });
        }

        if (answer.Result == ActionEnd.NotFound || await pages.GetAsync(key, workflow, step, User, cancellationToken) is not { } page)
        {
            return NotFound();
        }

        var kept = page with { Form = page.Form with { Fields = answers.Fill(page.Form.Fields, answer.Errors) }, Note = NoteOf(answer) };
        return this.Again(nameof(Step), kept, answer, $"{Path(key, workflow)}/{Uri.EscapeDataString(step)}");
    }

    [HttpPost("{step}/remove")]
    public async Task<IActionResult> Remove(string key, string workflow, string step, string? token, CancellationToken cancellationToken)
    {
        var answer = await pages.RemoveAsync(key, workflow, step, token ?? "", User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Index), new { key, workflow, said = "done" });
        }

        return answer.Result != ActionEnd.NotFound && await pages.GetAsync(key, workflow, step, User, cancellationToken) is { } page
            ? this.Again(nameof(Step), page with { Note = NoteOf(answer) }, answer, $"{Path(key, workflow)}/{Uri.EscapeDataString(step)}")
            : NotFound();
    }

    private static Note? NoteOf(ActionAnswer answer) => answer.Message is { } said ? new Note(NoteKind.Late, said) : null;

    private static string Path(string key, string workflow) => $"/processes/{Uri.EscapeDataString(key)}/workflows/{Uri.EscapeDataString(workflow)}/steps";
}
