using CaseManagement.Web.Organisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>The page for those who have forgotten their password.</summary>
/// <param name="IsPossible">Mails can be sent from here.</param>
/// <param name="IsAsked">Something was typed and sent; what became of it is not told.</param>
public sealed record ForgotPasswordPage(bool IsPossible, bool IsAsked);

/// <summary>Asking for a link by which to choose another password. It tells nobody who works here.</summary>
[Route("forgot-password"), AllowAnonymous]
public sealed class ForgotPasswordController(PasswordResets resets) : Controller
{
    private const string Page = "~/Features/SignIn/ForgotPassword.cshtml";

    [HttpGet]
    public IActionResult Index(bool asked) => View(Page, new ForgotPasswordPage(resets.IsPossible, asked));

    [HttpPost]
    public async Task<IActionResult> Ask([FromForm] string? userName, CancellationToken cancellationToken)
    {
        if (resets.IsPossible && !string.IsNullOrWhiteSpace(userName))
        {
            await resets.AskAsync(userName, HttpContext.Connection.RemoteIpAddress, cancellationToken);
            return RedirectToAction(nameof(Index), new { asked = true });
        }

        var page = View(Page, new ForgotPasswordPage(resets.IsPossible, false));
        page.StatusCode = StatusCodes.Status400BadRequest;
        page.ViewData["NameMissing"] = resets.IsPossible;
        return page;
    }
}
