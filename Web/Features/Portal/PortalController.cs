using System.Globalization;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Portal;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Features.Portal;

/// <summary>Complaining without an account, and the receipt.</summary>
[AllowAnonymous, Route("portal"), RequestSizeLimit(LargestForm)]
public sealed class PortalController(
    PortalIntake intake, StagedFiles staged, FileWords fileWords, Promises promises, PortalGate gate, FormTokens tokens, TimeProvider clock, IOptions<PortalOptions> options,
    IStringLocalizer<PortalWords> words) : Controller
{
    private const int LargestForm = 1_000_000;

    // ten files of 20 MB, and the words with them
    private const long LargestUpload = 201L * 1024 * 1024;
    private const string Receipt = "receipt";

    private static readonly Dictionary<string, string> NoErrors = [];

    [HttpGet(""), HttpGet("{process}")]
    public async Task<IActionResult> Index(string? process, string? kind, CancellationToken cancellationToken)
    {
        if (await intake.OpenAsync(process, kind, cancellationToken) is not { } desk)
        {
            return NotFound();
        }

        Frame(desk);
        return View(await intake.PageAsync(desk, null, NoErrors, consents: false, cancellationToken));
    }

    /// <summary>
    /// <paramref name="step"/> is <c>edit</c> (another kind of matter was chosen) or <c>send</c>. <paramref name="website"/> is a field nobody sees:
    /// who fills it is asked for work first. Files are received at once and carried by the form until it is sent.
    /// </summary>
    [HttpPost(""), HttpPost("{process}"), RequestSizeLimit(LargestUpload), RequestFormLimits(MultipartBodyLengthLimit = LargestUpload)]
    public async Task<IActionResult> Index(
        string? process, string? kind, string? step, string? key, string? website, [FromForm] ProofForm worked, CancellationToken cancellationToken)
    {
        if (await intake.OpenAsync(process, kind, cancellationToken) is not { } desk)
        {
            return NotFound();
        }

        Frame(desk);
        var form = await Request.ReadFormAsync(cancellationToken);
        var answers = FormAnswers.Read(form);
        var notice = new AcceptedNotice(options.Value.NoticeVersion, form["consent"] == "true");
        var files = await staged.ReadAsync(form, desk.FileFacts, AttachmentSource.Portal, () => gate.MayStageAsync(HttpContext, cancellationToken), cancellationToken);
        async Task<PortalPage> PageAsync(IReadOnlyDictionary<string, string>? errors = null)
        {
            var page = await intake.PageAsync(desk, answers, errors ?? NoErrors, notice.Sensitive, cancellationToken);
            return page with { Files = files, Matter = files.Fill(page.Matter), Ask = fileWords.AskOfPlace(files.Telling, AttachmentSource.Portal) };
        }

        if (step == "edit")
        {
            return View(await PageAsync());
        }

        var entry = PortalEntry.Read(desk, files.Into(answers, desk.FileFacts), notice, clock.GetUtcNow());
        if (entry.Errors.Count > 0 || entry.Strange)
        {
            return Again((await PageAsync(entry.Errors)) with { Error = words[entry.Strange ? "StrangeField" : "LookAgain"] }, StatusCodes.Status400BadRequest);
        }

        if (files.Refused.Count > 0)
        {
            return Again((await PageAsync()) with { Error = words["SomeFiles"] }, StatusCodes.Status400BadRequest);
        }

        if (files.Telling.Count > 0)
        {
            return Again(await PageAsync(), StatusCodes.Status400BadRequest);
        }

        if (tokens.Read(key) is not { } token)
        {
            return Again((await PageAsync()) with { Error = words["OpenTooLong"] }, StatusCodes.Status400BadRequest);
        }

        var let = await gate.ForIntakeAsync(HttpContext, worked, suspect: !string.IsNullOrEmpty(website), cancellationToken);
        if (let.Challenge is { } challenge)
        {
            return Again((await PageAsync()) with { Challenge = challenge, Key = key! }, StatusCodes.Status429TooManyRequests);
        }

        var answer = await intake.RegisterAsync(entry, answers, files.Attachments, token, cancellationToken);
        if (!answer.IsNew)
        {
            await gate.GiveBackAsync(let, cancellationToken);
        }

        if (answer.Case is not { } id)
        {
            return Again((await PageAsync()) with { Error = answer.Error }, StatusCodes.Status409Conflict);
        }

        TempData[Receipt] = id.ToString("N", CultureInfo.InvariantCulture);
        return RedirectToAction(nameof(ShowReceipt));
    }

    /// <summary>Number, tracking code and promised dates; shown once, to the browser that sent the form.</summary>
    [HttpGet("receipt")]
    public async Task<IActionResult> ShowReceipt(CancellationToken cancellationToken)
    {
        if (TempData[Receipt] is not string kept || !Guid.TryParse(kept, out var id)
            || await intake.ReceiptAsync(id, promises, cancellationToken) is not { } page)
        {
            return Redirect($"{PortalServices.Path}/follow");
        }

        PortalFrame.Fill(ViewData, options.Value, null, words["Portal"]);
        ViewData[PortalFrame.Once] = true;
        return View("Receipt", page);
    }

    private void Frame(PortalDesk desk) => PortalFrame.Fill(ViewData, options.Value, desk.Rules.Pack, words["Portal"]);

    private ViewResult Again(PortalPage page, int status)
    {
        ViewData[PageResults.Self] = $"{PortalServices.Path}/{Uri.EscapeDataString(page.Process)}";
        var result = View(nameof(Index), page);
        result.StatusCode = status;
        return result;
    }
}
