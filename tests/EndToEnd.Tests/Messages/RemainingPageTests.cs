using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.EndToEnd.Tests.Escalation;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Messages;

/// <summary>The pages that no other test looks at, in the real product; and that no page is left out by all of them.</summary>
[Collection(MessageTests.Name)]
public sealed class RemainingPageTests(MessageHost host)
{
    private static readonly (string Person, string Path)[] Pages =
    [
        ("admin", "/groups"), ("admin", "/checks"), ("admin", "/break-glass"), ("admin", "/keys"), ("admin", "/users"), ("admin", "/users/li"), ("admin", "/limits/standard-complaint/add"),
        ("admin", "/limits/standard-complaint/reply/remove"), ("admin", "/account"), ("admin", "/account/authenticator"),
        ("owner", "/processes/standard-complaint/names"),
        ("li", "/lessons"), ("li", "/lessons/{lesson}"), ("li", "/registers"), ("li", "/registers/standard-complaint/handling"), ("zhou", "/lessons/of/{case}"),
        ("zhou", "/cases/{case}/print"), ("zhou", "/board/cases/{case}/reassign"), ("zhou", "/board/charts"), ("zhou", "/inbox?view=open&sort=department&columns=number,department,handler"), ("zhou", "/intake"),
        ("", "/sign-in"), ("", "/forgot-password"), ("", "/portal/follow"), ("", "/portal"), ("", "/portal/standard-complaint"),
    ];

    /// <summary>What is no page of its own, or is looked at where somebody walks to it.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        [""] = "leads to the inbox",
        ["sign-out"] = "leads to the sign-in page",
        ["sign-in/continue"] = "one button: Web.Tests",
        ["sign-in/again"] = "the sign-in page with fewer fields",
        ["sign-in/oidc/{provider}"] = "leads to the provider",
        ["sign-in/oidc/{provider}/callback"] = "leads on",
        ["sign-in/oidc/{provider}/leave"] = "leads on",
        ["set-password/{secret}"] = "needs a link: Web.Tests",
        ["portal/receipt"] = "PortalWalkTests",
        ["portal/case"] = "PortalWalkTests",
        ["portal/case/data"] = "YourDataWalkTests",
        ["reports/duties/{process}/{report}/{from}"] = "needs a duty: Web.Tests",
        ["gallery/coverage.csv"] = "a file",
        ["gallery/looked-at"] = "the page of a pack, of one that was brought: Web.Tests",
        ["processes/new"] = "PolicyTests",
        ["processes/{key}/edit"] = "PolicyTests",
        ["processes/{key}/edit/{kind}"] = "PolicyTests",
        ["processes/{key}/edit/{kind}/part"] = "PolicyTests",
        ["processes/{key}/tables/{table}"] = "PolicyTests",
        ["portal/case/withdraw"] = "PortalWalkTests",
        ["portal/case/reopen"] = "PortalWalkTests",
        ["portal/case/files/{file:guid}"] = "a file",
        ["cases/{id:guid}/files/{file:guid}"] = "FileWorkTests",
        ["cases/{id:guid}/files/{file:guid}/content"] = "a file",
        ["cases/{id:guid}/files/{file:guid}/image"] = "a file",
        ["cases/{id:guid}/kin"] = "a part of a page",
        ["cases/{id:guid}/timeline"] = "a part of a page",
        ["inbox/preview/{caseId:guid}"] = "a part of a page",
        ["inbox/views"] = "a part of a page",
        ["live/cases"] = "JSON",
        ["live/cases/{caseId:guid}"] = "JSON",
        ["limits/{process}/{limit}/move"] = "a form beside the limit",
        ["processes/{key}/versions/{version:int}/export"] = "a file",
        ["processes/{key}/simulation/scenario"] = "a file",
        ["processes/{key}/designer"] = "leads to the designer",
        ["studio"] = "StudioScreenTests",
        ["studio/definitions/{id}"] = "StudioScreenTests",
        ["studio/instances"] = "StudioScreenTests",
        ["studio/instances/{id}"] = "StudioScreenTests",
        ["studio/processes/{key}"] = "StudioScreenTests",
        ["studio/bar"] = "a part of a page",
    };

    [Fact]
    public void No_page_is_left_out()
    {
        var walked = Pages.Select(p => p.Path).Concat(PageTests.Pages.Select(p => p.Path)).Concat(MessagePageTests.Pages.Select(p => p.Path)).Concat(EscalationPageTests.Pages.Select(p => p.Path))
            .Select(p => host.Filled(p).Split('?')[0]).ToList();
        var routes = host.GetRoutes().Where(r => !r.StartsWith("api/", StringComparison.Ordinal) && !r.StartsWith("elsa/", StringComparison.Ordinal) && !r.Contains("{**", StringComparison.Ordinal)).ToList();

        Assert.InRange(routes.Count, 60, 200);
        var missing = routes.Where(route => !Elsewhere.ContainsKey(route) && !walked.Exists(path => Matches(route, path))).ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
        Assert.Empty(Elsewhere.Keys.Except(routes));
    }

    [Theory]
    [InlineData("en", false, true)]
    [InlineData("zh-CN", true, false)]
    [InlineData("zh-CN", false, true)]
    public async Task None_of_them_has_a_barrier_and_each_fits_its_window(string language, bool dark, bool phone)
    {
        var look = new Look(language, dark, phone);
        var wrong = new List<string>();
        foreach (var (person, path) in Pages)
        {
            var page = await host.VisitAsync(person, look);
            wrong.AddRange(await page.LookAtAsync(host.Filled(path), $"remaining{path.Split('?')[0].Replace('/', '-').Replace("{case}", "case", StringComparison.Ordinal)}", look));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("/registers/standard-complaint/handling", "handling.csv")]
    [InlineData("/lessons", "lessons.csv")]
    public async Task What_is_listed_is_taken_out_as_a_file_by_its_button(string path, string name)
    {
        var zhou = await host.SignInAsync("zhou", Look.EnglishDesk);
        await zhou.GoAsync(path);
        var first = await zhou.Page.Locator("tbody a").First.InnerTextAsync();

        var file = await zhou.Page.RunAndWaitForDownloadAsync(() => zhou.Page.GetByRole(AriaRole.Button, new() { Name = "Export CSV" }).ClickAsync());

        Assert.Equal(name, file.SuggestedFilename);
        Assert.Contains(first, await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await zhou.Page.Context.CloseAsync();
    }

    private static bool Matches(string route, string path) => new TemplateMatcher(TemplateParser.Parse(route), []).TryMatch(path, []);
}
