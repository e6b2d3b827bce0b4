using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Users;

/// <summary>Who works here, which roles they hold, and how they get in.</summary>
[Route("users")]
public sealed class UsersController(IUserPages users) : Controller
{
    /// <summary>What stands for a new person in the address.</summary>
    public const string New = "new-user";

    [HttpGet("{id?}")]
    public async Task<IActionResult> Index(string? id, string? q, CancellationToken cancellationToken) =>
        await users.GetAsync(q, id == New ? "" : id, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("{id}"), StepUp]
    public async Task<IActionResult> Save([FromRoute] string id, [FromForm] UserEdit edit, CancellationToken cancellationToken)
    {
        var known = id == New ? null : id;
        var answer = await users.SaveAsync(known, edit, User, cancellationToken);
        return answer.Result == ActionEnd.Done
            ? RedirectToAction(nameof(Index), new { id = known ?? edit.Key?.Trim(), said = "saved" })
            : await AgainAsync(id, answer, editor => editor with { Edit = edit with { Key = known ?? edit.Key, Version = editor.Edit.Version } }, cancellationToken);
    }

    [HttpPost("{id}/roles"), StepUp]
    public async Task<IActionResult> Grant(string id, [FromForm] string? role, [FromForm] string? department, CancellationToken cancellationToken) =>
        await DoneAsync(id, await users.GrantAsync(id, role, department, User, cancellationToken), cancellationToken);

    [HttpPost("{id}/roles/remove"), StepUp]
    public async Task<IActionResult> Revoke(string id, [FromForm] string? role, [FromForm] string? department, CancellationToken cancellationToken) =>
        await DoneAsync(id, await users.RevokeAsync(id, role, department, User, cancellationToken), cancellationToken);

    [HttpPost("asked/{asked:guid}"), StepUp]
    public async Task<IActionResult> Decide(Guid asked, [FromForm] bool grants, CancellationToken cancellationToken)
    {
        var answer = await users.DecideAsync(asked, grants, User, cancellationToken);
        return answer.Result == ActionEnd.Done ? RedirectToAction(nameof(Index), new { id = (string?)null, said = "done" })
            : answer.Result != ActionEnd.NotFound && await users.GetAsync(null, null, User, cancellationToken) is { } page ? this.Again(nameof(Index), page, answer, "/users")
            : NotFound();
    }

    /// <summary>Makes an invitation, or a link for somebody who lost their password; shown on the page this once.</summary>
    [HttpPost("{id}/link"), StepUp]
    public async Task<IActionResult> Link(string id, CancellationToken cancellationToken)
    {
        var answer = await users.LinkAsync(id, User, cancellationToken);
        if (answer.Result != ActionEnd.Done)
        {
            return await DoneAsync(id, answer, cancellationToken);
        }

        var link = $"{Request.Scheme}://{Request.Host}{Request.PathBase}/set-password/{answer.Message}";
        return await users.GetAsync(null, id, User, cancellationToken) is { Editor: { } editor } page
            ? View(nameof(Index), page with { Editor = editor with { Link = link } })
            : NotFound();
    }

    [HttpPost("{id}/sessions/end"), StepUp]
    public async Task<IActionResult> EndSessions(string id, CancellationToken cancellationToken) =>
        await DoneAsync(id, await users.EndSessionsAsync(id, User, cancellationToken), cancellationToken);

    private async Task<IActionResult> DoneAsync(string id, ActionAnswer answer, CancellationToken cancellationToken) =>
        answer.Result == ActionEnd.Done
            ? RedirectToAction(nameof(Index), new { id, said = "done" })
            : await AgainAsync(id, answer, editor => editor, cancellationToken);

    private async Task<IActionResult> AgainAsync(string id, ActionAnswer answer, Func<UserEditor, UserEditor> keep, CancellationToken cancellationToken) =>
        answer.Result != ActionEnd.NotFound && await users.GetAsync(null, id == New ? "" : id, User, cancellationToken) is { Editor: { } editor } page
            ? this.Again(nameof(Index), page with { Editor = keep(editor) with { Error = answer.Message, Errors = answer.Errors } }, answer, $"/users/{Uri.EscapeDataString(id)}")
            : NotFound();
}
