using System.Globalization;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Designer;

/// <summary>Gives the designer's page its token and renews it.</summary>
public sealed class DesignerTokenController(DesignerTokens tokens, EndedSessions ended, People people) : Controller
{
    private const int LongestKey = 128;

    /// <summary>A new token for the signed-in person.</summary>
    /// <param name="process">The key of the one process it is for; absent for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [HttpPost("/studio/token")]
    public async Task<IActionResult> Create([FromForm] string? process, CancellationToken cancellationToken)
    {
        var person = await people.OfAsync(User, cancellationToken);
        if (DesignerRealm.RightOf(person) == DesignerRight.None || process?.Length > LongestKey)
        {
            return NotFound();
        }

        if (await Sessions.CurrentAsync(HttpContext) is not { } session || await ended.HasEndedAsync(person!.Id, session.Id, cancellationToken))
        {
            return Unauthorized();
        }

        var language = CultureInfo.CurrentUICulture.Name;
        var token = tokens.Create(person, session.Id, session.End, string.IsNullOrEmpty(process) ? null : process, language);
        return Json(new { token = token.Text, expiresAt = token.ExpiresAt });
    }
}
