using System.Net;
using System.Net.Sockets;
using CaseManagement.Web.Delivery;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Tests.Delivery;

public sealed class EgressPolicyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://api.example.com/orders")]
    [InlineData("https://API.example.com:443/")]
    [InlineData("https://deep.below.example.org/")]
    [InlineData("http://intranet.local:8080/x")]
    public void An_allowed_host_may_be_asked(string url) => Policy().Check(new Uri(url));

    [Theory]
    [InlineData("http://api.example.com/")]
    [InlineData("https://api.example.com:8443/")]
    [InlineData("https://example.org/")]
    [InlineData("https://evil-example.org/")]
    [InlineData("https://api.example.com.evil.net/")]
    [InlineData("https://api.example.com@evil.net/")]
    [InlineData("https://evil.net#api.example.com")]
    [InlineData("http://intranet.local/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("ftp://api.example.com/")]
    public void Any_other_is_refused(string url) => Assert.Throws<EgressRefusedException>(() => Policy().Check(new Uri(url)));

    [Fact]
    public void Without_configuration_nothing_may_be_asked() =>
        Assert.Throws<EgressRefusedException>(() => new EgressPolicy(Options.Create(new OutgoingHttpOptions())).Check(new Uri("https://api.example.com/")));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("169.254.169.254")]
    public async Task A_name_that_leads_inside_is_refused(string address)
    {
        var policy = Policy((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]));

        await Assert.ThrowsAsync<EgressRefusedException>(async () => await policy.ConnectAsync(new DnsEndPoint("api.example.com", 443), Token));
    }

    [Fact]
    public async Task The_connection_goes_to_the_address_that_was_checked_whatever_the_name_says_next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var asked = 0;
        var options = OptionsWith();
        options.AllowedNetworks.Add("127.0.0.1/32");

        // the first answer is checked; a second one, inside the network, would be the attack
        var policy = new EgressPolicy(Options.Create(options), (_, _) => Task.FromResult<IPAddress[]>(
            [++asked == 1 ? IPAddress.Loopback : IPAddress.Parse("10.0.0.1")]));
        await using var stream = await policy.ConnectAsync(new DnsEndPoint("api.example.com", port), Token);
        using var accepted = await listener.AcceptSocketAsync(Token);

        Assert.True(accepted.Connected);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Only_the_named_network_inside_may_be_asked()
    {
        var options = OptionsWith();
        options.AllowedNetworks.Add("10.20.0.0/16");
        var policy = new EgressPolicy(Options.Create(options), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.21.0.1")]));

        await Assert.ThrowsAsync<EgressRefusedException>(async () => await policy.ConnectAsync(new DnsEndPoint("intranet.local", 8080), Token));
    }

    [Theory]
    [InlineData("api.example.com/path")]
    [InlineData("https://user@api.example.com")]
    [InlineData("ftp://api.example.com")]
    [InlineData("")]
    public void A_host_that_is_none_is_refused_at_start(string host)
    {
        var options = new OutgoingHttpOptions();
        options.AllowedHosts.Add(host);
        options.AllowedNetworks.Add("10.0.0.0/33");

        Assert.Equal(2, options.Validate(new(options)).Count());
    }

    private static EgressPolicy Policy(EgressPolicy.Resolver? resolve = null) => new(Options.Create(OptionsWith()), resolve);

    private static OutgoingHttpOptions OptionsWith()
    {
        var options = new OutgoingHttpOptions();
        foreach (var host in (string[])["api.example.com", "*.example.org", "http://intranet.local:8080"])
        {
            options.AllowedHosts.Add(host);
        }

        return options;
    }
}
