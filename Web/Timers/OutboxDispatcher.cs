using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Timers;

/// <summary>Delivers messages by one channel. What cannot be delivered throws; the message is tried again.</summary>
public interface IMessageChannel
{
    /// <summary>email, sms, letter …</summary>
    string Name { get; }

    Task DeliverAsync(MessageRow message, CancellationToken cancellationToken);
}

/// <summary>
/// Hands waiting messages to their channels, at least once each. A message whose channel is not configured is parked where operators see it;
/// one that keeps failing is tried with growing pauses and then parked.
/// </summary>
public sealed partial class OutboxDispatcher(
    IOutbox outbox, IEnumerable<IMessageChannel> channels, TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock, ILogger<OutboxDispatcher> log)
    : BackgroundService
{
    /// <summary>Attempts before a message is parked.</summary>
    public const int MaxAttempts = 10;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IMessageChannel> _channels = channels.ToDictionary(c => c.Name, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, wallClock);
        try
        {
            do
            {
                await DeliverDueAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // asked to stop
        }
    }

    private async Task DeliverDueAsync(CancellationToken stoppingToken)
    {
        try
        {
            var now = wallClock.GetUtcNow();
            var due = await outbox.ClaimPendingAsync(clock.GetUtcNow(), 50, new Lease(TimerFirer.Node, now, now.AddMinutes(1)), stoppingToken);
            foreach (var message in due)
            {
                await DeliverAsync(message, stoppingToken);
            }
        }
#pragma warning disable CA1031 // a database that is away comes back; the messages wait
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.CouldNotLook(log, error);
        }
    }

    private async Task DeliverAsync(MessageRow message, CancellationToken stoppingToken)
    {
        if (!_channels.TryGetValue(message.Channel, out var channel))
        {
            await outbox.FailedAsync(message.Id, TimerFirer.Node, "channel-not-configured", null, stoppingToken);
            return;
        }

        try
        {
            await channel.DeliverAsync(message, stoppingToken);
            await outbox.DeliveredAsync(message.Id, TimerFirer.Node, stoppingToken);
        }
#pragma warning disable CA1031 // whatever the reason, the next message must not wait for it; the reason is kept with the message
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.Failed(log, message.Id, message.Channel, error);
            DateTimeOffset? retryAt = message.Attempts + 1 >= MaxAttempts ? null : clock.GetUtcNow() + Backoff.After(message.Attempts + 1);
            await outbox.FailedAsync(message.Id, TimerFirer.Node, error.Message, retryAt, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Error, "Could not look for waiting messages; trying again")]
        public static partial void CouldNotLook(ILogger logger, Exception error);

        [LoggerMessage(4, LogLevel.Warning, "Message {Message} by {Channel} could not be delivered")]
        public static partial void Failed(ILogger logger, Guid message, string channel, Exception error);
    }
}
