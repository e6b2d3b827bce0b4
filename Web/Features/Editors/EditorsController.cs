using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Editors;

/// <summary>Puts a policy together: everything of a process's draft but its drawings, part by part.</summary>
[Route("processes/{key}/edit")]
public sealed class EditorsController : Controller
{
    private const int MostFields = 8_000;
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>What there is, what is missing, and the way to each part.</summary>
    [HttpGet]
    public async Task<IActionResult> Index(string key, [FromServices] EditorGuide guide, CancellationToken cancellationToken) =>
        await guide.GetAsync(key, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("undo/{sequence:long}")]
    public async Task<IActionResult> Undo(string key, long sequence, [FromServices] StoredEditors editors, [FromServices] EditorGuide guide, CancellationToken cancellationToken)
    {
        var answer = await editors.UndoAsync(key, sequence, User, cancellationToken);
        return answer.Result == ActionEnd.Done ? RedirectToAction(nameof(Index), new { key, said = "undone" })
            : answer.Result != ActionEnd.NotFound && await guide.GetAsync(key, User, cancellationToken) is { } page
                ? this.Again(nameof(Index), page with { Note = new Note(NoteKind.Late, answer.Message!) }, answer, page.Frame.Href)
                : NotFound();
    }

    [HttpGet("{kind}")]
    public async Task<IActionResult> Kind(string key, string kind, [FromServices] StoredEditors editors, CancellationToken cancellationToken) =>
        PartKinds.Find(kind) is { IsSingle: true } ? RedirectToAction(nameof(Part), new { key, kind })
        : await editors.ListAsync(key, kind, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Moves, copies or takes a part away.</summary>
    [HttpPost("{kind}")]
    public async Task<IActionResult> Arrange(string key, string kind, [FromForm] ArrangeEdit edit, [FromServices] StoredEditors editors, CancellationToken cancellationToken)
    {
        var (answer, page) = await editors.ArrangeAsync(key, kind, edit, User, cancellationToken);
        return page is null ? NotFound()
            : answer.Result == ActionEnd.Done ? RedirectToAction(nameof(Kind), new { key, kind, said = "saved" })
            : this.Again(nameof(Kind), page, answer, page.Href);
    }

    [HttpGet("{kind}/part")]
    public async Task<IActionResult> Part(string key, string kind, string? part, string? view, [FromServices] StoredEditors editors, CancellationToken cancellationToken) =>
        await editors.PartAsync(key, kind, part, view == "text", User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("{kind}/part"), RequestSizeLimit(MostBytes), RequestFormLimits(ValueCountLimit = MostFields)]
    public async Task<IActionResult> Save(string key, string kind, [FromQuery] string? part, [FromForm] string? act, [FromServices] StoredEditors editors,
        CancellationToken cancellationToken)
    {
        var (answer, page, saved) = await editors.SaveAsync(key, kind, part, act, await Request.ReadFormAsync(cancellationToken), User, cancellationToken);
        return answer.Result == ActionEnd.NotFound ? NotFound()
            : page is not null ? answer.Result == ActionEnd.Done ? Shown(page) : this.Again(nameof(Part), page, answer, page.Href)
            : kind == PartKinds.Tables ? Redirect($"{EditorLinks.Table(key, saved!)}?said=saved")
            : RedirectToAction(nameof(Part), new { key, kind, part = PartKinds.Find(kind)!.IsSingle ? null : saved, said = "saved" });
    }

    private ViewResult Shown(PartPage page)
    {
        var view = View(nameof(Part), page);
        view.ViewData[PageResults.Self] = page.Href;
        return view;
    }
}
