using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CaseManagement.EndToEnd.Tests.Portal;

/// <summary>The whole product with its demo people and a simulated clock, for complainants and staff in browsers of their own.</summary>
public sealed class PortalHost : IAsyncLifetime
{
    private const string Key = "portal-test-bootstrap-key";

    private readonly Product _product = new();
    private ChromiumBrowser? _browser;
    private Uri _address = new("http://localhost");

    public async ValueTask InitializeAsync()
    {
        _browser = await ChromiumBrowser.StartAsync();
        if (_browser is not null)
        {
            _address = _product.Start();
        }
    }

    /// <summary>A page of somebody without an account; skips the test where there is no Chromium.</summary>
    internal async Task<TestPage> OpenAsync(Look look, bool script = true) =>
        new(await (await ChromiumBrowser.Required(_browser).OpenAsync(_address, look, script)).NewPageAsync());

    /// <summary>A page of one of the demo people.</summary>
    internal async Task<TestPage> SignInAsync(string person, Look look)
    {
        var page = await OpenAsync(look);
        await page.GoAsync("/sign-in");
        await page.Page.Locator($"form[action='/sign-in/demo']:has(input[value='{person}']) button").ClickAsync();
        await page.Page.WaitForURLAsync(address => !new Uri(address).AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal));
        return page;
    }

    /// <summary>The case of this number, as a program reads it.</summary>
    internal async Task<JsonNode> CaseAsync(string number)
    {
        using var client = Client();
        var found = await client.GetFromJsonAsync<JsonNode>(new Uri($"/api/v1/complaints?q={number}", UriKind.Relative));
        return found!["items"]!.AsArray().Single(c => c!["number"]!.GetValue<string>() == number)!;
    }

    /// <summary>One of the demo people finishes a task of the case.</summary>
    internal async Task CompleteAsync(string number, string person, string task, object body)
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("X-Act-As", person);
        var id = (await CaseAsync(number))["id"]!.GetValue<Guid>();
        var tasks = (await client.GetFromJsonAsync<JsonNode>(new Uri($"/api/v1/complaints/{id}", UriKind.Relative)))!["tasks"]!.AsArray();
        var open = tasks.Last(t => t!["key"]!.GetValue<string>() == task)!["id"]!.GetValue<Guid>();
        (await client.PostAsJsonAsync($"/api/v1/tasks/{open}/complete", body)).EnsureSuccessStatusCode();
    }

    internal async Task AdvanceAsync(string by)
    {
        using var client = Client();
        (await client.PostAsJsonAsync("/api/v1/clock/advance", new { by })).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        await _product.DisposeAsync();
    }

    private HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        return client;
    }

    private sealed class Product : WebApplicationFactory<Program>
    {
        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-portal-");

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
            builder.UseSetting("Portal:NameZh", "惠民购物广场").UseSetting("Portal:NameEn", "Huimin Shopping Plaza").UseSetting("Portal:EmergencyPhone", "0512-0000 1212");
            builder.UseSetting("Clock:Simulated", "true").UseSetting("Clock:StartAt", "2026-10-12T02:00:00Z").UseSetting("Demo:Cases", "false");
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
