using System.Text.Encodings.Web;
using System.Text.Json;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CaseManagement.Web.Features.Simulation;

/// <summary>Replaying the recorded cases of a period. Nothing is written.</summary>
[Route("processes/{key}/replay")]
public sealed class ReplayController(IReplayPages pages, IProcessPages processes, ICompositeViewEngine views) : Controller
{
    private const string Folder = "~/Features/Simulation/";
    private const string Lines = "application/x-ndjson";
    private const string LimitPrefix = "limit.";
    private const int MaxLimits = 1_000;

    // part of a page, told inside JSON to the page's own script
    private static readonly JsonSerializerOptions InPage = new() { Encoder = JavaScriptEncoder.Default };

    [HttpGet]
    public async Task<IActionResult> Index(string key, [FromQuery] ReplayForm form, CancellationToken cancellationToken) =>
        await pages.FormAsync(key, form, new Dictionary<string, string>(), User, cancellationToken) is { } page
            && await FrameAsync(page, cancellationToken) is { } frame ? Shown(page with { Frame = frame }) : NotFound();

    /// <summary>
    /// Runs the replay. A script asks for lines: progress while it runs, at last the result as a part of the page; hanging up stops it. What cannot run
    /// is answered as a page either way.
    /// </summary>
    [HttpPost]
    public async Task<IActionResult> Run(string key, [FromForm] ReplayForm form, CancellationToken cancellationToken)
    {
        var typed = (await Request.ReadFormAsync(cancellationToken))
            .Where(f => f.Key.StartsWith(LimitPrefix, StringComparison.Ordinal) && f.Value is [{ Length: > 0 and < 50 }]).Take(MaxLimits)
            .ToDictionary(f => f.Key[LimitPrefix.Length..], f => f.Value.ToString().Trim(), StringComparer.Ordinal);
        var inLines = Request.Headers.Accept.ToString().Contains(Lines, StringComparison.Ordinal);
        var page = await pages.RunAsync(
            key, form, typed, User,
            (done, total) => inLines ? WriteAsync(new { done, total }, cancellationToken) : ValueTask.CompletedTask, cancellationToken);
        if (page is null)
        {
            return NotFound();
        }

        if (page.Result is { } result && inLines)
        {
            await WriteAsync(new { html = await PartAsync("_ReplayResult.cshtml", result) }, cancellationToken);
            return new EmptyResult();
        }

        var answer = Shown(page with { Frame = await FrameAsync(page, cancellationToken) });
        answer.StatusCode = page.Result is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        return answer;
    }

    private Task<ProcessPage?> FrameAsync(ReplayPage page, CancellationToken cancellationToken) =>
        processes.GetAsync(page.Top.Key, new ProcessView { Version = page.Top.Version, Tab = ProcessView.ReplayTab }, User, cancellationToken);

    private ViewResult Shown(ReplayPage page)
    {
        ViewData[PageResults.Self] = $"/processes/{Uri.EscapeDataString(page.Top.Key)}/replay";
        return View(Folder + "Replay.cshtml", page);
    }

    private async ValueTask WriteAsync(object line, CancellationToken cancellationToken)
    {
        if (!Response.HasStarted)
        {
            Response.ContentType = Lines;
        }

        await JsonSerializer.SerializeAsync(Response.Body, line, InPage, cancellationToken);
        await Response.Body.WriteAsync("\n"u8.ToArray(), cancellationToken);
        await Response.Body.FlushAsync(cancellationToken);
    }

    private async Task<string> PartAsync(string name, object model)
    {
        var found = views.GetView(null, Folder + name, isMainPage: false);
        found.EnsureSuccessful(null);
        await using var text = new StringWriter();
        ViewData.Model = model;
        await found.View.RenderAsync(new ViewContext(ControllerContext, found.View, ViewData, TempData, text, new HtmlHelperOptions()));
        return text.ToString();
    }
}
