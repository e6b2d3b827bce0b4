using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Browser;

/// <summary>One server and one Chromium for all browser tests; without Chromium the tests are skipped and say so.</summary>
public sealed class BrowserHost : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

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
        var page = new TestPage(await context.NewPageAsync());
        if (signedIn)
        {
            await page.GoAsync("/sign-in");
            await page.Page.Locator("form[action='/sign-in/demo'] button").First.ClickAsync();
            await page.Page.WaitForURLAsync("**/inbox");
        }

        return page;
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
