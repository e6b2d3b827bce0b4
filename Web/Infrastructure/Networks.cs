using System.Net;
using System.Net.Sockets;

namespace CaseManagement.Web.Infrastructure;

/// <summary>Addresses as we keep and count them: an IPv4 address, or the /56 an IPv6 subscriber has.</summary>
public static class Networks
{
    private const int SubscriberBytes = 7;

    /// <summary>The network an address belongs to, as text; <c>-</c> where there is none.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "-";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily == AddressFamily.InterNetwork)
        {
            return plain.ToString();
        }

        var bytes = plain.GetAddressBytes();
        Array.Clear(bytes, SubscriberBytes, bytes.Length - SubscriberBytes);
        return $"{new IPAddress(bytes)}/56";
    }

    /// <summary>An address or a network such as <c>10.1.0.0/16</c>; none where it cannot be read.</summary>
    public static IPNetwork? Read(string text) =>
        text.Contains('/', StringComparison.Ordinal)
            ? IPNetwork.TryParse(text, out var network) ? network : null
            : IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) : null;

    /// <summary>Whether an address lies in one of the networks, parted by spaces; none named: in any.</summary>
    public static bool Admit(string networks, IPAddress? address)
    {
        var named = networks.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return named.Length == 0 || (plain is not null && named.Any(text => Read(text) is { } network && network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain)));
    }
}

/// <summary>Browsers in a few words, for people to know their sessions by.</summary>
public static class Devices
{
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("MicroMessenger", "WeChat"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    /// <summary>Such as "Firefox · Windows"; none where the browser says nothing that we know.</summary>
    public static string? Of(string? userAgent)
    {
        string?[] known = [Named(Browsers, userAgent), Named(Systems, userAgent)];
        return known.Any(k => k is not null) ? string.Join(" · ", known.OfType<string>()) : null;
    }

    private static string? Named((string Mark, string Name)[] known, string? userAgent) =>
        userAgent is null ? null : known.FirstOrDefault(k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
