using System.ComponentModel.DataAnnotations;

namespace CaseManagement.Web.Nodes;

/// <summary>How this process lives among others.</summary>
public sealed class NodeOptions
{
    public const string Section = "Nodes";

    /// <summary>
    /// Asked to stop, it answers requests for so many seconds more while <c>/health/ready</c> says 503, so that the load balancer sends no new
    /// ones. Unset: 5 in Production, else 0.
    /// </summary>
    [Range(0, 300)]
    public int? DrainSeconds { get; set; }

    /// <summary>Says so often that it is alive, in seconds.</summary>
    [Range(1, 60)]
    public int HeartbeatSeconds { get; set; } = 5;
}
