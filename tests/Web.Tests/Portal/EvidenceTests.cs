using System.Net;
using System.Text;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Tests.Files;
using CaseManagement.Web.Tests.Pages;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Portal;

/// <summary>Files that complainants add on the page of their case.</summary>
public sealed class EvidenceTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact]
    public async Task Words_and_a_photo_reach_the_handler_without_the_place_it_was_taken_at()
    {
        var (browser, complaint) = await site.FollowAsync("门锁坏了两次");

        var answer = await SendAsync(browser, "这是照片", ("锁.jpg", SampleFiles.Jpeg()));

        Assert.Contains("锁.jpg", await browser.FollowAsync(answer), StringComparison.Ordinal);
        var file = Assert.Single((await site.ReadAsync(complaint)).Attachments);
        Assert.Equal((AttachmentSource.Portal, "锁.jpg"), (file.Source, file.Name));
        var handler = await site.AsAsync("zhou");
        var page = await handler.ReadAsync($"/cases/{complaint.Id}");
        Assert.Contains("这是照片", page, StringComparison.Ordinal);
        Assert.Contains("锁.jpg", page, StringComparison.Ordinal);
        var shown = await (await handler.GetAsync($"/cases/{complaint.Id}/files/{file.Id}/image")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(shown);
        Assert.False(SampleFiles.TellsPlace(shown));
    }

    [Fact]
    public async Task A_file_that_is_not_what_it_says_is_refused_and_the_words_stay_in_the_form()
    {
        var (browser, complaint) = await site.FollowAsync("发票少打了一项");

        var answer = await SendAsync(browser, "请看附件", ("发票.pdf", Encoding.UTF8.GetBytes("<html><script>alert(1)</script>")), ("照片.png", SampleFiles.Png()));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await Browser.TextOf(answer);
        Assert.Contains("发票.pdf", page, StringComparison.Ordinal);
        Assert.Contains("请看附件", page, StringComparison.Ordinal);
        Assert.Empty((await site.ReadAsync(complaint)).Attachments);
    }

    [Fact]
    public async Task A_picture_that_may_tell_its_place_is_asked_about_and_need_not_be_chosen_again()
    {
        var (browser, complaint) = await site.FollowAsync("楼道灯坏了");

        var asked = await SendAsync(browser, "请看照片", ("楼道.heic", SampleFiles.UntidyHeic()));
        var page = await Browser.TextOf(asked);

        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Contains("“楼道.heic”里可能写有拍摄的地点和时间", page, StringComparison.Ordinal);
        Assert.Contains("请看照片", page, StringComparison.Ordinal);
        Assert.Empty((await site.ReadAsync(complaint)).Attachments);

        await browser.PostAsync("/portal/case/messages", ("key", Browser.FieldOf(page, "key")), ("text", "请看照片"), ("staged", Browser.FieldOf(page, "staged")));

        Assert.Equal("楼道.heic", Assert.Single((await site.ReadAsync(complaint)).Attachments).Name);
    }

    [Fact]
    public async Task Files_sent_twice_by_a_double_click_are_there_once()
    {
        var (browser, complaint) = await site.FollowAsync("电梯又停了");
        var key = Browser.FieldOf(await browser.ReadAsync("/portal/case"), "key");

        await browser.SendAsync("/portal/case/messages", [("key", key), ("text", "")], ("录音.txt", "电梯停了"u8.ToArray()));
        await browser.SendAsync("/portal/case/messages", [("key", key), ("text", "")], ("录音.txt", "电梯停了"u8.ToArray()));

        Assert.Single((await site.ReadAsync(complaint)).Attachments);
    }

    [Fact]
    public async Task Without_a_tracking_session_nothing_is_taken()
    {
        var before = await site.AskAsync(db => db.Attachments.CountAsync());
        var stranger = site.Complainant();
        await stranger.GetAsync("/portal/follow");

        var answer = await stranger.SendAsync("/portal/case/messages", [("key", "x"), ("text", "x")], ("a.png", SampleFiles.Png()));

        Assert.Equal("/portal/follow", answer.Headers.Location?.ToString());
        Assert.Equal(before, await site.AskAsync(db => db.Attachments.CountAsync()));
    }

    private static async Task<HttpResponseMessage> SendAsync(Browser browser, string text, params (string Name, byte[] Content)[] files)
    {
        var page = await browser.ReadAsync("/portal/case");
        return await browser.SendAsync("/portal/case/messages", [("key", Browser.FieldOf(page, "key")), ("text", text)], files);
    }
}
