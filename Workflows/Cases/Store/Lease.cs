namespace CaseManagement.Workflows.Cases.Store;

/// <summary>Who takes work, and for how long the others leave it alone. By the wall clock, which also runs where the product's own time is simulated.</summary>
/// <param name="Node">The node's name, its own for as long as it runs.</param>
/// <param name="At">Now. Leases that ended before are void.</param>
/// <param name="Until">When the lease ends unless the work is done or handed back before.</param>
public sealed record Lease(string Node, DateTimeOffset At, DateTimeOffset Until)
{
    /// <summary>
    /// No lease given now lasts that long, whatever length a node is set to (300 s at most): one that claims to was given before the wall clock
    /// was set back, and is void. Otherwise a clock that goes back an hour would leave a dead node's work lying for an hour.
    /// </summary>
    public DateTimeOffset Impossible => At + TimeSpan.FromSeconds(360);
}
