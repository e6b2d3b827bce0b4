using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>
/// Writes what cases are found by for those stored before that was kept, the newest first, and ends when there are none left. Cases of today need it not: their bursts
/// write it.
/// </summary>
internal sealed partial class TextCatchUp(
    IDbContextFactory<CaseManagementDbContext> contexts, ICaseStore store, IHostApplicationLifetime life, ILogger<TextCatchUp> log) : CatchUp(life)
{
    private const int Together = 200;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        for (var written = 0; ;)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var ids = await db.Cases.Where(c => !db.CaseTexts.Any(t => t.ComplaintId == c.Id)).OrderByDescending(c => c.Id).Select(c => c.Id).Take(Together).ToListAsync(cancellationToken);
            if (ids.Count == 0)
            {
                return written;
            }

            // read in the burst that writes: what a burst of the case changes meanwhile is not overwritten by what was before
            await store.RunAsync(
                async transaction =>
                {
                    var texts = new List<CaseTextRow>(ids.Count);
                    await transaction.TogetherAsync(
                        ids,
                        async () =>
                        {
                            foreach (var id in ids)
                            {
                                if (await transaction.LoadCaseAsync(id, cancellationToken) is { } stored)
                                {
                                    texts.Add(CaseTexts.Of(CaseDocument.Read(stored.Document.Span)));
                                }
                            }

                            await transaction.SaveTextsAsync(texts, cancellationToken);
                        },
                        cancellationToken);
                    return texts.Count;
                },
                cancellationToken);
            written += ids.Count;
        }
    }

    protected override void Tell(int written) => LogWritten(log, written);

    protected override void Tell(Exception failure) => LogFailed(log, failure);

    [LoggerMessage(1, LogLevel.Information, "Cases that can be searched for now: {Count}")]
    private static partial void LogWritten(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "Older cases cannot be searched for yet; the next start goes on")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
