using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Letters;

/// <summary>A letter of a case, to be printed.</summary>
[Route("cases/{id:guid}/letters")]
public sealed class LettersController(StoredLetters letters) : Controller
{
    [HttpGet("{letter:guid}")]
    public async Task<IActionResult> Index(Guid id, Guid letter, CancellationToken cancellationToken) =>
        await letters.GetAsync(id, letter, User, cancellationToken) is { } page ? View(page) : NotFound();
}
