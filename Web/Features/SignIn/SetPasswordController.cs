using CaseManagement.Web.Organisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>The page behind a one-time link.</summary>
/// <param name="Secret">The link's; null where it is not good.</param>
/// <param name="Error">What is wrong with what was typed.</param>
public sealed record SetPasswordPage(string? Secret, string? Error);

/// <summary>Choosing a password by a one-time link. It signs nobody in.</summary>
[Route("set-password"), AllowAnonymous]
public sealed class SetPasswordController(OneTimeLinks links, Passwords passwords, IStringLocalizer<SignInText> text) : Controller
{
    private const string Page = "~/Features/SignIn/SetPassword.cshtml";

    [HttpGet("{secret}")]
    public async Task<IActionResult> Index(string secret, CancellationToken cancellationToken) =>
        await links.OwnerAsync(secret, cancellationToken) is null ? Over() : View(Page, new SetPasswordPage(secret, null));

    [HttpPost("{secret}")]
    public async Task<IActionResult> Set(string secret, [FromForm] string? password, [FromForm] string? again, CancellationToken cancellationToken)
    {
        if (password != again)
        {
            return Wrong(secret, text["PasswordsDiffer"]);
        }

        var answer = await passwords.ByLinkAsync(secret, password ?? "", cancellationToken);
        return answer.IsDone ? RedirectToAction("Index", "SignIn", new { said = "saved" })
            : answer.Fault is { } fault ? Wrong(secret, PasswordWords.Of(fault, usesCode: false, text))
            : Over();
    }

    private ViewResult Wrong(string secret, string error)
    {
        var page = View(Page, new SetPasswordPage(secret, error));
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }

    private ViewResult Over()
    {
        var page = View(Page, new SetPasswordPage(null, null));
        page.StatusCode = StatusCodes.Status404NotFound;
        return page;
    }
}

/// <summary>Says why a password will not do.</summary>
public static class PasswordWords
{
    public static string Of(PasswordFault fault, bool usesCode, IStringLocalizer<SignInText> text) => fault == PasswordFault.TooShort
        ? text["Password_TooShort", usesCode ? PasswordRules.ShortestWithCode : PasswordRules.Shortest]
        : text[$"Password_{fault}", PasswordRules.Longest];
}
