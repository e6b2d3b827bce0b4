namespace CaseManagement.Workflows.Cases.Store;

/// <summary>Who takes work, and for how long the others leave it alone. By the wall clock, which also runs where the product's own time is simulated.</summary>
/// <param name="Node">The node's name, its own for as long as it runs.</param>
/// <param name="At">Now. Leases that ended before are void.</param>
/// <param name="Until">When the lease ends unless the work is done or handed back before.</param>
public sealed record Lease(string Node, DateTimeOffset At, DateTimeOffset Until);
