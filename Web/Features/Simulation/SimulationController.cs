using System.Text;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Simulation;

/// <summary>Trying a version of a process out. Nothing is stored and nobody is told.</summary>
[Route("processes/{key}/simulation")]
public sealed class SimulationController(ISimulationPages pages, IProcessPages processes) : Controller
{
    private const long MaxRequest = ISimulationPages.MaxScenarioBytes + (512 * 1024);
    private const string ChoicePrefix = "choice.";
    private const int MaxChoices = 200;

    [HttpGet]
    public async Task<IActionResult> Index(string key, [FromQuery] SimulationOrder order, CancellationToken cancellationToken) =>
        await FramedAsync(await pages.FormAsync(key, order, User, cancellationToken), cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>One of the version's scenarios as a file.</summary>
    [HttpGet("scenario")]
    public async Task<IActionResult> Scenario(string key, [FromQuery] SimulationOrder order, CancellationToken cancellationToken) =>
        await pages.FileAsync(key, order, User, cancellationToken) is { } json ? JsonFile(json, order.Scenario!) : NotFound();

    /// <summary><paramref name="step"/> is <c>scenario</c>, <c>case</c>, <c>file</c> (what was typed, as a scenario) or <c>edit</c> (another kind or version).</summary>
    [HttpPost, RequestSizeLimit(MaxRequest), RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
    public async Task<IActionResult> Index(
        string key, [FromForm] SimulationOrder order, string? step, IFormFile? file, CancellationToken cancellationToken)
    {
        var form = await Request.ReadFormAsync(cancellationToken);
        var answers = FormAnswers.Read(form);
        if (step == "file" && await pages.AsScenarioAsync(key, order, answers, User, cancellationToken) is { } json)
        {
            return JsonFile(json, "new-scenario");
        }

        var chosen = form.Where(f => f.Key.StartsWith(ChoicePrefix, StringComparison.Ordinal) && f.Value is [{ Length: > 0 and < 200 }]).Take(MaxChoices)
            .ToDictionary(f => f.Key[ChoicePrefix.Length..], f => f.Value.ToString(), StringComparer.Ordinal);
        var page = step switch
        {
            "scenario" => await pages.ScenarioAsync(key, order, file, User, cancellationToken),
            "edit" => await pages.EditAsync(key, order, answers, User, cancellationToken),
            _ => await pages.CaseAsync(key, order, answers, chosen, User, cancellationToken),
        };
        return await FramedAsync(page, cancellationToken) switch
        {
            null => NotFound(),
            { Result: null } framed when step != "edit" => this.Again(nameof(Index), framed, ActionAnswer.Invalid(null), $"/processes/{Uri.EscapeDataString(key)}/simulation"),
            var framed => Shown(framed, key),
        };
    }

    private async Task<SimulationPage?> FramedAsync(SimulationPage? page, CancellationToken cancellationToken) => page is not null
        && await processes.GetAsync(page.Top.Key, new ProcessView { Version = page.Top.Version, Tab = ProcessView.SimulationTab }, User, cancellationToken) is { } frame ? page with { Frame = frame } : null;

    private ViewResult Shown(SimulationPage page, string key)
    {
        ViewData[PageResults.Self] = $"/processes/{Uri.EscapeDataString(key)}/simulation";
        return View(nameof(Index), page);
    }

    private FileContentResult JsonFile(string json, string name) => File(Encoding.UTF8.GetBytes(json), "application/json", $"{name}.json");
}
