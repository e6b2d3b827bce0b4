using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.EndToEnd.Tests.Samples;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CaseManagement.EndToEnd.Tests;

/// <summary>The pages work without script: forms post and redirect.</summary>
[Collection(BrowserTests.Name)]
public sealed class WithoutScriptTests(BrowserHost browser)
{
    [Fact]
    public async Task A_complaint_is_read_back_corrected_and_registered()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk, script: false)).Page;
        await page.GotoAsync("/intake");
        await page.GetByRole(AriaRole.Button, new() { Name = "Read back" }).ClickAsync();
        await Expect(page.GetByLabel("In one line")).ToHaveAccessibleDescriptionAsync("Fill this in.");

        await page.GetByLabel("In one line").FillAsync("lift noise");
        await page.GetByLabel("What happened").FillAsync("every night");
        await page.GetByRole(AriaRole.Button, new() { Name = "Read back" }).ClickAsync();
        await Expect(page.Locator(".say")).ToContainTextAsync("You report: lift noise");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and register" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/cases/{SampleCases.Id}"));
        await Expect(page.Locator("#live")).ToContainTextAsync("Registered");
        Assert.NotEmpty(browser.Web.Intake.Registered);
    }

    [Fact]
    public async Task Cases_alike_are_looked_for_when_asked()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk, script: false)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Look for repeats and look-alikes" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "TS-20260818-002" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Several_cases_are_shown_before_they_are_handed_over()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk, script: false)).Page;
        await page.GotoAsync("/inbox");
        await page.Locator(".rowc input").Nth(0).CheckAsync();
        await page.Locator(".rowc input").Nth(1).CheckAsync();
        await page.Locator(".rowc input").Nth(2).CheckAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Hand over" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync("Hand over: 2 cases");
        await Expect(page.GetByText("you are the respondent")).ToBeVisibleAsync();
        await page.GetByLabel("To").SelectOptionAsync("wang");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hand over 2 cases" }).ClickAsync();

        // not all went: each row says how it ended
        await Expect(page.GetByText("you are the respondent")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync("Hand over: 1 done, 1 not done");
        Assert.Contains(browser.Web.Inbox.Applied, form => form is { To: "wang", Ids.Count: 2 });
    }

    [Fact]
    public async Task A_limit_is_previewed_and_a_missing_reason_is_said()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk, script: false)).Page;
        await page.GotoAsync("/limits/standard-complaint?limit=resolution");
        await page.GetByLabel("Amount").FillAsync("4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.Locator("#pv")).ToContainTextAsync("Reads: 4 days");

        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();

        await Expect(page.GetByLabel("Reason")).ToHaveAccessibleDescriptionAsync("Missing: reason");
        await Expect(page.GetByLabel("Amount")).ToHaveValueAsync("4");
    }

    [Fact]
    public async Task A_day_of_the_calendar_is_changed_with_a_reason()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk, script: false)).Page;
        await page.GotoAsync("/calendars");
        await page.Locator(".mon a[href*='2026-10-10']").ClickAsync();
        await page.Locator("#day").GetByText("Holiday", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("closed for repairs");

        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();

        await Expect(page.Locator("#live")).ToContainTextAsync("Applied");
        Assert.Contains(browser.Web.Calendars.Applied, edit => edit.Look == Web.Features.Calendars.CalendarDayLook.Holiday && edit.Reason == "closed for repairs");
    }

    [Fact]
    public async Task A_note_is_written_with_its_attachment()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk, script: false)).Page;
        await page.GotoAsync($"/cases/{SampleCases.Id}");
        await page.GetByText("Internal note", new() { Exact = true }).ClickAsync();
        await page.Locator("#composer-text").FillAsync("seen on site");
        await page.Locator("#composer input[type=file][multiple]").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = [1, 2, 3] });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.Locator("#live")).ToContainTextAsync("Recorded");
        Assert.Contains("write note seen on site, 1 files", browser.Web.Cases.Calls);
    }

    [Fact]
    public async Task Signing_in_returns_to_where_one_was_going()
    {
        var page = (await browser.OpenAsync(Look.EnglishDesk, signedIn: false, script: false)).Page;
        await page.GotoAsync("/limits?limit=reply");
        await page.GetByLabel("User name").FillAsync("lin");
        await page.GetByLabel("Password").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("#sign-in-error")).ToContainTextAsync("wrong");
        await Expect(page.GetByLabel("User name")).ToHaveValueAsync("lin");

        await page.GetByLabel("Password").FillAsync(SamplePeople.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        Assert.EndsWith("/limits?limit=reply", page.Url, StringComparison.Ordinal);
    }
}
