using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>Signing in and out of the staff pages.</summary>
[Route("sign-in")]
public sealed class SignInController(ISignIn signIn, IStringLocalizer<SignInText> text) : Controller
{
    [HttpGet, AllowAnonymous]
    public async Task<IActionResult> Index(string? returnUrl, CancellationToken cancellationToken) =>
        View(await PageAsync(new SignInForm { ReturnUrl = returnUrl }, null, cancellationToken));

    [HttpPost, AllowAnonymous]
    public async Task<IActionResult> Index(SignInForm form, CancellationToken cancellationToken)
    {
        var answer = await signIn.CheckAsync(form.UserName ?? "", form.Password ?? "", cancellationToken);
        if (answer.Person is null)
        {
            var error = answer.WaitSeconds > 0 ? text["Wait", answer.WaitSeconds] : text["Wrong"];
            var page = View(await PageAsync(form, error, cancellationToken));
            page.StatusCode = StatusCodes.Status400BadRequest;
            return page;
        }

        await HttpContext.SignInAsync(answer.Person);
        return LocalRedirect(Url.IsLocalUrl(form.ReturnUrl) ? form.ReturnUrl! : "/");
    }

    /// <summary>Signs in one of the listed demo people; there are none outside Development.</summary>
    [HttpPost("demo"), AllowAnonymous]
    public async Task<IActionResult> Demo(string userName, string? returnUrl, CancellationToken cancellationToken)
    {
        var person = await signIn.AsDemoUserAsync(userName, cancellationToken);
        if (person is null)
        {
            return NotFound();
        }

        await HttpContext.SignInAsync(person);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
    }

    /// <summary>Asks once more; for pages that may not send forms.</summary>
    [HttpGet("/sign-out")]
    public IActionResult Leaving() => View();

    [HttpPost("/sign-out")]
    public async Task<IActionResult> Leave()
    {
        await HttpContext.SignOutAsync();
        return RedirectToAction(nameof(Index));
    }

    private async Task<SignInPage> PageAsync(SignInForm form, string? error, CancellationToken cancellationToken) =>
        new(form.UserName ?? "", form.ReturnUrl, error, await signIn.DemoUsersAsync(cancellationToken));
}
