using System.Net;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Intake;

public sealed class IntakeTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_case_registered_by_the_form_shows_number_and_tracking_code_once()
    {
        var desk = await site.AsAsync("chen");
        var form = await desk.ReadAsync("/intake");

        var answer = await RegisterAsync(desk, Browser.FieldOf(form, "key"), "电梯停运三天");
        var page = await desk.FollowAsync(answer);

        var complaint = (await site.CaseAsync("电梯停运三天")).Complaint;
        Assert.Contains($"已登记 {complaint.Number}", page, StringComparison.Ordinal);
        Assert.Matches("查询码 [0-9A-Z]{4}-[0-9A-Z]{4}", page);
        Assert.DoesNotMatch("查询码 [0-9A-Z]{4}-", await desk.ReadAsync($"/cases/{complaint.Id}"));
        Assert.Equal("phone", complaint.Facts.Text("channel"));
        Assert.Equal("13912345678", complaint.Complainant.Phone);
        Assert.True(complaint.Facts.Is("injury"));
    }

    [Fact]
    public async Task A_form_sent_twice_registers_once()
    {
        var desk = await site.AsAsync("chen");
        var key = Browser.FieldOf(await desk.ReadAsync("/intake"), "key");

        var first = await RegisterAsync(desk, key, "停车场道闸失灵");
        var second = await RegisterAsync(desk, key, "停车场道闸失灵");

        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(1, await site.AskAsync(db => db.Cases.CountAsync(c => c.Subject == "停车场道闸失灵")));
        Assert.Contains("查询码", await desk.FollowAsync(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_with_other_words_is_refused()
    {
        var desk = await site.AsAsync("chen");
        var key = Browser.FieldOf(await desk.ReadAsync("/intake"), "key");
        await RegisterAsync(desk, key, "路灯不亮");

        var other = await RegisterAsync(desk, key, "路灯常亮");

        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        Assert.Contains("这张表已经登记过", await Browser.TextOf(other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "这一栏要填。")]
    [InlineData("en", "Fill this in.")]
    public async Task What_is_missing_is_said_at_its_field_and_nothing_is_lost(string language, string error)
    {
        var desk = await site.AsAsync("chen", language);
        var key = Browser.FieldOf(await desk.ReadAsync("/intake"), "key");

        var answer = await desk.PostAsync("/intake", ("kind", "complaint"), ("step", "review"), ("key", key), ("f.subject", "半句话"), ("f.email", "nobody"), ("f.people", "many"));
        var page = await Browser.TextOf(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(error, page, StringComparison.Ordinal);
        Assert.Contains("id=\"matter-category-error\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"matter-people-error\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"who-channel-error\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"who-email-error\"", page, StringComparison.Ordinal);
        Assert.Contains("半句话", page, StringComparison.Ordinal);
        Assert.Equal(0, await site.AskAsync(db => db.Cases.CountAsync(c => c.Subject == "半句话")));
    }

    [Fact]
    public async Task What_was_heard_is_read_back_before_it_is_registered()
    {
        var desk = await site.AsAsync("chen");
        var key = Browser.FieldOf(await desk.ReadAsync("/intake"), "key");

        var page = await Browser.TextOf(await RegisterAsync(desk, key, "空调漏水", step: "review"));

        Assert.Contains("您反映的是：空调漏水", page, StringComparison.Ordinal);
        Assert.Contains("首次答复", page, StringComparison.Ordinal);
        Assert.Equal(0, await site.AskAsync(db => db.Cases.CountAsync(c => c.Subject == "空调漏水")));
    }

    [Fact]
    public async Task The_suggestion_gives_level_department_and_promised_dates()
    {
        var desk = await site.AsAsync("chen");
        await desk.ReadAsync("/intake");

        var page = await Browser.TextOf(await desk.PostAsync("/intake/suggest", ("kind", "complaint"), ("f.channel", "phone"), ("f.subject", "热水器漏电"), ("f.description", "触电"), ("f.category", "goods"), ("f.injury", "true"), ("f.receivedAt", "2026-11-24T10:00")));

        Assert.Contains("严重", page, StringComparison.Ordinal);
        Assert.Contains("质量部", page, StringComparison.Ordinal);
        Assert.Contains("11 月 25 日（周三）10:00", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_calls_again_is_known_by_their_number_while_it_is_typed_unless_they_asked_not_to_be()
    {
        var desk = await site.AsAsync("chen");
        var key = Browser.FieldOf(await desk.ReadAsync("/intake"), "key");
        await RegisterAsync(desk, key, "门禁卡刷不开");
        var number = (await site.CaseAsync("门禁卡刷不开")).Complaint.Number;
        Task<HttpResponseMessage> TypeAsync(string phone, string anonymous) =>
            desk.PostAsync("/intake/suggest", ("kind", "complaint"), ("f.channel", "phone"), ("f.phone", phone), ("f.anonymous", anonymous), ("f.confidential", "false"));

        var known = await Browser.TextOf(await TypeAsync("+86 139-1234-5678", "false"));
        Assert.Contains("来电人以前的投诉", known, StringComparison.Ordinal);
        Assert.Contains(number, known, StringComparison.Ordinal);
        Assert.Contains("同一电话", known, StringComparison.Ordinal);

        Assert.DoesNotContain(number, await Browser.TextOf(await TypeAsync("13912345679", "false")), StringComparison.Ordinal);
        Assert.DoesNotContain(number, await Browser.TextOf(await TypeAsync("13912345678", "true")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_anonymous_complainant_leaves_no_identity()
    {
        var desk = await site.AsAsync("chen");
        var key = Browser.FieldOf(await desk.ReadAsync("/intake"), "key");

        await RegisterAsync(desk, key, "匿名反映吸烟", anonymous: true);

        var complainant = (await site.CaseAsync("匿名反映吸烟")).Complaint.Complainant;
        Assert.True(complainant.Anonymous);
        Assert.Null(complainant.Name);
        Assert.Null(complainant.Phone);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("auditor")]
    public async Task Who_handles_no_cases_registers_none(string person) =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.AsAsync(person)).GetAsync("/intake")).StatusCode);

    private static Task<HttpResponseMessage> RegisterAsync(Browser desk, string key, string subject, string step = "register", bool anonymous = false) => desk.PostAsync(
        "/intake",
        ("process", "standard-complaint"), ("kind", "complaint"), ("step", step), ("key", key),
        ("f.channel", "phone"), ("f.receivedAt", "2026-11-24T09:30"), ("f.anonymous", anonymous ? "true" : "false"), ("f.confidential", "false"),
        ("f.name", "何女士"), ("f.phone", "13912345678"), ("f.email", ""),
        ("f.subject", subject), ("f.description", "住户反映多次，要求处理。"), ("f.category", "speed"), ("f.people", "2"), ("f.injury", "true"));
}
