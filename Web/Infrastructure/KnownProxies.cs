using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace CaseManagement.Web.Infrastructure;

/// <summary>Proxies before the product, by address or network: from them alone the caller's address and scheme are taken.</summary>
public static class KnownProxies
{
    public const string Setting = "Proxy:Known";

    public static IReadOnlyList<IPNetwork> Of(IConfiguration configuration) =>
        [.. (configuration.GetSection(Setting).Get<string[]>() ?? []).Select(Networks.Read).OfType<IPNetwork>()];

    /// <summary>Does nothing where none is named.</summary>
    public static IApplicationBuilder UseKnownProxies(this WebApplication app)
    {
        var known = Of(app.Configuration);
        if (known.Count == 0)
        {
            return app;
        }

        // every hop from the right is asked as long as it is known
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in known)
        {
            options.KnownIPNetworks.Add(network);
        }

        return app.UseForwardedHeaders(options);
    }
}
