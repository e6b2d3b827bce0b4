using CaseManagement.Domain;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Features.Portal;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Portal;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Features.YourData;

/// <summary>
/// What a complainant asks about their personal data. Beside the tracking code it takes a one-time code that goes to the contact on record, so that a code that
/// was found opens no copy of everything.
/// </summary>
[AllowAnonymous, Route("portal/case/data"), RequestSizeLimit(LargestForm)]
public sealed class YourDataController(
    YourData data, PersonalDataFiles files, TrackingSessions sessions, OneTimeCodes codes, PortalGate gate, CaseRuntime cases, ReadLog reads, IOptions<PortalOptions> options,
    IStringLocalizer<YourDataWords> words, IStringLocalizer<PortalWords> portal) : Controller
{
    private const int LargestForm = 200_000;
    private const string Self = PortalServices.Path + "/case/data";
    private const string Code = PortalServices.Path + "/follow";

    private static readonly Performer Complainant = new() { Actor = Actor.ComplainantByPortal };

    [HttpGet]
    public async Task<IActionResult> Index(string? now, CancellationToken cancellationToken)
    {
        var note = now switch
        {
            "sent" => new Note(NoteKind.Info, words["CodeSent"]),
            "proved" => new Note(NoteKind.Ok, words["Proved"]),
            "asked" => new Note(NoteKind.Ok, words["AskedNow"]),
            _ => null,
        };
        return await PageAsync(cancellationToken) is { } page ? View(page with { Note = note }) : Redirect(Code);
    }

    /// <summary>Sends a one-time code. The answer is the same whether or not there is a contact.</summary>
    [HttpPost("code")]
    public async Task<IActionResult> Send(CancellationToken cancellationToken) =>
        await sessions.CaseAsync(HttpContext, cancellationToken) is not { } id ? Redirect(Code)
        : await codes.SendAsync(HttpContext, id, cancellationToken) ? Redirect(Self + "?now=sent")
        : await RefuseAsync(words["TooManyCodes"], StatusCodes.Status429TooManyRequests, cancellationToken);

    /// <summary>Takes a one-time code. Every code that proves nothing is answered alike.</summary>
    [HttpPost("proof")]
    public async Task<IActionResult> Prove(string? code, CancellationToken cancellationToken) =>
        await sessions.CaseAsync(HttpContext, cancellationToken) is null ? Redirect(Code)
        : await sessions.ProveAsync(HttpContext, code, cancellationToken) ? Redirect(Self + "?now=proved")
        : await RefuseAsync(words["WrongCode"], StatusCodes.Status400BadRequest, cancellationToken);

    /// <summary>Registers a request.</summary>
    [HttpPost]
    public async Task<IActionResult> Ask(string? key, string? kind, string? text, CancellationToken cancellationToken)
    {
        if (await sessions.CaseAsync(HttpContext, cancellationToken) is not { } id)
        {
            return Redirect(Code);
        }

        var answer = await sessions.IsProvedAsync(HttpContext, cancellationToken)
            ? await data.AskAsync(id, key, kind, text, cancellationToken)
            : ActionAnswer.Forbidden(words["ProveFirst"]);
        return answer.Result == ActionEnd.Done ? Redirect(Self + "?now=asked")
            : await PageAsync(cancellationToken) is { } page
                ? this.Again(nameof(Index), page with { Note = new Note(NoteKind.Late, answer.Message!), Typed = text ?? "", Kind = kind }, answer, Self)
            : Redirect(Code);
    }

    /// <summary>Gives a file, once. That it was given is recorded before the first byte leaves.</summary>
    [HttpPost("files/{export:guid}")]
    public async Task<IActionResult> Download(Guid export, CancellationToken cancellationToken)
    {
        if (await sessions.CaseAsync(HttpContext, cancellationToken) is not { } id)
        {
            return Redirect(Code);
        }

        if (!await sessions.IsProvedAsync(HttpContext, cancellationToken))
        {
            return await RefuseAsync(words["ProveFirst"], StatusCodes.Status403Forbidden, cancellationToken);
        }

        if (!await gate.MayDoAsync(id, cancellationToken))
        {
            return await RefuseAsync(words["TooMuch"], StatusCodes.Status429TooManyRequests, cancellationToken);
        }

        if (await files.WriteAsync(id, export, cancellationToken) is not { } file)
        {
            return await RefuseAsync(words["Gone"], StatusCodes.Status409Conflict, cancellationToken);
        }

        try
        {
            await cases.ActAsync(id, Complainant, act => act.Complaint.Rights.Download(act, export, file.Sha256, file.Content.Length), cancellationToken);
            await reads.ChainedAsync(ReadLog.IdentityShown, Complainant.Actor, new() { ["case"] = id.ToString(), ["place"] = "bundle" }, cancellationToken);
        }
        catch (Exception refused) when (refused is RuleViolationException or StoreBusyException)
        {
            await file.Content.DisposeAsync();
            return await RefuseAsync(words["Gone"], StatusCodes.Status409Conflict, cancellationToken);
        }

        Response.Headers.CacheControl = "no-store";
        return File(file.Content, "application/zip", file.Name);
    }

    private async Task<IActionResult> RefuseAsync(string message, int status, CancellationToken cancellationToken)
    {
        if (await PageAsync(cancellationToken) is not { } page)
        {
            return Redirect(Code);
        }

        var result = View(nameof(Index), page with { Note = new Note(NoteKind.Late, message) });
        result.StatusCode = status;
        result.ViewData[PageResults.Self] = Self;
        return result;
    }

    private async Task<YourDataPage?> PageAsync(CancellationToken cancellationToken)
    {
        if (await sessions.CaseAsync(HttpContext, cancellationToken) is not { } id
            || await data.GetAsync(id, await sessions.IsProvedAsync(HttpContext, cancellationToken), cancellationToken) is not var (page, rules))
        {
            return null;
        }

        PortalFrame.Fill(ViewData, options.Value, rules.Pack, portal["Portal"]);
        return page;
    }
}
