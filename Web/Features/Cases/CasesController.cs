using System.Globalization;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Cases;

/// <summary>One case: what it is, what is due, what to do, what happened.</summary>
[Route("cases/{id:guid}")]
public sealed class CasesController(ICasePageQuery cases, ICaseActions actions, ICaseWatches watches) : Controller
{
    // twenty files of 50 MB, and the words with them
    private const long MaxBody = 1001L * 1024 * 1024;

    [HttpGet]
    public async Task<IActionResult> Index(Guid id, [FromQuery] TimelinePart part, bool kin, CancellationToken cancellationToken) =>
        await cases.GetAsync(id, part, User, cancellationToken) is { } page
            ? View(kin ? page with { Kin = await cases.KinAsync(id, User, cancellationToken) } : page) : NotFound();

    /// <summary>Cases of the same complainant and cases alike, which the page asks for once it is there; without script it is read again with <c>?kin=true</c>.</summary>
    [HttpGet("kin")]
    public async Task<IActionResult> Kin(Guid id, CancellationToken cancellationToken) =>
        await cases.KinAsync(id, User, cancellationToken) is { } found ? PartialView("_Kin", found) : NotFound();

    /// <summary>The case to be printed.</summary>
    [HttpGet("print")]
    public async Task<IActionResult> Print(Guid id, CancellationToken cancellationToken) =>
        await cases.PrintAsync(id, User, cancellationToken) is { } print ? View(print) : NotFound();

    /// <summary>The timeline alone, for filters and older entries.</summary>
    [HttpGet("timeline")]
    public async Task<IActionResult> Timeline(Guid id, [FromQuery] TimelinePart part, CancellationToken cancellationToken) =>
        await cases.TimelineAsync(id, part, User, cancellationToken) is { } timeline ? PartialView("_Timeline", timeline) : NotFound();

    [HttpPost("tasks/{task:guid}"), ApprovalStepUp]
    public async Task<IActionResult> Complete(Guid id, Guid task, string outcome, string? version, [FromForm(Name = TaskPanel.ForField)] string? onBehalfOf, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        var answer = await actions.CompleteAsync(id, task, outcome ?? "", answers, version ?? "", onBehalfOf, User, cancellationToken);
        return await AnswerAsync(id, answer, "completed", cancellationToken, page => Retype(page, task, answers, answer));
    }

    [HttpPost("tasks/{task:guid}/draft")]
    public async Task<IActionResult> Draft(Guid id, Guid task, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        if (await actions.KeepDraftAsync(id, task, answers, User, cancellationToken) is not { } keptAt)
        {
            return NotFound();
        }

        TellKept(keptAt);
        return NoContent();
    }

    [HttpPost("tasks/{task:guid}/claim")]
    public async Task<IActionResult> Claim(Guid id, Guid task, [FromForm(Name = TaskPanel.ForField)] string? onBehalfOf, CancellationToken cancellationToken) =>
        await AnswerAsync(id, await actions.ClaimAsync(id, task, onBehalfOf, User, cancellationToken), "claimed", cancellationToken);

    [HttpPost("tasks/{task:guid}/release")]
    public async Task<IActionResult> Release(Guid id, Guid task, [FromForm(Name = TaskPanel.ForField)] string? onBehalfOf, CancellationToken cancellationToken) =>
        await AnswerAsync(id, await actions.ReleaseAsync(id, task, onBehalfOf, User, cancellationToken), "released", cancellationToken);

    /// <summary>Follows the case, or no more.</summary>
    [HttpPost("watch")]
    public async Task<IActionResult> Watch(Guid id, bool on, CancellationToken cancellationToken) =>
        await watches.SetAsync(id, on, User, cancellationToken) ? RedirectToAction(nameof(Index), new { id, said = "done" }) : NotFound();

    /// <summary>Words, and files with them.</summary>
    [HttpPost("entries"), RequestSizeLimit(MaxBody), RequestFormLimits(MultipartBodyLengthLimit = MaxBody)]
    public async Task<IActionResult> Write(Guid id, [FromForm] EntryForm entry, CancellationToken cancellationToken)
    {
        CasePage Keep(CasePage page, ReplyPreview? preview, string? error) => page with
        {
            Composer = page.Composer is null ? null : page.Composer with { Text = entry.Text ?? "", Kind = entry.Kind, Entry = entry, Preview = preview, Error = error },
        };

        if (entry.Act is "fill" or "preview")
        {
            if (await actions.PrepareAsync(id, entry, User, cancellationToken) is not var (prepared, preview, error) || await cases.GetAsync(id, new TimelinePart(), User, cancellationToken) is not { } shown)
            {
                return NotFound();
            }

            entry = prepared;
            ModelState.Clear();
            return View(nameof(Index), Keep(shown, preview, error));
        }

        var (answer, letter) = await actions.WriteAsync(id, entry, User, cancellationToken);
        entry = entry with { Asked = answer.Errors.ContainsKey(nameof(EntryForm.Files)) };
        return letter is { } written
            ? Redirect($"/cases/{id}/letters/{written}")
            : await AnswerAsync(id, answer, "written", cancellationToken, page => Keep(page, null, answer.Message));
    }

    [HttpPost("entries/draft")]
    public async Task<IActionResult> KeepEntry(Guid id, [FromForm] EntryForm entry, CancellationToken cancellationToken)
    {
        if (await actions.KeepDraftAsync(id, entry, User, cancellationToken) is not { } keptAt)
        {
            return NotFound();
        }

        TellKept(keptAt);
        return NoContent();
    }

    [HttpPost("actions/{verb}"), RevealStepUp]
    public async Task<IActionResult> Act(Guid id, string verb, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        var answer = await actions.ActAsync(id, verb, answers, User, cancellationToken);

        // who gave a case up, or may not see it as it is kept now, goes on with the others
        return answer.Result == ActionEnd.Done && (CasePrivacy.Verbs.Contains(verb) || verb == "facts") && await cases.GetAsync(id, new TimelinePart(), User, cancellationToken) is null
            ? Redirect("/inbox?said=done")
            : await AnswerAsync(id, answer, "done", cancellationToken);
    }

    /// <summary>What another level would do to the case's clocks.</summary>
    [HttpPost("actions/level/preview")]
    public async Task<IActionResult> PreviewLevel(Guid id, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        var note = await actions.PreviewLevelAsync(id, answers, User, cancellationToken);
        return note is not null && await cases.GetAsync(id, new TimelinePart(), User, cancellationToken) is { } page
            ? View(nameof(Index), page with { Notes = [note, .. page.Notes] })
            : NotFound();
    }

    [HttpPost("clocks/{clock}/{verb}")]
    public async Task<IActionResult> Clock(Guid id, string clock, string verb, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        return await AnswerAsync(id, await actions.ClockAsync(id, clock, verb, answers, User, cancellationToken), "done", cancellationToken);
    }

    // htmx raises the event; script writes the time beside the form
    private void TellKept(DateTimeOffset keptAt)
    {
        var at = keptAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Response.Headers["HX-Trigger"] = $$$"""{"draft-saved":{"at":"{{{at}}}"}}""";
    }

    private async Task<IActionResult> AnswerAsync(
        Guid id, ActionAnswer answer, string said, CancellationToken cancellationToken, Func<CasePage, CasePage>? keep = null)
    {
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Index), new { id, said });
        }

        var page = answer.Result == ActionEnd.NotFound
            ? null
            : await cases.GetAsync(id, new TimelinePart(), User, cancellationToken);
        if (page is null)
        {
            return NotFound();
        }

        var message = answer.Message ?? (answer.Errors.Count > 0 ? string.Join(' ', answer.Errors.Values) : null);
        var shown = (keep ?? (same => same))(page);
        if (message is not null)
        {
            var kind = answer.Result == ActionEnd.Invalid ? NoteKind.Warning : NoteKind.Late;
            shown = shown with { Notes = [new Note(kind, message), .. shown.Notes] };
        }

        return this.Again(nameof(Index), shown, answer, $"/cases/{id}");
    }

    // After a lost race the task may be gone; then the note alone says so and the draft stays on the server.
    private static CasePage Retype(CasePage page, Guid task, FormAnswers answers, ActionAnswer answer) => page with
    {
        Tasks = [.. page.Tasks.Select(panel => panel.CompleteHref?.EndsWith(task.ToString(), StringComparison.OrdinalIgnoreCase) == true
            ? panel with { Form = panel.Form with { Fields = answers.Fill(panel.Form.Fields, answer.Errors) } }
            : panel)],
    };
}
