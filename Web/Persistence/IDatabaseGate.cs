namespace CaseManagement.Web.Persistence;

/// <summary>Lets one process at a time prepare the database.</summary>
internal interface IDatabaseGate
{
    /// <summary>
    /// Makes sure there is a database to connect to, and waits for those who prepare it. Others wait until the answer is disposed.
    /// </summary>
    ValueTask<IAsyncDisposable> EnterAsync(CancellationToken cancellationToken);
}
