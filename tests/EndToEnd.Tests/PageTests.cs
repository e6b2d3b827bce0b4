using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.EndToEnd.Tests.Samples;

namespace CaseManagement.EndToEnd.Tests;

/// <summary>Every page, in both languages and themes, on a desk and on a phone.</summary>
[Collection(BrowserTests.Name)]
public sealed class PageTests(BrowserHost browser)
{
    internal static readonly (string Name, string Path)[] Pages =
    [
        ("inbox", "/inbox"),
        ("inbox-empty", "/inbox?view=approval"),
        ("case", $"/cases/{SampleCases.Id}"),
        ("intake", "/intake"),
        ("processes", "/processes"),
        ("process", "/processes/standard-complaint"),
        ("process-findings", "/processes/standard-complaint?tab=findings"),
        ("process-content", "/processes/standard-complaint?tab=content"),
        ("process-history", "/processes/standard-complaint?tab=history"),
        ("process-clauses", "/processes/standard-complaint?tab=clauses"),
        ("incidents", "/incidents"),
        ("incident", "/incidents/0198f000-0000-7000-8000-0000000000aa"),
        ("steps", "/processes/standard-complaint/workflows/standard-complaint/steps"),
        ("step", "/processes/standard-complaint/workflows/standard-complaint/steps/handle"),
        ("moves", "/processes/standard-complaint/migrate"),
        ("moves-tried", "/processes/standard-complaint/migrate?from=2&to=3&reason=tried"),
        ("process-simulation", "/processes/standard-complaint/simulation"),
        ("process-replay", "/processes/standard-complaint/replay"),
        ("limits", "/limits/standard-complaint"),
        ("limits-edit", "/limits/standard-complaint?limit=resolution"),
        ("limits-undo", "/limits/standard-complaint/changes/2/undo"),
        ("calendar", "/calendars"),
        ("calendar-day", "/calendars/cn?day=2026-10-10"),
        ("calendar-import", "/calendars/cn/import"),
        ("calendar-review", "/calendars/review/import"),
        ("calendar-change", "/calendars/cn/undo/3"),
        ("jobs", "/jobs"),
    ];

    public static TheoryData<string, string, string, bool> EveryWindow()
    {
        var data = new TheoryData<string, string, string, bool>();
        foreach (var (name, path) in Pages)
        {
            foreach (var (language, phone) in new[] { ("zh-CN", false), ("zh-CN", true), ("en", false), ("en", true) })
            {
                data.Add(name, path, language, phone);
            }
        }

        return data;
    }

    [Theory, MemberData(nameof(EveryWindow))]
    public async Task A_page_has_no_barrier_in_either_theme_and_fits_its_window(string name, string path, string language, bool phone)
    {
        var look = new Look(language, false, phone);
        var page = await browser.VisitAsync(look);

        var wrong = await page.LookAtAsync(path, name, look, themes: [false, true]);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory, InlineData("not-found", "/nowhere", 404), InlineData("forbidden", "/errors/403", 403), InlineData("broken", "/errors/500", 500)]
    public async Task A_page_of_an_error_has_no_barrier_and_fits_its_window(string name, string path, int status)
    {
        var wrong = new List<string>();
        foreach (var (look, dark) in new[] { (Look.Desk, false), (new Look("en", false, Phone: true), true) })
        {
            var page = await browser.VisitAsync(look);
            wrong.AddRange(await page.LookAtAsync(path, name, look, themes: [dark], status));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory, InlineData("zh-CN", false, false), InlineData("en", true, false), InlineData("zh-CN", true, true), InlineData("en", false, true)]
    public async Task Signing_in_has_no_barrier(string language, bool dark, bool phone)
    {
        var page = await browser.OpenAsync(new Look(language, dark, phone), signedIn: false);

        await page.GoAsync("/inbox");
        await page.ShootAsync($"sign-in-{language}-{(phone ? "phone" : "desktop")}");

        Assert.Contains("/sign-in", page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(await page.FindBarriersAsync());
        Assert.True(await page.OverflowAsync() <= 0);
    }

    [Theory, InlineData("zh-CN", false, false), InlineData("en", true, false), InlineData("zh-CN", false, true)]
    public async Task An_open_popover_and_an_open_diagram_have_no_barrier(string language, bool dark, bool phone)
    {
        var page = await browser.OpenAsync(new Look(language, dark, phone));
        await page.GoAsync($"/cases/{SampleCases.Id}");

        await page.Page.Locator("details.dia-d > summary").ClickAsync();
        await page.ShootAsync($"case-diagram-{language}-{(phone ? "phone" : "desktop")}");
        var size = page.Page.ViewportSize!;
        await page.Page.SetViewportSizeAsync(4000, 900);
        await page.Page.Locator(".dia-scroll").ScreenshotAsync(new() { Path = Repository.File($"test-output/diagram-{language}-{(phone ? "phone" : "desktop")}.png") });
        await page.Page.SetViewportSizeAsync(size.Width, size.Height);
        await page.Page.Locator("details.why > summary").First.ClickAsync();
        await page.ShootAsync($"case-why-{language}-{(phone ? "phone" : "desktop")}");

        Assert.True(await page.Page.Locator(".why .days").IsVisibleAsync());
        Assert.Empty(await page.FindBarriersAsync());
        Assert.True(await page.OverflowAsync() <= 0);
    }
}
