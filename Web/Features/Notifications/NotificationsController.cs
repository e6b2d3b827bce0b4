using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Notifications;

/// <summary>Notices, how they reach one, and the organisation's rules.</summary>
[Route("notifications")]
public sealed class NotificationsController(INoticePages notices, INoticeSettings settings) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index([FromQuery] NoticeFilter filter, CancellationToken cancellationToken) =>
        await notices.GetAsync(filter, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("read")]
    public async Task<IActionResult> Read([FromForm] ReadNotices read, [FromQuery] NoticeFilter filter, CancellationToken cancellationToken) =>
        (await notices.MarkReadAsync(read, User, cancellationToken)).Result == ActionEnd.Done
            ? RedirectToAction(nameof(Index), new { said = "done", unread = filter.Unread ? "true" : null, before = read.CaseId is null ? null : filter.Before })
            : NotFound();

    [HttpGet("settings")]
    public async Task<IActionResult> Settings(CancellationToken cancellationToken) =>
        await settings.GetAsync(User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("settings")]
    public async Task<IActionResult> SaveSettings([FromForm] NoticeSettingsEdit edit, CancellationToken cancellationToken)
    {
        var answer = await settings.SaveAsync(edit, User, cancellationToken);
        return answer.Result == ActionEnd.Done
            ? RedirectToAction(nameof(Settings), new { said = "saved" })
            : answer.Result != ActionEnd.NotFound && await settings.GetAsync(User, cancellationToken) is { } page
                ? this.Again(nameof(Settings), page with { Edit = edit with { Version = page.Edit.Version }, Error = answer.Message, Errors = answer.Errors }, answer, "/notifications/settings")
                : NotFound();
    }

    /// <summary>Makes a new secret and shows it, this once.</summary>
    [HttpPost("settings/secret")]
    public async Task<IActionResult> Rotate(CancellationToken cancellationToken)
    {
        if (await settings.RotateAsync(User, cancellationToken) is not { } secret || await settings.GetAsync(User, cancellationToken) is not { } page)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "no-store";
        return View(nameof(Settings), page with { Secret = secret });
    }

    [HttpGet("rules")]
    public async Task<IActionResult> Rules(CancellationToken cancellationToken) =>
        await settings.GetRulesAsync(User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("rules")]
    public async Task<IActionResult> SaveRules([FromForm] NoticeRulesEdit edit, CancellationToken cancellationToken)
    {
        var answer = await settings.SaveRulesAsync(edit, User, cancellationToken);
        return answer.Result == ActionEnd.Done
            ? RedirectToAction(nameof(Rules), new { said = "saved" })
            : answer.Result != ActionEnd.NotFound && await settings.GetRulesAsync(User, cancellationToken) is { } page
                ? this.Again(nameof(Rules), page with { Edit = edit with { Version = page.Edit.Version }, Error = answer.Message, Errors = answer.Errors }, answer, "/notifications/rules")
                : NotFound();
    }
}
