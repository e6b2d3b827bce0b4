using System.Net;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Tests.Pages;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Portal;

public sealed class PortalIntakeTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact]
    public async Task A_complaint_needs_no_account_and_the_receipt_says_the_dates_first()
    {
        var (browser, receipt, code, complaint) = await site.ComplainAsync("结账多收了 60 元", ("f.category", "price"));

        Assert.InRange(receipt.IndexOf("11 月 25 日（周三）10:00", StringComparison.Ordinal), 1, receipt.IndexOf(complaint.Number, StringComparison.Ordinal));
        Assert.InRange(receipt.IndexOf("12 月 1 日", StringComparison.Ordinal), 1, receipt.IndexOf(code, StringComparison.Ordinal));
        Assert.Equal("web", complaint.Facts.Text("channel"));
        Assert.Equal("price", complaint.Facts.Text("category"));
        Assert.Equal("138 0000 2046", complaint.Complainant.Phone);
        Assert.DoesNotContain(complaint.Tasks.Open, t => t.Key == "register");
        Assert.DoesNotContain(code, (await browser.GetAsync("/portal/receipt")).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(code, await browser.ReadAsync("/portal/follow"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_complainant_was_told_of_their_data_is_on_record()
    {
        var (_, _, _, complaint) = await site.ComplainAsync("门口积水没人管");

        var told = await site.AskAsync(db => db.Events.SingleAsync(e => e.ComplaintId == complaint.Id.Value && e.Type == CaseEvents.NoticeAccepted));
        Assert.Contains("\"version\":\"2026-1\"", told.Data, StringComparison.Ordinal);
        Assert.Equal(("Complainant", "@portal"), (told.ActorKind, told.ActorId));
    }

    [Fact]
    public async Task A_form_sent_twice_registers_once_and_answers_alike()
    {
        var browser = site.Complainant();
        var form = await browser.ReadAsync("/portal");

        var both = await Task.WhenAll(browser.SendAsync(form, "快递柜卡住了"), browser.SendAsync(form, "快递柜卡住了"));
        var receipt = await browser.FollowAsync(await browser.SendAsync(form, "快递柜卡住了"));

        Assert.All(both, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, await site.AskAsync(db => db.Cases.CountAsync(c => c.Subject == "快递柜卡住了")));
        Assert.Contains((await site.CaseAsync("快递柜卡住了")).Complaint.Number, receipt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_was_used_takes_no_other_complaint()
    {
        var browser = site.Complainant();
        var form = await browser.ReadAsync("/portal");
        await browser.SendAsync(form, "第一件：路灯不亮");

        var replayed = await browser.SendAsync(form, "第二件：路灯太亮");
        var invented = await browser.SendAsync(form, "第三件：没有路灯", ("key", "invented"));

        Assert.Equal(HttpStatusCode.Conflict, replayed.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, invented.StatusCode);
        Assert.Contains("第三件：没有路灯", await Browser.TextOf(invented), StringComparison.Ordinal);
        Assert.Equal(0, await site.AskAsync(db => db.Cases.CountAsync(c => c.Subject.StartsWith("第二件") || c.Subject.StartsWith("第三件"))));
    }

    [Theory]
    [InlineData("f.injury", "true")]
    [InlineData("f.media", "true")]
    [InlineData("f.level", "severe")]
    [InlineData("f.status", "closed")]
    [InlineData("f.handler", "li")]
    [InlineData("f.lead", "quality")]
    [InlineData("f.respondentPerson", "zhou")]
    [InlineData("f.channel", "phone")]
    [InlineData("f.receivedAt", "2020-01-01T00:00")]
    [InlineData("f.outcome", "x")]
    [InlineData("f.attachments", "x")]
    public async Task What_is_not_the_complainants_to_say_is_refused_and_nothing_is_kept(string field, string value)
    {
        var browser = site.Complainant();

        var answer = await browser.SendAsync(await browser.ReadAsync("/portal"), $"越权填写 {field}", (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await site.AskAsync(db => db.Cases.CountAsync(c => c.Subject == $"越权填写 {field}")));
    }

    [Fact]
    public async Task Members_of_the_form_that_are_no_fields_change_nothing()
    {
        var (_, _, _, complaint) = await site.ComplainAsync("夹带字段", ("status", "closed"), ("level", "severe"), ("handler", "li"), ("Origin", "Handler"), ("channel", "phone"));

        Assert.True(complaint.IsOpen);
        Assert.Null(complaint.Handler);
        Assert.Equal("web", complaint.Facts.Text("channel"));
        Assert.NotEqual("severe", complaint.Level);
    }

    [Fact]
    public async Task An_anonymous_complainant_leaves_no_identity()
    {
        var (_, _, _, complaint) = await site.ComplainAsync("匿名举报乱收费", ("f.identity", "anonymous"), ("f.name", "张三"), ("f.email", "zhang@example.com"));

        Assert.True(complaint.Complainant.Anonymous);
        Assert.Null(complaint.Complainant.Name);
        Assert.Null(complaint.Complainant.Phone);
        Assert.Null(complaint.Complainant.Email);
        Assert.True((await site.ComplainAsync("保密举报乱收费", ("f.identity", "confidential"))).Complaint.Complainant.Confidential);
    }

    [Theory]
    [InlineData("zh-CN", "这一栏要填。", "留一个手机号或邮箱")]
    [InlineData("en", "Fill this in.", "Leave a number or an e-mail address")]
    public async Task What_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(string language, string missing, string contact)
    {
        var browser = site.Complainant();
        var form = await browser.ReadAsync($"/portal?lang={language}");

        var answer = await browser.SendAsync(form, "", ("f.category", ""), ("f.phone", ""), ("f.demand", "退钱"), ("f.people", "许多"));
        var page = await Browser.TextOf(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(missing, page, StringComparison.Ordinal);
        Assert.Contains(contact, page, StringComparison.Ordinal);
        Assert.Contains("id=\"matter-category-error\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"matter-description-error\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"matter-people-error\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"who-phone-error\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"退钱\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("consultation", "周末几点关门")]
    [InlineData("suggestion", "大厅多放几把椅子")]
    public async Task A_question_and_a_suggestion_come_the_same_way(string kind, string story)
    {
        var (_, _, _, complaint) = await site.ComplainAsync(story, ("kind", kind), ("f.category", ""));

        Assert.Equal(kind, complaint.Kind);
    }

    [Fact]
    public async Task Script_typed_into_any_field_is_shown_as_text()
    {
        const string Payload = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>{{7*7}}javascript:alert(3)";
        var browser = site.Complainant();
        var form = await browser.ReadAsync("/portal");
        var refused = await (await browser.SendAsync(form, Payload, ("f.name", Payload), ("f.email", Payload), ("f.demand", Payload), ("f.product", Payload), ("f.category", Payload), ("website", Payload)))
            .Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var (talker, complaint) = await site.FollowAsync("脚本\n" + Payload, ("f.name", Payload), ("f.demand", Payload), ("f.product", Payload));
        await talker.DoAsync("messages", ("text", Payload));
        await site.ActAsync(complaint, "li", act => act.Complaint.Dialogue.Ask(act, Payload, null, null));

        var seen = await (await talker.GetAsync("/portal/case")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var staff = await (await (await site.AsAsync("li")).GetAsync($"/cases/{complaint.Id}")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.All([refused, seen, staff], page =>
        {
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.Contains("&lt;img src=x", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Nothing_of_what_is_not_for_the_public_is_offered()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await site.Complainant().GetAsync("/portal/no-such-process")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await site.Complainant().GetAsync("/portal/standard-complaint")).StatusCode);
    }

    [Fact]
    public async Task The_portal_says_where_it_leads_to_nobody()
    {
        var answer = await site.Complainant().GetAsync("/portal");

        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("http://", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
