using System.Diagnostics.CodeAnalysis;
using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Browser;

/// <summary>A Chromium that asks nobody outside for anything.</summary>
internal sealed class ChromiumBrowser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private ChromiumBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Null where there is none.</summary>
    public static async Task<ChromiumBrowser?> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium";
        if (!File.Exists(path))
        {
            return null;
        }

        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run",
            ],
        });
        return new ChromiumBrowser(playwright, browser);
    }

    /// <summary>Skips the test where there is no Chromium.</summary>
    public static ChromiumBrowser Required([NotNull] ChromiumBrowser? browser)
    {
        if (browser is null)
        {
            Assert.Skip("There is no Chromium here; set CHROMIUM_PATH to its executable.");
        }

        return browser;
    }

    /// <summary>A session of its own.</summary>
    public async Task<IBrowserContext> OpenAsync(Uri address, Look look, bool script = true)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            Locale = look.Language,
            TimezoneId = "Asia/Shanghai",
            ViewportSize = new() { Width = look.Width, Height = look.Height },
            HasTouch = look.Phone,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.AddCookiesAsync(
        [
            new() { Name = "lang", Value = look.Language, Url = address.ToString() },
            new() { Name = "theme", Value = look.Dark ? "dark" : "light", Url = address.ToString() },
        ]);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
