using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Channels;

/// <summary>Gateways for SMS and chat, and their secrets.</summary>
[Route("channels")]
public sealed class ChannelsController(IChannelPages channels) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        await channels.GetAsync(User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("{channel}")]
    public async Task<IActionResult> Save([FromRoute] string channel, [FromForm] ChannelEdit edit, CancellationToken cancellationToken)
    {
        var answer = await channels.SaveAsync(channel, edit, User, cancellationToken);
        return await AnswerAsync(channel, answer, page => page with { Channels = [.. page.Channels.Select(c => c.Channel == channel ? c with { Edit = edit with { Version = c.Edit.Version } } : c)] }, cancellationToken);
    }

    /// <summary>Makes a new secret and shows it, this once.</summary>
    [HttpPost("{channel}/secret")]
    public async Task<IActionResult> Rotate(string channel, CancellationToken cancellationToken)
    {
        var (answer, secret) = await channels.RotateAsync(channel, User, cancellationToken);
        if (secret is null || await channels.GetAsync(User, cancellationToken) is not { } page)
        {
            return await AnswerAsync(channel, answer, same => same, cancellationToken);
        }

        Response.Headers.CacheControl = "no-store";
        return View(nameof(Index), page with { Secret = secret, Failed = channel });
    }

    [HttpPost("{channel}/secret/old")]
    public async Task<IActionResult> DropOld(string channel, CancellationToken cancellationToken) =>
        await AnswerAsync(channel, await channels.DropOldAsync(channel, User, cancellationToken), same => same, cancellationToken);

    private async Task<IActionResult> AnswerAsync(string channel, ActionAnswer answer, Func<ChannelsPage, ChannelsPage> keep, CancellationToken cancellationToken) =>
        answer.Result == ActionEnd.Done ? RedirectToAction(nameof(Index), new { said = "saved" })
        : answer.Result != ActionEnd.NotFound && await channels.GetAsync(User, cancellationToken) is { } page
            ? this.Again(nameof(Index), keep(page) with { Failed = channel, Error = answer.Message }, answer, "/channels")
            : NotFound();
}
