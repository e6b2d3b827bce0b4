using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Browser;

/// <summary>One server and one Chromium for all browser tests; without Chromium the tests are skipped and say so.</summary>
public sealed class BrowserHost : IAsyncLifetime
{
    private ChromiumBrowser? _browser;
    private readonly Dictionary<Look, TestPage> _kept = [];
    private List<Cookie> _session = [];

    public WebHost Web { get; } = new();
    public Uri Address { get; private set; } = new("http://localhost");

    public async ValueTask InitializeAsync()
    {
        Address = Web.Start();
        _browser = await ChromiumBrowser.StartAsync();
    }

    /// <summary>A page in a session of its own, signed in unless told not to.</summary>
    internal async Task<TestPage> OpenAsync(Look look, bool signedIn = true, bool script = true)
    {
        var context = await ChromiumBrowser.Required(_browser).OpenAsync(Address, look, script);
        if (signedIn)
        {
            await context.AddCookiesAsync(await SessionAsync(context));
        }

        return new TestPage(await context.NewPageAsync());
    }

    /// <summary>A page, signed in, that is kept for the next test that looks in this way: for going from page to page, not for working on one.</summary>
    internal async Task<TestPage> VisitAsync(Look look)
    {
        if (!_kept.TryGetValue(look, out var page))
        {
            _kept[look] = page = await OpenAsync(look);
        }

        return page;
    }

    // Signing in once serves all tests; the sign-in page has its own.
    private async Task<IEnumerable<Cookie>> SessionAsync(IBrowserContext context)
    {
        if (_session.Count == 0)
        {
            var page = await context.NewPageAsync();
            await page.GotoAsync("/sign-in");
            await page.Locator("form[action='/sign-in/demo'] button").First.ClickAsync();
            await page.WaitForURLAsync("**/inbox");
            _session = [.. (await context.CookiesAsync())
                .Where(cookie => cookie.Name is "cc")
                .Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = Address.ToString() })];
            await page.CloseAsync();
        }

        return _session;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        await Web.DisposeAsync();
    }
}

/// <summary>How a page is looked at.</summary>
public sealed record Look(string Language, bool Dark, bool Phone)
{
    public static readonly Look Desk = new("zh-CN", false, false);
    public static readonly Look EnglishDesk = new("en", false, false);

    public int Width => Phone ? 360 : 1440;
    public int Height => Phone ? 780 : 900;

    public override string ToString() => $"{Language} {(Dark ? "dark" : "light")} {(Phone ? "phone" : "desktop")}";
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserHost>
{
    public const string Name = "Browser";
}
