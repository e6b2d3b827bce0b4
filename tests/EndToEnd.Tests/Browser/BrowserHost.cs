using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Browser;

/// <summary>One server and one Chromium for all browser tests; without Chromium the tests are skipped and say so.</summary>
public sealed class BrowserHost : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private List<Cookie> _session = [];

    public WebHost Web { get; } = new();
    public Uri Address { get; private set; } = new("http://localhost");

    public async ValueTask InitializeAsync()
    {
        Address = Web.Start();
        var path = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium";
        if (!File.Exists(path))
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run",
            ],
        });
    }

    /// <summary>A page in a session of its own, signed in unless told not to.</summary>
    internal async Task<TestPage> OpenAsync(Look look, bool signedIn = true, bool script = true)
    {
        if (_browser is null)
        {
            Assert.Skip("There is no Chromium here; set CHROMIUM_PATH to its executable.");
        }

        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            Locale = look.Language,
            TimezoneId = "Asia/Shanghai",
            ViewportSize = new() { Width = look.Width, Height = look.Height },
            HasTouch = look.Phone,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.AddCookiesAsync(
        [
            new() { Name = "lang", Value = look.Language, Url = Address.ToString() },
            new() { Name = "theme", Value = look.Dark ? "dark" : "light", Url = Address.ToString() },
        ]);
        if (signedIn)
        {
            await context.AddCookiesAsync(await SessionAsync(context));
        }

        return new TestPage(await context.NewPageAsync());
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

        _playwright?.Dispose();
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
