using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CaseManagement.EndToEnd.Tests.Portal;

/// <summary>A complainant on a telephone and a handler at a desk, from the first word to the last.</summary>
public sealed class PortalWalkTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Theory, InlineData("zh-CN", false), InlineData("en", true)]
    public async Task A_complaint_goes_all_its_way_on_a_telephone(string language, bool dark)
    {
        string Say(string zh, string en) => language == "en" ? en : zh;
        var phone = await host.OpenAsync(new Look(language, dark, Phone: true));
        await phone.Page.SetViewportSizeAsync(360, 740);
        async Task LookAsync(string name)
        {
            await phone.ShootAsync($"portal-{name}-{language}-{(dark ? "dark" : "light")}-phone");
            Assert.Empty(await phone.FindBarriersAsync());
            Assert.True(await phone.OverflowAsync() <= 0, $"{name} is {await phone.OverflowAsync()} px too wide.");
            // a refused form is a page with status 400
            Assert.DoesNotContain(phone.Complaints, said => !said.Contains("status of 400", StringComparison.Ordinal));
        }

        // complains; what is missing is said first
        await phone.GoAsync("/portal");
        await LookAsync("form");
        await phone.Page.GetByLabel(Say("发生了什么", "What happened")).FillAsync(Say("二楼扶梯夹到了脚。检查费 386 元。", "The escalator caught my foot. The check-up cost 386."));
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("提交", "Send"), Exact = true }).ClickAsync();
        await Expect(phone.Page.Locator(".err").First).ToBeVisibleAsync();
        await phone.ShootAsync($"portal-refused-{language}");
        await phone.Page.Locator("#matter-category").SelectOptionAsync("speed");
        await phone.Page.GetByLabel(Say("手机号", "Mobile number")).FillAsync("138 0000 2046");

        // a file that is none is named; the good one need not be chosen again
        await phone.Page.Locator("#files").SetInputFilesAsync([Text("ticket.txt", "gate 2"), Text("photo.jpg", "no picture")]);
        await Expect(phone.Page.Locator("[data-picked] li")).ToHaveCountAsync(2);
        await LookAsync("files-chosen");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("提交", "Send"), Exact = true }).ClickAsync();
        await Expect(phone.Page.Locator("#files-refused")).ToContainTextAsync("photo.jpg");
        await Expect(phone.Page.GetByRole(AriaRole.Checkbox, new() { Name = "ticket.txt" })).ToBeCheckedAsync();
        await LookAsync("files-refused");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("提交", "Send"), Exact = true }).ClickAsync();

        await phone.Page.WaitForURLAsync("**/portal/receipt");
        var number = await phone.Page.Locator(".slip .no").InnerTextAsync();
        var code = await phone.Page.Locator("#code").InnerTextAsync();
        await LookAsync("receipt");
        await Expect(phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("复制", "Copy") })).ToBeVisibleAsync();

        // follows it
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = Say("查看进度", "Follow it") }).ClickAsync();
        await LookAsync("code");
        await phone.Page.GetByLabel(Say("查询码", "Tracking code")).FillAsync(code);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("查看", "Open"), Exact = true }).ClickAsync();
        await phone.Page.WaitForURLAsync("**/portal/case");
        await Expect(phone.Page.Locator("main")).ToContainTextAsync(number);
        Assert.DoesNotContain(code, await phone.Page.ContentAsync(), StringComparison.Ordinal);

        // the handler asks, and the clock rests
        await host.CompleteAsync(number, "li", "first", new { outcome = "Done", text = "We are looking into it." });
        var id = (await host.CaseAsync(number))["id"]!.GetValue<Guid>();
        var desk = await host.SignInAsync("li", new Look(language, dark, Phone: false));
        await desk.GoAsync($"/cases/{id}");
        var ask = desk.Page.Locator("details.act", new() { HasText = Say("向投诉人提问", "Ask the complainant") });
        await desk.Page.Locator("details.pop:has(details.act) > summary").First.ClickAsync();
        await ask.Locator("summary").ClickAsync();
        await ask.GetByLabel(Say("问题", "Question"), new() { Exact = true }).FillAsync(Say("孩子多大？", "How old is the child?"));
        await ask.Locator("input[name='f.pause'][value='resolution awaiting-material']").CheckAsync();
        Assert.Empty(await desk.FindBarriersAsync());
        await desk.ShootAsync($"portal-ask-{language}");
        await ask.GetByRole(AriaRole.Button, new() { Name = Say("发出提问", "Send the question") }).ClickAsync();
        await desk.Page.WaitForURLAsync("**said=done");
        await host.AdvanceAsync("PT5H");

        // a file goes along with a reply, and is on the complainant's page
        await desk.GoAsync($"/cases/{id}");
        await desk.Page.Locator("#composer input[name=Kind][value=reply]").CheckAsync(new() { Force = true });
        await desk.Page.Locator("#composer-text").FillAsync(Say("检查报告见附件。", "The report is attached."));
        await desk.Page.Locator("#composer input[type=file]").First.SetInputFilesAsync(Text("report.txt", "two pages"));
        Assert.Empty(await desk.FindBarriersAsync());
        await desk.Page.Locator("#composer").GetByRole(AriaRole.Button, new() { Name = Say("发送", "Send"), Exact = true }).ClickAsync();
        await Expect(desk.Page.Locator("main a[href*='/files/']", new() { HasText = "report.txt" }).First).ToBeVisibleAsync();

        // the complainant answers; a double click does it once
        await phone.GoAsync("/portal/case");
        await Expect(phone.Page.GetByRole(AriaRole.Link, new() { Name = "report.txt" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^/portal/case/files/"));
        await LookAsync("question");
        await phone.GoAsync("/portal/case/withdraw");
        await LookAsync("withdraw");
        await phone.GoAsync("/portal/case");
        await phone.Page.GetByLabel(Say("你的答复", "Your answer")).FillAsync(Say("四岁。", "Four."));
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("提交答复", "Send the answer") }).DblClickAsync();
        await Expect(phone.Page.Locator("main")).ToContainTextAsync(Say("你答复了", "You answered"));
        await desk.GoAsync($"/cases/{id}");
        await Expect(desk.Page.Locator("main")).ToContainTextAsync(Say("投诉人 · 网上", "Complainant, on the portal"));
        await Expect(desk.Page.Locator("main")).ToContainTextAsync(Say("四岁。", "Four."));
        await desk.ShootAsync($"portal-answered-{language}");

        // the outcome is accepted, the case closed and rated
        await host.CompleteAsync(number, "li", "handle", new { outcome = "Done", data = new { cause = "worn", proposal = "1000", validity = "valid" } });
        await host.CompleteAsync(number, "li", "answer", new { outcome = "Done" });
        await phone.GoAsync("/portal/case");
        await LookAsync("outcome");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("同意", "Accept"), Exact = true }).ClickAsync();
        await Expect(phone.Page.Locator("main")).ToContainTextAsync(Say("你同意了处理结果", "You accepted the outcome"));
        await host.CompleteAsync(number, "sun", "visit", new { outcome = "Satisfied", data = new { satisfaction = "satisfied" } });
        await phone.GoAsync("/portal/case");
        await LookAsync("closed");
        await phone.Page.Locator("input[name='f.satisfaction'][value='satisfied']").CheckAsync();
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("提交评价", "Send"), Exact = true }).ClickAsync();
        await Expect(phone.Page.Locator("main")).ToContainTextAsync(Say("你评价了处理", "You rated the handling"));
        await Expect(phone.Page.Locator("#survey-title")).ToHaveCountAsync(0);
        Assert.Equal("closed", (await host.CaseAsync(number))["status"]!.GetValue<string>());
        await LookAsync("rated");
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = Say("要求重新办理", "Ask to reopen") }).ClickAsync();
        await LookAsync("reopen");
        await phone.GoAsync("/portal/case");

        // what is printed of it
        await desk.Page.SetViewportSizeAsync(360, 740);
        await desk.GoAsync($"/cases/{id}/print");
        await desk.ShootAsync($"case-print-{language}-phone");
        Assert.Empty(await desk.FindBarriersAsync());
        Assert.True(await desk.OverflowAsync() <= 0, $"The print is {await desk.OverflowAsync()} px too wide.");

        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("离开", "Leave"), Exact = true }).ClickAsync();
        await phone.Page.WaitForURLAsync("**/portal/follow");
        await phone.GoAsync("/portal/case");
        Assert.EndsWith("/portal/follow", phone.Page.Url, StringComparison.Ordinal);
        await phone.Page.Context.CloseAsync();
        await desk.Page.Context.CloseAsync();
    }

    private static FilePayload Text(string name, string content) => new() { Name = name, MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(content) };

    [Fact]
    public async Task Without_script_a_complaint_is_sent_and_followed()
    {
        var page = await host.OpenAsync(new Look("zh-CN", false, Phone: false), script: false);
        await page.GoAsync("/portal?kind=suggestion");

        await page.Page.GetByLabel("你的建议").FillAsync("无脚本也能提建议");
        await page.Page.GetByLabel("手机号").FillAsync("138 0000 2046");
        await page.Page.Locator("#files").SetInputFilesAsync([Text("说明.txt", "文件"), Text("照片.jpg", "不是照片")]);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();
        await Expect(page.Page.Locator("#files-refused")).ToContainTextAsync("照片.jpg");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();

        var code = await page.Page.Locator("#code").InnerTextAsync();
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "复制" })).ToBeHiddenAsync();
        await page.GoAsync("/portal/follow");
        await page.Page.GetByLabel("查询码").FillAsync(code);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "查看", Exact = true }).ClickAsync();
        await Expect(page.Page.Locator("main")).ToContainTextAsync("无脚本也能提建议");
        await Expect(page.Page.Locator("main")).ToContainTextAsync("说明.txt");
        await page.Page.Context.CloseAsync();
    }

    public static TheoryData<string, string, bool, bool> EveryLook()
    {
        var data = new TheoryData<string, string, bool, bool>();
        foreach (var path in new[] { "/portal", "/portal?kind=consultation", "/portal/follow" })
        {
            foreach (var (language, dark, phone) in new[] { ("zh-CN", false, false), ("en", true, false), ("en", false, true), ("zh-CN", true, true) })
            {
                data.Add(path, language, dark, phone);
            }
        }

        return data;
    }

    [Theory, MemberData(nameof(EveryLook))]
    public async Task A_page_has_no_barrier_and_fits_its_window(string path, string language, bool dark, bool phone)
    {
        var look = new Look(language, dark, phone);
        var page = await host.VisitAsync("", look);

        var wrong = await page.LookAtAsync(path, $"portal{path.Replace('/', '-').Replace('?', '-')}", look);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
