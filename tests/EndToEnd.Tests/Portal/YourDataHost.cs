using System.Globalization;
using System.Text;
using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.Tests;
using CaseManagement.Web.Timers;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CaseManagement.EndToEnd.Tests.Portal;

/// <summary>The product without cases, with a mail server on loopback. Mails leave when the test asks.</summary>
public sealed class YourDataHost : ProductHost
{
    private readonly SmtpSink _sink = new();

    protected override IEnumerable<(string Name, string Value)> Settings =>
    [
        ("Demo:Cases", "false"), ("Mail:Enabled", "true"), ("Mail:Host", "127.0.0.1"), ("Mail:Port", _sink.Port.ToString(CultureInfo.InvariantCulture)), ("Mail:Security", "None"),
        ("Mail:From", "Complaints <complaints@example.org>"), ("Mail:PublicUrl", "https://cases.example.org"), ("Notifications:EverySeconds", "3600"),
    ];

    protected override void Replace(IServiceCollection services)
    {
        foreach (var dispatcher in services.Where(s => s.ImplementationFactory?.Method.ReturnType == typeof(OutboxDispatcher)).ToList())
        {
            services.Remove(dispatcher);
        }
    }

    /// <summary>Hands the mails that are due to the mail server.</summary>
    /// <returns>The texts of all that ever arrived at the address; those that left together in any order.</returns>
    internal async Task<IReadOnlyList<string>> MailsToAsync(string address)
    {
        var outbox = Services.GetRequiredService<OutboxDispatcher>();
        while (await outbox.DeliverDueAsync(TestContext.Current.CancellationToken) > 0)
        {
            // more may wait
        }

        return [.. _sink.Mails.Where(m => m.To == address).Select(m => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(m.Raw))).TextBody ?? "")];
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _sink.DisposeAsync();
    }
}
