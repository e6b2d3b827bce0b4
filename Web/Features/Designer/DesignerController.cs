using CaseManagement.Web.Designer;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CaseManagement.Web.Features.Designer;

/// <summary>Elsa Studio in our frame. Every page lies below the base address that Studio is told.</summary>
[Route("studio")]
public sealed class DesignerController(IDesignerPages pages) : Controller
{
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        base.OnActionExecuting(context);
        Response.Headers.ContentSecurityPolicy = StudioContentPolicy.For(Request);
    }

    /// <summary>All definitions.</summary>
    [HttpGet]
    public Task<IActionResult> Index(CancellationToken cancellationToken) => ShowAsync(new DesignerPlace(DesignerView.Definitions), cancellationToken);

    /// <summary>The latest version of a definition.</summary>
    [HttpGet("definitions/{id}")]
    public Task<IActionResult> Definition(string id, CancellationToken cancellationToken) =>
        ShowAsync(new DesignerPlace(DesignerView.Definition, id), cancellationToken);

    [HttpGet("instances")]
    public Task<IActionResult> Instances(CancellationToken cancellationToken) => ShowAsync(new DesignerPlace(DesignerView.Instances), cancellationToken);

    [HttpGet("instances/{id}")]
    public Task<IActionResult> Instance(string id, CancellationToken cancellationToken) =>
        ShowAsync(new DesignerPlace(DesignerView.Instance, Instance: id), cancellationToken);

    /// <summary>The workflows of a process.</summary>
    [HttpGet("processes/{key}")]
    public async Task<IActionResult> Process(string key, CancellationToken cancellationToken) =>
        await pages.ProcessAsync(key, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>From a process's pages: one of its workflows, or all of them.</summary>
    [HttpGet("/processes/{key}/designer")]
    public IActionResult OfProcess(string key, string? workflow) => string.IsNullOrEmpty(workflow)
        ? RedirectToAction(nameof(Process), new { key })
        : RedirectToAction(nameof(Definition), new { id = workflow });

    /// <summary>The bar and the outline alone, for when Studio shows something else or has saved.</summary>
    [HttpGet("bar")]
    public async Task<IActionResult> Bar(DesignerView view, string? definition, int? version, string? instance, CancellationToken cancellationToken) =>
        await pages.BarAsync(new DesignerPlace(view, definition, version, instance), User, cancellationToken) is { } bar
            ? PartialView(bar)
            : NotFound();

    private async Task<IActionResult> ShowAsync(DesignerPlace place, CancellationToken cancellationToken) =>
        await pages.BarAsync(place, User, cancellationToken) is { } bar ? View("Index", bar) : NotFound();
}
