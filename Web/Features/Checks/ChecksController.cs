using System.Globalization;
using CaseManagement.Web.Configuration.Checks;
using CaseManagement.Web.Organisation;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Checks;

/// <summary>Texts of this page.</summary>
public sealed class ChecksText;

/// <summary>What is not as it should be.</summary>
/// <param name="Refusals">With these Production does not start.</param>
/// <param name="Warnings">With these it starts and warns every day.</param>
public sealed record ChecksPage(IReadOnlyList<CheckRow> Refusals, IReadOnlyList<CheckRow> Warnings);

/// <summary>One finding in the reader's language.</summary>
public sealed record CheckRow(string Setting, string Reason, string Fix);

/// <summary>What <c>check-config</c> says, for administrators and auditors.</summary>
[Route("checks")]
public sealed class ChecksController(Findings findings, People people) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        if (await people.OfAsync(User, cancellationToken) is not { } person || !(person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor)))
        {
            return NotFound();
        }

        var language = CultureInfo.CurrentUICulture.Name.StartsWith("en", StringComparison.Ordinal) ? "en" : "zh-CN";
        var rows = (await findings.RunAsync(cancellationToken)).ToLookup(f => f.Refuses, f => new CheckRow(f.Setting, f.Reason.In(language), f.Fix.In(language)));
        return View(new ChecksPage([.. rows[true]], [.. rows[false]]));
    }
}
