using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Home;

/// <summary>The start page is the inbox.</summary>
public sealed class HomeController : Controller
{
    [HttpGet("/")]
    public IActionResult Index() => RedirectToAction("Index", "Inbox");
}
