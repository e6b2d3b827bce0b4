using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.EndToEnd.Tests.Samples;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CaseManagement.EndToEnd.Tests;

/// <summary>The keys of the interface guide, section 6.</summary>
[Collection(BrowserTests.Name)]
public sealed class KeyboardTests(BrowserHost browser)
{
    [Fact]
    public async Task J_and_K_move_show_the_preview_and_Enter_opens_the_case()
    {
        var page = (await browser.OpenAsync(Look.Desk)).Page;
        await page.GotoAsync("/inbox");

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");

        await Expect(page.Locator(".rowc.on .num").First).ToHaveTextAsync("TS-20261012-003");
        await Expect(page.Locator(".rowc.on .sub")).ToBeFocusedAsync();
        await Expect(page.Locator("#preview a.btn-sm").First).ToHaveAttributeAsync("href", $"/cases/{SampleCases.Id}");

        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/cases/{SampleCases.Id}$"));
    }

    [Fact]
    public async Task X_selects_and_the_bulk_bar_counts()
    {
        var page = (await browser.OpenAsync(Look.Desk)).Page;
        await page.GotoAsync("/inbox");
        await Expect(page.Locator("[data-bulk]")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");

        await Expect(page.Locator("[data-bulk]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-bulk-count]")).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task R_and_E_open_the_chosen_case_where_one_answers_and_works_and_A_gives_its_task_away()
    {
        var page = (await browser.OpenAsync(Look.Desk)).Page;
        foreach (var (key, part) in ((string, string)[])[("r", "composer"), ("e", "task")])
        {
            await PressOnFirstAsync(page, key, new System.Text.RegularExpressions.Regex($"/cases/[0-9a-f-]+#{part}$"));
        }

        await PressOnFirstAsync(page, "a", new System.Text.RegularExpressions.Regex("/inbox/bulk\\?"));
        await Expect(page.Locator("input[name=Action]")).ToHaveValueAsync("handover");
    }

    private static async Task PressOnFirstAsync(IPage page, string key, System.Text.RegularExpressions.Regex leadsTo)
    {
        await page.GotoAsync("/inbox");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync(key);
        await Expect(page).ToHaveURLAsync(leadsTo);
    }

    [Fact]
    public async Task Slash_finds_and_letters_typed_there_move_nothing()
    {
        var page = (await browser.OpenAsync(Look.Desk)).Page;
        await page.GotoAsync("/inbox");

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("jx?");

        await Expect(page.Locator("#gs")).ToBeFocusedAsync();
        await Expect(page.Locator("#gs")).ToHaveValueAsync("jx?");
        await Expect(page.Locator(".rowc.on")).ToHaveCountAsync(0);
        await Expect(page.Locator("#keys-dialog")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_question_mark_lists_the_keys_and_Escape_closes()
    {
        var page = (await browser.OpenAsync(Look.Desk)).Page;
        await page.GotoAsync("/limits");

        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("#keys-dialog")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Locator("#keys-dialog")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Escape_closes_a_popover_and_returns_the_focus()
    {
        var page = (await browser.OpenAsync(Look.Desk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        var summary = page.Locator("details.why > summary").First;
        await summary.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "查看规则" }).FocusAsync();

        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Locator(".why .days")).ToBeHiddenAsync();
        await Expect(summary).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Single_keys_can_be_switched_off_in_the_account_menu()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync("/inbox");
        await page.Locator("details.me > summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-keys", "off");

        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".rowc.on")).ToHaveCountAsync(0);

        await page.Locator("details.me > summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-keys", "on");
    }

    [Fact]
    public async Task The_first_tab_stop_skips_to_the_main_content()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync("/inbox");

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to main content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("main")).ToBeFocusedAsync();
    }
}
