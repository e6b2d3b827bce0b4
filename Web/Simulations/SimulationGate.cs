using System.Threading.RateLimiting;

namespace CaseManagement.Web.Simulations;

/// <summary>Keeps simulations and replays from taking the machine: so many a minute for each caller, so many at once on this node.</summary>
public sealed class SimulationGate : IDisposable
{
    /// <summary>How many one caller may start in a minute.</summary>
    public const int PerMinute = 10;

    /// <summary>How many run at once on one node.</summary>
    public const int AtOnce = 2;

    private readonly PartitionedRateLimiter<string> _callers = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetSlidingWindowLimiter(
        caller, _ => new SlidingWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));

    private readonly ConcurrencyLimiter _node = new(new ConcurrencyLimiterOptions { PermitLimit = AtOnce });

    /// <summary>Lets the caller in until the pass is disposed.</summary>
    /// <exception cref="SimulationRefusedException">Too many a minute, or too many at once; nothing was started.</exception>
    public IDisposable Enter(string caller)
    {
        var place = _node.AttemptAcquire();
        if (!place.IsAcquired)
        {
            place.Dispose();
            throw new SimulationRefusedException("simulations-busy", TimeSpan.FromSeconds(5));
        }

        using var turn = _callers.AttemptAcquire(caller);
        if (!turn.IsAcquired)
        {
            place.Dispose();
            throw new SimulationRefusedException("too-many-simulations", TimeSpan.FromSeconds(10));
        }

        return place;
    }

    public void Dispose()
    {
        _callers.Dispose();
        _node.Dispose();
    }
}

/// <summary>A simulation was not started.</summary>
/// <param name="code"><c>simulations-busy</c> or <c>too-many-simulations</c>.</param>
/// <param name="retryAfter">When it is worth trying again.</param>
public sealed class SimulationRefusedException(string code, TimeSpan retryAfter) : Exception(code)
{
    public string Code { get; } = code;

    public TimeSpan RetryAfter { get; } = retryAfter;
}
