using System.Diagnostics.CodeAnalysis;
using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace CaseManagement.EndToEnd.Tests.Browser;

/// <summary>The Chromium of this test run: started by the first test that wants it, gone with the last. It asks nobody outside for anything.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)?>> Started = new(StartAsync);

    /// <summary>Null where there is none.</summary>
    internal static async Task<IBrowser?> GetAsync() => (await Started.Value)?.Browser;

    public async ValueTask DisposeAsync()
    {
        if (Started.IsValueCreated && await Started.Value is (var driver, var browser))
        {
            await browser.DisposeAsync();
            driver.Dispose();
        }
    }

    private const float Patience = 30_000;

    private static async Task<(IPlaywright Driver, IBrowser Browser)?> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium";
        if (!File.Exists(path))
        {
            return null;
        }

        // no page promises a time: a busy machine may take long
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run",
            ],
        }));
    }
}

/// <summary>Sessions of one host in the run's Chromium, gone with the host.</summary>
internal sealed class ChromiumBrowser : IAsyncDisposable
{
    private readonly IBrowser _browser;
    private readonly List<IBrowserContext> _opened = [];

    private ChromiumBrowser(IBrowser browser) => _browser = browser;

    /// <summary>Null where there is none.</summary>
    public static async Task<ChromiumBrowser?> StartAsync() => await Chromium.GetAsync() is { } browser ? new ChromiumBrowser(browser) : null;

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

            // the pages follow it: nothing was chosen
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        _opened.Add(context);
        await context.AddCookiesAsync([new() { Name = "lang", Value = look.Language, Url = address.ToString() }]);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _opened)
        {
            await context.CloseAsync();
        }
    }
}
