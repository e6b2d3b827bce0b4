using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence;

/// <summary>Changes configuration, and cases with it, in one commit.</summary>
public interface IConfigurationWriter
{
    /// <summary>
    /// Runs <paramref name="change"/> with a context and a case transaction that share one database transaction, saves what the
    /// context still tracks as changed, and commits; nothing is kept when it throws. After a lost race it runs again from scratch.
    /// </summary>
    /// <exception cref="StoreBusyException">Too much work waits; nothing was changed.</exception>
    /// <exception cref="StoreFailedException">The database failed; nothing was changed.</exception>
    ValueTask<T> RunWithContextAsync<T>(
        Func<CaseManagementDbContext, ICaseTransaction, ValueTask<T>> change, CancellationToken cancellationToken);
}
