using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.EndToEnd.Tests.Escalation;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CaseManagement.EndToEnd.Tests.Inbox;

/// <summary>The list in columns, narrowed, and kept up with while it is open.</summary>
[Collection(EscalationTests.Name)]
public sealed class InboxPageTests(EscalationHost host)
{
    [Theory, InlineData("zh-CN", false, false), InlineData("en", true, false), InlineData("en", false, true), InlineData("zh-CN", true, true)]
    public async Task Columns_and_filters_have_no_barrier_and_fit_the_window(string language, bool dark, bool phone)
    {
        var page = await host.SignInAsync("wu", new Look(language, dark, phone));

        await page.GoAsync("/inbox?view=open&columns=number,level,clocks,handler,department,fact:amountProposed,received&department=service&open=columns");
        await page.ShootAsync($"inbox-columns-{language}-{(dark ? "dark" : "light")}-{(phone ? "phone" : "desktop")}");
        Assert.Empty(await page.FindBarriersAsync());
        Assert.True(await page.OverflowAsync() <= 0, $"The page is {await page.OverflowAsync()} px too wide.");
        await page.Page.Locator("#list-columns > summary").ClickAsync();
        await page.Page.Locator("#more-filters > summary").ClickAsync();
        await page.ShootAsync($"inbox-filters-{language}-{(dark ? "dark" : "light")}-{(phone ? "phone" : "desktop")}");

        Assert.Empty(await page.FindBarriersAsync());
        Assert.True(await page.OverflowAsync() <= 0, $"The page is {await page.OverflowAsync()} px too wide.");
        Assert.Empty(page.Complaints);
        await page.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task Columns_are_chosen_and_moved_and_the_list_sorted_and_narrowed_by_keyboard()
    {
        var zhou = (await host.SignInAsync("zhou", Look.EnglishDesk)).Page;
        await zhou.GotoAsync("/inbox?view=open");
        await zhou.Locator("#list-columns > summary").PressAsync("Enter");
        foreach (var column in (string[])["received", "department"])
        {
            await zhou.Locator("#column-add").SelectOptionAsync(column);
            await zhou.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).PressAsync("Enter");
        }

        await zhou.GetByRole(AriaRole.Button, new() { Name = "Move “Lead department” forward" }).PressAsync("Enter");
        await Expect(zhou.Locator(".lst-t thead th")).ToHaveTextAsync(["Select", "Subject", "Lead department", "Received"]);
        await zhou.Locator(".lst-t thead").GetByRole(AriaRole.Link, new() { Name = "Received" }).PressAsync("Enter");
        await Expect(zhou.Locator(".lst-t thead th[aria-sort=descending]")).ToHaveTextAsync("Received");
        await zhou.Locator("#more-filters > summary").PressAsync("Enter");
        await zhou.Locator("#more-filters").GetByLabel("Lead department").SelectOptionAsync("quality");
        await zhou.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).PressAsync("Enter");
        await Expect(zhou.Locator(".chip[aria-current=true]", new() { HasText = "Lead department: Quality" })).ToBeVisibleAsync();
        await Expect(zhou.Locator("html")).ToHaveAttributeAsync("data-ready", "1");
        await zhou.Keyboard.PressAsync("j");
        await Expect(zhou.Locator("tr.rowc.on .sub")).ToBeFocusedAsync();

        await zhou.Keyboard.PressAsync("Enter");
        await zhou.WaitForURLAsync("**/cases/**");
        await zhou.Context.CloseAsync();
    }

    [Fact]
    public async Task An_open_list_tells_what_is_new_and_brings_it_without_losing_what_was_chosen()
    {
        var wu = (await host.SignInAsync("wu", Look.EnglishDesk)).Page;
        await wu.Clock.InstallAsync();
        await wu.GotoAsync("/inbox?view=open&sort=newest");
        var top = await wu.Locator(".rowc .num").First.InnerTextAsync();
        await wu.Locator(".rowc input[type=checkbox]").First.CheckAsync();
        using var api = host.Api();
        (await api.PostAsJsonAsync("/api/v1/complaints", new { channel = "phone", subject = "新来的投诉", description = "刚登记", category = "speed", complainant = new { name = "王女士" } }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        await wu.Clock.FastForwardAsync(25_000);
        await Expect(wu.Locator("[data-live-bar]")).ToContainTextAsync("1 new");
        await Expect(wu.Locator(".rowc .num").First).ToHaveTextAsync(top);
        await wu.Locator("[data-live-show]").ClickAsync();

        await Expect(wu.Locator(".rowc.fresh .sub")).ToHaveTextAsync("新来的投诉");
        await Expect(wu.Locator(".rowc", new() { HasText = top }).Locator("input[type=checkbox]")).ToBeCheckedAsync();
        await Expect(wu.Locator("[data-live-bar]")).ToBeHiddenAsync();
        await wu.Context.CloseAsync();
    }

    [Fact]
    public async Task An_open_case_tells_that_somebody_changed_it_and_keeps_what_was_typed()
    {
        var wu = (await host.SignInAsync("wu", Look.EnglishDesk)).Page;
        using var api = host.Api();
        var found = await api.GetFromJsonAsync<JsonNode>(new Uri("/api/v1/complaints?pageSize=1", UriKind.Relative), TestContext.Current.CancellationToken);
        var id = found!["items"]![0]!["id"]!.GetValue<Guid>();
        await wu.Clock.InstallAsync();
        await wu.GotoAsync($"/cases/{id}");
        await wu.Locator("#composer-text").FillAsync("half a thought");
        (await api.PostAsJsonAsync($"/api/v1/complaints/{id}/notes", new { text = "called back" }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        await wu.Clock.FastForwardAsync(25_000);

        await Expect(wu.Locator("[data-live-bar]")).ToContainTextAsync("This case has just changed");
        await Expect(wu.Locator("#composer-text")).ToHaveValueAsync("half a thought");
        await wu.Context.CloseAsync();
    }

    [Fact]
    public async Task The_next_task_is_one_click_away_and_a_task_is_taken_and_handed_over_with_a_note()
    {
        var li = (await host.SignInAsync("li", Look.EnglishDesk)).Page;
        await li.GotoAsync("/inbox");
        await li.GetByRole(AriaRole.Link, new() { Name = "Next" }).First.ClickAsync();
        await li.WaitForURLAsync("**/cases/**");
        var id = li.Url.Split('/')[^1];

        // what would happen is shown before it does
        await li.GotoAsync("/inbox?view=unclaimed");
        await li.Locator($".rowc[data-case='{id}'] input[type=checkbox]").CheckAsync();
        await li.Locator(".bulk button[value=claim]").ClickAsync();
        await Expect(li.Locator("main .list li")).ToHaveCountAsync(1);
        await li.Locator("main form .btn-primary").ClickAsync();
        await Expect(li.Locator("#live")).ToContainTextAsync("Done");

        await li.GotoAsync("/inbox");
        var place = await li.Locator(".rowc").EvaluateAllAsync<int>("(rows, id) => rows.findIndex(row => row.dataset.case === id)", id);
        for (var at = 0; at <= place; at++)
        {
            await li.Keyboard.PressAsync("j");
        }

        await li.Keyboard.PressAsync("a");
        await li.WaitForURLAsync("**/inbox/bulk?*");
        await li.Locator("#to").SelectOptionAsync("zhang");
        await li.Locator("#reason").FillAsync("On leave from tomorrow");
        await li.Locator("#reason").PressAsync("Enter");
        await Expect(li.Locator("#live")).ToContainTextAsync("Done");
        await li.GotoAsync($"/cases/{id}");
        await Expect(li.Locator("#timeline")).ToContainTextAsync("On leave from tomorrow");
        await li.Context.CloseAsync();
    }
}
