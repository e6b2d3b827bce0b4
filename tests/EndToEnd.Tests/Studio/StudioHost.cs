using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>The whole product on a database of its own with the demo people, served on a port, and a Chromium to draw in.</summary>
internal sealed class StudioHost : IAsyncDisposable
{
    private const string Key = "studio-test-bootstrap-key";

    private readonly Product _product = new();
    private readonly Uri _address;
    private ChromiumBrowser? _browser;

    private StudioHost() => _address = _product.Start();

    /// <summary>Skips the test where there is no Chromium.</summary>
    public static async Task<StudioHost> StartAsync()
    {
        var browser = ChromiumBrowser.Required(await ChromiumBrowser.StartAsync());
        return new StudioHost { _browser = browser };
    }

    /// <summary>Services of the running product.</summary>
    public IServiceProvider Services => _product.Services;

    /// <summary>A program with the administrator's key.</summary>
    public HttpClient Program()
    {
        var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        return client;
    }

    /// <summary>Somebody's browser, signed in as one of the demo people.</summary>
    public async Task<StudioPage> SignInAsync(string person, Look look)
    {
        var context = await ChromiumBrowser.Required(_browser).OpenAsync(_address, look);
        var page = new TestPage(await context.NewPageAsync());
        await page.GoAsync("/sign-in");
        await page.Page.Locator($"form[action='/sign-in/demo']:has(input[value='{person}']) button").ClickAsync();
        await page.Page.WaitForURLAsync(address => !new Uri(address).AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal));
        return new StudioPage(page, _address, look.Language);
    }

    /// <summary>Registers a case of a process, or of the standard one.</summary>
    public async Task<JsonNode> RegisterAsync(string? process, string subject)
    {
        using var program = Program();
        var answer = await program.PostAsJsonAsync(
            "/api/v1/complaints",
            new { process, channel = "phone", subject, description = "夜里无人处理。", complainant = new { name = "王女士", phone = "13800000000" } },
            TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        await _product.DisposeAsync();
    }

    private sealed class Product : WebApplicationFactory<Program>
    {
        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-studio-");

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
            builder.UseSetting("Storage:DataFolder", _data.FullName).UseSetting("Demo:Cases", "false").UseSetting("Bootstrap:AdminApiKey", Key);
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

/// <summary>One Studio at a time: each starts a runtime in the browser.</summary>
[CollectionDefinition(Name)]
public sealed class StudioTests
{
    public const string Name = "Studio";
}
