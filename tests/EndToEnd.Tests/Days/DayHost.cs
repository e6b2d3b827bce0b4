using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.Tests;
using CaseManagement.Web.Timers;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CaseManagement.EndToEnd.Tests.Days;

/// <summary>The product without cases, with a mail server on loopback. In its process the manager decides on extensions; that is data. Mails leave when the test asks.</summary>
public sealed class DayHost : ProductHost
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

    protected override async Task PrepareAsync()
    {
        using var api = Api();
        using var pack = new MemoryStream();
        await pack.WriteAsync(await api.GetByteArrayAsync(new Uri("/api/v1/processes/standard-complaint/export", UriKind.Relative)));
        using (var archive = new ZipArchive(pack, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = archive.Entries.Single(e => e.Name == "approvals.json");
            string text;
            using (var reader = new StreamReader(entry.Open()))
            {
                text = await reader.ReadToEndAsync();
            }

            var changed = Regex.Replace(text, "(\"extension\".*?\"who\": ?)\"supervisor\"", "$1\"manager\"", RegexOptions.Singleline);
            Assert.NotEqual(text, changed);
            var name = entry.FullName;
            entry.Delete();
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            await writer.WriteAsync(changed);
        }

        using var content = new ByteArrayContent(pack.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
        (await api.PostAsync(new Uri("/api/v1/processes/import", UriKind.Relative), content)).EnsureSuccessStatusCode();
        // what a version gives away is read and said back
        using var nothing = new StringContent("{}", Encoding.UTF8, "application/json");
        var review = await api.PostAsync(new Uri("/api/v1/processes/standard-complaint/validate", UriKind.Relative), nothing);
        var digest = JsonNode.Parse(await review.Content.ReadAsStringAsync())!["givesAway"]!["digest"]!.GetValue<string>();
        (await api.PostAsJsonAsync("/api/v1/processes/standard-complaint/publish", new { version = 2, note = "the manager decides on extensions", confirms = digest })).EnsureSuccessStatusCode();
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
