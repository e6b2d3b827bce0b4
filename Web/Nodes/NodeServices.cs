using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Nodes;

/// <summary>Registers how this process lives among others.</summary>
public static class NodeServices
{
    public static IServiceCollection AddNodes(this IServiceCollection services)
    {
        services.AddOptions<NodeOptions>().BindConfiguration(NodeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HostOptions>().Configure<IOptions<NodeOptions>>((host, node) => host.ShutdownTimeout = NodeDrain.Patience(node.Value));
        services.AddSingleton<NodeState>();
        services.AddHostedService<NodeDrain>();
        services.AddHostedService<NodeHeartbeat>();
        return services;
    }
}
