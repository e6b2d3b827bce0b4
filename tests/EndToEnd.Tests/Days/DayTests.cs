using System.Text.RegularExpressions;
using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CaseManagement.EndToEnd.Tests.Days;

/// <summary>Everybody's day in browsers of their own: one complaint from the call to the survey, and what happens to one that is late.</summary>
public sealed class DayTests(DayHost host) : IClassFixture<DayHost>
{
    [Fact]
    public async Task A_call_becomes_a_case_is_handled_approved_answered_accepted_rated_and_closed()
    {
        // the desk takes the call and reads it back
        var desk = await host.SignInAsync("chen", Look.Desk);
        var id = await RegisterAsync(desk.Page, "收银台多收了钱", "结账比标价多收 60 元，要求退还。", "wang.day@example.com");
        await desk.Page.Context.CloseAsync();

        // a handler takes it from the list, without the mouse
        var handler = await host.SignInAsync("li", Look.Desk);
        var li = handler.Page;
        await handler.GoAsync("/inbox?view=unclaimed");
        var place = await li.Locator(".rowc").EvaluateAllAsync<int>("(rows, id) => rows.findIndex(row => row.dataset.case === id)", id);
        for (var at = 0; at <= place; at++)
        {
            await li.Keyboard.PressAsync("j");
        }

        await Expect(li.Locator($".rowc.on[data-case='{id}']")).ToBeVisibleAsync();
        await li.Keyboard.PressAsync("Enter");
        await li.WaitForURLAsync($"**/cases/{id}");
        var first = Task(li, "首次答复");
        await first.GetByRole(AriaRole.Button, new() { Name = "认领" }).ClickAsync();
        await Expect(first.GetByRole(AriaRole.Button, new() { Name = "放回" })).ToBeVisibleAsync();
        await first.GetByLabel("答复内容").FillAsync("已收到，我们正在核对收银记录。");
        await first.GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();
        await Expect(li.Locator("#live")).ToContainTextAsync("任务已完成");
        var mails = await host.MailsToAsync("wang.day@example.com");
        Assert.Contains(mails, mail => mail.Contains("正在核对收银记录", StringComparison.Ordinal));

        // investigates, and lacks a receipt: the complainant sends it through the portal
        await li.Locator("#composer .seg label", new() { HasText = "通话" }).ClickAsync();
        await li.Locator("#composer-with").FillAsync("门店收银主管");
        await li.Locator("#composer-text").FillAsync("监控显示价签未更新。");
        await li.Locator("#composer").GetByRole(AriaRole.Button, new() { Name = "发送" }).ClickAsync();
        await Expect(li.Locator("#timeline")).ToContainTextAsync("监控显示价签未更新。");
        var handling = Task(li, "调查并提出方案");
        await handling.GetByLabel("请投诉人补充什么").FillAsync("请把小票编号发给我们。");
        await handling.GetByRole(AriaRole.Button, new() { Name = "需补材料" }).ClickAsync();
        await Expect(li.Locator(".case-k")).ToContainTextAsync("已暂停");
        var complainant = await host.OpenAsync(new Look("zh-CN", Dark: false, Phone: true));
        var phone = complainant.Page;
        await complainant.GoAsync("/portal/follow");
        await phone.GetByLabel("查询码").FillAsync(CodeIn(mails));
        await phone.GetByRole(AriaRole.Button, new() { Name = "查看", Exact = true }).ClickAsync();
        await Expect(phone.Locator("main")).ToContainTextAsync("请把小票编号发给我们。");
        await phone.GetByLabel("补充的内容").FillAsync("小票编号 20261012-77。");
        await phone.GetByRole(AriaRole.Button, new() { Name = "提交补充" }).ClickAsync();
        await Expect(phone.Locator("main")).ToContainTextAsync("小票编号 20261012-77。");

        // proposes an amount, which the supervisor has to approve
        await handler.GoAsync($"/cases/{id}");
        await Expect(li.Locator("#timeline")).ToContainTextAsync("小票编号 20261012-77。");
        handling = Task(li, "调查并提出方案");
        await handling.GetByLabel("原因").FillAsync("价签未更新");
        await handling.GetByLabel("处理方案").FillAsync("退还差价 60 元并致歉。");
        await handling.GetByLabel("拟赔偿金额").FillAsync("60");
        await handling.GetByLabel("有效", new() { Exact = true }).CheckAsync();
        await handling.GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();
        await Expect(li.Locator("#live")).ToContainTextAsync("任务已完成");
        var supervisor = await host.SignInAsync("zhou", Look.Desk);
        await supervisor.GoAsync("/inbox?view=approval");
        await supervisor.Page.GetByRole(AriaRole.Link, new() { Name = "收银台多收了钱" }).ClickAsync();
        await supervisor.Page.Locator("#preview").GetByRole(AriaRole.Link, new() { Name = "办理" }).ClickAsync();
        await Expect(supervisor.Page.Locator("section.task").First).ToContainTextAsync("60");
        await supervisor.Page.Locator("section.task").First.GetByRole(AriaRole.Button, new() { Name = "同意", Exact = true }).ClickAsync();
        await Expect(supervisor.Page.Locator("#live")).ToContainTextAsync("任务已完成");
        await supervisor.Page.Context.CloseAsync();

        // the answer reaches the complainant by mail; they accept it
        await handler.GoAsync($"/cases/{id}");
        await Task(li, "答复处理结果").GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();
        await Expect(li.Locator("#live")).ToContainTextAsync("任务已完成");
        Assert.Contains(await host.MailsToAsync("wang.day@example.com"), mail => mail.Contains("退还差价 60 元并致歉。", StringComparison.Ordinal));
        await complainant.GoAsync("/portal/case");
        await Expect(phone.Locator("main")).ToContainTextAsync("退还差价 60 元并致歉。");
        await phone.GetByRole(AriaRole.Button, new() { Name = "同意", Exact = true }).ClickAsync();
        await Expect(phone.Locator("main")).ToContainTextAsync("你同意了处理结果");

        // somebody calls back, the case is closed, the complainant rates it
        var visitor = await host.SignInAsync("sun", Look.Desk);
        await visitor.GoAsync($"/cases/{id}");
        var visit = Task(visitor.Page, "回访");
        await visit.GetByRole(AriaRole.Radio, new() { Name = "满意", Exact = true }).CheckAsync();
        await visit.GetByRole(AriaRole.Button, new() { Name = "满意", Exact = true }).ClickAsync();
        await Expect(visitor.Page.Locator(".case-h")).ToContainTextAsync("已办结");
        await visitor.Page.Context.CloseAsync();
        await complainant.GoAsync("/portal/case");
        await phone.Locator("input[name='f.satisfaction'][value='satisfied']").CheckAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "提交评价" }).ClickAsync();
        await Expect(phone.Locator("main")).ToContainTextAsync("你评价了处理");
        await handler.GoAsync($"/cases/{id}");
        await Expect(li.Locator("#timeline")).ToContainTextAsync("满意");
        await phone.Context.CloseAsync();
        await li.Context.CloseAsync();
    }

    [Fact]
    public async Task A_late_case_stands_on_the_board_gets_more_time_by_approval_and_a_new_limit_while_it_runs()
    {
        var desk = await host.SignInAsync("chen", Look.Desk);
        var id = await RegisterAsync(desk.Page, "洗衣机漏水无人上门", "报修两次无人上门。", "zhao.day@example.com");
        await desk.Page.Context.CloseAsync();

        // nobody answers within 24 hours: the supervisor is told, and sees it on the board
        await host.AdvanceAsync("PT25H");
        var supervisor = await host.SignInAsync("zhou", Look.Desk);
        var zhou = supervisor.Page;
        await supervisor.GoAsync("/board");
        var late = zhou.GetByRole(AriaRole.Region, new() { Name = "已超时" }).GetByRole(AriaRole.Row, new() { NameRegex = new("洗衣机漏水无人上门") });
        await Expect(late).ToContainTextAsync("超时 1 时");
        await Expect(late).ToContainTextAsync("主管");
        await supervisor.ShootAsync("day-board-late");

        // asks for more time, which the manager decides on
        await late.GetByRole(AriaRole.Link, new() { Name = "洗衣机漏水无人上门" }).ClickAsync();
        var resolution = zhou.Locator(".case-k details.why", new() { HasText = "办结" });
        await resolution.Locator("> summary").ClickAsync();
        await resolution.Locator("details.act > summary", new() { HasText = "申请延期" }).ClickAsync();
        await resolution.GetByLabel("延期到").FillAsync("2026-10-22");
        await resolution.GetByLabel("理由").FillAsync("等厂家配件");
        await resolution.Locator("details.act[open] button[type=submit]").Last.ClickAsync();
        await Expect(zhou.Locator("#live")).ToContainTextAsync("已办好");
        await Expect(zhou.Locator(".case-k")).ToContainTextAsync("10-19");
        var manager = await host.SignInAsync("wu", Look.Desk);
        await manager.GoAsync("/inbox?view=approval");
        await manager.Page.GetByRole(AriaRole.Link, new() { Name = "洗衣机漏水无人上门" }).ClickAsync();
        await manager.Page.Locator("#preview").GetByRole(AriaRole.Link, new() { Name = "办理" }).ClickAsync();
        await manager.Page.Locator("section.task").First.GetByRole(AriaRole.Button, new() { Name = "同意", Exact = true }).ClickAsync();
        await Expect(manager.Page.Locator("#live")).ToContainTextAsync("任务已完成");
        await manager.Page.Context.CloseAsync();
        await supervisor.GoAsync($"/cases/{id}");
        await Expect(zhou.Locator(".case-k")).ToContainTextAsync("10-22");

        // the complainant is told, and reads the new date on the portal
        var mails = await host.MailsToAsync("zhao.day@example.com");
        Assert.Contains(mails, mail => mail.Replace(" ", "", StringComparison.Ordinal).Contains("10月22日", StringComparison.Ordinal));
        var complainant = await host.OpenAsync(new Look("zh-CN", Dark: false, Phone: true));
        await complainant.GoAsync("/portal/follow");
        await complainant.Page.GetByLabel("查询码").FillAsync(CodeIn(mails));
        await complainant.Page.GetByRole(AriaRole.Button, new() { Name = "查看", Exact = true }).ClickAsync();
        await Expect(complainant.Page.Locator("main")).ToContainTextAsync("10 月 22 日");
        await complainant.ShootAsync("day-portal-extended-phone");

        // an administrator gives everybody five more days, open cases too
        var administrator = await host.SignInAsync("admin", Look.Desk);
        await administrator.GoAsync("/limits/standard-complaint?limit=resolution");
        await administrator.Page.GetByLabel("数量", new() { Exact = true }).FillAsync("12");
        await Expect(administrator.Page.Locator("#pv")).ToContainTextAsync("会动到 1 件在办");
        await administrator.Page.GetByLabel("新案件和全部在办案件").CheckAsync();
        await administrator.Page.GetByLabel("理由（写入审计）").FillAsync("配件供应紧张");
        await administrator.Page.GetByRole(AriaRole.Button, new() { Name = "应用", Exact = true }).ClickAsync();
        await Expect(administrator.Page.Locator("#live")).ToContainTextAsync("已应用");
        await administrator.Page.Context.CloseAsync();

        // everybody sees the new due time, and why
        await supervisor.GoAsync($"/cases/{id}");
        await Expect(zhou.Locator(".case-k")).ToContainTextAsync("10-24");
        await supervisor.ShootAsync("day-case-new-limit");
        await complainant.GoAsync("/portal/case");
        await Expect(complainant.Page.Locator("main")).ToContainTextAsync("10 月 24 日");
        await complainant.Page.Context.CloseAsync();
        await zhou.Context.CloseAsync();
    }

    private static string CodeIn(IEnumerable<string> mails) => Regex.Match(string.Join('\n', mails), "查询码 (?<code>[^。]+)。").Groups["code"].Value;

    private static ILocator Task(IPage page, string title) => page.Locator("section.task", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }) });

    private static async Task<string> RegisterAsync(IPage page, string subject, string description, string mail)
    {
        await page.GotoAsync("/intake");
        await page.Locator("#who-channel").SelectOptionAsync("phone");
        await page.Locator("#who-name").FillAsync("王女士");
        await page.Locator("#who-email").FillAsync(mail);
        await page.Locator("#matter-subject").FillAsync(subject);
        await page.Locator("#matter-description").FillAsync(description);
        await page.Locator("#matter-category").SelectOptionAsync("speed");
        await page.GetByRole(AriaRole.Button, new() { Name = "念给来电人听" }).ClickAsync();
        await Expect(page.Locator("#read-back")).ToContainTextAsync(subject);
        await page.GetByRole(AriaRole.Button, new() { Name = "确认登记" }).ClickAsync();
        await page.WaitForURLAsync("**/cases/**");
        return Regex.Match(page.Url, "/cases/(?<id>[0-9a-f-]{36})").Groups["id"].Value;
    }
}
