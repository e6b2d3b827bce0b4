using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Shared;

/// <summary>What a person sets in the account menu.</summary>
[Route("account")]
public sealed class ShellController(IShell shell) : Controller
{
    [HttpPost("keys")]
    public async Task<IActionResult> Keys(bool on, string? returnUrl, CancellationToken cancellationToken)
    {
        await shell.KeepSingleKeysAsync(User, on, cancellationToken);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
    }
}
