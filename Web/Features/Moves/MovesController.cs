using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Moves;

/// <summary>Running cases go to another version of their process.</summary>
[Route("processes/{key}/migrate")]
public sealed class MovesController(IMovePages pages) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(string key, [FromQuery] MoveForm form, CancellationToken cancellationToken) =>
        Show(await pages.GetAsync(key, form, User, cancellationToken));

    /// <summary>What would come of it, case by case.</summary>
    [HttpPost("preview")]
    public async Task<IActionResult> Preview(string key, MoveForm form, CancellationToken cancellationToken) =>
        Show(await pages.RunAsync(key, form.With(await Request.ReadFormAsync(cancellationToken)), dryRun: true, User, cancellationToken));

    /// <summary>Moves the cases and shows how each fared. Sent again it goes on with those that have not moved.</summary>
    [HttpPost("apply")]
    public async Task<IActionResult> Apply(string key, MoveForm form, CancellationToken cancellationToken) =>
        Show(await pages.RunAsync(key, form.With(await Request.ReadFormAsync(cancellationToken)), dryRun: false, User, cancellationToken));

    private IActionResult Show(MovePage? page)
    {
        if (page is null)
        {
            return NotFound();
        }

        var view = View(nameof(Index), page);
        view.StatusCode = page.ReasonError is not null ? StatusCodes.Status400BadRequest : page.Note is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        view.ViewData[Shared.PageResults.Self] = $"/processes/{Uri.EscapeDataString(page.Key)}/migrate";
        return view;
    }
}
