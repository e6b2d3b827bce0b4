using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Home;

/// <summary>The start page is the inbox; for those who see no case, the first page they may open.</summary>
public sealed class HomeController(IShell shell) : Controller
{
    [HttpGet("/")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        LocalRedirect((await shell.GetAsync(User, cancellationToken)).Links is [var first, ..] ? first.Href : "/processes");
}
