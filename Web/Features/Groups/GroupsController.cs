using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Groups;

/// <summary>Groups of identity providers and the roles they give.</summary>
[Route("groups")]
public sealed class GroupsController(GroupPages groups) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => await groups.GetAsync(User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost, StepUp]
    public async Task<IActionResult> Add([FromForm] GroupEdit edit, CancellationToken cancellationToken) =>
        await DoneAsync(await groups.AddAsync(edit, User, cancellationToken), edit, cancellationToken);

    [HttpPost("{id:guid}/agree"), StepUp]
    public async Task<IActionResult> Agree(Guid id, CancellationToken cancellationToken) =>
        await DoneAsync(await groups.AgreeAsync(id, User, cancellationToken), new GroupEdit(), cancellationToken);

    [HttpPost("{id:guid}/remove"), StepUp]
    public async Task<IActionResult> Remove(Guid id, CancellationToken cancellationToken) =>
        await DoneAsync(await groups.RemoveAsync(id, User, cancellationToken), new GroupEdit(), cancellationToken);

    private async Task<IActionResult> DoneAsync(ActionAnswer answer, GroupEdit edit, CancellationToken cancellationToken) =>
        answer.Result == ActionEnd.Done ? RedirectToAction(nameof(Index), new { said = "done" })
        : answer.Result != ActionEnd.NotFound && await groups.GetAsync(User, cancellationToken) is { } page
            ? this.Again(nameof(Index), page with { Edit = edit, Error = answer.Message }, answer, "/groups")
            : NotFound();
}
