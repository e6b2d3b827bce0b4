using System.Net;
using CaseManagement.Web.Portal;
using CaseManagement.Web.Tests.Pages;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Portal;

public sealed class PortalGateTests(PortalSite site, ProxiedPortalSite proxied) : IClassFixture<PortalSite>, IClassFixture<ProxiedPortalSite>
{
    [Fact]
    public async Task More_complaints_than_usual_from_one_address_take_work_and_lose_nothing()
    {
        var browser = site.Complainant("203.0.113.10");
        await SendManyAsync(browser, 5, "同一地址");

        var form = await browser.ReadAsync("/portal");
        var over = await browser.SendAsync(form, "第六件投诉");
        var page = await Browser.TextOf(over);
        var work = Complaining.Work(page);
        var after = await browser.SendAsync(page, "第六件投诉", work);
        var again = await browser.SendAsync(await browser.ReadAsync("/portal"), "第七件投诉", work);

        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        Assert.Contains("第六件投诉", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, again.StatusCode);
        Assert.Equal(1, await CountAsync("第六件投诉"));
        Assert.Equal(0, await CountAsync("第七件投诉"));
    }

    [Fact]
    public async Task Who_has_no_script_waits_instead_and_many_who_wait_come_in_one_after_the_other()
    {
        var browser = site.Complainant("203.0.113.11");
        await SendManyAsync(browser, 5, "无脚本");
        var pages = new List<string>();
        for (var one = 0; one < 4; one++)
        {
            pages.Add(await Browser.TextOf(await browser.SendAsync(await browser.ReadAsync("/portal"), $"等待的投诉 {one}")));
        }

        var early = await browser.SendAsync(pages[0], "等待的投诉 0", ("ticket", Browser.FieldOf(pages[0], "ticket")));
        site.Wall.Advance(ProofOfWork.Wait);
        var answers = new List<HttpStatusCode>();
        foreach (var (one, page) in pages.Index())
        {
            answers.Add((await browser.SendAsync(page, $"等待的投诉 {one}", ("ticket", Browser.FieldOf(page, "ticket")))).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, early.StatusCode);
        Assert.Equal(2, answers.Count(a => a == HttpStatusCode.Redirect));
        Assert.Equal(2, answers.Count(a => a == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task A_forged_header_gives_no_new_budget()
    {
        await SendManyAsync(site.Complainant("203.0.113.12"), 5, "伪造地址");

        var forged = site.Complainant("203.0.113.12", forwardedFor: "8.8.8.8");
        var answer = await forged.SendAsync(await forged.ReadAsync("/portal"), "伪造地址再来一件");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
    }

    [Fact]
    public async Task A_known_proxy_says_who_asks_and_nobody_else_does()
    {
        for (var one = 0; one < 6; one++)
        {
            var behind = proxied.Complainant("192.0.2.7", $"198.18.0.{one}");
            Assert.Equal(HttpStatusCode.Redirect, (await behind.SendAsync(await behind.ReadAsync("/portal"), $"经过代理 {one}")).StatusCode);
        }

        // whatever a caller writes in front of what the proxies add
        await SendManyAsync(proxied.Complainant("192.0.2.7", "1.2.3.4, 198.18.7.7, 10.9.3.4"), 5, "两级代理");
        var other = proxied.Complainant("192.0.2.7", "5.6.7.8, 198.18.7.7, 10.9.3.4");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await other.SendAsync(await other.ReadAsync("/portal"), "两级代理再来")).StatusCode);
    }

    [Fact]
    public async Task Neighbours_in_one_network_of_version_6_share_a_budget_and_others_do_not()
    {
        await SendManyAsync(site.Complainant("2001:db8:1:100::1"), 5, "六版");

        var neighbour = site.Complainant("2001:db8:1:1ff:abcd::9");
        var stranger = site.Complainant("2001:db8:1:200::1");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await neighbour.SendAsync(await neighbour.ReadAsync("/portal"), "六版邻居")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.SendAsync(await stranger.ReadAsync("/portal"), "六版外人")).StatusCode);
    }

    [Fact]
    public async Task The_field_nobody_sees_costs_whoever_fills_it_work()
    {
        var browser = site.Complainant();

        var answer = await browser.SendAsync(await browser.ReadAsync("/portal"), "填了看不见的栏", ("website", "http://spam.example"));
        var after = await browser.SendAsync(await Browser.TextOf(answer), "填了看不见的栏", [("website", "http://spam.example"), .. Complaining.Work(await Browser.TextOf(answer))]);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task No_address_is_kept_in_clear()
    {
        var browser = site.Complainant("203.0.113.77");
        await browser.SendAsync(await browser.ReadAsync("/portal"), "不留地址");
        await browser.OpenAsync("0000-0000-0000-0000-0");

        var keys = await site.AskAsync(db => db.RateCounters.Select(c => c.Key).ToListAsync());
        Assert.NotEmpty(keys);
        Assert.DoesNotContain(keys, key => key.Contains("203.0.113", StringComparison.Ordinal));
    }

    private static async Task SendManyAsync(Browser browser, int count, string story)
    {
        for (var one = 0; one < count; one++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await browser.SendAsync(await browser.ReadAsync("/portal"), $"{story} {one}")).StatusCode);
        }
    }

    private Task<int> CountAsync(string subject) => site.AskAsync(db => db.Cases.CountAsync(c => c.Subject == subject));
}
