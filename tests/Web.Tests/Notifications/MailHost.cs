using CaseManagement.Tests;
using CaseManagement.Web.Notifications;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Web.Timers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CaseManagement.Web.Tests.Notifications;

/// <summary>
/// The product on a database of its own with the demo people, no cases, a simulated clock and a mail server on loopback. Nothing is sent by itself:
/// the test says when. It is Wednesday 2 September 2026, 10:00 in Shanghai.
/// </summary>
public sealed class MailHost : WebApplicationFactory<Program>
{
    private readonly ProductDatabase _database = ProductDatabase.Create();

    /// <summary>Settings beside the usual ones; before the first use.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public SmtpSink Sink { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public HttpClient Api()
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("X-Api-Key", ApiHost.Key);
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        return client;
    }

    /// <summary>Somebody's browser, signed in.</summary>
    public async Task<Browser> AsAsync(string person, string language = "en")
    {
        var browser = new Browser(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));
        await browser.GetAsync($"/sign-in?lang={language}");
        await browser.PostAsync("/sign-in/demo", ("userName", person));
        return browser;
    }

    /// <summary>Somebody's browser who has not signed in.</summary>
    public Browser Visitor() => new(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    public static async Task<List<string>> RegisterAsync(HttpClient api, int count, Action<Dictionary<string, object>>? change = null)
    {
        var numbers = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var body = Sample.Complaint();
            change?.Invoke(body);
            numbers.Add((await api.TellAsync("/api/v1/complaints", body, 201))["number"].Text());
        }

        return numbers;
    }

    public static async Task PassAsync(HttpClient api, string time) => await api.TellAsync("/api/v1/clock/advance", new { by = time });

    /// <summary>Works out whom notices reach, writes the mails that are due, and hands them to the server.</summary>
    /// <returns>How many mails were written.</returns>
    public async Task<int> MailAsync()
    {
        var written = await Services.GetRequiredService<NoticeMails>().RunAsync(Token);
        while (await Services.GetRequiredService<OutboxDispatcher>().DeliverDueAsync(Token) > 0)
        {
            // more may wait
        }

        return written;
    }

    /// <summary>The mails that arrived at somebody's address.</summary>
    public List<MimeMessage> MailsOf(string person) =>
        [.. Sink.Mails.Where(m => m.To == $"{person}@example.com").Select(m => MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(m.Raw)), Token))];

    public async Task<T> AskAsync<T>(Func<CaseManagementDbContext, Task<T>> question)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        return await question(db);
    }

    public Task ChangeAsync(Func<CaseManagementDbContext, Task> change) => Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync(
        async (db, _) =>
        {
            await change(db);
            return true;
        },
        Token).AsTask();

    /// <summary>Departments as they shall be; others stay.</summary>
    public Task OrganiseAsync(params (string Key, string? Parent, string? Head, string? Substitute)[] departments) => ChangeAsync(async db =>
    {
        foreach (var (key, parent, head, substitute) in departments)
        {
            var department = await db.Departments.SingleOrDefaultAsync(d => d.Key == key, Token);
            if (department is null)
            {
                department = new Department { Key = key, NameZh = $"{key}部", NameEn = $"{key} department" };
                db.Departments.Add(department);
            }

            (department.Parent, department.Head, department.Substitute) = (parent, head, substitute);
        }
    });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        _database.Use(builder);
        (string Name, string Value)[] usual =
        [
            ("Bootstrap:AdminApiKey", ApiHost.Key), ("Clock:Simulated", "true"), ("Clock:StartAt", ApiHost.Start.ToString("O")), ("Demo:Cases", "false"),
            ("Mail:Enabled", "true"), ("Mail:Host", "127.0.0.1"), ("Mail:Port", Sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Mail:Security", "None"),
            ("Mail:From", "Complaints <complaints@example.org>"), ("Mail:PublicUrl", "https://cases.example.org"), ("Notifications:EverySeconds", "3600"),
        ];
        foreach (var (name, value) in usual.Concat(Settings.Select(s => (s.Key, s.Value))))
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services =>
        {
            foreach (var dispatcher in services.Where(s => s.ImplementationFactory?.Method.ReturnType == typeof(OutboxDispatcher)).ToList())
            {
                services.Remove(dispatcher);
            }
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Sink.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
