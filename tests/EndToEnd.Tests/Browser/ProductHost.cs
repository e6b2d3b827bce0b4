using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Browser;

/// <summary>The whole product with its demo people on a database and a simulated clock of its own: Monday 12 October 2026, 10:00 in Shanghai.</summary>
public abstract class ProductHost : IAsyncLifetime
{
    private const string Key = "end-to-end-bootstrap-key";

    private readonly Product _product;
    private readonly Dictionary<Look, TestPage> _kept = [];
    private readonly Dictionary<string, Cookie> _sessions = new(StringComparer.Ordinal);
    private ChromiumBrowser? _browser;
    private Uri _address = new("http://localhost");

    protected ProductHost() => _product = new Product(this);

    /// <summary>Services of the running product.</summary>
    protected IServiceProvider Services => _product.Services;

    /// <summary>Settings beside the usual ones.</summary>
    protected virtual IEnumerable<(string Name, string Value)> Settings => [];

    /// <summary>Changes what the product is put together from.</summary>
    protected virtual void Replace(IServiceCollection services)
    {
    }

    /// <summary>What has happened before the tests; not called where there is no Chromium.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _browser = await ChromiumBrowser.StartAsync();
        if (_browser is not null)
        {
            _address = _product.Start();
            await PrepareAsync();
        }
    }

    /// <summary>A page of somebody without an account; skips the test where there is no Chromium.</summary>
    internal async Task<TestPage> OpenAsync(Look look, bool script = true) =>
        new(await (await ChromiumBrowser.Required(_browser).OpenAsync(_address, look, script)).NewPageAsync());

    /// <summary>A page of one of the demo people; skips the test where there is no Chromium.</summary>
    internal async Task<TestPage> SignInAsync(string person, Look look)
    {
        var page = await OpenAsync(look);
        await page.GoAsync("/sign-in");
        await page.Page.Locator($"form[action='/sign-in/demo']:has(input[value='{person}']) button").ClickAsync();
        await page.Page.WaitForURLAsync(address => !new Uri(address).AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal));
        return page;
    }

    /// <summary>
    /// A page of one of the demo people, or of nobody, that is kept for the next test that looks in this way: for going from page to page, not for working on one.
    /// </summary>
    internal async Task<TestPage> VisitAsync(string person, Look look)
    {
        if (person.Length > 0 && !_sessions.ContainsKey(person))
        {
            var context = (await SignInAsync(person, look)).Page.Context;
            var session = (await context.CookiesAsync()).Single(cookie => cookie.Name == "cc");
            _sessions[person] = new Cookie { Name = session.Name, Value = session.Value, Url = _address.ToString() };
            await context.CloseAsync();
        }

        if (!_kept.TryGetValue(look, out var page))
        {
            _kept[look] = page = await OpenAsync(look);
        }

        await (person.Length > 0 ? page.Page.Context.AddCookiesAsync([_sessions[person]]) : page.Page.Context.ClearCookiesAsync(new() { Name = "cc" }));
        return page;
    }

    /// <summary>The patterns of what a browser can ask for with GET by itself.</summary>
    internal IReadOnlyList<string> GetRoutes() =>
    [
        .. Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true && e.Metadata.GetMetadata<ControllerActionDescriptor>() is not null)
            .Select(e => e.RoutePattern.RawText!.Trim('/')).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>A program with every right; for one of the demo people where one is named.</summary>
    internal HttpClient Api(string? person = null)
    {
        var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        if (person is not null)
        {
            client.DefaultRequestHeaders.Add("X-Act-As", person);
        }

        return client;
    }

    /// <summary>The case of this number, as a program reads it.</summary>
    internal async Task<JsonNode> CaseAsync(string number)
    {
        using var client = Api();
        var found = await client.GetFromJsonAsync<JsonNode>(new Uri($"/api/v1/complaints?q={number}", UriKind.Relative));
        return found!["items"]!.AsArray().Single(c => c!["number"]!.GetValue<string>() == number)!;
    }

    /// <summary>One of the demo people finishes a task of the case.</summary>
    internal async Task CompleteAsync(string number, string person, string task, object body)
    {
        using var client = Api(person);
        var id = (await CaseAsync(number))["id"]!.GetValue<Guid>();
        var tasks = (await client.GetFromJsonAsync<JsonNode>(new Uri($"/api/v1/complaints/{id}", UriKind.Relative)))!["tasks"]!.AsArray();
        var open = tasks.Last(t => t!["key"]!.GetValue<string>() == task)!["id"]!.GetValue<Guid>();
        (await client.PostAsJsonAsync($"/api/v1/tasks/{open}/complete", body)).EnsureSuccessStatusCode();
    }

    /// <summary>Lets time pass, an ISO 8601 length, with all that falls due in it.</summary>
    internal async Task AdvanceAsync(string by)
    {
        using var client = Api();
        (await client.PostAsJsonAsync("/api/v1/clock/advance", new { by })).EnsureSuccessStatusCode();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        await _product.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private sealed class Product(ProductHost host) : WebApplicationFactory<Program>
    {
        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-product-");

        public Uri Start()
        {
            UseKestrel(0);
            StartServer();
            return ClientOptions.BaseAddress;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("ConnectionStrings:Default", $"Data Source={Path.Combine(_data.FullName, "cases.db")};Pooling=False");
            builder.UseSetting("Storage:DataFolder", _data.FullName).UseSetting("Bootstrap:AdminApiKey", Key);
            builder.UseSetting("Clock:Simulated", "true").UseSetting("Clock:StartAt", "2026-10-12T02:00:00Z");
            foreach (var (name, value) in host.Settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureTestServices(host.Replace);
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
