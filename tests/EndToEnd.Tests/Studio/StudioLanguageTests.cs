using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>Studio's own words are Chinese for Chinese readers; what people wrote stays as they wrote it, were it a word of Studio's.</summary>
[Collection(StudioTests.Name)]
public sealed class StudioLanguageTests
{
    [Fact]
    public async Task What_people_wrote_is_not_translated()
    {
        await using var host = await StudioHost.StartAsync();
        var studio = await host.SignInAsync("owner", Look.Desk);
        await studio.OpenListAsync();
        var id = await studio.CreateAsync("Published");

        await Assertions.Expect(studio.Page.Locator(".mud-tab").Filter(new() { HasTextString = "Published" })).ToHaveCountAsync(1);
        await Assertions.Expect(studio.Page.Locator(".mud-input-control", new() { HasTextString = "流程图的名称。" }).Locator("input")).ToHaveValueAsync("Published");
        await studio.Page.Locator("[data-studio-view=Definitions]").ClickAsync();
        await Assertions.Expect(studio.Page.Locator("elsa-workflow-definition-list tbody tr", new() { HasTextString = id }).Locator("td[data-label=Name], td:nth-child(3)").First)
            .ToContainTextAsync("Published");
    }
}
