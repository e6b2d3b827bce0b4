using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>Names, copies, departments, and taking the newest change back.</summary>
[Route("calendars/{id}")]
public sealed class CalendarRegisterController(ICalendarPages calendars, ICalendarRegister register, ICalendarUndo undo) : Controller
{
    [HttpPost("rename")]
    public async Task<IActionResult> Rename(string id, [FromForm] RegisterEdit edit, CancellationToken cancellationToken) =>
        await EndedAsync(id, await register.RenameAsync(id, edit, User, cancellationToken), cancellationToken);

    [HttpPost("copy")]
    public async Task<IActionResult> Copy(string id, [FromForm] RegisterEdit edit, CancellationToken cancellationToken)
    {
        var (answer, copy) = await register.CopyAsync(id, edit, User, cancellationToken);
        return answer.Result == ActionEnd.Done ? Applied(copy) : await EndedAsync(id, answer, cancellationToken);
    }

    /// <summary>Shows what other calendars of departments move; applies once a reason is given.</summary>
    [HttpPost("departments")]
    public async Task<IActionResult> Departments(string id, string? step, [FromForm] RegisterEdit edit, CancellationToken cancellationToken)
    {
        var answer = step == "apply" ? await register.ApplyDepartmentsAsync(id, edit, User, cancellationToken) : null;
        return answer?.Result == ActionEnd.Done
            ? Applied(id)
            : Shown(await register.PreviewDepartmentsAsync(id, edit, User, cancellationToken), answer, edit.Reason);
    }

    [HttpGet("undo/{version:int}")]
    public async Task<IActionResult> Undo(string id, int version, CancellationToken cancellationToken) =>
        Shown(await undo.PreviewUndoAsync(id, version, User, cancellationToken), null, null);

    [HttpPost("undo/{version:int}")]
    public async Task<IActionResult> ApplyUndo(string id, int version, [FromForm] string? reason, CancellationToken cancellationToken)
    {
        var answer = await undo.UndoAsync(id, version, reason, User, cancellationToken);
        return answer.Result switch
        {
            ActionEnd.Done => Applied(id),
            ActionEnd.Invalid => Shown(await undo.PreviewUndoAsync(id, version, User, cancellationToken), answer, reason),
            _ => await EndedAsync(id, answer, cancellationToken),
        };
    }

    private IActionResult Shown(ChangePage? page, ActionAnswer? answer, string? reason) =>
        page is null ? NotFound()
        : answer is null ? View("~/Features/Calendars/Change.cshtml", page)
        : this.Again("~/Features/Calendars/Change.cshtml", page with { Error = answer.Message, Reason = reason }, answer, $"/calendars/{Uri.EscapeDataString(page.Id)}");

    private async Task<IActionResult> EndedAsync(string id, ActionAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Result == ActionEnd.Done)
        {
            return Applied(id);
        }

        var page = answer.Result == ActionEnd.NotFound ? null : await calendars.GetAsync(id, null, null, User, cancellationToken);
        return page?.Register is { } panel
            ? this.Again("~/Features/Calendars/Index.cshtml", page with { Register = panel with { Error = answer.Message, Open = true } }, answer, $"/calendars/{Uri.EscapeDataString(id)}")
            : NotFound();
    }

    private RedirectToActionResult Applied(string id) => RedirectToAction(nameof(CalendarsController.Index), "Calendars", new { id, said = "applied" });
}
