using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CaseManagement.EndToEnd.Tests.Portal;

/// <summary>Too many misses from one address, in a product of its own, for they count for everybody at this address.</summary>
public sealed class PortalWorkTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Theory, InlineData("zh-CN", true), InlineData("en", false)]
    public async Task Over_the_rate_the_browser_does_the_work_by_itself(string language, bool dark)
    {
        var page = await host.OpenAsync(new Look(language, dark, Phone: true));
        await page.GoAsync("/portal/follow");
        for (var miss = 0; miss <= 10 && await page.Page.Locator("#challenge").CountAsync() == 0; miss++)
        {
            await page.Page.Locator("#code").FillAsync("0000-0000-0000-0000-0");
            await page.Page.GetByRole(AriaRole.Button).Filter(new() { HasText = language == "en" ? "Open" : "查看" }).ClickAsync();
        }

        await Expect(page.Page.Locator("[data-proof-says]")).ToContainTextAsync(language == "en" ? "Press the button again" : "请再按一次按钮", new() { Timeout = 60_000 });
        Assert.Empty(await page.FindBarriersAsync());
        await page.ShootAsync($"portal-challenge-{language}");
        await page.Page.Locator("#code").FillAsync("0000-0000-0000-0000-0");
        await page.Page.GetByRole(AriaRole.Button).Filter(new() { HasText = language == "en" ? "Open" : "查看" }).ClickAsync();

        // let in, and a miss like any other
        await Expect(page.Page.Locator("#code-error")).ToContainTextAsync(language == "en" ? "opens no case" : "查不到案件");
        await page.Page.Context.CloseAsync();
    }
}
