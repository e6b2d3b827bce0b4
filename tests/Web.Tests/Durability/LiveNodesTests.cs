using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Web.Tests.Persistence;

namespace CaseManagement.Web.Tests.Durability;

/// <summary>Two processes of the product on one PostgreSQL database: a page that is open on one is told of what is done on the other.</summary>
public sealed partial class LiveNodesTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-live-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_that_is_open_on_one_node_is_told_of_what_is_done_on_the_other()
    {
        await using var database = await PostgreSqlDatabase.UncreatedAsync();
        var nodes = await Task.WhenAll(StartAsync(database), StartAsync(database));
        using var here = nodes[0];
        using var there = nodes[1];
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = here.Client.BaseAddress };
        var handler = new Browser(client);
        await handler.GetAsync("/sign-in");
        await handler.PostAsync("/sign-in/demo", ("userName", "li"));
        Assert.DoesNotContain("data-case", await handler.ReadAsync("/inbox"), StringComparison.Ordinal);

        var (id, task) = await RegisterAsync(there);
        var list = await AskAsync(handler, "/live/cases");
        Assert.True(list.TryGetProperty(id.ToString(), out _));

        var shown = long.Parse(Version().Match(await handler.ReadAsync($"/cases/{id}")).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        await TellAsync(there, $"/api/v1/tasks/{task}/complete", new { outcome = "Done", data = new { replyForm = "oral" } });
        var now = (await AskAsync(handler, $"/live/cases/{id}")).GetProperty(id.ToString()).GetInt64();

        Assert.True(now > shown, $"{now} after {shown}");
    }

    public void Dispose() => _data.Delete(recursive: true);

    private Task<ProductProcess> StartAsync(PostgreSqlDatabase database) => ProductProcess.StartAsync(
        _data.FullName, Token, "--Storage:Provider=PostgreSql", $"--ConnectionStrings:Default={database.ConnectionString}");

    private static async Task<(Guid Id, Guid Task)> RegisterAsync(ProductProcess node)
    {
        var registered = await TellAsync(node, "/api/v1/complaints", new
        {
            channel = "phone",
            subject = "约定上门未到",
            description = "等了一下午",
            category = "speed",
            complainant = new { name = "王女士", phone = "13800000000" },
        });
        return (registered.GetProperty("id").GetGuid(), registered.GetProperty("tasks").EnumerateArray().Single(t => t.GetProperty("key").GetString() == "first").GetProperty("id").GetGuid());
    }

    private static async Task<JsonElement> TellAsync(ProductProcess node, string path, object body)
    {
        using var answer = await node.Client.PostAsJsonAsync(path, body, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<JsonElement> AskAsync(Browser browser, string path) => JsonDocument.Parse(await browser.ReadAsync(path)).RootElement;

    [GeneratedRegex("data-version=\"(\\d+)\"")]
    private static partial Regex Version();
}
