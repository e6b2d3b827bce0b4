using System.Net.Http.Json;
using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CaseManagement.EndToEnd.Tests.Escalation;

/// <summary>The whole product with its demo people and cases, a day and more later: some limits are late, some about to be, a message is undelivered.</summary>
public sealed class EscalationHost : IAsyncLifetime
{
    private const string Key = "escalation-test-bootstrap-key";

    private readonly Product _product = new();
    private ChromiumBrowser? _browser;
    private Uri _address = new("http://localhost");

    public async ValueTask InitializeAsync()
    {
        _browser = await ChromiumBrowser.StartAsync();
        if (_browser is null)
        {
            return;
        }

        _address = _product.Start();
        using var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        await AdvanceAsync(client, "PT23H");
        (await client.PostAsJsonAsync("/api/v1/complaints", new
        {
            channel = "phone",
            subject = "冷柜漏水滑倒",
            description = "顾客在冷柜前滑倒",
            category = "speed",
            complainant = new { name = "王女士", email = "wang@example.com" },
        })).EnsureSuccessStatusCode();
        await AdvanceAsync(client, "PT22H");
    }

    /// <summary>A page of somebody signed in as one of the demo people; skips the test where there is no Chromium.</summary>
    internal async Task<TestPage> SignInAsync(string person, Look look)
    {
        var context = await ChromiumBrowser.Required(_browser).OpenAsync(_address, look);
        var page = new TestPage(await context.NewPageAsync());
        await page.GoAsync("/sign-in");
        await page.Page.Locator($"form[action='/sign-in/demo']:has(input[value='{person}']) button").ClickAsync();
        await page.Page.WaitForURLAsync(address => !new Uri(address).AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal));
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        await _product.DisposeAsync();
    }

    private static async Task AdvanceAsync(HttpClient client, string by) =>
        (await client.PostAsJsonAsync("/api/v1/clock/advance", new { by })).EnsureSuccessStatusCode();

    private sealed class Product : WebApplicationFactory<Program>
    {
        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-escalation-");

        public Product() => UseKestrel(0);

        public Uri Start()
        {
            StartServer();
            return ClientOptions.BaseAddress;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("ConnectionStrings:Default", $"Data Source={Path.Combine(_data.FullName, "cases.db")};Pooling=False");
            builder.UseSetting("Storage:DataFolder", _data.FullName).UseSetting("Bootstrap:AdminApiKey", Key);
            builder.UseSetting("Clock:Simulated", "true").UseSetting("Clock:StartAt", "2026-10-12T02:00:00Z");
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && _data.Exists)
            {
                _data.Delete(recursive: true);
            }
        }
    }
}
