using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Templates;

/// <summary>Templates of messages and letters, both languages side by side.</summary>
[Route("templates")]
public sealed class TemplatesController(ITemplatePages templates) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(string? process, CancellationToken cancellationToken) =>
        await templates.ListAsync(process, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpGet("{process}/{key}")]
    public async Task<IActionResult> Template(string process, string key, CancellationToken cancellationToken) =>
        await templates.OpenAsync(NameOf(process, key), User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Shows how what was typed reads, or keeps it.</summary>
    [HttpPost("{process}/{key}")]
    public async Task<IActionResult> Save([FromRoute(Name = "process")] string of, [FromRoute(Name = "key")] string called, [FromForm] TemplateEdit edit, string? act, CancellationToken cancellationToken)
    {
        var name = NameOf(of, called);
        if (act == "try")
        {
            return await templates.TryAsync(name, edit, User, cancellationToken) is not { } tried ? NotFound()
                : tried.Errors.Count > 0 ? this.Again(nameof(Template), tried, ActionAnswer.Invalid(null, tried.Errors), name.Href)
                : View(nameof(Template), tried);
        }

        var answer = await templates.SaveAsync(name, edit, User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Index), new { said = "saved" });
        }

        return answer.Result != ActionEnd.NotFound && await templates.TryAsync(name, edit, User, cancellationToken) is { } page
            ? this.Again(nameof(Template), page with { Error = answer.Message, Errors = answer.Errors }, answer, name.Href)
            : NotFound();
    }

    [HttpPost("{process}/{key}/undo/{version:int}")]
    public async Task<IActionResult> Undo(string process, string key, int version, CancellationToken cancellationToken)
    {
        var name = NameOf(process, key);
        var answer = await templates.UndoAsync(name, version, User, cancellationToken);
        return answer.Result == ActionEnd.Done
            ? RedirectToAction(nameof(Index), new { said = "undone" })
            : answer.Result != ActionEnd.NotFound && await templates.OpenAsync(name, User, cancellationToken) is { } page
                ? this.Again(nameof(Template), page with { Error = answer.Message }, answer, name.Href)
                : NotFound();
    }

    private static TemplateName NameOf(string process, string key) =>
        new(process == TemplateName.All ? "" : process, key == TemplateName.New ? "" : key);
}
