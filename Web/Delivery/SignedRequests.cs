using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CaseManagement.Web.Configuration;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Delivery;

/// <summary>
/// Posts signed JSON to gateways, where the egress rules let it go: hosts the configuration names, connected to the address that was checked, no
/// redirect, no proxy, a time limit; the answer's body is not read.
/// </summary>
public sealed class SignedRequests : IDisposable
{
    private readonly EgressPolicy _egress;
    private readonly OutgoingHttpOptions _options;
    private readonly TimeProvider _wallClock;
    private readonly HttpClient _client;

    public SignedRequests(EgressPolicy egress, IOptions<OutgoingHttpOptions> options, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
    {
        _egress = egress;
        _options = options.Value;
        _wallClock = wallClock;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancellationToken) => egress.ConnectAsync(context.DnsEndPoint, cancellationToken),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public int MaxAttempts => _options.MaxAttempts;

    /// <summary>Why this address may not be asked; null where it may.</summary>
    public string? Refusal(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed))
        {
            return "no-url";
        }

        try
        {
            _egress.Check(parsed);
            return null;
        }
        catch (EgressRefusedException refused)
        {
            return refused.Message;
        }
    }

    /// <param name="url">Where to.</param>
    /// <param name="body">JSON.</param>
    /// <param name="secrets">Every secret that is valid now.</param>
    /// <param name="id">The idempotency key: the same for every attempt.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EgressRefusedException">It may not go there, or the gateway will have none of it (4xx, a redirect).</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="HttpRequestException">No connection, it broke, or the gateway cannot now (5xx, 408, 425, 429).</exception>
    public async Task PostAsync(Uri url, byte[] body, IReadOnlyList<string> secrets, Guid id, CancellationToken cancellationToken)
    {
        _egress.Check(url);
        var timestamp = _wallClock.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("Idempotency-Key", id.ToString());
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(secrets, timestamp, body));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CaseManagement", "1"));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            ThrowUnlessTaken(response.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {_options.TimeoutSeconds} seconds.");
        }
        catch (HttpRequestException exception) when (exception.InnerException is EgressRefusedException refused)
        {
            throw refused;
        }
    }

    public void Dispose() => _client.Dispose();

    private static void ThrowUnlessTaken(HttpStatusCode status)
    {
        var number = ((int)status).ToString(CultureInfo.InvariantCulture);
        if ((int)status is >= 500 or 408 or 425 or 429)
        {
            throw new HttpRequestException($"The gateway answered {number}.");
        }

        if ((int)status is < 200 or >= 300)
        {
            throw new EgressRefusedException($"The gateway answered {number}.");
        }
    }
}
