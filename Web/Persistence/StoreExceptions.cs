namespace CaseManagement.Web.Persistence;

/// <summary>The store takes no more work now: too many bursts wait, or another process holds the file. Nothing was changed; try later.</summary>
public sealed class StoreBusyException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The database failed while work was being written; none of it was kept.</summary>
public sealed class StoreFailedException(string message, Exception inner) : Exception(message, inner);
