using CaseManagement.Web.Organisation;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CaseManagement.Web.Infrastructure;

/// <summary>How the node and what it depends on fare, part by part, for administrators and auditors.</summary>
public static class HealthDetails
{
    /// <summary>Parts with this tag tell of something to look at; the node takes work all the same.</summary>
    public const string Tag = "details";

    /// <summary>Answers with the state of each part, and with what it has to say.</summary>
    public static async Task<IResult> Answer(HttpContext context, HealthCheckService health, People people)
    {
        if (await people.OfAsync(context.User, context.RequestAborted) is not { } person || !(person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor)))
        {
            return Results.NotFound();
        }

        var report = await health.CheckHealthAsync(context.RequestAborted);
        return Results.Json(new
        {
            status = report.Status.ToString(),
            parts = report.Entries.ToDictionary(e => e.Key, e => new { status = e.Value.Status.ToString(), description = e.Value.Description, data = e.Value.Data }, StringComparer.Ordinal),
        });
    }
}
