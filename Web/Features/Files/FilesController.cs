using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Files;

/// <summary>The files of a case: looked at, saved, and as they came in.</summary>
[Route("cases/{id:guid}/files/{file:guid}")]
public sealed class FilesController(IFilePages files) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(Guid id, Guid file, CancellationToken cancellationToken) =>
        await files.GetAsync(id, file, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>To be saved.</summary>
    [HttpGet("content")]
    public async Task<IActionResult> Content(Guid id, Guid file, CancellationToken cancellationToken) =>
        await files.OpenAsync(id, file, User, cancellationToken) is { } opened ? FileAnswers.Download(this, opened.Content, opened.File) : NotFound();

    /// <summary>For an image element.</summary>
    [HttpGet("image")]
    public async Task<IActionResult> Image(Guid id, Guid file, CancellationToken cancellationToken)
    {
        if (await files.OpenAsync(id, file, User, cancellationToken) is not { } opened)
        {
            return NotFound();
        }

        if (FileType.IsShown(opened.File.MediaType))
        {
            return FileAnswers.Image(this, opened.Content, opened.File.MediaType);
        }

        await opened.Content.DisposeAsync();
        return NotFound();
    }

    /// <summary>As it came in; who asks and why is recorded first.</summary>
    [HttpPost("original")]
    public async Task<IActionResult> Original(Guid id, Guid file, string? reason, CancellationToken cancellationToken)
    {
        var (opened, answer) = await files.RevealAsync(id, file, reason, User, cancellationToken);
        if (opened is not null)
        {
            return FileAnswers.Download(this, opened.Content, opened.File);
        }

        return answer.Result != ActionEnd.NotFound && await files.GetAsync(id, file, User, cancellationToken) is { } page
            ? this.Again(nameof(Index), page with { Note = new Note(NoteKind.Warning, answer.Message ?? "") }, answer, page.Href)
            : NotFound();
    }
}
