using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Incidents;

/// <summary>Failed steps of running processes: what failed, where, and running it again.</summary>
[Route("incidents")]
public sealed class IncidentsController(IIncidentPages pages) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        await pages.ListAsync(User, cancellationToken) is { } list ? View(list) : NotFound();

    [HttpGet("{instance:guid}")]
    public async Task<IActionResult> Detail(Guid instance, CancellationToken cancellationToken) =>
        await pages.GetAsync(instance, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Runs the failed steps again; where nothing is left to set right the list follows.</summary>
    [HttpPost("{instance:guid}/retry")]
    public async Task<IActionResult> Retry(Guid instance, CancellationToken cancellationToken)
    {
        var answer = await pages.RetryAsync(instance, User, cancellationToken);
        if (answer.Result == ActionEnd.NotFound)
        {
            return NotFound();
        }

        if (await pages.GetAsync(instance, User, cancellationToken) is not { } page)
        {
            return answer.Result == ActionEnd.Done ? RedirectToAction(nameof(Index), new { said = "done" }) : NotFound();
        }

        var view = View(nameof(Detail), page with { Note = answer.Message is { } said ? new Note(NoteKind.Late, said) : null });
        view.StatusCode = StatusCodes.Status409Conflict;
        view.ViewData[PageResults.Self] = $"/incidents/{instance}";
        return view;
    }
}
