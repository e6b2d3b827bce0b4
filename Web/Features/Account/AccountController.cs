using System.Security.Claims;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Oidc;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Account;

/// <summary>One's own sessions, password and authenticator.</summary>
[Route("account")]
public sealed class AccountController(
    AccountPages account, StaffSessions sessions, AccountDuties duties, OidcPeople linked, IStringLocalizer<AccountText> text) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => await ShownAsync(page => page, setsUp: false, StatusCodes.Status200OK, cancellationToken);

    /// <summary>Ends one session, on whatever device.</summary>
    [HttpPost("sessions/{session}/end")]
    public async Task<IActionResult> EndSession(string session, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(Me, session, cancellationToken);
        return RedirectToAction(nameof(Index), new { said = "done" });
    }

    /// <summary>Ends all sessions but this one.</summary>
    [HttpPost("sessions/end")]
    public async Task<IActionResult> EndOthers(CancellationToken cancellationToken)
    {
        await sessions.EndOthersAsync(Me, (await Sessions.CurrentAsync(HttpContext))?.Id, cancellationToken);
        return RedirectToAction(nameof(Index), new { said = "done" });
    }

    [HttpPost("password")]
    public async Task<IActionResult> Password([FromForm] string? before, [FromForm] string? password, [FromForm] string? again, CancellationToken cancellationToken)
    {
        var answer = await account.ChangePasswordAsync(User, before, password, again, cancellationToken);
        return answer.Result == ActionEnd.Done
            ? RedirectToAction("Index", "SignIn", new { said = "saved" })
            : await ShownAsync(page => page with { PasswordError = answer.Message }, setsUp: false, StatusCodes.Status400BadRequest, cancellationToken);
    }

    /// <summary>Takes the link to an account at an identity provider away.</summary>
    [HttpPost("linked/{key}/remove"), StepUp]
    public async Task<IActionResult> Unlink(string key, CancellationToken cancellationToken) =>
        await linked.UnlinkAsync(Me, key, cancellationToken) ? RedirectToAction(nameof(Index), new { said = "done" }) : NotFound();

    /// <summary>Shows the key of an authenticator that is being set up.</summary>
    [HttpGet("authenticator"), StepUp]
    public Task<IActionResult> Authenticator(CancellationToken cancellationToken) => ShownAsync(page => page, setsUp: true, StatusCodes.Status200OK, cancellationToken);

    /// <summary>Makes the key, so that opening a page changes nothing.</summary>
    [HttpPost("authenticator/key"), StepUp]
    public async Task<IActionResult> MakeKey()
    {
        await account.MakeKeyAsync(User);
        return RedirectToAction(nameof(Authenticator));
    }

    /// <summary>Switches it on once the code is right; shows the recovery codes this once.</summary>
    [HttpPost("authenticator"), StepUp]
    public async Task<IActionResult> UseAuthenticator([FromForm] string? code, CancellationToken cancellationToken) =>
        await account.UseAuthenticatorAsync(User, code, cancellationToken) is { } codes
            ? await ShownAsync(page => page with { NewCodes = codes }, setsUp: false, StatusCodes.Status200OK, cancellationToken)
            : await ShownAsync(page => page with { CodeError = text["CodeWrong"] }, setsUp: true, StatusCodes.Status400BadRequest, cancellationToken);

    [HttpPost("authenticator/codes"), StepUp]
    public async Task<IActionResult> NewCodes(CancellationToken cancellationToken) =>
        await account.NewRecoveryCodesAsync(User, cancellationToken) is { } codes
            ? await ShownAsync(page => page with { NewCodes = codes }, setsUp: false, StatusCodes.Status200OK, cancellationToken)
            : RedirectToAction(nameof(Index));

    [HttpPost("authenticator/off"), StepUp]
    public async Task<IActionResult> StopAuthenticator(CancellationToken cancellationToken)
    {
        await account.StopAuthenticatorAsync(User, cancellationToken);
        return RedirectToAction(nameof(Index), new { said = "done" });
    }

    private string Me => User.FindFirstValue(ClaimTypes.NameIdentifier)!;

    private async Task<IActionResult> ShownAsync(Func<AccountPage, AccountPage> with, bool setsUp, int status, CancellationToken cancellationToken)
    {
        if (await account.GetAsync(User, (await Sessions.CurrentAsync(HttpContext))?.Id, setsUp, cancellationToken) is not { } page)
        {
            return NotFound();
        }

        var view = View(nameof(Index), with(page) with { Duty = await duties.OfAsync(User, HttpContext) });
        view.StatusCode = status;
        view.ViewData[PageResults.Self] = "/account";
        return view;
    }
}
