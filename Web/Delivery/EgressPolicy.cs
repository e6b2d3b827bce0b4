using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Delivery;

/// <summary>A request must not go where it wants to. Trying again does not help; the administrator's configuration would.</summary>
public sealed class EgressRefusedException(string message) : Exception(message);

/// <summary>
/// Decides where requests may go, by host and again by address, and opens the connection itself to an address it has checked: a name that
/// answers otherwise the second time gains nothing.
/// </summary>
public sealed class EgressPolicy(IOptions<OutgoingHttpOptions> options, EgressPolicy.Resolver? resolve = null)
{
    private readonly List<AllowedHost> _hosts = [.. options.Value.AllowedHosts.Select(h => AllowedHost.TryParse(h, out var host) ? host : null).OfType<AllowedHost>()];
    private readonly List<IPNetwork> _networks = [.. options.Value.AllowedNetworks.Select(n => IPNetwork.Parse(n))];
    private readonly Resolver _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>Looks up the addresses of a host.</summary>
    public delegate Task<IPAddress[]> Resolver(string host, CancellationToken cancellationToken);

    /// <exception cref="EgressRefusedException">The host is not among the allowed ones, or the address is none that may be asked.</exception>
    public void Check(Uri url)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
        {
            throw new EgressRefusedException("Only http and https addresses without a user name are asked.");
        }

        if (!_hosts.Exists(h => h.Allows(url)))
        {
            throw new EgressRefusedException(
                $"{url.GetLeftPart(UriPartial.Authority)} is not among the hosts that may be asked ({OutgoingHttpOptions.Section}:AllowedHosts).");
        }
    }

    /// <summary>Connects to the host, to the first of its addresses that may be asked and answers.</summary>
    /// <exception cref="EgressRefusedException">None of its addresses may be asked.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        var host = endPoint.Host.Trim('[', ']');
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, cancellationToken);
        var allowed = addresses.Select(OutsideAddresses.Plain).Where(MayBeAsked).ToArray();
        if (allowed.Length == 0)
        {
            throw addresses.Length == 0
                ? new HttpRequestException($"{host} has no address.")
                : new EgressRefusedException($"{host} lies inside the own network ({string.Join<IPAddress>(", ", addresses)}); {OutgoingHttpOptions.Section}:AllowedNetworks does not name it.");
        }

        SocketException? failure = null;
        foreach (var address in allowed)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, endPoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                failure = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new HttpRequestException($"{host} cannot be reached: {failure!.Message}", failure);
    }

    private bool MayBeAsked(IPAddress address) =>
        OutsideAddresses.IsPublic(address)
        || _networks.Exists(n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address));
}
