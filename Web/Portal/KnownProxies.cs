using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace CaseManagement.Web.Portal;

/// <summary>
/// Whose word about a caller's address is taken: the proxies of <c>Proxy:Known</c>, addresses or networks in CIDR form. Without any, the header
/// <c>X-Forwarded-For</c> is nothing but what a caller says.
/// </summary>
public static class KnownProxies
{
    public const string Setting = "Proxy:Known";

    /// <exception cref="InvalidOperationException">An entry is neither an address nor a network.</exception>
    public static IApplicationBuilder UseKnownProxies(this IApplicationBuilder app)
    {
        var known = app.ApplicationServices.GetRequiredService<IConfiguration>().GetSection(Setting).Get<string[]>() ?? [];
        if (known.Length == 0)
        {
            return app;
        }

        // every hop from the right is asked as long as it is known
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var one in known)
        {
            if (IPAddress.TryParse(one, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(one, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new InvalidOperationException($"{Setting} holds \"{one}\", which is neither an address nor a network such as 10.0.0.0/8.");
            }
        }

        return app.UseForwardedHeaders(options);
    }
}
