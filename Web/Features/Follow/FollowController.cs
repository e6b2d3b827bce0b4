using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Features.Portal;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using CaseManagement.Web.Portal;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Features.Follow;

/// <summary>Following one's complaint by its tracking code, and what its complainant may do about it.</summary>
[AllowAnonymous, Route("portal"), RequestSizeLimit(LargestForm)]
public sealed class FollowController(
    FollowedCase cases, ComplainantDeeds deeds, StagedFiles staged, FileWords fileWords, TrackingSessions sessions, PortalGate gate, IOptions<PortalOptions> options,
    IStringLocalizer<FollowWords> words, IStringLocalizer<PortalWords> portal) : Controller
{
    private const int LargestForm = 1_000_000;
    private const int LongestCode = 60;

    // ten files of 20 MB, and the words with them
    private const long LargestUpload = 201L * 1024 * 1024;
    private const string Case = PortalServices.Path + "/case";
    private const string Code = PortalServices.Path + "/follow";

    [HttpGet("follow")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        if (await sessions.CaseAsync(HttpContext, cancellationToken) is not null)
        {
            return Redirect(Case);
        }

        PortalFrame.Fill(ViewData, options.Value, null, portal["Portal"]);
        return View(new CodePage());
    }

    /// <summary>Opens a session for the case of a code. Every code that opens nothing is answered alike.</summary>
    [HttpPost("follow")]
    public async Task<IActionResult> Index(string? code, string? keptForm, string? keptText, [FromForm] ProofForm worked, CancellationToken cancellationToken)
    {
        var kept = KeptWords.Of(keptForm, keptText);
        PortalFrame.Fill(ViewData, options.Value, null, portal["Portal"]);
        ViewData[PageResults.Self] = Code;
        var let = await gate.ForCodeAsync(HttpContext, worked, cancellationToken);
        if (let.Challenge is { } challenge)
        {
            return Say(new CodePage(words["TryLater"], challenge, kept), StatusCodes.Status429TooManyRequests);
        }

        // whoever comes with another code has left the case they were in
        await sessions.EndAsync(HttpContext, cancellationToken);
        var typed = code is { Length: <= LongestCode } ? code : "";
        if (await sessions.OpenAsync(HttpContext, typed, cancellationToken) is not { } id)
        {
            return Say(new CodePage(words["NoSuchCode"], Kept: kept), StatusCodes.Status400BadRequest);
        }

        await gate.GiveBackAsync(let, cancellationToken);
        if (kept is null || await OpenAsync(id, cancellationToken) is not { } opened)
        {
            return Redirect(Case);
        }

        ViewData[PageResults.Self] = Case;
        return View(
            kept.Form == "withdraw" && opened.Page.IsOpen ? "Withdraw" : kept.Form == "reopen" && opened.Page.MayReopen ? "Reopen" : "Case",
            opened.Page with { Note = new Note(NoteKind.Info, words["StillHere"]), Typed = kept.Text, TypedInto = kept.Form });
    }

    [HttpGet("case")]
    public async Task<IActionResult> Show(CancellationToken cancellationToken) =>
        await OpenAsync(cancellationToken) is { } opened ? View("Case", opened.Page) : Redirect(Code);

    /// <summary>A file that was written with a reply, to be saved.</summary>
    [HttpGet("case/files/{file:guid}")]
    public async Task<IActionResult> SentFile(Guid file, CancellationToken cancellationToken) =>
        await sessions.CaseAsync(HttpContext, cancellationToken) is not { } id ? Redirect(Code)
        : await cases.OpenAsync(id, file, cancellationToken) is var (sent, content) ? FileAnswers.Download(this, content, sent)
        : NotFound();

    /// <summary>Adds words, files or both of the complainant's own accord, all or nothing. Files are received at once and carried by the form until it is sent.</summary>
    [HttpPost("case/messages"), FollowersOnly, RequestSizeLimit(LargestUpload), RequestFormLimits(MultipartBodyLengthLimit = LargestUpload)]
    public async Task<IActionResult> Write(string? key, string? text, CancellationToken cancellationToken)
    {
        if (await sessions.CaseAsync(HttpContext, cancellationToken) is null)
        {
            return AskCode("messages", text);
        }

        var files = await staged.ReadAsync(
            await Request.ReadFormAsync(cancellationToken), [], AttachmentSource.Portal, () => gate.MayStageAsync(HttpContext, cancellationToken), cancellationToken);
        var kept = files.Taken;
        if (files.Refused.Count > 0)
        {
            return await AgainAsync(ActionAnswer.Invalid(string.Join(' ', files.Refused.Select(f => f.Why))), NoteKind.Late, "messages", text, "Case", kept, cancellationToken);
        }

        if (fileWords.AskOfPlace(files.Telling, AttachmentSource.Portal) is { } ask)
        {
            return await AgainAsync(ActionAnswer.Invalid(ask), NoteKind.Warning, "messages", text, "Case", kept, cancellationToken);
        }

        return await ActAsync(
            key, "messages", text,
            act =>
            {
                CaseFiles.Attaching(files.Attachments)(act);
                if (kept.Count == 0 || !string.IsNullOrWhiteSpace(text))
                {
                    act.Complaint.Dialogue.Say(act, text ?? "");
                }
            },
            cancellationToken, kept: kept);
    }

    [HttpPost("case/questions/{number:int}")]
    public Task<IActionResult> Reply(int number, string? key, string? text, CancellationToken cancellationToken) =>
        ActAsync(key, $"question-{number}", text, act => act.Complaint.Dialogue.Reply(act, number, text ?? ""), cancellationToken);

    /// <summary>What the process asked for.</summary>
    [HttpPost("case/material")]
    public async Task<IActionResult> Material(string? key, string? text, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        return await ActAsync(
            key, "material", text,
            act =>
            {
                act.Complaint.ThrowUnlessAwaited("Received");
                var facts = ComplainantDeeds.Typed(FollowedCase.MaterialForm(act.Complaint, act.Rules), answers, act);
                CaseDialogue.ThrowUnlessSaid(text, facts);
                CaseDialogue.ThrowUnlessUsable(text);
                act.Complaint.Answer(act, "Received", text?.Trim(), facts);
            },
            cancellationToken);
    }

    /// <summary>Accepts the outcome, or asks for it to be examined again.</summary>
    [HttpPost("case/outcome")]
    public Task<IActionResult> Outcome(string? key, string? outcome, string? text, CancellationToken cancellationToken) => ActAsync(
        key, "outcome", text,
        act =>
        {
            var answer = outcome == "Agreed" ? "Agreed" : "Rejected";
            act.Complaint.ThrowUnlessAwaited(answer);
            if (answer == "Rejected")
            {
                CaseDialogue.ThrowUnlessSaid(text, new Dictionary<string, FactValue>());
            }

            CaseDialogue.ThrowUnlessUsable(text);
            act.Complaint.Answer(act, answer, string.IsNullOrWhiteSpace(text) ? null : text.Trim(), new Dictionary<string, FactValue>());
        },
        cancellationToken);

    /// <summary>Says how content the complainant was, once.</summary>
    [HttpPost("case/rating")]
    public async Task<IActionResult> Rate(string? key, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        return await ActAsync(
            key, "rating", null,
            act =>
            {
                var typed = answers.Values.GetValueOrDefault("satisfaction", []);
                Domain.RuleViolationException.ThrowUnless(!typed.Contains("unreachable"), ComplaintRules.NotRateable);
                act.Complaint.Dialogue.Rate(act, ComplainantDeeds.Typed(FollowedCase.SurveyForm(act.Complaint, act.Rules), answers, act));
            },
            cancellationToken);
    }

    /// <summary>Asks once more before a complaint is withdrawn.</summary>
    [HttpGet("case/withdraw")]
    public async Task<IActionResult> Withdraw(CancellationToken cancellationToken) =>
        await OpenAsync(cancellationToken) is not { } opened ? Redirect(Code) : opened.Page.IsOpen ? View("Withdraw", opened.Page) : Redirect(Case);

    [HttpPost("case/withdraw")]
    public Task<IActionResult> Withdraw(string? key, string? text, CancellationToken cancellationToken) =>
        ActAsync(
            key, "withdraw", text,
            act =>
            {
                CaseDialogue.ThrowUnlessUsable(text);
                act.Complaint.Withdraw(act, text?.Trim());
            },
            cancellationToken, "Withdraw");

    /// <summary>Says what asking again means, and asks why.</summary>
    [HttpGet("case/reopen")]
    public async Task<IActionResult> Reopen(CancellationToken cancellationToken) =>
        await OpenAsync(cancellationToken) is not { } opened ? Redirect(Code) : opened.Page.MayReopen ? View("Reopen", opened.Page) : Redirect(Case);

    [HttpPost("case/reopen")]
    public async Task<IActionResult> Reopen(string? key, string? text, CancellationToken cancellationToken) =>
        await sessions.CaseAsync(HttpContext, cancellationToken) is { } id
            ? await AnswerAsync(await deeds.ReopenAsync(id, key, text?.Trim(), cancellationToken), "reopen", text, "Reopen", cancellationToken)
            : AskCode("reopen", text);

    [HttpPost("leave")]
    public async Task<IActionResult> Leave(CancellationToken cancellationToken)
    {
        await sessions.EndAsync(HttpContext, cancellationToken);
        return Redirect(Code);
    }

    private async Task<IActionResult> ActAsync(
        string? key, string form, string? typed, Action<CaseAct> deed, CancellationToken cancellationToken, string view = "Case", IReadOnlyList<StagedFile>? kept = null) =>
        await sessions.CaseAsync(HttpContext, cancellationToken) is { } id
            ? await AnswerAsync(await deeds.DoAsync(id, key, deed, cancellationToken), form, typed, view, cancellationToken, kept)
            : AskCode(form, typed);

    private async Task<IActionResult> AnswerAsync(
        ActionAnswer answer, string form, string? typed, string view, CancellationToken cancellationToken, IReadOnlyList<StagedFile>? kept = null) =>
        answer.Result == ActionEnd.Done ? Redirect(Case + "?said=done") : await AgainAsync(answer, NoteKind.Late, form, typed, view, kept ?? [], cancellationToken);

    /// <summary>The page again, with what was typed and the files that came.</summary>
    private async Task<IActionResult> AgainAsync(
        ActionAnswer answer, NoteKind kind, string form, string? typed, string view, IReadOnlyList<StagedFile> kept, CancellationToken cancellationToken) =>
        await OpenAsync(cancellationToken) is { } opened
            ? this.Again(view, opened.Page with { Note = new Note(kind, answer.Message ?? words["NotNow"]), Typed = typed ?? "", TypedInto = form, Staged = kept }, answer, Case)
            : Redirect(Code);

    // the session was over before the form was sent: what was typed waits for the code
    private IActionResult AskCode(string form, string? typed)
    {
        if (KeptWords.Of(form, typed) is not { } kept)
        {
            return Redirect(Code);
        }

        PortalFrame.Fill(ViewData, options.Value, null, portal["Portal"]);
        ViewData[PageResults.Self] = Code;
        return Say(new CodePage(Kept: kept), StatusCodes.Status401Unauthorized);
    }

    private async Task<(FollowPage Page, CaseRules Rules)?> OpenAsync(CancellationToken cancellationToken) =>
        await sessions.CaseAsync(HttpContext, cancellationToken) is { } id ? await OpenAsync(id, cancellationToken) : null;

    private async Task<(FollowPage Page, CaseRules Rules)?> OpenAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await cases.GetAsync(id, cancellationToken) is not { } opened)
        {
            return null;
        }

        PortalFrame.Fill(ViewData, options.Value, opened.Rules.Pack, portal["Portal"]);
        return opened;
    }

    private ViewResult Say(CodePage page, int status)
    {
        var result = View(nameof(Index), page);
        result.StatusCode = status;
        return result;
    }
}
