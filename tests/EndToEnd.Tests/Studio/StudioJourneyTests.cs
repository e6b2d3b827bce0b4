using System.Text.Json.Nodes;
using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>From an empty canvas to a case that ran on what was drawn.</summary>
[Collection(StudioTests.Name)]
public sealed class StudioJourneyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_is_drawn_published_and_runs_a_case_to_its_end_while_a_second_version_takes_the_next()
    {
        await using var host = await StudioHost.StartAsync();
        var studio = await host.SignInAsync("owner", Look.Desk);
        await studio.OpenListAsync();
        await studio.ShootAsync("1-list-zh");
        var process = await studio.CreateAsync("夜间投诉");

        await studio.DragAsync("01 受理", "收到投诉", 30, 60);
        await studio.DragAsync("04 计时", "开始计时", 380, 60);
        await studio.DragAsync("02 办理", "任务", 30, 210);
        await studio.DragAsync("09 结案", "结案", 380, 210);
        await studio.DragAsync("20 流程", "结束", 380, 340);
        await studio.LinkAsync("收到投诉", "开始计时");
        await studio.LinkAsync("开始计时", "任务");
        await studio.LinkAsync("任务", "结案");
        await studio.LinkAsync("结案", "结束");
        await studio.SelectAsync("收到投诉");
        await studio.TickAsync("投诉");
        await studio.SelectAsync("开始计时");
        await studio.TickAsync("首次答复");
        await studio.TickAsync("办结");
        await studio.SelectAsync("任务");
        await studio.TickAsync("经办人");
        await studio.ShootAsync("2-drawn-zh");

        await studio.PublishAsync();
        await Assertions.Expect(studio.Told).ToContainTextAsync("已发布");
        await Assertions.Expect(studio.Bar).ToContainTextAsync("已发布");
        await studio.ShootAsync("3-published-zh");

        using var program = host.Program();
        var first = await host.RegisterAsync(process, "空调整夜停机");
        Assert.Equal(1, first["process"]!["version"]!.GetValue<int>());

        // the second version is drawn and published while the first case waits for its task
        await studio.SelectAsync("任务");
        await studio.TickAsync("主管");
        await Assertions.Expect(studio.Bar).ToContainTextAsync("第 2 版");
        await ConfirmAsync(studio);
        var second = await host.RegisterAsync(process, "供水半夜中断");
        Assert.Equal(2, second["process"]!["version"]!.GetValue<int>());

        await CompleteTaskAsync(host, "li", first);
        Assert.Equal("closed", (await AskAsync(program, first))["status"]!.GetValue<string>(), ignoreCase: true);
        Assert.Equal(1, (await AskAsync(program, first))["process"]!["version"]!.GetValue<int>());
        Assert.Equal("open", (await AskAsync(program, second))["status"]!.GetValue<string>(), ignoreCase: true);

        await WatchAsync(studio);
        Assert.Empty(studio.Outside);
        // the browser reports the refusal to publish as well
        Assert.DoesNotContain(studio.Complaints, text => !text.Contains("status of 400", StringComparison.Ordinal));
    }

    // more people may do the task now: Studio refuses, and our page asks
    private static async Task ConfirmAsync(StudioPage studio)
    {
        Assert.False((await studio.PressPublishAsync()).Ok);
        await Assertions.Expect(studio.Told.Filter(new() { HasTextString = "没有发布" })).ToContainTextAsync("/processes/");
        await studio.ShootAsync("3-confirm-zh");
        await studio.Page.Locator("#studio-confirm a").ClickAsync();
        await studio.Page.Locator("input[name='f.confirm']").CheckAsync();
        await studio.Page.Locator("textarea[name='f.note']").FillAsync("主管也可以办");
        await studio.Page.Locator("#publish button[type=submit]").ClickAsync();
        await studio.Page.Locator("#live").GetByText("已发布").WaitForAsync();
        await studio.OpenListAsync();
    }

    private static async Task WatchAsync(StudioPage studio)
    {
        await studio.Page.Locator("[data-studio-view=Instances]").ClickAsync();
        var finished = studio.Page.Locator("elsa-workflow-instance-list tbody tr").Filter(new() { HasTextString = "已完成" }).First;
        await finished.WaitForAsync();
        await studio.ShootAsync("4-instances-zh");
        await finished.ClickAsync();
        await studio.Page.WaitForURLAsync("**/studio/instances/*");
        await studio.Node("结案").WaitForAsync();
        await Assertions.Expect(studio.Page.Locator("elsa-workflow-instance-viewer")).ToContainTextAsync("已完成");
        await Assertions.Expect(studio.Bar).ToContainTextAsync("夜间投诉 · 第 1 版");
        await studio.ShootAsync("5-instance-zh");
    }

    private static async Task CompleteTaskAsync(StudioHost host, string person, JsonNode complaint)
    {
        var handler = (await host.SignInAsync(person, Look.Desk)).Page;
        await handler.GotoAsync("/inbox");
        await handler.Locator($"a[href*='{complaint["id"]}']").First.WaitForAsync();
        await handler.GotoAsync($"/cases/{complaint["id"]}");
        var task = handler.Locator("section.task").First;
        if (await task.Locator("form[action*='claim'] button").CountAsync() > 0)
        {
            await task.Locator("form[action*='claim'] button").ClickAsync();
        }

        await task.Locator("button[name=outcome]").First.ClickAsync();
        await handler.Locator("section.task").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task<JsonNode> AskAsync(HttpClient program, JsonNode complaint) =>
        JsonNode.Parse(await program.GetStringAsync($"/api/v1/complaints/{complaint["id"]}", Cancellation))!;
}
