using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Moves;

/// <summary>Running cases go to another version of their process.</summary>
[Route("processes/{key}/migrate")]
public sealed class MovesController(IMovePages pages) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(string key, [FromQuery] MoveForm form, CancellationToken cancellationToken) =>
        await pages.GetAsync(key, form, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>What would come of it, case by case.</summary>
    [HttpPost("preview")]
    public async Task<IActionResult> Preview(string key, MoveForm form, CancellationToken cancellationToken) =>
        await pages.RunAsync(key, form.With(await Request.ReadFormAsync(cancellationToken)), dryRun: true, User, cancellationToken) is { } page ? Show(page) : NotFound();

    /// <summary>Moves the cases and shows how each fared. Sent again it goes on with those that have not moved.</summary>
    [HttpPost("apply")]
    public async Task<IActionResult> Apply(string key, MoveForm form, CancellationToken cancellationToken) =>
        await pages.RunAsync(key, form.With(await Request.ReadFormAsync(cancellationToken)), dryRun: false, User, cancellationToken) is { } page ? Show(page) : NotFound();

    // a result is shown in answer to the form: sent again, it moves nobody twice
    private ViewResult Show(MovePage page)
    {
        var view = View(nameof(Index), page);
        view.StatusCode = page.ReasonError is not null ? StatusCodes.Status400BadRequest : page.Note is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        view.ViewData[Shared.PageResults.Self] = $"/processes/{Uri.EscapeDataString(page.Key)}/migrate";
        return view;
    }
}
