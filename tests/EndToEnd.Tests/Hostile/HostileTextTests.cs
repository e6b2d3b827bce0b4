using System.Text.RegularExpressions;
using CaseManagement.EndToEnd.Tests.Browser;

namespace CaseManagement.EndToEnd.Tests.Hostile;

/// <summary>Forty ways to write script into a text, in every text: a browser that walks over all pages shows them and does none of it.</summary>
public sealed partial class HostileTextTests(HostileHost host) : IClassFixture<HostileHost>
{
    private const int MostPages = 70;

    private static readonly string[] Portal = ["/portal/standard-complaint", "/portal/standard-complaint?kind=suggestion", "/portal/case", "/portal/case/withdraw", "/portal/case/data"];

    // leave the session, or send a file
    [GeneratedRegex("^/(sign-out|cases/[^/]+/files/[^/]+/(content|original)|portal/case/files|calendars/[^/]+/export|.*\\.csv|.*/export|.*/scenario)")]
    private static partial Regex LeadsAway();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|\\d+")]
    private static partial Regex Particular();

    [Fact]
    public async Task What_a_stranger_sends_by_the_portal_is_shown_and_does_nothing()
    {
        var page = await host.OpenAsync(null);
        var done = Watch(page);
        await page.GoAsync("/portal/follow");
        await page.Page.Locator("input[name=code]").FillAsync(host.Code);
        await page.Page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.Page.WaitForURLAsync("**/portal/case");
        foreach (var path in Portal)
        {
            await page.GoAsync(path);
            await CalmAsync(page, done, path);
        }

        // what is refused is shown again as it was typed
        await page.GoAsync("/portal/standard-complaint");
        foreach (var field in await page.Page.Locator("main form input[type=text], main form input[type=tel], main form input[type=email], main form textarea").AllAsync())
        {
            if (await field.IsVisibleAsync())
            {
                await field.FillAsync(string.Join(' ', Payloads.All.Take(3)));
            }
        }

        await page.Page.Locator("button[value=send]").ClickAsync();
        await CalmAsync(page, done, "the refused form");
        await page.Page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("zhou", 20)]
    [InlineData("admin", 20)]
    [InlineData("owner", 6)]
    public async Task No_page_of_the_organisation_does_what_is_written_on_it(string person, int atLeast)
    {
        var page = await host.OpenAsync(person);
        var done = Watch(page);
        var (waiting, seen) = (new Queue<string>(["/inbox", "/", .. host.Cases.Take(1).SelectMany(id => (string[])[$"/cases/{id}", $"/cases/{id}/print"]), "/intake?process=standard-complaint", $"/inbox?q={Uri.EscapeDataString(Payloads.All[1])}", "/processes/standard-complaint"]), new HashSet<string>(StringComparer.Ordinal));
        var (visited, starts) = (0, waiting.ToHashSet(StringComparer.Ordinal));
        while (waiting.TryDequeue(out var path) && visited < MostPages)
        {
            if (LeadsAway().IsMatch(path) || !seen.Add(Particular().Replace(path.Split('?')[0], "*") + (path.Contains("q=", StringComparison.Ordinal) ? "?q" : "")))
            {
                continue;
            }

            if ((await page.GoAsync(path)).Status is >= 400 and var status)
            {
                // links lead somewhere; where we begin by ourselves, this person may have no business
                Assert.True(starts.Contains(path) || status == 404, $"{path} answers {status}.");
                continue;
            }

            visited++;
            await CalmAsync(page, done, path);
            foreach (var href in await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"))
            {
                waiting.Enqueue(href);
            }
        }

        Assert.True(visited >= atLeast, $"{person} saw {visited} pages only.");
        await page.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_designer_draws_a_process_whose_every_name_is_a_script()
    {
        var page = await host.OpenAsync("owner");
        var done = Watch(page);
        await page.GoAsync("/studio");
        await page.Page.Locator("elsa-workflow-definition-list tbody tr").First.WaitForAsync(new() { Timeout = 90_000 });
        await CalmAsync(page, done, "the list of the designer");
        await page.GoAsync($"/studio/definitions/{HostileHost.Process}");
        await page.Page.Locator(".elsa-activity").First.WaitForAsync(new() { Timeout = 90_000 });
        await page.ShootAsync("hostile-designer");
        await CalmAsync(page, done, "the drawing");
        await page.Page.Context.CloseAsync();
    }

    /// <summary>Dialogs, and requests to where the words would lead.</summary>
    private static List<string> Watch(TestPage page)
    {
        var done = new List<string>();
        page.Page.Dialog += async (_, dialog) =>
        {
            done.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("evil.example", StringComparison.Ordinal))
            {
                done.Add(request.Url);
            }
        };
        return done;
    }

    private static async Task CalmAsync(TestPage page, List<string> done, string where)
    {
        // whatever loads late, fails late or begins by itself has had its turn
        await page.Page.EvaluateAsync("() => new Promise(turn => requestAnimationFrame(() => setTimeout(turn, 30)))");
        var planted = await page.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(a => /^on/i.test(a.name) && a.value.includes('alert') || /^\\s*javascript:/i.test(a.value) && /^(href|src|action|formaction|data)$/i.test(a.name)).map(a => `${e.tagName} ${a.name}=${a.value}`))");
        Assert.True(planted.Length == 0, $"{where}: {string.Join(", ", planted)}");
        Assert.True(done.Count == 0, $"{where}: {string.Join(", ", done)}");
        Assert.DoesNotContain(page.Complaints, said => said.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase));
    }
}
