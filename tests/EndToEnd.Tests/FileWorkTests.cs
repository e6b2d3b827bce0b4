using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.EndToEnd.Tests.Samples;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CaseManagement.EndToEnd.Tests;

/// <summary>Files on the page of a case: picked, dropped, pasted, taken away again, sent.</summary>
[Collection(BrowserTests.Name)]
public sealed class FileWorkTests(BrowserHost browser)
{
    [Fact]
    public async Task Files_are_dropped_pasted_picked_taken_away_and_sent_with_the_words()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        var (composer, list) = (page.Locator("#composer form"), page.Locator("[data-picked] li"));

        await DropAsync(page, "dropped.txt");
        await page.EvaluateAsync(
            """
            () => {
              const clipboardData = new DataTransfer();
              clipboardData.items.add(new File(['x'], 'pasted.jpg', { type: 'image/jpeg' }));
              document.querySelector('#composer-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
            }
            """);
        await composer.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "picked.txt", MimeType = "text/plain", Buffer = "x"u8.ToArray() });
        await Expect(list).ToHaveCountAsync(3);

        await DropAsync(page, "fourth.txt");
        await Expect(page.Locator("#composer-error")).ToContainTextAsync("At most 3 files at once");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove dropped.txt" }).ClickAsync();
        await Expect(list).ToHaveTextAsync(["pasted.jpg1 KB×", "picked.txt1 KB×"]);

        await page.Locator("#composer-text").FillAsync("with pictures");
        // the second click of two falls on what has come to stand there: what stops the sending
        await composer.GetByRole(AriaRole.Button, new() { Name = "Send" }).DblClickAsync();

        await Expect(page.Locator("#live")).Not.ToBeEmptyAsync();
        Assert.Contains("write reply with pictures, 2 files", browser.Web.Cases.Calls);
        Assert.DoesNotContain("entry draft with pictures", browser.Web.Cases.Calls.SkipWhile(c => !c.StartsWith("write", StringComparison.Ordinal)));

        await page.GoBackAsync();
        await Expect(page.Locator("#composer-text")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_beside_the_words_and_the_files_stay()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        await DropAsync(page, "only a file.txt");

        await page.Locator("#composer").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Expect(page.Locator("#composer-error")).ToContainTextAsync("Nothing is written yet.");
        await Expect(page.Locator("[data-picked] li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_file_too_large_is_refused_before_it_is_sent()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");

        await page.Locator("#composer input[type=file]").First.SetInputFilesAsync(
            new FilePayload { Name = "large.txt", MimeType = "text/plain", Buffer = new byte[(1024 * 1024) + 1] });

        await Expect(page.Locator("#composer-error")).ToContainTextAsync("“large.txt” is larger than 1 MB");
        await Expect(page.Locator("[data-picked] li")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_typed_into_the_composer_is_kept_and_says_so()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");

        await page.Locator("#composer-text").PressSequentiallyAsync("halfway");

        await Expect(page.Locator("#composer [data-saved]")).ToHaveTextAsync("Draft saved 14:22:00");
        Assert.Contains("entry draft halfway", browser.Web.Cases.Calls);
    }

    private static async Task DropAsync(IPage page, string name)
    {
        var data = await page.EvaluateHandleAsync("name => { const held = new DataTransfer(); held.items.add(new File(['x'], name)); return held; }", name);
        await page.Locator("#composer form").DispatchEventAsync("drop", new { dataTransfer = data });
    }
}
