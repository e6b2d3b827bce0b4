using CaseManagement.Domain;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>
/// Works out how closely cases are kept, and who is kept out of them, that were stored before that was: the open ones first, then the newest. Until then rank
/// does not open them. Cases of today need it not: their bursts do it.
/// </summary>
internal sealed partial class ConfidentialityCatchUp(
    IDbContextFactory<CaseManagementDbContext> contexts, ICaseStore store, CaseRuntime cases, IHostApplicationLifetime life, ILogger<ConfidentialityCatchUp> log)
    : CatchUp(life)
{
    private const int Together = 100;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var failed = new HashSet<Guid>();
        for (var written = 0; ;)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var ids = await db.Cases.Where(c => c.Confidentiality == null && !failed.Contains(c.Id)).OrderBy(c => c.ClosedAt != null).ThenByDescending(c => c.Id)
                .Select(c => c.Id).Take(Together).ToListAsync(cancellationToken);
            if (ids.Count == 0)
            {
                return written;
            }

            try
            {
                written += await store.RunAsync(transaction => cases.FollowAsync(transaction, ids, null, cancellationToken), cancellationToken);
            }
            catch (RuleViolationException)
            {
                // one of them does not come to rest: the others by themselves
                foreach (var id in ids)
                {
                    written += await OneAsync(id, failed, cancellationToken);
                }
            }
        }
    }

    protected override void Tell(int written) => LogWritten(log, written);

    protected override void Tell(Exception failure) => LogFailed(log, failure);

    private async Task<int> OneAsync(Guid id, HashSet<Guid> failed, CancellationToken cancellationToken)
    {
        try
        {
            return await store.RunAsync(transaction => cases.FollowAsync(transaction, [id], null, cancellationToken), cancellationToken);
        }
        catch (RuleViolationException refused)
        {
            failed.Add(id);
            LogRefused(log, id, refused.Rule.Code);
            return 0;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Older cases whose confidentiality has been worked out: {Count}")]
    private static partial void LogWritten(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "The confidentiality of older cases has not been worked out; the next start goes on")]
    private static partial void LogFailed(ILogger logger, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "Case {Id} stays closed to all but those who work on it: {Code}")]
    private static partial void LogRefused(ILogger logger, Guid id, string code);
}
