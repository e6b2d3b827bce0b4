namespace CaseManagement.Workflows.Cases.Store;

/// <summary>
/// A timer that failed too often is parked: its row stays, and its next attempt lies where no clock gets to, until an operator has it tried
/// again or drops it, or its burst is written anew (a limit that moves).
/// </summary>
public static class ParkedTimers
{
    /// <summary>The next attempt of a parked timer.</summary>
    public static readonly DateTimeOffset Until = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
