using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Bindings;

/// <summary>What the departments, roles and channels of a process are here.</summary>
[Route("processes/{key}/names")]
public sealed class BindingsController(StoredNames names) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(string key, CancellationToken cancellationToken) =>
        await names.GetAsync(key, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Binds the names in the draft.</summary>
    [HttpPost]
    public async Task<IActionResult> Save(string key, CancellationToken cancellationToken)
    {
        var (answer, page, version) = await names.SaveAsync(key, await Request.ReadFormAsync(cancellationToken), User, cancellationToken);
        return page is not null ? this.Again(nameof(Index), page, answer, page.Href)
            : answer.Result == ActionEnd.Done ? Redirect($"{ProcessLinks.Page(key)}?version={version}&tab={ProcessView.FindingsTab}&said=saved")
            : NotFound();
    }
}
