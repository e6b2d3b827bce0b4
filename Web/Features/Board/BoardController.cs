using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Board;

/// <summary>What is late and about to be, and giving it to somebody else.</summary>
[Route("board")]
public sealed class BoardController(IBoard board, BoardCharts charts) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index([FromQuery] BoardFilter filter, CancellationToken cancellationToken) =>
        await board.GetAsync(filter, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>The charts: the board brings them in when it is there; asked for by themselves they are a page.</summary>
    [HttpGet("charts")]
    public async Task<IActionResult> Charts([FromQuery] BoardFilter filter, CancellationToken cancellationToken) =>
        await charts.GetAsync(filter, User, cancellationToken) is not { } page ? NotFound()
        : Request.Headers.ContainsKey("HX-Request") ? PartialView("_Charts", page)
        : View("Charts", page);

    [HttpGet("cases/{id:guid}/reassign")]
    public async Task<IActionResult> Reassign(Guid id, string? back, CancellationToken cancellationToken) =>
        await board.ReassignAsync(id, back, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("cases/{id:guid}/reassign")]
    public async Task<IActionResult> ReassignNow(Guid id, string? back, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        var answer = await board.ReassignAsync(id, answers, User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return LocalRedirect(BoardLinks.Back(back) is var to && to.Contains('?', StringComparison.Ordinal) ? $"{to}&said=done" : $"{to}?said=done");
        }

        return answer.Result != ActionEnd.NotFound && await board.ReassignAsync(id, back, User, cancellationToken) is { } page
            ? this.Again(nameof(Reassign), page with { Error = answer.Message, Form = page.Form is null ? null : page.Form with { Fields = answers.Fill(page.Form.Fields, answer.Errors) } }, answer, $"/board/cases/{id}/reassign")
            : NotFound();
    }
}

/// <summary>Addresses of the board.</summary>
public static class BoardLinks
{
    public const string Root = "/board";
    public const string Charts = Root + "/charts";

    /// <summary>The board as it was; anything else leads to the board as such.</summary>
    public static string Back(string? back) =>
        back is { Length: <= 500 } && (back == Root || back.StartsWith(Root + "?", StringComparison.Ordinal)) && !back.AsSpan().ContainsAny('\r', '\n', '\\') ? back : Root;
}
