using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CaseManagement.EndToEnd.Tests.Policies;

/// <summary>A policy that no catalogue has is put together by a process owner on pages alone, published by a second one, and runs a complaint to its end.</summary>
public sealed class PolicyTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    private const string Process = "/processes/night-noise";

    [Fact]
    public async Task A_policy_is_built_from_nothing_published_by_another_and_runs_a_complaint_to_its_end()
    {
        var owner = await host.SignInAsync("owner", Look.Desk);
        var page = owner.Page;

        // an empty process
        await owner.GoAsync("/processes");
        await page.GetByRole(AriaRole.Link, new() { Name = "新建流程" }).ClickAsync();
        await page.GetByLabel("中文名称").FillAsync("夜间噪声投诉");
        await page.GetByLabel("英文名称").FillAsync("Night noise");
        await page.Locator("#Key").FillAsync("night-noise");
        await page.GetByRole(AriaRole.Button, new() { Name = "新建" }).ClickAsync();
        await page.WaitForURLAsync($"**{Process}/edit*");
        await owner.ShootAsync("policy-1-overview");

        // what is to be known, and the form that asks for it
        await owner.GoAsync($"{Process}/edit/facts");
        await page.GetByRole(AriaRole.Link, new() { Name = "新增" }).ClickAsync();
        await page.Locator("#p-key").FillAsync("decibel");
        await page.Locator("#p-name").FillAsync("分贝");
        await page.Locator("#p-name-en").FillAsync("Decibel");
        await page.Locator("#p-type").SelectOptionAsync("number");
        await page.Locator("#p-by").SelectOptionAsync("complainant");
        await page.Locator("#p-min").FillAsync("0");
        await SaveAsync(page);
        await owner.GoAsync($"{Process}/edit/forms/part?part=registration");
        await page.GetByRole(AriaRole.Button, new() { Name = "添加字段" }).ClickAsync();
        await page.Locator("#p-fields-3--fact").SelectOptionAsync("decibel");
        await page.Locator("#p-fields-3--required label", new() { HasText = "是" }).ClickAsync();
        await SaveAsync(page);

        // the level by a table, tried before it is saved
        await owner.GoAsync($"{Process}/edit/tables/part");
        await page.Locator("#p-key").FillAsync("level");
        await page.Locator("#p-name").FillAsync("定级");
        await page.Locator("#p-name-en").FillAsync("Level");
        await page.Locator("#p-hit").SelectOptionAsync("first");
        await page.Locator("#p-live").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保存草稿" }).ClickAsync();
        await page.WaitForURLAsync($"**{Process}/tables/level*");
        await page.Locator("#new-col").SelectOptionAsync("decibel");
        await page.GetByRole(AriaRole.Button, new() { Name = "加这一列条件" }).ClickAsync();
        await page.Locator("#new-out").SelectOptionAsync("level");
        await page.GetByRole(AriaRole.Button, new() { Name = "加这一列结果" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "加一行" }).ClickAsync();
        await page.GetByLabel("第 1 行 分贝").FillAsync("≥ 60");
        await page.GetByLabel("第 1 行结果 等级").SelectOptionAsync("serious");
        await page.GetByLabel("第 1 行理由（中文）").FillAsync("噪声 {{decibel}} 分贝，超过夜间标准");
        await page.GetByLabel("第 1 行理由（英文）").FillAsync("{{decibel}} dB is above the limit at night");
        await page.GetByLabel("其他情况", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("其他情况 等级").SelectOptionAsync("general");
        await SaveAsync(page);
        await page.Locator("#t-0").FillAsync("72");
        await page.GetByRole(AriaRole.Button, new() { Name = "试算" }).ClickAsync();
        await Expect(page.Locator("[role=status].note")).ToContainTextAsync("第 1 行命中：等级 = 严重");
        await Expect(page.Locator("[role=status].note")).ToContainTextAsync("噪声 72 分贝");
        await page.GetByRole(AriaRole.Button, new() { Name = "存为例子" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("1 个例子都符合");
        await owner.ShootAsync("policy-2-table");

        // two limits of one clock, each with its steps; the stricter one comes first
        await LimitAsync(owner, "reply-serious", "严重的首次答复", "4", "hours", ("warn", "before", "1", "handler"), ("late", "due", "", "supervisor"));
        await page.Locator("#p-clock").FillAsync("reply");
        await page.Locator("[name='p.when[0].Fact']").SelectOptionAsync("level");
        await page.Locator("[name='p.when[0].Test']").FillAsync("严重");
        await SaveAsync(page);
        await owner.GoAsync($"{Process}/edit/limits");
        for (var above = 0; above < 2; above++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "上移 严重的首次答复" }).ClickAsync();
            await Expect(page.Locator("#live")).ToContainTextAsync("已保存");
        }

        await LimitAsync(owner, "visit", "上门核实", "2", "days", ("warn", "before", "12", "handler"), ("late", "due", "", "supervisor"));
        await SaveAsync(page);
        await owner.GoAsync($"{Process}/edit/limits");
        await Expect(page.Locator("ol.parts > li").First).ToContainTextAsync("严重的首次答复");

        // the way of a case, without the canvas
        await StepAsync(owner, "CaseManagement.Decide", "received|Done", "按分贝定级", "Level by decibel");
        await page.Locator("[name='f.in-Table']").First.WaitForAsync();
        await ChooseAsync(page, "f.in-Table", "level");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).First.ClickAsync();
        await Expect(page.Locator("#live")).ToContainTextAsync("已");
        var decided = page.Url.Split("/steps/")[1].Split('?')[0];
        await StepAsync(owner, "CaseManagement.StartClock", $"{decided}|Done", "开始计时", "Start the clocks");
        foreach (var clock in (string[])["reply", "resolution", "visit"])
        {
            await page.Locator($"[name='f.in-Clocks'][value='{clock}']").CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).First.ClickAsync();
        await Expect(page.Locator("#live")).ToContainTextAsync("已");
        var started = page.Url.Split("/steps/")[1].Split('?')[0];
        await StepAsync(owner, "CaseManagement.Task", $"{started}|Done", "上门核实并处理", "Visit and deal with it");
        await page.Locator("[name='f.in-Who'][value='staff']").CheckAsync();
        await ChooseAsync(page, "f.in-Form", "handling");
        await ChooseAsync(page, "f.in-Clock", "visit");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).First.ClickAsync();
        await Expect(page.Locator("#live")).ToContainTextAsync("已");

        // nothing is missing; who made it cannot publish it alone
        await owner.GoAsync($"{Process}/edit");
        await owner.ShootAsync("policy-3-complete");
        await Expect(page.Locator(".guide > li").Last).ToContainTextAsync("可以核对并发布");
        await owner.GoAsync($"{Process}?tab=findings#publish");
        await Expect(page.Locator("#publish button[type=submit]")).ToHaveAttributeAsync("aria-disabled", "true");
        Assert.Empty(owner.Complaints);
        await page.Context.CloseAsync();

        // the second owner reads what it gives away and publishes it
        var second = await host.SignInAsync("wu", Look.Desk);
        await second.GoAsync($"{Process}?tab=findings");
        if (await second.Page.Locator("[name='f.confirm']").CountAsync() > 0)
        {
            await second.Page.Locator("[name='f.confirm']").CheckAsync();
        }

        await second.Page.Locator("[name='f.note']").FillAsync("夜间噪声办法第一版");
        await second.Page.Locator("#publish button[type=submit]").ClickAsync();
        await Expect(second.Page.Locator("#live")).ToContainTextAsync("已发布");
        await second.Page.Context.CloseAsync();

        // a complaint comes in by it, is serious, and is dealt with
        var desk = await host.SignInAsync("chen", Look.Desk);
        await desk.GoAsync("/intake");
        await desk.Page.Locator("#process").SelectOptionAsync("night-noise");
        await desk.Page.Locator("#matter-decibel").WaitForAsync();
        await desk.Page.Locator("#who-channel").SelectOptionAsync("phone");
        await desk.Page.Locator("#who-name").FillAsync("王女士");
        await desk.Page.Locator("#matter-subject").FillAsync("楼下酒吧半夜吵");
        await desk.Page.Locator("#matter-description").FillAsync("凌晨两点仍在放音乐。");
        await desk.Page.Locator("#matter-decibel").FillAsync("71");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "念给来电人听" }).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "确认登记" }).ClickAsync();
        await desk.Page.WaitForURLAsync("**/cases/**");
        await Expect(desk.Page.Locator("main")).ToContainTextAsync("噪声 71 分贝，超过夜间标准");
        await desk.ShootAsync("policy-4-case");
        var address = new Uri(desk.Page.Url).AbsolutePath;
        await desk.Page.Context.CloseAsync();

        var handler = await host.SignInAsync("li", Look.Desk);
        await handler.GoAsync(address);
        var task = handler.Page.Locator("section.task").First;
        await Expect(task).ToContainTextAsync("上门核实并处理");
        if (await task.Locator("form[action*='claim'] button").CountAsync() > 0)
        {
            await task.Locator("form[action*='claim'] button").ClickAsync();
        }

        await task.Locator("button[name=outcome]").First.ClickAsync();
        await Expect(handler.Page.Locator("#live")).ToContainTextAsync("任务已完成");
        await Expect(handler.Page.Locator("main")).ToContainTextAsync("已办结");
        Assert.Empty(handler.Complaints);
    }

    [Theory, InlineData("zh-CN", false, false), InlineData("en", true, false), InlineData("zh-CN", true, true), InlineData("en", false, true)]
    public async Task Editors_have_no_barrier_and_fit_their_window(string language, bool dark, bool phone)
    {
        var look = new Look(language, dark, phone);
        var owner = await host.VisitAsync("owner", look);
        var wrong = new List<string>();
        foreach (var (name, path) in ((string, string)[])
        [
            ("new", "/processes/new"), ("overview", "/processes/standard-complaint/edit"), ("list", "/processes/standard-complaint/edit/facts"),
            ("policy", "/processes/standard-complaint/edit/policy/part"), ("form", "/processes/standard-complaint/edit/forms/part?part=registration"),
            ("limit", "/processes/standard-complaint/edit/limits/part?part=reply"), ("text", "/processes/standard-complaint/edit/gates/part?view=text"),
            ("table", "/processes/standard-complaint/tables/level"),
        ])
        {
            wrong.AddRange(await owner.LookAtAsync(path, $"editor-{name}", look));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task SaveAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "保存草稿" }).ClickAsync();
        await Expect(page.Locator("#live")).ToContainTextAsync("已保存");
    }

    private static async Task LimitAsync(TestPage owner, string key, string name, string amount, string unit, params (string Key, string Anchor, string Hours, string Who)[] rungs)
    {
        var page = owner.Page;
        await owner.GoAsync($"{Process}/edit/limits/part");
        await page.Locator("#p-key").FillAsync(key);
        await page.Locator("#p-name").FillAsync(name);
        await page.Locator("#p-name-en").FillAsync(key);
        await page.Locator("#p-amount").FillAsync(amount);
        await page.Locator("#p-unit").SelectOptionAsync(unit);
        await page.GetByRole(AriaRole.Button, new() { Name = "添加节点" }).ClickAsync();
        foreach (var (rung, at) in rungs.Select((rung, at) => (rung, at)))
        {
            var field = $"p.rungs[{at}]";
            if (await page.Locator($"[name='{field}.do[0].Kind']").CountAsync() == 0)
            {
                await page.Locator($"button[value='add:rungs[{at}].do']").ClickAsync();
            }

            await page.Locator($"[name='{field}.key']").FillAsync(rung.Key);
            await page.Locator($"[name='{field}.at.Anchor']").SelectOptionAsync(rung.Anchor);
            await page.Locator($"[name='{field}.at.Amount']").FillAsync(rung.Hours);
            await page.Locator($"[name='{field}.at.Unit']").SelectOptionAsync("hours");
            await page.Locator($"[name='{field}.do[0].Kind']").SelectOptionAsync("notify");
            await page.Locator($"[name='{field}.do[0].Who']").FillAsync(rung.Who);
            await page.Locator($"[name='{field}.do[0].What']").SelectOptionAsync("overdue");
        }
    }

    private static async Task StepAsync(TestPage owner, string type, string after, string zh, string en)
    {
        var page = owner.Page;
        await owner.GoAsync($"{Process}/workflows/night-noise/steps");
        await page.Locator("#type").SelectOptionAsync(type);
        await page.Locator("#after").SelectOptionAsync(after);
        await page.Locator("#zh").FillAsync(zh);
        await page.Locator("#en").FillAsync(en);
        await page.Locator("form:has(#type) button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/steps/*");
    }

    // few options lie open, many go into a list
    private static async Task ChooseAsync(IPage page, string field, string value)
    {
        var list = page.Locator($"select[name='{field}']");
        if (await list.CountAsync() > 0)
        {
            await list.SelectOptionAsync(value);
        }
        else
        {
            await page.Locator($"[name='{field}'][value='{value}']").CheckAsync(new() { Force = true });
        }
    }
}
