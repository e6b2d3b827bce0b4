using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Delivery;

/// <summary>Sends the HTTP requests of processes and hands back what was answered. Redirects are not followed: a 302 is an answer.</summary>
public sealed class HttpRequestChannel : IMessageChannel, IDisposable
{
    private static readonly HashSet<string> OurOwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "TE", "Trailer", "Expect",
        "Proxy-Authorization", "Proxy-Connection",
    };

    private readonly EgressPolicy _egress;
    private readonly OutgoingHttpOptions _options;
    private readonly HttpClient _client;

    public HttpRequestChannel(EgressPolicy egress, IOptions<OutgoingHttpOptions> options)
    {
        _egress = egress;
        _options = options.Value;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancellationToken) => egress.ConnectAsync(context.DnsEndPoint, cancellationToken),
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public string Name => HttpRequestActivity.Channel;

    public int MaxAttempts => _options.MaxAttempts;

    /// <exception cref="EgressRefusedException">It may not go there.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="HttpRequestException">No connection, or it broke.</exception>
    public async Task<Delivered> DeliverAsync(MessageRow message, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(message.BodyEn);
        using var request = RequestOf(document.RootElement, message.Id);
        _egress.Check(request.RequestUri!);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return new Delivered(await AnswerOfAsync(response, deadline.Token));
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

    private static HttpRequestMessage RequestOf(JsonElement envelope, Guid id)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(envelope.GetProperty("Method").GetString()!), new Uri(envelope.GetProperty("Url").GetString()!));
        request.Headers.Add("Idempotency-Key", id.ToString());
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CaseManagement", "1"));
        if (envelope.GetProperty("Content").GetString() is { } content)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", envelope.GetProperty("ContentType").GetString());
        }

        foreach (var header in envelope.GetProperty("Headers").EnumerateObject())
        {
            if (OurOwnHeaders.Contains(header.Name))
            {
                continue;
            }

            request.Headers.Remove(header.Name);
            if (header.Value.GetString() is { } value && !request.Headers.TryAddWithoutValidation(header.Name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Name, value);
            }
        }

        return request;
    }

    private async Task<Dictionary<string, object?>> AnswerOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            headers[name] = string.Join(", ", values);
        }

        var content = await ReadAsync(response.Content, cancellationToken);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["StatusCode"] = (int)response.StatusCode,
            ["Headers"] = new Dictionary<string, object?>(headers, StringComparer.Ordinal),
            ["ContentType"] = response.Content.Headers.ContentType?.MediaType,
            ["Content"] = content,
        };
    }

    [SuppressMessage("Performance", "CA1859", Justification = "Text or nothing.")]
    private async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > _options.MaxAnswerBytes)
        {
            return null;
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var read = new MemoryStream();
        var buffer = new byte[8192];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (read.Length + count > _options.MaxAnswerBytes)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return EncodingOf(content.Headers.ContentType?.CharSet).GetString(read.GetBuffer(), 0, (int)read.Length);
    }

    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            return charset is { Length: > 0 } ? Encoding.GetEncoding(charset.Trim('"')) : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
