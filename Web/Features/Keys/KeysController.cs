using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Keys;

/// <summary>API keys: one's own, and those of services.</summary>
[Route("keys")]
public sealed class KeysController(StoredApiKeys keys) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        await keys.GetAsync(User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Makes a key; shown on the page this once.</summary>
    [HttpPost, StepUp]
    public async Task<IActionResult> Create([FromForm] KeyEdit edit, CancellationToken cancellationToken) =>
        await ShownAsync(await keys.CreateAsync(edit, User, cancellationToken), edit, cancellationToken);

    /// <summary>Makes another like it; both are good until the old one is revoked or ends.</summary>
    [HttpPost("{id}/rotate"), StepUp]
    public async Task<IActionResult> Rotate(string id, CancellationToken cancellationToken) =>
        await ShownAsync(await keys.RotateAsync(id, User, cancellationToken), null, cancellationToken);

    /// <summary>Agrees to a key that needs two.</summary>
    [HttpPost("{id}/agree"), StepUp]
    public async Task<IActionResult> Agree(string id, CancellationToken cancellationToken)
    {
        var answer = await keys.AgreeAsync(id, User, cancellationToken);
        return answer.Result == ActionEnd.Done ? RedirectToAction(nameof(Index), new { said = "done" }) : await ShownAsync(answer, null, cancellationToken);
    }

    [HttpPost("{id}/revoke")]
    public async Task<IActionResult> Revoke(string id, CancellationToken cancellationToken)
    {
        var answer = await keys.RevokeAsync(id, User, cancellationToken);
        return answer.Result == ActionEnd.Done ? RedirectToAction(nameof(Index), new { said = "done" }) : NotFound();
    }

    private async Task<IActionResult> ShownAsync(ActionAnswer answer, KeyEdit? edit, CancellationToken cancellationToken)
    {
        if (answer.Result == ActionEnd.NotFound || await keys.GetAsync(User, cancellationToken) is not { } page)
        {
            return NotFound();
        }

        return answer.Result == ActionEnd.Done
            ? View(nameof(Index), page with { NewKey = answer.Message })
            : this.Again(nameof(Index), page with { Error = answer.Message, Form = page.Form is { } form ? form with { Edit = edit ?? form.Edit, Errors = answer.Errors } : null }, answer, "/keys");
    }
}
