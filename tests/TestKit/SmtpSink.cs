using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CaseManagement.Tests;

/// <summary>A mail that arrived: the envelope's recipient and the message as it came.</summary>
public sealed record SunkMail(string To, string Raw)
{
    /// <summary>The value of a header, unfolded; empty where there is none.</summary>
    public string Header(string name)
    {
        var lines = Raw.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n")[0].Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal).Split('\n');
        return lines.FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";
    }
}

/// <summary>A mail server on loopback that keeps what it is given; it can be told to refuse.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<SunkMail> _mails = new();
    private readonly Task _accepting;

    public SmtpSink()
    {
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>In the order they came.</summary>
    public IReadOnlyList<SunkMail> Mails => [.. _mails];

    /// <summary>Offers STARTTLS with this certificate, and takes mail over TLS only.</summary>
    public System.Security.Cryptography.X509Certificates.X509Certificate2? Certificate { get; init; }

    /// <summary>Takes mail only from who signs in so (AUTH PLAIN): user and password.</summary>
    public (string User, string Password)? Account { get; init; }

    /// <summary>What was said before TLS, line by line.</summary>
    public ConcurrentQueue<string> InTheClear { get; } = new();

    /// <summary>Answers every RCPT with this instead of 250, such as <c>550 No such user</c>; null accepts.</summary>
    public string? RefusesRecipients { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var held = client;
        try
        {
            Stream stream = client.GetStream();
            var (reader, writer) = Talk(stream);
            await writer.WriteLineAsync("220 sink");
            var (to, isSecure, isKnown) = (new List<string>(), Certificate is null, Account is null);
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                if (!isSecure)
                {
                    InTheClear.Enqueue(line);
                }

                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "STARTTLS" && !isSecure)
                {
                    await writer.WriteLineAsync("220 go on");
                    var tls = new System.Net.Security.SslStream(stream);
                    await tls.AuthenticateAsServerAsync(Certificate!);
                    (stream, isSecure) = (tls, true);
                    (reader, writer) = Talk(stream);
                    continue;
                }

                if (verb == "AUTH")
                {
                    isKnown = Account is var (user, password) && line.Split(' ')[^1] == Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
                    await writer.WriteLineAsync(isKnown ? "235 welcome" : "535 who are you");
                    continue;
                }

                if (verb is "MAIL" or "RCPT" or "DATA" && !(isSecure && isKnown))
                {
                    await writer.WriteLineAsync(isSecure ? "530 sign in first" : "530 TLS first");
                    continue;
                }

                if (verb == "RCPT")
                {
                    if (RefusesRecipients is { } refusal)
                    {
                        await writer.WriteLineAsync(refusal);
                        continue;
                    }

                    to.Add(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]);
                }
                else if (verb == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    var raw = await ReadDataAsync(reader);
                    to.ForEach(one => _mails.Enqueue(new SunkMail(one, raw)));
                    to.Clear();
                }
                else if (verb == "QUIT")
                {
                    await writer.WriteLineAsync("221 bye");
                    return;
                }

                string[] offers = ["sink", .. isSecure ? Array.Empty<string>() : ["STARTTLS"], .. isSecure && Account is not null ? ["AUTH PLAIN"] : Array.Empty<string>(), "8BITMIME"];
                await writer.WriteLineAsync(verb == "EHLO" ? string.Join("\r\n", offers.Select((offer, at) => (at + 1 < offers.Length ? "250-" : "250 ") + offer)) : "250 ok");
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // whoever spoke was killed, or the test is over
        }
    }

    private static (StreamReader Reader, StreamWriter Writer) Talk(Stream stream) =>
        (new StreamReader(stream, Encoding.UTF8), new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true });

    private async Task<string> ReadDataAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            text.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        }

        return text.ToString();
    }
}
