using CaseManagement.Domain.Parties;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Messages;

/// <summary>
/// Takes tracking codes out of the messages written before they were left out, once for a database: the first node that starts does it while it serves.
/// </summary>
internal sealed partial class SealOldCodes(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, TrackingCodes codes, IHostApplicationLifetime life, ILogger<SealOldCodes> log) : CatchUp(life)
{
    private const string Done = "tracking-codes-sealed";
    private const string Shape = "%____-____-____-____-_%";
    private const int Together = 200;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Sequences.AnyAsync(s => s.Name == Done, cancellationToken))
        {
            return 0;
        }

        var ids = await db.Messages.Where(m => m.Recipient == Candidates.Complainant && (EF.Functions.Like(m.BodyZh, Shape) || EF.Functions.Like(m.BodyEn, Shape)))
            .Select(m => m.Id).ToListAsync(cancellationToken);
        var changed = 0;
        foreach (var some in ids.Chunk(Together))
        {
            var rows = await db.Messages.AsNoTracking().Where(m => some.Contains(m.Id)).Select(m => new { m.Id, m.BodyZh, m.BodyEn }).ToListAsync(cancellationToken);

            // sealing may renew keys, which is a write of its own
            var mended = rows.Select(m => (m.Id, Zh: codes.Seal(m.BodyZh), En: codes.Seal(m.BodyEn), m.BodyZh, m.BodyEn)).Where(m => (m.Zh, m.En) != (m.BodyZh, m.BodyEn)).ToList();
            changed += await writer.RunWithContextAsync(
                async (change, _) =>
                {
                    foreach (var (id, zh, en, _, _) in mended)
                    {
                        await change.Messages.Where(m => m.Id == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.BodyZh, zh).SetProperty(x => x.BodyEn, en), cancellationToken);
                    }

                    return mended.Count;
                },
                cancellationToken);
        }

        await writer.RunWithContextAsync(async (_, transaction) => await transaction.NextAsync(Done, cancellationToken), cancellationToken);
        return changed;
    }

    protected override void Tell(int written) => LogSealed(log, written);

    protected override void Tell(Exception failure) => LogFailed(log, failure);

    [LoggerMessage(1, LogLevel.Information, "Older messages whose tracking codes are sealed now: {Count}")]
    private static partial void LogSealed(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "Tracking codes of older messages are not all sealed yet; the next start goes on")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
