using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Intake;

/// <summary>Registering a complaint, a consultation or a suggestion.</summary>
[Route("intake"), ForCases(Working = true)]
public sealed class IntakeController(IIntake intake) : Controller
{
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

    /// <summary><paramref name="step"/> is <c>review</c> (read back), <c>edit</c> (back to the form) or <c>register</c>.</summary>
    [HttpPost]
    public async Task<IActionResult> Index([FromForm] IntakeChoice choice, string step, string key, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        if (await intake.FormAsync(choice, User, cancellationToken) is not { } blank)
        {
            return NotFound();
        }

        var review = await intake.ReviewAsync(choice, answers, User, cancellationToken);
        var page = Filled(blank, answers, step == "edit" ? NoErrors : review.Errors) with { Key = key ?? blank.Key, Aside = review.Aside };
        if (step == "edit")
        {
            return View(page);
        }

        if (review.Errors.Count > 0)
        {
            return this.Again(nameof(Index), page, ActionAnswer.Invalid(null), "/intake");
        }

        if (step != "register")
        {
            return View(page with { ReadBack = review.ReadBack });
        }

        var answer = await intake.RegisterAsync(choice, answers, page.Key, User, cancellationToken);
        if (answer.CaseId is { } id)
        {
            return RedirectToAction("Index", "Cases", new { id, said = "registered" });
        }

        var refused = Filled(page, answers, answer.Errors) with { Error = answer.Message };
        return this.Again(nameof(Index), refused, ActionAnswer.Invalid(answer.Message, answer.Errors), "/intake");
    }

    private static IntakePage Filled(IntakePage page, FormAnswers answers, IReadOnlyDictionary<string, string> errors) => page with
    {
        Complainant = page.Complainant with { Fields = answers.Fill(page.Complainant.Fields, errors) },
        Matter = page.Matter with { Fields = answers.Fill(page.Matter.Fields, errors) },
    };
}
