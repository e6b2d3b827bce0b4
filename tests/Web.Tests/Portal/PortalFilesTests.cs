using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Files;
using CaseManagement.Web.Portal;
using CaseManagement.Web.Tests.Files;
using CaseManagement.Web.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Portal;

/// <summary>Files that complainants send with the complaint itself, before there is a case.</summary>
public sealed partial class PortalFilesTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact]
    public async Task A_photo_comes_with_the_complaint_and_without_the_place_it_was_taken_at()
    {
        var answer = await SendAsync(site.Complainant(), "门锁寄来就是坏的", [], ("锁.jpg", SampleFiles.Jpeg()), ("说明.txt", SampleFiles.Text()));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var complaint = (await site.CaseAsync("门锁寄来就是坏的")).Complaint;
        Assert.Equal([("锁.jpg", AttachmentSource.Portal), ("说明.txt", AttachmentSource.Portal)], complaint.Attachments.Select(a => (a.Name, a.Source)));
        var shown = await (await (await site.AsAsync("zhou")).GetAsync($"/cases/{complaint.Id}/files/{complaint.Attachments[0].Id}/image")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(shown);
        Assert.False(SampleFiles.TellsPlace(shown));
        Assert.Contains(await site.AskAsync(db => db.Events.Where(e => e.ComplaintId == complaint.Id.Value && e.Type == CaseEvents.AttachmentAdded).ToListAsync()), e => e.ActorId == "@portal");
    }

    [Fact]
    public async Task One_that_is_not_taken_is_named_and_the_others_need_not_be_chosen_again()
    {
        var browser = site.Complainant();
        var refused = await SendAsync(
            browser, "发票开错了", [], ("发票.pdf", Encoding.UTF8.GetBytes("<html><script>alert(1)</script>")), ("..\\..\\a.svg", "<svg onload=alert(1)>"u8.ToArray()), ("照片.png", SampleFiles.Png()));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await Browser.TextOf(refused);
        Assert.Contains("没有收下“发票.pdf”", page, StringComparison.Ordinal);
        Assert.Contains("没有收下“a.svg”", page, StringComparison.Ordinal);
        Assert.DoesNotContain("..\\", page, StringComparison.Ordinal);
        Assert.Contains("照片.png", page, StringComparison.Ordinal);
        Assert.Contains("发票开错了", page, StringComparison.Ordinal);
        var ticket = Assert.Single(Tickets(page));
        Assert.Equal(0, await site.AskAsync(db => db.Cases.CountAsync(c => c.Subject == "发票开错了")));

        var sent = await SendAsync(browser, "发票开错了", [("staged", ticket), ("key", Browser.FieldOf(page, "key"))]);

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal("照片.png", Assert.Single((await site.CaseAsync("发票开错了")).Complaint.Attachments).Name);
    }

    [Fact]
    public async Task A_missing_answer_costs_nobody_their_files_and_one_that_is_unticked_does_not_come()
    {
        var browser = site.Complainant();
        var refused = await SendAsync(browser, "", [], ("a.txt", SampleFiles.Text("one")), ("b.txt", SampleFiles.Text("two")));
        var page = await Browser.TextOf(refused);
        var tickets = Tickets(page);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(2, tickets.Count);
        await SendAsync(browser, "只要第二个文件", [("staged", tickets[1]), ("key", Browser.FieldOf(page, "key"))]);

        Assert.Equal("b.txt", Assert.Single((await site.CaseAsync("只要第二个文件")).Complaint.Attachments).Name);
    }

    [Fact]
    public async Task A_double_click_with_files_registers_once_with_the_files_once()
    {
        var browser = site.Complainant();
        var form = await browser.ReadAsync("/portal");
        (string, string)[] key = [("key", Browser.FieldOf(form, "key"))];

        var both = await Task.WhenAll(SendAsync(browser, "快递双击", key, ("a.txt", SampleFiles.Text())), SendAsync(browser, "快递双击", key, ("a.txt", SampleFiles.Text())));

        Assert.All(both, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Single((await site.CaseAsync("快递双击")).Complaint.Attachments);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(browser, "快递双击", key, ("b.txt", SampleFiles.Text("other")))).StatusCode);
    }

    [Fact]
    public async Task A_ticket_that_is_not_ours_or_too_old_brings_nothing_and_one_used_twice_is_two_files_of_two_cases()
    {
        var browser = site.Complainant();
        var page = await Browser.TextOf(await SendAsync(browser, "", [], ("a.txt", SampleFiles.Text("ticket"))));
        var ticket = Assert.Single(Tickets(page));

        await SendAsync(browser, "假的文件票", [("staged", ticket[..^4] + "AAAA"), ("key", Browser.FieldOf(page, "key"))]);
        await SendAsync(site.Complainant(), "同一文件之一", [("staged", ticket)]);
        await SendAsync(site.Complainant(), "同一文件之二", [("staged", ticket)]);

        Assert.Empty((await site.CaseAsync("假的文件票")).Complaint.Attachments);
        var (one, two) = ((await site.CaseAsync("同一文件之一")).Complaint.Attachments.Single(), (await site.CaseAsync("同一文件之二")).Complaint.Attachments.Single());
        Assert.Equal(one.Sha256, two.Sha256);
        Assert.NotEqual(one.Id, two.Id);
    }

    [Fact]
    public async Task More_than_ten_files_are_refused_and_one_address_fills_no_disk()
    {
        var browser = site.Complainant();
        var eleven = Enumerable.Range(0, 11).Select(n => ($"{n}.txt", SampleFiles.Text($"many {n.ToString(CultureInfo.InvariantCulture)}"))).ToArray();

        var page = await Browser.TextOf(await SendAsync(browser, "十一个文件", [], eleven));
        Assert.Equal(10, Tickets(page).Count);
        Assert.Contains("没有收下“10.txt”", page, StringComparison.Ordinal);

        for (var sent = 10; sent < PortalGate.FilesSoon.Limit; sent += 10)
        {
            await SendAsync(browser, "", [], [.. eleven[..10].Select(f => (f.Item1, SampleFiles.Text($"{f.Item1} {sent.ToString(CultureInfo.InvariantCulture)}")))]);
        }

        var over = await Browser.TextOf(await SendAsync(browser, "又一个文件", [], ("x.txt", SampleFiles.Text("over"))));
        Assert.Contains("发送的文件太多", over, StringComparison.Ordinal);
        Assert.Empty(Tickets(over));
        Assert.Single(Tickets(await Browser.TextOf(await SendAsync(site.Complainant(), "", [], ("x.txt", SampleFiles.Text("elsewhere"))))));
    }

    [Fact]
    public async Task Files_of_a_form_that_is_never_sent_are_swept()
    {
        var folder = site.Services.GetRequiredService<FileFolder>();
        await SendAsync(site.Complainant(), "", [], ("leftover.txt", SampleFiles.Text("never sent")));
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(SampleFiles.Text("never sent")));
        Assert.NotNull(folder.Find(hash, isSealed: false));

        for (var look = 0; look < 2; look++)
        {
            File.SetLastWriteTimeUtc(folder.Find(hash, isSealed: false)!, site.Wall.GetUtcNow().UtcDateTime - FileSweep.Age - TimeSpan.FromMinutes(1));
            await site.Services.GetRequiredService<FileSweep>().RunAsync(TestContext.Current.CancellationToken);
        }

        Assert.Null(folder.Find(hash, isSealed: false));
    }

    [Theory]
    [InlineData("录像.mp4")]
    [InlineData("照片.heic")]
    public async Task What_somebody_anonymous_took_is_shown_without_the_place_it_was_made_at(string name)
    {
        var film = name.EndsWith("heic", StringComparison.Ordinal) ? SampleFiles.Heic(out _) : RecordingCopyTests.Recording("isom", [.. SampleFiles.Text()], "vide");
        await SendAsync(site.Complainant(), $"匿名的{name}", [("f.identity", "anonymous")], (name, film));

        var file = Assert.Single((await site.CaseAsync($"匿名的{name}")).Complaint.Attachments);
        Assert.False(FileType.MayTellPlace(file));
        await using var shown = site.Services.GetRequiredService<CaseFiles>().OpenShown(file)!;
        using var content = new MemoryStream();
        await shown.CopyToAsync(content, TestContext.Current.CancellationToken);
        Assert.Equal(film.Length, content.Length);
        Assert.True(content.ToArray().AsSpan().IndexOf("+39.9042"u8) < 0);
        Assert.False(SampleFiles.TellsPlace(content.ToArray()));
        await using var original = site.Services.GetRequiredService<CaseFiles>().OpenOriginal(file)!;
        Assert.NotNull(original);
    }

    [Fact]
    public async Task A_picture_that_may_tell_its_place_is_asked_about_once_before_it_is_sent()
    {
        var browser = site.Complainant();
        var asked = await SendAsync(browser, "匿名寄来的照片", [("f.identity", "anonymous")], ("现场.heic", SampleFiles.UntidyHeic()));
        var page = await Browser.TextOf(asked);

        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Contains("“现场.heic”里可能写有拍摄的地点和时间", page, StringComparison.Ordinal);
        Assert.Equal(0, await site.AskAsync(db => db.Cases.CountAsync(c => c.Subject == "匿名寄来的照片")));

        await SendAsync(browser, "匿名寄来的照片", [("f.identity", "anonymous"), ("staged", Assert.Single(Tickets(page))), ("key", Browser.FieldOf(page, "key"))]);

        Assert.True(FileType.MayTellPlace(Assert.Single((await site.CaseAsync("匿名寄来的照片")).Complaint.Attachments)));
    }

    private static async Task<HttpResponseMessage> SendAsync(Browser browser, string story, (string Name, string Value)[] more, params (string Name, byte[] Content)[] files)
    {
        var form = more.Any(m => m.Name == "key") ? "" : await browser.ReadAsync("/portal");
        (string Name, string Value)[] usual =
        [
            ("kind", "complaint"), ("step", "send"), ("website", ""), ("f.category", "speed"), ("f.description", story), ("f.identity", "open"), ("f.phone", "138 0000 2046"),
        ];
        var fields = usual.Where(f => more.All(m => m.Name != f.Name));
        return await browser.SendAsync("/portal/standard-complaint", [.. fields, .. more, .. form.Length == 0 ? [] : new[] { ("key", Browser.FieldOf(form, "key")) }], files);
    }

    private static List<string> Tickets(string page) => [.. Ticket().Matches(page).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("name=\"staged\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();
}
