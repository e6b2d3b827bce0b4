using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Processes and their versions.</summary>
[Route("processes")]
public sealed class ProcessesController(IProcessPages processes) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index([FromQuery] ProcessFilter filter, CancellationToken cancellationToken) =>
        View(await processes.ListAsync(filter, User, cancellationToken));

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

        return await AgainAsync(key, version, answer, page => page, cancellationToken);
    }

    /// <summary>Makes a draft with the content of a version.</summary>
    /// <param name="key">The process.</param>
    /// <param name="version">The version.</param>
    /// <param name="replaces">The draft whose content may be lost.</param>
    /// <param name="packs">Does it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [HttpPost("{key}/versions/{version:int}/draft")]
    public async Task<IActionResult> Draft(
        string key, int version, int? replaces, [FromServices] IProcessPacks packs, CancellationToken cancellationToken)
    {
        var (answer, draft) = await packs.RevertAsync(key, version, replaces, User, cancellationToken);
        return answer.Result == ActionEnd.Done
            ? RedirectToAction(nameof(Detail), new { key, version = draft, said = "done" })
            : await AgainAsync(key, version, answer, page => page, cancellationToken);
    }

    [HttpGet("{key}")]
    public async Task<IActionResult> Detail(string key, [FromQuery] ProcessView view, CancellationToken cancellationToken) =>
        view is { Tab: ProcessView.SimulationTab or ProcessView.ReplayTab } ? Redirect($"{ProcessLinks.Page(key)}/{view.Tab}{(view.Version is { } version ? $"?version={version}" : "")}")
        : await processes.GetAsync(key, view, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("{key}/versions/{version:int}/publish"), StepUp]
    public async Task<IActionResult> Publish(string key, int version, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        var answer = await processes.PublishAsync(key, version, answers, User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Detail), new { key, version, said = "published" });
        }

        return await AgainAsync(key, version, answer, page => page.Publish is not { } publish ? page : page with
        {
            Publish = publish with
            {
                Form = publish.Form with { Fields = answers.Fill(publish.Form.Fields, answer.Errors) },
                IsConfirmed = answers.Values.GetValueOrDefault(ProcessPageQuery.Confirm) is [var confirms, ..] && confirms == publish.Digest,
                ConfirmError = answer.Errors.GetValueOrDefault(ProcessPageQuery.Confirm),
            },
        }, cancellationToken);
    }

    private async Task<IActionResult> AgainAsync(string key, int version, ActionAnswer answer, Func<ProcessPage, ProcessPage> keep, CancellationToken cancellationToken)
    {
        var page = answer.Result == ActionEnd.NotFound ? null : await processes.GetAsync(key, new ProcessView { Version = version }, User, cancellationToken);
        if (page is null)
        {
            return NotFound();
        }

        var shown = keep(page) with { Note = answer.Message is null ? null : new Note(NoteKind.Late, answer.Message) };
        return this.Again(nameof(Detail), shown, answer, ProcessLinks.Page(key));
    }
}
