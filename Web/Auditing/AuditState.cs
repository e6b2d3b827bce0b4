using System.Text.Json;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CaseManagement.Web.Auditing;

/// <summary>A verification that found something wrong, and that none since has found to be right again.</summary>
/// <param name="At">When it was run.</param>
/// <param name="Fault">What was wrong.</param>
/// <param name="Stream">Where; null: in an anchor.</param>
public sealed record BrokenAudit(DateTimeOffset At, string? Fault, string? Stream);

/// <summary>Whether the audit verifies, as the record of the verifications says.</summary>
public static class AuditState
{
    private const int MostRuns = 100;
    private static readonly string[] Extents = ["case", "from", "to"];

    /// <summary>The newest run that found something wrong, unless a later one looked at the same, or at more, and found nothing.</summary>
    public static async Task<BrokenAudit?> BrokenAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var runs = await db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == AuditVerification.Stream && e.Type == AuditVerification.Run)
            .OrderByDescending(e => e.Sequence).Select(e => new { e.RecordedAt, e.Data }).Take(MostRuns).ToListAsync(cancellationToken);
        var good = new List<JsonElement>();
        foreach (var run in runs.Where(r => r.Data.Length > 0))
        {
            var said = JsonSerializer.Deserialize<JsonElement>(run.Data);
            if (said.GetProperty("ok").GetBoolean())
            {
                good.Add(said);
            }
            else if (!good.Exists(g => LookedAtAll(g, said)))
            {
                return new BrokenAudit(run.RecordedAt, Text(said, "fault"), Text(said, "stream"));
            }
        }

        return null;
    }

    private static bool LookedAtAll(JsonElement run, JsonElement of)
    {
        if (Is(run, "case", null) && Is(run, "from", null) && Is(run, "to", null))
        {
            return Number(run, "sinceAnchor") is not { } since || (Number(of, "sinceAnchor") is { } before && since <= before);
        }

        return Number(of, "sinceAnchor") is null && Extents.All(name => Is(run, name, Text(of, name))) && Number(run, "sinceAnchor") is null;
    }

    private static bool Is(JsonElement run, string name, string? value) => Text(run, name) == value;

    private static string? Text(JsonElement run, string name) => run.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement run, string name) => run.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
}

/// <summary>Tells those who watch the product that the audit does not verify. The product goes on: the record must not stop because it was tampered with.</summary>
internal sealed class AuditHealth(IDbContextFactory<CaseManagementDbContext> contexts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await AuditState.BrokenAsync(db, cancellationToken) is { } broken
            ? HealthCheckResult.Degraded("broken", data: new Dictionary<string, object> { ["at"] = broken.At, ["fault"] = broken.Fault ?? "", ["stream"] = broken.Stream ?? "" })
            : HealthCheckResult.Healthy();
    }
}
