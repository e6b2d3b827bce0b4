using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Timers;

/// <summary>Moves the simulated clock through every due moment on the way, so that nothing fires late; answers when everything has come to rest.</summary>
public sealed class ClockAdvancer(TimeProvider clock, ITimerQueue queue, TimerFirer firer)
{
    /// <summary>Farthest a single advance may go.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromDays(3700);

    /// <summary>Whether the product's own time is simulated.</summary>
    public bool IsSimulated => clock is SimulatedClock;

    /// <returns>How many timers fired.</returns>
    /// <exception cref="InvalidOperationException">The clock is real.</exception>
    public async Task<int> AdvanceToAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var simulated = clock as SimulatedClock ?? throw new InvalidOperationException("Only a simulated clock can be advanced.");
        var fired = await firer.FireDueAsync(cancellationToken);
        while (await queue.NextDueAtAsync(cancellationToken) is { } next && next <= moment)
        {
            if (next <= simulated.GetUtcNow())
            {
                // one that failed waits for its next try, which lies ahead; anything else due now fires now
                fired += await firer.FireDueAsync(cancellationToken);
                continue;
            }

            simulated.MoveTo(next);
            fired += await firer.FireDueAsync(cancellationToken);
        }

        simulated.MoveTo(moment);
        return fired + await firer.FireDueAsync(cancellationToken);
    }
}
