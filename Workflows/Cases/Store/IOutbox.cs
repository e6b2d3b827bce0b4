namespace CaseManagement.Workflows.Cases.Store;

/// <summary>Deals out messages to the nodes that deliver them, at least once each; the message's id is its idempotency key.</summary>
public interface IOutbox
{
    /// <summary>Raised after a commit of this process that wrote messages. Handlers must return at once and not throw.</summary>
    event EventHandler? MessagesWritten;

    /// <summary>Leases pending messages whose next attempt is due, among them those whose lease has run out; the oldest first.</summary>
    /// <param name="now">The product's own time.</param>
    /// <param name="limit">At most so many, 1 or more.</param>
    /// <param name="lease">Who takes them.</param>
    /// <param name="cancellationToken">Gives up while nothing has been leased.</param>
    ValueTask<IReadOnlyList<MessageRow>> ClaimPendingAsync(
        DateTimeOffset now, int limit, Lease lease, CancellationToken cancellationToken);

    /// <summary>The message is delivered. Nothing happens when another node has it by now.</summary>
    ValueTask DeliveredAsync(Guid id, string node, CancellationToken cancellationToken);

    /// <summary>An attempt failed. Nothing happens when another node has the message by now.</summary>
    /// <param name="id">The message.</param>
    /// <param name="node">Whose lease it is.</param>
    /// <param name="reason">Why, for operators; what is beyond 4,000 characters is cut off.</param>
    /// <param name="retryAt">When to try again, in the product's own time; null: it is parked until an operator decides.</param>
    /// <param name="cancellationToken">Gives up before anything has changed.</param>
    ValueTask FailedAsync(Guid id, string node, string reason, DateTimeOffset? retryAt, CancellationToken cancellationToken);
}
