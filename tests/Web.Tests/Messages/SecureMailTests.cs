using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CaseManagement.Tests;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Tests.Notifications;
using CaseManagement.Workflows.Cases.Store;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Tests.Messages;

/// <summary>Mail leaves over TLS and signed in, or not at all. The authority and the server's certificate are the test's own.</summary>
public sealed class SecureMailTests : IAsyncLifetime
{
    private readonly MailHost _host = new();
    private readonly string _authority = Path.Combine(Path.GetTempPath(), $"mail-authority-{Guid.NewGuid():N}.pem");
    private readonly SmtpSink _sink;
    private readonly X509Certificate2 _certificate;

    public SecureMailTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, to) = (new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2045, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var authority = root.CreateSelfSigned(from, to);
        File.WriteAllText(_authority, authority.ExportCertificatePem());
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=localhost", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        server.CertificateExtensions.Add(names.Build());
        using var issued = server.Create(authority, from, to, [1, 2, 3, 4]);
        using var whole = issued.CopyWithPrivateKey(serverKey);
        _certificate = X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
        _sink = new SmtpSink { Certificate = _certificate, Account = ("sender", "a password") };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        await _host.DisposeAsync();
        _certificate.Dispose();
        File.Delete(_authority);
    }

    [Fact]
    public async Task With_the_right_authority_and_password_a_mail_arrives_and_nothing_of_it_crosses_in_the_clear()
    {
        using var channel = Channel(_ => { });

        await channel.DeliverAsync(Message(), Token);

        Assert.Equal("wang@example.com", Assert.Single(_sink.Mails).To);
        Assert.All(_sink.InTheClear, line => Assert.True(line.StartsWith("EHLO", StringComparison.Ordinal) || line == "STARTTLS", line));
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused()
    {
        using var channel = Channel(options => options.TrustedCertificate = null);

        await Assert.ThrowsAsync<SslHandshakeException>(() => channel.DeliverAsync(Message(), Token));

        Assert.Empty(_sink.Mails);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused()
    {
        using var channel = Channel(options => options.Host = "127.0.0.1");

        await Assert.ThrowsAsync<SslHandshakeException>(() => channel.DeliverAsync(Message(), Token));
    }

    [Fact]
    public async Task A_wrong_password_sends_nothing()
    {
        using var channel = Channel(options => options.Password = "wrong");

        await Assert.ThrowsAsync<AuthenticationException>(() => channel.DeliverAsync(Message(), Token));

        Assert.Empty(_sink.Mails);
    }

    [Fact]
    public async Task A_server_that_offers_no_TLS_gets_nothing()
    {
        await using var plain = new SmtpSink();
        using var channel = Channel(options => options.Port = plain.Port);

        await Assert.ThrowsAsync<NotSupportedException>(() => channel.DeliverAsync(Message(), Token));

        Assert.Empty(plain.Mails);
    }

    private MailChannel Channel(Action<MailOptions> change)
    {
        var options = new MailOptions
        {
            Enabled = true,
            Host = "localhost",
            Port = _sink.Port,
            User = "sender",
            Password = "a password",
            From = "complaints@example.org",
            TrustedCertificate = _authority,
        };
        change(options);
        return new MailChannel(Options.Create(options), _host.Services.GetRequiredService<ReplyAddresses>(), _host.Services.GetRequiredService<ReplyFiles>());
    }

    private static MessageRow Message() => new()
    {
        Id = Guid.NewGuid(),
        ComplaintId = Guid.NewGuid(),
        Template = "receipt",
        Recipient = "complainant",
        Channel = "email",
        Address = "wang@example.com",
        SubjectZh = "主题",
        SubjectEn = "Subject",
        BodyZh = "正文",
        BodyEn = "Text",
        State = MessageStates.Pending,
        CreatedAt = DateTimeOffset.Parse("2026-09-02T02:00:00Z", CultureInfo.InvariantCulture),
    };
}
