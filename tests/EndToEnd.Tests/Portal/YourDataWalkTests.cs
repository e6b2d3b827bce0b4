using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CaseManagement.EndToEnd.Tests.Portal;

/// <summary>A complainant with a telephone asks for a copy of what is kept about them; two people decide; the file is fetched once.</summary>
public sealed class YourDataWalkTests(YourDataHost host) : IClassFixture<YourDataHost>
{
    [Theory, InlineData("zh-CN", false), InlineData("en", true)]
    public async Task A_copy_is_asked_for_by_a_code_that_comes_by_mail_decided_by_two_and_fetched_once(string language, bool dark)
    {
        string Say(string zh, string en) => language == "en" ? en : zh;
        var address = $"wang.{language}@example.com";
        var phone = await host.OpenAsync(new Look(language, dark, Phone: true));
        await phone.Page.SetViewportSizeAsync(360, 740);
        async Task LookAsync(TestPage page, string name)
        {
            await page.ShootAsync($"your-data-{name}-{language}-{(dark ? "dark" : "light")}");
            Assert.Empty(await page.FindBarriersAsync());
            Assert.True(await page.OverflowAsync() <= 0, $"{name} is {await page.OverflowAsync()} px too wide.");
        }

        using var program = host.Api();
        var registered = JsonNode.Parse(await (await program.PostAsJsonAsync("/api/v1/complaints", new
        {
            channel = "phone",
            category = "speed",
            subject = Say("等候过久", "A long wait"),
            description = Say("等了三个小时。", "I waited for three hours."),
            complainant = new { name = "王女士", email = address },
        }, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        var id = registered["id"]!.GetValue<Guid>();

        // the tracking code opens the page, a one-time code what is on it
        await phone.GoAsync("/portal/follow");
        await phone.Page.GetByLabel(Say("查询码", "Tracking code")).FillAsync(registered["trackingCode"]!.GetValue<string>());
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("查看", "Open"), Exact = true }).ClickAsync();
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = Say("我的个人信息", "My personal data") }).ClickAsync();
        await LookAsync(phone, "prove");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("发送验证码", "Send a code") }).ClickAsync();
        await Expect(phone.Page.Locator(".note").First).ToContainTextAsync(Say("10 分钟内有效", "good for 10 minutes"));
        // the receipt leaves with it and may arrive after it; its number has six digits too
        var code = Assert.Single(await host.MailsToAsync(address), mail => mail.Contains(Say("验证码：", "Your code: "), StringComparison.Ordinal));
        code = Regex.Match(code, "(?:验证码：|Your code: )([0-9]{6})").Groups[1].Value;
        await phone.Page.GetByLabel(Say("验证码", "Code"), new() { Exact = true }).FillAsync(code);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("核验", "Check the code") }).ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Name = Say("提出请求", "Ask"), Exact = true })).ToBeVisibleAsync();
        await LookAsync(phone, "ask");
        await phone.Page.Locator("input[name=kind][value=copy]").CheckAsync();
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("提交请求", "Send the request") }).ClickAsync();
        await Expect(phone.Page.Locator(".note").First).ToContainTextAsync(Say("15 日内答复", "within 15 days"));
        await LookAsync(phone, "asked");

        // a head decides, a second person confirms
        var about = await program.GetFromJsonAsync<JsonNode>(new Uri($"/api/v1/complaints/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        var request = about!["dataRequests"]![0]!["case"]!.GetValue<Guid>();
        var head = await host.SignInAsync("zhou", new Look(language, dark, Phone: false));
        await head.GoAsync($"/cases/{id}");
        await LookAsync(head, "case");
        await head.GoAsync($"/cases/{request}");
        var decide = head.Page.Locator("section.task").First;
        await decide.GetByLabel(Say("同意", "Granted"), new() { Exact = true }).CheckAsync();
        await LookAsync(head, "decide");
        await decide.GetByRole(AriaRole.Button, new() { Name = Say("已决定", "Decided"), Exact = true }).ClickAsync();
        await head.Page.WaitForURLAsync("**said=completed");
        await head.Page.Context.CloseAsync();
        var second = await host.SignInAsync("wu", new Look(language, dark, Phone: false));
        await second.GoAsync($"/cases/{request}");
        await second.Page.Locator("section.task").First.GetByRole(AriaRole.Button, new() { Name = Say("同意", "Confirmed"), Exact = true }).ClickAsync();
        await second.Page.WaitForURLAsync("**said=completed");
        await second.Page.Context.CloseAsync();
        await host.AdvanceAsync("PT1S");
        Assert.Contains(await host.MailsToAsync(address), mail => mail.Contains(Say("下载", "download"), StringComparison.Ordinal));

        // it is fetched once
        await phone.GoAsync("/portal/case/data");
        await LookAsync(phone, "ready");
        var fetch = phone.Page.GetByRole(AriaRole.Button, new() { Name = Say("下载文件", "Download the file") });
        var other = await phone.Page.Context.NewPageAsync();
        await other.GotoAsync(phone.Page.Url);
        var file = await other.RunAndWaitForDownloadAsync(() => other.GetByRole(AriaRole.Button, new() { Name = Say("下载文件", "Download the file") }).ClickAsync());
        using (var archive = ZipFile.OpenRead(await file.PathAsync()))
        {
            using var page = new StreamReader(archive.GetEntry("data.html")!.Open());
            Assert.Contains(registered["number"]!.GetValue<string>(), await page.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await fetch.ClickAsync();
        await Expect(phone.Page.Locator(".note").First).ToContainTextAsync(Say("已经下载过", "downloaded already"));
        await LookAsync(phone, "gone");
        await phone.Page.Context.CloseAsync();
    }
}
