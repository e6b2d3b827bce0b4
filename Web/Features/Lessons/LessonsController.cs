using System.Text;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence.Lessons;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Lessons;

/// <summary>The case library: what was learned from closed cases.</summary>
[Route("lessons")]
public sealed class LessonsController(LessonPages lessons) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index([FromQuery] LessonQuery query, CancellationToken cancellationToken) =>
        await lessons.ListAsync(query, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>What is found as a file; who took it is recorded.</summary>
    [HttpPost("csv")]
    public async Task<IActionResult> File([FromQuery] LessonQuery query, CancellationToken cancellationToken) =>
        await lessons.FileAsync(query, User, cancellationToken) is { } file
            ? File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(file)], "text/csv; charset=utf-8", "lessons.csv")
            : NotFound();

    [HttpGet("{id:guid}")]
    public async Task<IActionResult> Lesson(Guid id, CancellationToken cancellationToken) =>
        await lessons.GetAsync(id, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpGet("of/{caseId:guid}")]
    public async Task<IActionResult> Draft(Guid caseId, CancellationToken cancellationToken) =>
        await lessons.DraftAsync(caseId, null, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("of/{caseId:guid}")]
    public async Task<IActionResult> Propose(Guid caseId, [FromForm] LessonForm form, CancellationToken cancellationToken)
    {
        var (id, again, answer) = await lessons.ProposeAsync(caseId, form, User, cancellationToken);
        return id is { } made ? RedirectToAction(nameof(Lesson), new { id = made, said = "saved" })
            : again is null ? NotFound()
            : this.Again(nameof(Draft), again, answer, $"/lessons/of/{caseId}");
    }

    [HttpPost("{id:guid}/release")]
    public Task<IActionResult> Release(Guid id, [FromForm] string? remark, CancellationToken cancellationToken) => DecideAsync(id, LessonState.Released, remark, cancellationToken);

    [HttpPost("{id:guid}/return")]
    public Task<IActionResult> Return(Guid id, [FromForm] string? remark, CancellationToken cancellationToken) => DecideAsync(id, LessonState.Returned, remark, cancellationToken);

    [HttpPost("{id:guid}/withdraw")]
    public Task<IActionResult> Withdraw(Guid id, [FromForm] string? remark, CancellationToken cancellationToken) => DecideAsync(id, LessonState.Withdrawn, remark, cancellationToken);

    private async Task<IActionResult> DecideAsync(Guid id, LessonState to, string? remark, CancellationToken cancellationToken)
    {
        var answer = await lessons.DecideAsync(id, to, remark, User, cancellationToken);
        return answer.Result switch
        {
            ActionEnd.Done => RedirectToAction(nameof(Index), new { said = "done" }),
            ActionEnd.NotFound => NotFound(),
            _ => await lessons.GetAsync(id, User, cancellationToken) is { } page ? this.Again(nameof(Lesson), page with { Error = answer.Message }, answer, $"/lessons/{id}") : NotFound(),
        };
    }
}
