using CaseManagement.EndToEnd.Tests.Browser;

namespace CaseManagement.EndToEnd.Tests.Messages;

/// <summary>The pages of messages, letters and templates in the real product.</summary>
[Collection(MessageTests.Name)]
public sealed class MessagePageTests(MessageHost host)
{
    internal static readonly (string Name, string Person, string Path)[] Pages =
    [
        ("templates", "admin", "/templates"),
        ("templates-read", "auditor", "/templates"),
        ("template-new", "admin", "/templates/all/new-template"),
        ("template-edit", "admin", $"/templates/all/{MessageHost.Template}"),
        ("channels", "admin", "/channels"),
        ("quarantine", "zhou", "/messages/quarantine"),
        ("notice-webhook", "zhou", "/notifications/settings"),
        ("case-written", "zhou", "/cases/{case}"),
        ("letter", "zhou", "/cases/{case}/letters/{letter}"),
    ];

    public static TheoryData<string, string, string, string, bool, bool> EveryLook()
    {
        var data = new TheoryData<string, string, string, string, bool, bool>();
        foreach (var (name, person, path) in Pages)
        {
            foreach (var (language, dark, phone) in new[] { ("zh-CN", false, false), ("en", true, false), ("en", false, true), ("zh-CN", true, true) })
            {
                data.Add(name, person, path, language, dark, phone);
            }
        }

        return data;
    }

    [Theory, MemberData(nameof(EveryLook))]
    public async Task A_page_has_no_barrier_and_fits_its_window(string name, string person, string path, string language, bool dark, bool phone)
    {
        var look = new Look(language, dark, phone);
        var page = await host.VisitAsync(person, look);

        var wrong = await page.LookAtAsync(host.Filled(path), name, look);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        if (name == "case-written")
        {
            await LookIntoOpenFormsAsync(page, $"case-forms-{language}-{(dark ? "dark" : "light")}-{(phone ? "phone" : "desktop")}");
        }
    }

    // forms that open in place: those beside the case, among them the one that reveals masked fields, and those of its menu
    private static async Task LookIntoOpenFormsAsync(TestPage page, string name)
    {
        await page.Page.EvaluateAsync("() => document.querySelectorAll('.aside details').forEach(one => { one.open = true; })");
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator(".aside form[action$='/reveal']")).ToBeVisibleAsync();
        await page.ShootAsync(name);
        Assert.Empty(await page.FindBarriersAsync());
        Assert.True(await page.OverflowAsync() <= 0);
        await page.Page.EvaluateAsync("() => { document.querySelectorAll('.aside details').forEach(one => { one.open = false; }); document.querySelectorAll('.case-h details').forEach(one => { one.open = true; }); }");
        await page.ShootAsync(name + "-menu");
        Assert.Empty(await page.FindBarriersAsync());
        Assert.True(await page.OverflowAsync() <= 0);
    }

    [Fact]
    public async Task A_reply_is_filled_in_looked_at_and_sent_by_keyboard()
    {
        var page = await host.SignInAsync("zhou", Look.EnglishDesk);
        await page.GoAsync($"/cases/{host.Case}");

        // with a file that is picked already: it is neither sent before it is asked to be, nor lost by looking
        await page.Page.Locator("#composer input[type=file]").First.SetInputFilesAsync(
            new Microsoft.Playwright.FilePayload { Name = "offer.txt", MimeType = "text/plain", Buffer = "two pages"u8.ToArray() });
        await page.Page.GetByLabel("Template", new() { Exact = true }).SelectOptionAsync("own:" + MessageHost.Template);
        await page.Page.GetByLabel("Language", new() { Exact = true }).SelectOptionAsync("en");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Fill in" }).PressAsync("Enter");
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("#composer-text")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^Your case .* is in work \\(2\\)\\.$"));
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Preview" }).PressAsync("Enter");
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("#composer-preview")).ToContainTextAsync("is in work (2).");
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("#composer [data-picked] li")).ToHaveTextAsync(["offer.txt1 KB×"]);
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("#timeline")).Not.ToContainTextAsync("Replied");
        await page.ShootAsync("composer-preview-en");
        Assert.Empty(await page.FindBarriersAsync());
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Send" }).PressAsync("Enter");

        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("#timeline")).ToContainTextAsync("Replied");
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("#timeline")).ToContainTextAsync("offer.txt");
        await page.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task Only_the_fields_of_the_chosen_kind_show()
    {
        var page = await host.SignInAsync("zhou", Look.EnglishDesk);
        await page.GoAsync($"/cases/{host.Case}");

        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("#composer-subject")).ToBeVisibleAsync();
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("#composer-minutes")).ToBeHiddenAsync();
        await page.Page.Locator("#composer .seg label", new() { HasText = "Call" }).ClickAsync();

        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("#composer-minutes")).ToBeVisibleAsync();
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("#composer-subject")).ToBeHiddenAsync();
        await page.ShootAsync("composer-call-en");
        Assert.Empty(await page.FindBarriersAsync());
        await page.Page.Context.CloseAsync();
    }
}
