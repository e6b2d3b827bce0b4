using System.Net;
using System.Net.Sockets;

namespace CaseManagement.Web.Delivery;

/// <summary>
/// Which addresses lie on the public internet. Everything that leads into this machine or the network around it does not: loopback,
/// private, link-local and shared ranges, and the forms of IPv6 that carry such an address inside.
/// </summary>
public static class OutsideAddresses
{
    // IANA's special-purpose registries
    private static readonly IPNetwork[] Special =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ]).Select(n => IPNetwork.Parse(n)),
    ];

    /// <summary>Whether a request may go there without a word of the administrator's.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = Plain(address);
        return (plain.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6) && plain.ScopeIdOrZero() == 0
            && !Special.Any(n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain));
    }

    /// <summary>An IPv4 address written as one of IPv6 is that IPv4 address.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static long ScopeIdOrZero(this IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
