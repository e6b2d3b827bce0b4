using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CaseManagement.Web.Nodes;

/// <summary>Whether this process takes work. One that was asked to stop is not ready any more, while it still answers.</summary>
public sealed class NodeState : IHealthCheck
{
    private volatile bool _isDraining;

    public bool IsDraining => _isDraining;

    /// <summary>Takes no more work from now on.</summary>
    public void Drain() => _isDraining = true;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(_isDraining ? HealthCheckResult.Unhealthy("draining") : HealthCheckResult.Healthy());
}
