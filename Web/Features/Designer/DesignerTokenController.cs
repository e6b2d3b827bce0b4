using System.Globalization;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Designer;

/// <summary>Gives the designer's page its token and renews it.</summary>
public sealed class DesignerTokenController(
    DesignerTokens tokens, StaffSessions sessions, People people, IDbContextFactory<CaseManagementDbContext> contexts) : Controller
{
    /// <summary>A new token for the signed-in person, with the process whose roles, clocks and forms Studio's pickers offer.</summary>
    /// <param name="definition">The definition that is open.</param>
    /// <param name="instance">The instance that is open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [HttpPost("/studio/token")]
    public async Task<IActionResult> Create([FromForm] string? definition, [FromForm] Guid? instance, CancellationToken cancellationToken)
    {
        var person = await people.OfAsync(User, cancellationToken);
        if (DesignerRealm.RightOf(person) == DesignerRight.None)
        {
            return NotFound();
        }

        if (await Sessions.CurrentAsync(HttpContext) is not { } session || await sessions.HasEndedAsync(person!.Id, session.Id, cancellationToken))
        {
            return Unauthorized();
        }

        var process = await ProcessAsync(definition, instance, cancellationToken);
        var token = tokens.Create(person, session.Id, session.End, process, CultureInfo.CurrentUICulture.Name);
        return Json(new { token = token.Text, expiresAt = token.ExpiresAt });
    }

    private async Task<string?> ProcessAsync(string? definition, Guid? instance, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(definition) && instance is null)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = definition ?? await db.Instances.Where(i => i.Id == instance).Select(i => i.DefinitionId).SingleOrDefaultAsync(cancellationToken);
        return await db.WorkflowDefinitions.Where(d => d.DefinitionId == id && d.IsLatest).Select(d => d.ProcessKey).SingleOrDefaultAsync(cancellationToken);
    }
}
