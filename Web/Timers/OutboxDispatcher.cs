using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Delivery;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Timers;

/// <summary>Delivers messages by one channel. What cannot be delivered throws; the message is tried again.</summary>
public interface IMessageChannel
{
    /// <summary>email, sms, letter, http …</summary>
    string Name { get; }

    /// <summary>Attempts before a message is parked, 1 or more.</summary>
    int MaxAttempts => OutboxDispatcher.MaxAttempts;

    /// <summary>Delivers one message. Called for several at a time.</summary>
    /// <exception cref="EgressRefusedException">It never will be delivered as things are: it is parked at once.</exception>
    Task<Delivered> DeliverAsync(MessageRow message, CancellationToken cancellationToken);
}

/// <summary>A message has reached its goal.</summary>
/// <param name="Answer">What came back, for the process step that waits for it; null where nothing does.</param>
public sealed record Delivered(Dictionary<string, object?>? Answer = null);

/// <summary>
/// Hands waiting messages to their channels, at least once each. A message whose channel is not configured is parked where operators see it;
/// one that keeps failing is tried with growing pauses and then parked. A process step that waits for the answer gets it, or is told that
/// none will come.
/// </summary>
public sealed partial class OutboxDispatcher(
    IOutbox outbox, IEnumerable<IMessageChannel> channels, CaseRuntime cases, ITrackingCodes codes, TimeProvider clock,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock, ILogger<OutboxDispatcher> log, ReadLog? reads = null)
    : BackgroundService
{
    /// <summary>Attempts before a message is parked, unless its channel says otherwise.</summary>
    public const int MaxAttempts = 10;

    /// <summary>The event of a message that is put aside.</summary>
    public const string Parked = "outbox.parked";

    /// <summary>Why a message of a channel that nobody has set up is parked.</summary>
    public const string NotConfigured = "channel-not-configured";

    /// <summary>So many at once: one slow recipient does not hold up the others.</summary>
    private const int Batch = 16;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    // longer than the longest request may take
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(3);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _isDraining;
    private readonly Dictionary<string, IMessageChannel> _channels = channels.ToDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>Takes no more messages and waits for those under way.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _isDraining = true;
        await _turn.WaitAsync(cancellationToken);
        _turn.Release();
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    /// <summary>Delivers what is due now.</summary>
    /// <returns>How many were tried.</returns>
    public async Task<int> DeliverDueAsync(CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        var due = await outbox.ClaimPendingAsync(clock.GetUtcNow(), Batch, new Lease(TimerFirer.Node, now, now + LeaseTime), cancellationToken);
        await Task.WhenAll(due.Select(m => DeliverAsync(m, cancellationToken)));
        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, wallClock);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // asked to stop
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        await _turn.WaitAsync(stoppingToken);
        try
        {
            while (!_isDraining && await DeliverDueAsync(stoppingToken) == Batch)
            {
                // more may wait
            }
        }
#pragma warning disable CA1031 // a database that is away comes back; the messages wait
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.CouldNotLook(log, error);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task DeliverAsync(MessageRow message, CancellationToken stoppingToken)
    {
        if (!_channels.TryGetValue(message.Channel, out var channel))
        {
            await GiveUpAsync(message, NotConfigured, HttpRequestActivity.FailedToConnect, stoppingToken);
            return;
        }

        try
        {
            var delivered = await channel.DeliverAsync(WithCode(message), stoppingToken);
            await TellAsync(message, delivered.Answer ?? [], stoppingToken);
            await outbox.DeliveredAsync(message.Id, TimerFirer.Node, stoppingToken);
        }
#pragma warning disable CA1031 // whatever the reason, the next message must not wait for it; the reason is kept with the message
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // a channel nobody has set up is no failure; the page of undelivered messages says so
            if (error is not EgressRefusedException { Message: NotConfigured })
            {
                Log.Failed(log, message.Id, message.Channel, error);
            }

            if (error is EgressRefusedException || message.Attempts + 1 >= channel.MaxAttempts)
            {
                var reason = error is TimeoutException ? HttpRequestActivity.TimedOut : HttpRequestActivity.FailedToConnect;
                await GiveUpAsync(message, error.Message, reason, stoppingToken);
                return;
            }

            await outbox.FailedAsync(
                message.Id, TimerFirer.Node, error.Message, clock.GetUtcNow() + Backoff.After(message.Attempts + 1), stoppingToken);
        }
    }

    /// <summary>The code is put into a message on its way out, and nowhere before.</summary>
    /// <exception cref="EgressRefusedException">The key that sealed the code is gone.</exception>
    private MessageRow WithCode(MessageRow message)
    {
        string Said(string kept) => codes.Open(kept) ?? throw new EgressRefusedException("The tracking code cannot be opened any more.");
        return message.Recipient != Candidates.Complainant ? message : message with { BodyZh = SealedCode.Fill(message.BodyZh, Said), BodyEn = SealedCode.Fill(message.BodyEn, Said) };
    }

    // Whoever waits is told first: a message parked by a process that died in between would leave them waiting.
    private async Task GiveUpAsync(MessageRow message, string error, string reason, CancellationToken stoppingToken)
    {
        DateTimeOffset? tellAgainAt = null;
        try
        {
            await TellAsync(message, new() { ["NoAnswer"] = reason, ["Error"] = error }, stoppingToken);
        }
#pragma warning disable CA1031 // the step goes on waiting and is told later
        catch (Exception untold) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.Failed(log, message.Id, message.Channel, untold);
            tellAgainAt = clock.GetUtcNow() + Backoff.After(message.Attempts + 1);
        }

        if (tellAgainAt is null)
        {
            await ParkedAsync(message, error, stoppingToken);
        }

        await outbox.FailedAsync(message.Id, TimerFirer.Node, error, tellAgainAt, stoppingToken);
    }

    // before it is parked: one that is tried and parked again after a crash is recorded twice, none is forgotten. Errors of servers name addresses and are not told
    private async Task ParkedAsync(MessageRow message, string error, CancellationToken stoppingToken)
    {
        if (reads is not null)
        {
            await reads.ChainedAsync(
                Parked, new Actor(ActorKind.System, "outbox"),
                new JsonObject
                {
                    ["message"] = message.Id.ToString(),
                    ["case"] = message.ComplaintId == Guid.Empty ? null : message.ComplaintId.ToString(),
                    ["channel"] = message.Channel,
                    ["attempts"] = message.Attempts + 1,
                    ["why"] = error == NotConfigured ? NotConfigured : "not-delivered",
                },
                stoppingToken);
        }
    }

    private async Task TellAsync(MessageRow message, Dictionary<string, object?> answer, CancellationToken stoppingToken)
    {
        if (OutgoingMessages.WaitingFor(message) is var (instance, bookmark))
        {
            await cases.AnswerAsync(instance, bookmark, answer, stoppingToken);
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
