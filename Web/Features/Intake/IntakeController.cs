using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Portal;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Intake;

/// <summary>Registering a complaint, a consultation or a suggestion.</summary>
[Route("intake"), ForCases(Working = true)]
public sealed class IntakeController(IIntake intake, StagedFiles staged, FileWords words) : Controller
{
    // as much as a person may add to a case at once
    private const long LargestUpload = 1001L * 1024 * 1024;

    private static readonly Dictionary<string, string> NoErrors = [];

    [HttpGet]
    public async Task<IActionResult> Index([FromQuery] IntakeChoice choice, CancellationToken cancellationToken) =>
        await intake.FormAsync(choice, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>The suggestion beside the form; refreshed while it is filled.</summary>
    [HttpPost("suggest")]
    public async Task<IActionResult> Suggest([FromForm] IntakeChoice choice, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        return PartialView("_Aside", await intake.SuggestAsync(choice, answers, User, cancellationToken));
    }

    /// <summary>
    /// <paramref name="step"/> is <c>review</c> (read back), <c>edit</c> (back to the form) or <c>register</c>. Files are received at once and carried by the form until it is registered.
    /// </summary>
    [HttpPost, RequestSizeLimit(LargestUpload), RequestFormLimits(MultipartBodyLengthLimit = LargestUpload)]
    public async Task<IActionResult> Index([FromForm] IntakeChoice choice, string step, string key, CancellationToken cancellationToken)
    {
        var form = await Request.ReadFormAsync(cancellationToken);
        var answers = FormAnswers.Read(form);
        if (await intake.FormAsync(choice, User, cancellationToken) is not { } blank)
        {
            return NotFound();
        }

        var files = await staged.ReadAsync(form, blank.FileFacts, AttachmentSource.Staff, () => Task.FromResult(true), cancellationToken);
        var review = await intake.ReviewAsync(choice, answers, files, User, cancellationToken);
        var page = Filled(blank, answers, files, step == "edit" ? NoErrors : review.Errors) with
        {
            Key = key ?? blank.Key,
            Aside = review.Aside,
            Ask = words.AskOfPlace(files.Telling, AttachmentSource.Staff),
        };
        if (step == "edit")
        {
            return View(page);
        }

        if (review.Errors.Count > 0 || files.Refused.Count > 0 || (step == "register" && page.Ask is not null))
        {
            return this.Again(nameof(Index), page, ActionAnswer.Invalid(null), "/intake");
        }

        if (step != "register")
        {
            return View(page with { ReadBack = review.ReadBack });
        }

        var answer = await intake.RegisterAsync(choice, answers, files, page.Key, User, cancellationToken);
        if (answer.CaseId is { } id)
        {
            return RedirectToAction("Index", "Cases", new { id, said = "registered" });
        }

        var refused = Filled(page, answers, files, answer.Errors) with { Error = answer.Message };
        return this.Again(nameof(Index), refused, ActionAnswer.Invalid(answer.Message, answer.Errors), "/intake");
    }

    private static IntakePage Filled(IntakePage page, FormAnswers answers, StagedForm files, IReadOnlyDictionary<string, string> errors) => page with
    {
        Complainant = page.Complainant with { Fields = answers.Fill(page.Complainant.Fields, errors) },
        Matter = page.Matter with { Fields = files.Fill(answers.Fill(page.Matter.Fields, errors), IntakeForms.ComesAlong) },
    };
}
