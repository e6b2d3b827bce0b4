using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>Several people, published versions, large drawings.</summary>
[Collection(StudioTests.Name)]
public sealed class StudioEditingTests
{
    private const string Published = "standard-consultation";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_owners_of_one_draft_the_second_is_told_and_nothing_of_the_first_is_lost()
    {
        await using var host = await StudioHost.StartAsync();
        var first = await host.SignInAsync("owner", Look.Desk);
        var second = await host.SignInAsync("owner", Look.EnglishDesk);
        await first.OpenAsync(Published);
        await second.OpenAsync(Published);

        await first.DragAsync("20 流程", "结束", 300, 40);
        var refused = await second.SaveAsync(() => MoveAsync(second, "Close"));

        Assert.Equal(400, refused.Status);
        await Assertions.Expect(second.Told.First).ToBeVisibleAsync();
        await second.ShootAsync("second-owner-en");
        Assert.Equal(2, await VersionsAsync(host));
    }

    [Fact]
    public async Task Opening_and_closing_a_published_definition_changes_nothing()
    {
        await using var host = await StudioHost.StartAsync();
        var studio = await host.SignInAsync("owner", Look.Desk);
        var saves = new List<string>();
        studio.Page.Request += (_, request) =>
        {
            if (request.Method != "GET" && request.Url.Contains("/elsa/api/", StringComparison.Ordinal))
            {
                saves.Add($"{request.Method} {request.Url}");
            }
        };

        await studio.OpenAsync(Published);
        await studio.SelectAsync("结案");
        await studio.Page.Locator("[data-studio-view=Definitions]").ClickAsync();
        await studio.Page.Locator("elsa-workflow-definition-list tbody tr").First.WaitForAsync();

        Assert.Empty(saves);
        Assert.Equal(1, await VersionsAsync(host));
    }

    [Fact]
    public async Task A_drawing_of_300_activities_opens_and_saves()
    {
        await using var host = await StudioHost.StartAsync();
        var studio = await host.SignInAsync("owner", Look.Desk);
        await studio.OpenListAsync();
        var id = await studio.CreateAsync("三百步");
        await ImportAsync(studio, id, 300);

        await studio.OpenAsync(id);
        var name = studio.Page.Locator(".mud-input-control", new() { HasTextString = "名称" }).Locator("input").First;
        var saved = await studio.SaveAsync(async () =>
        {
            await name.FillAsync("三百步（改）");
            await name.BlurAsync(); // a name is taken over when its field is left
        });

        Assert.True(saved.Ok, string.Join("; ", await studio.Told.AllInnerTextsAsync()));
        var definition = await studio.ReadAsync(id);
        Assert.Equal("三百步（改）", definition["name"]!.GetValue<string>());
        Assert.Equal(300, definition["root"]!["activities"]!.AsArray().Count);
        await studio.ShootAsync("300-activities-zh");
    }

    [Fact]
    public async Task Who_looks_on_can_read_the_canvas_and_change_nothing()
    {
        await using var host = await StudioHost.StartAsync();
        var studio = await host.SignInAsync("auditor", Look.EnglishDesk);
        await studio.OpenAsync(Published);

        await Assertions.Expect(studio.Bar).ToContainTextAsync("Read only");
        await Assertions.Expect(studio.Page.Locator(".mud-switch")).ToHaveCountAsync(0);
        await Assertions.Expect(studio.Page.Locator("button.mud-icon-button.mud-primary-text")).ToHaveCountAsync(0);
        await studio.ShootAsync("auditor-en");
        Assert.True(!studio.Complaints.Any(), string.Join(Environment.NewLine, studio.Complaints));
    }

    private static async Task<int> VersionsAsync(StudioHost host)
    {
        using var program = host.Program();
        var answer = (await program.GetFromJsonAsync<JsonNode>("/api/v1/processes", Cancellation))!;
        return answer["items"]!.AsArray().Single(p => p!["key"]!.GetValue<string>() == "standard-complaint")!["latestVersion"]!.GetValue<int>();
    }

    private static async Task MoveAsync(StudioPage studio, string activity)
    {
        var box = (await studio.Node(activity).Locator(".elsa-activity").BoundingBoxAsync())!;
        await studio.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await studio.Page.Mouse.DownAsync();
        await studio.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 90, new() { Steps = 8 });
        await studio.Page.Mouse.UpAsync();
    }

    // as Studio's own import does: the file's definition takes the place of the open one
    private static async Task ImportAsync(StudioPage studio, string id, int count)
    {
        var activities = Enumerable.Range(0, count).Select(i => new
        {
            id = $"step{i}",
            type = "Elsa.WriteLine",
            version = 1,
            name = $"step{i}",
            text = new { typeName = "String", expression = new { type = "Literal", value = $"{i}" } },
            metadata = new { designer = new { position = new { x = i % 20 * 320, y = i / 20 * 120 }, size = new { width = 200, height = 54 } } },
        });
        var connections = Enumerable.Range(1, count - 1).Select(i => new
        {
            source = new { activity = $"step{i - 1}", port = "Done" },
            target = new { activity = $"step{i}", port = "In" },
        });
        var status = await studio.Page.EvaluateAsync<int>(
            """
            async ([id, root]) => {
              const token = document.querySelector('elsa-backend-provider').getAttribute('access-token');
              const body = JSON.stringify({ definitionId: id, name: '三百步', root: JSON.parse(root) });
              return (await fetch('/elsa/api/workflow-definitions/import', { method: 'POST', body, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } })).status;
            }
            """,
            new object[] { id, System.Text.Json.JsonSerializer.Serialize(new { id = "flow", type = "Elsa.Flowchart", version = 1, name = "Flowchart1", activities, connections }) });
        Assert.Equal(200, status);
    }
}
