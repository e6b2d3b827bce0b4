using CaseManagement.EndToEnd.Tests.Browser;

namespace CaseManagement.EndToEnd.Tests.Escalation;

/// <summary>The pages of supervisors and administrators about what is late, in the real product.</summary>
[Collection(EscalationTests.Name)]
public sealed class EscalationPageTests(EscalationHost host)
{
    internal static readonly (string Name, string Person, string Path)[] Pages =
    [
        ("board", "zhou", "/board"),
        ("board-department", "zhou", "/board?by=department&department=service"),
        ("notices", "zhou", "/notifications"),
        ("notice-settings", "li", "/notifications/settings"),
        ("departments", "admin", "/departments"),
        ("department-edit", "admin", "/departments/service"),
        ("department-new", "admin", "/departments/new-department"),
        ("delegations", "zhou", "/account/delegations"),
        ("notice-rules", "admin", "/notifications/rules"),
        ("notice-rules-read", "auditor", "/notifications/rules"),
        ("outbox", "admin", "/outbox"),
        ("audit", "auditor", "/audit"),
        ("reports", "zhou", "/reports"),
        ("report", "wu", "/reports/standard-complaint/monthly?from=2026"),
        ("figures", "admin", "/figures"),
        ("gallery", "owner", "/gallery"),
        ("gallery-pack", "owner", "/gallery/standard-complaint"),
        ("coverage", "owner", "/gallery/coverage"),
        ("records", "owner", "/processes/standard-complaint/records"),
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

        var wrong = await page.LookAtAsync(path, name, look);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_supervisor_reassigns_from_the_board_by_keyboard_and_comes_back_to_it()
    {
        var page = await host.SignInAsync("zhou", Look.EnglishDesk);
        await page.GoAsync("/board");

        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { NameRegex = new("^Reassign") }).First.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForURLAsync("**/reassign**");
        Assert.Empty(await page.FindBarriersAsync());
        await page.Page.Locator("input[name='f.to']").First.FocusAsync();
        await page.Page.Keyboard.PressAsync("Space");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Reassign" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await page.Page.WaitForURLAsync("**/board**");
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("#live")).ToContainTextAsync("Done");
        await page.Page.Context.CloseAsync();
    }
}
