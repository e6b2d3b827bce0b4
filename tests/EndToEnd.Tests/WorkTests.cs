using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.EndToEnd.Tests.Samples;
using CaseManagement.Web.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CaseManagement.EndToEnd.Tests;

/// <summary>What people do on the pages, with script.</summary>
[Collection(BrowserTests.Name)]
public sealed class WorkTests(BrowserHost browser)
{
    [Fact]
    public async Task A_draft_saves_while_typing_and_says_so_with_a_time()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");

        await page.GetByLabel("Resolution proposal").PressSequentiallyAsync("Replace both teeth");

        await Expect(page.Locator("#task .saved [data-saved]")).ToHaveTextAsync("Draft saved 14:21:00");
        Assert.Contains("draft Replace both teeth", browser.Web.Cases.Calls);
    }

    [Fact]
    public async Task Cases_alike_come_by_themselves_once_the_page_is_there()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "TS-20260818-002" })).ToBeVisibleAsync();
        await Expect(page.GetByText("same telephone")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_refused_form_keeps_the_text_and_ties_the_error_to_its_field()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        await page.GetByLabel("Cause").FillAsync("worn plate");

        await page.GetByRole(AriaRole.Button, new() { Name = "Send for approval" }).ClickAsync();

        await Expect(page.GetByLabel("Cause")).ToHaveValueAsync("worn plate");
        await Expect(page.GetByLabel("Resolution proposal")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Resolution proposal")).ToHaveAccessibleDescriptionAsync("Write the proposal.");
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
    }

    [Fact]
    public async Task Control_Enter_completes_the_task_by_its_usual_outcome()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        await page.GetByLabel("Resolution proposal").FillAsync("Pay 1,000");

        await page.GetByLabel("Resolution proposal").PressAsync("Control+Enter");

        await Expect(page.Locator("#live")).ToContainTextAsync("Task completed");
        Assert.Contains("complete Done", browser.Web.Cases.Calls);
    }

    [Fact]
    public async Task A_blocked_outcome_stays_and_says_what_is_missing()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Close at once" });

        await button.ClickAsync(new() { Force = true });

        await Expect(button).ToHaveAccessibleDescriptionAsync("Missing: approval");
        Assert.DoesNotContain("complete Close", browser.Web.Cases.Calls);
    }

    [Fact]
    public async Task A_clock_is_paused_from_its_popover()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        await page.Locator("details.why > summary").First.ClickAsync();
        await page.GetByText("Pause…").First.ClickAsync();
        await page.Locator("#pause-reason").FillAsync("waiting for receipts");

        await page.Locator("details.act[open] button[type=submit]").ClickAsync();

        await Expect(page.Locator("#live")).ToContainTextAsync("Done");
        Assert.Contains("pause resolution waiting for receipts", browser.Web.Cases.Calls);
    }

    [Fact]
    public async Task What_somebody_else_did_first_is_said_on_the_page()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        await page.Locator(".case-h details.pop > summary").ClickAsync();
        await page.GetByText("Withdraw…").First.ClickAsync();
        await page.Locator("#withdraw-reason").FillAsync("asked to");

        await page.Locator(".case-h details.act[open] button[type=submit]").ClickAsync();

        await Expect(page.Locator(".note[data-k=late]")).ToContainTextAsync("Wang Lei withdrew it at 14:19");
    }

    [Fact]
    public async Task The_timeline_filters_in_place()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        await page.GetByLabel("Cause").FillAsync("typed, not sent");

        await page.Locator("#timeline .chip", new() { HasText = "Decisions" }).ClickAsync();

        await Expect(page.Locator(".tl > li[data-k]")).ToHaveCountAsync(1);
        await Expect(page.Locator(".tl > li[data-k=dec]")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Cause")).ToHaveValueAsync("typed, not sent");
    }

    [Fact]
    public async Task A_conditional_field_follows_its_condition()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync("/intake");
        var injuries = page.GetByRole(AriaRole.Group, new() { Name = "Injuries" });
        await Expect(injuries).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Group, new() { Name = "Someone was hurt" }).GetByText("Yes").ClickAsync();
        await Expect(injuries).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Someone was hurt" }).GetByText("No").ClickAsync();

        await Expect(injuries).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Another_kind_brings_its_form_and_keeps_what_was_typed()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync("/intake");
        await page.GetByLabel("In one line").FillAsync("opening hours");

        await page.GetByText("Consultation", new() { Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Someone was hurt" })).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("In one line")).ToHaveValueAsync("opening hours");
        await Expect(page.Locator("[aria-invalid=true]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_row_can_be_added_to_a_table_field()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a row" }).ClickAsync();

        await Expect(page.GetByLabel("Item, row 3")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Item, row 3")).ToHaveAttributeAsync("name", "f.costs[2].item");
    }

    [Fact]
    public async Task A_changed_limit_is_previewed_before_it_is_applied()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.GotoAsync("/limits/standard-complaint?limit=resolution");

        await page.GetByLabel("Amount").FillAsync("5");
        await Expect(page.Locator("#pv")).ToContainTextAsync("Reads: 5 days");
        await page.GetByLabel("Reason").FillAsync("head office asks");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();

        await Expect(page.Locator("#live")).ToContainTextAsync("Applied");
        Assert.Contains(browser.Web.Limits.Applied, edit => edit is { Amount: "5", Version: "preview-5", Reason: "head office asks" });
    }

    [Fact]
    public async Task The_theme_is_the_systems_until_one_is_chosen_which_changes_in_place_and_stays()
    {
        const string light = "rgb(243, 244, 241)";
        const string dark = "rgb(18, 22, 24)";
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;
        await page.Context.ClearCookiesAsync(new() { Name = Preferences.Theme });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.GotoAsync("/portal");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", dark);
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", dark);
        await page.GetByLabel("Cause").FillAsync("typed, not sent");

        await page.GetByRole(AriaRole.Link, new() { Name = "Light theme" }).ClickAsync();

        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", light);
        await Expect(page.GetByLabel("Cause")).ToHaveValueAsync("typed, not sent");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Dark theme" })).ToBeFocusedAsync();
        await page.GotoAsync("/inbox");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", light);

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.GetByRole(AriaRole.Link, new() { Name = "Dark theme" }).ClickAsync();
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", dark);

        // paper is light whatever was chosen
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("#191f22", await page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).getPropertyValue('--ink')"));
    }

    [Fact]
    public async Task Language_changes_where_one_is_and_stays()
    {
        var page = (await browser.OpenAsync(Look.Desk)).Page;
        await page.GotoAsync("/inbox?view=late&sort=level");

        await page.GetByRole(AriaRole.Link, new() { Name = "Switch to English" }).ClickAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        Assert.Contains("view=late", page.Url, StringComparison.Ordinal);
        await page.GotoAsync("/limits");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Time limits");
    }

    [Fact]
    public async Task On_a_phone_the_process_of_a_case_is_read_as_a_list()
    {
        var page = (await browser.OpenAsync(new Look("en", Dark: false, Phone: true))).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");

        await page.Locator("details.dia-d > summary").ClickAsync();

        await Expect(page.Locator(".dia-d .outline li").First).ToBeVisibleAsync();
        await Expect(page.Locator(".dia-d svg.dia")).ToBeHiddenAsync();
        await Expect(page.Locator(".dia-d .outline li[aria-current=step]").First).ToContainTextAsync("now");
    }

    [Fact]
    public async Task A_shape_one_came_for_is_brought_into_view()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk)).Page;

        await page.GotoAsync("/processes/standard-complaint?tab=findings&shape=standard-complaint/reexamine#diagram");

        await Expect(page.Locator(".dia .here")).ToBeInViewportAsync();
    }
}
