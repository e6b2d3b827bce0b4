using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Files;
using CaseManagement.Web.Tests.Files;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Cases;

/// <summary>Files, other cases and the print of a case, as people meet them on its page.</summary>
public sealed class CaseFilesPageTests(Site site) : IClassFixture<Site>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_written_with_a_note_are_on_the_page_in_the_timeline_and_on_pages_of_their_own()
    {
        var (browser, id) = await OpenAsync("附件一");

        var page = await browser.FollowAsync(await browser.SendAsync($"/cases/{id}/entries", [("Kind", "note"), ("Text", "见照片")], ("现场.jpg", SampleFiles.Jpeg()), ("说明.txt", SampleFiles.Text())));

        Assert.Contains("附件：现场.jpg", page, StringComparison.Ordinal);
        Assert.Contains("说明.txt", page, StringComparison.Ordinal);
        Assert.Contains("kind=File", page, StringComparison.Ordinal);
        var files = Regex.Matches(page, $"/cases/{id}/files/[0-9a-f-]+").Select(m => m.Value).Distinct().ToList();
        Assert.Equal(2, files.Count);
        var text = (await TextPagesAsync(browser, files)).Single(p => p.Contains("第二行", StringComparison.Ordinal));
        Assert.Contains("说明.txt", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_file_is_named_the_words_stay_and_nothing_is_written()
    {
        var (browser, id) = await OpenAsync("附件二");

        var answer = await browser.SendAsync($"/cases/{id}/entries", [("Kind", "note"), ("Text", "看这个")], ("照片.jpg", "<html>"u8.ToArray()), ("好.txt", SampleFiles.Text()));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await Browser.TextOf(answer);
        Assert.Contains("没有收下“照片.jpg”：不收这种类型的文件。", page, StringComparison.Ordinal);
        Assert.Contains("看这个</textarea>", page, StringComparison.Ordinal);
        Assert.Empty((await site.CaseAsync("附件二")).Complaint.Attachments);
    }

    [Fact]
    public async Task A_picture_that_may_tell_its_place_is_asked_about_once()
    {
        var (browser, id) = await OpenAsync("附件二之二");
        (string, string)[] note = [("Kind", "note"), ("Text", "来电人发来的照片")];

        var asked = await browser.SendAsync($"/cases/{id}/entries", note, ("现场.heic", SampleFiles.UntidyHeic()));
        var page = await Browser.TextOf(asked);

        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Contains("“现场.heic”里可能写有拍摄的地点和时间", page, StringComparison.Ordinal);
        Assert.Empty((await site.CaseAsync("附件二之二")).Complaint.Attachments);

        await browser.SendAsync($"/cases/{id}/entries", [.. note, ("Asked", Browser.FieldOf(page, "Asked"))], ("现场.heic", SampleFiles.UntidyHeic()));

        Assert.Equal("现场.heic", Assert.Single((await site.CaseAsync("附件二之二")).Complaint.Attachments).Name);

        // of one that was looked through and holds nothing there is nothing to ask
        using var tells = new MemoryStream(SampleFiles.Heic(out _));
        using var nothing = new MemoryStream();
        Assert.True(HeicImage.TryWrite(tells, nothing));
        await browser.SendAsync($"/cases/{id}/entries", note, ("截图.heic", nothing.ToArray()));
        var file = (await site.CaseAsync("附件二之二")).Complaint.Attachments.Single(a => a.Name == "截图.heic");
        Assert.False(FileType.MayTellPlace(file));
        Assert.DoesNotContain($"/files/{file.Id}/original", await browser.ReadAsync($"/cases/{id}/files/{file.Id}"), StringComparison.Ordinal);
        Assert.Equal(nothing.ToArray(), await (await browser.GetAsync($"/cases/{id}/files/{file.Id}/content")).Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task An_image_is_shown_cleaned_and_its_original_only_for_a_reason_that_is_recorded()
    {
        var (browser, id) = await OpenAsync("附件三");
        var original = SampleFiles.Jpeg();
        await browser.SendAsync($"/cases/{id}/entries", [("Kind", "note"), ("Text", "")], ("现场.jpg", original));
        var file = (await site.CaseAsync("附件三")).Complaint.Attachments.Single().Id;
        var href = $"/cases/{id}/files/{file}";

        var shown = await browser.GetAsync(href + "/image");
        Assert.Equal("image/jpeg", shown.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", shown.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(SampleFiles.TellsPlace(await shown.Content.ReadAsByteArrayAsync(Token)));

        await browser.GetAsync(href);
        var refused = await browser.PostAsync(href + "/original", ("reason", "好奇"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("理由至少写 10 个字", await Browser.TextOf(refused), StringComparison.Ordinal);

        var given = await browser.PostAsync(href + "/original", ("reason", "核对照片拍摄的时间和地点"));
        Assert.Equal(original, await given.Content.ReadAsByteArrayAsync(Token));
        Assert.Contains("查看原始文件：现场.jpg", await browser.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_see_the_case_finds_none_of_its_files()
    {
        var (browser, id) = await OpenAsync("附件四");
        await browser.SendAsync($"/cases/{id}/entries", [("Kind", "note"), ("Text", "")], ("a.txt", SampleFiles.Text()));
        var file = (await site.CaseAsync("附件四")).Complaint.Attachments.Single().Id;
        var stranger = await site.AsAsync("zhao");

        foreach (var address in new[] { "", "/content", "/image" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/cases/{id}/files/{file}{address}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/cases/{id}/print")).StatusCode);
    }

    [Fact]
    public async Task What_is_typed_into_the_composer_is_kept_until_it_is_sent()
    {
        var (browser, id) = await OpenAsync("草稿一");

        var kept = await browser.PostAsync($"/cases/{id}/entries/draft", ("Kind", "note"), ("Text", "打了电话，没人接"));
        Assert.Contains("draft-saved", kept.Headers.GetValues("HX-Trigger").Single(), StringComparison.Ordinal);
        Assert.Contains("打了电话，没人接</textarea>", await browser.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("打了电话", await (await site.AsAsync("zhou")).ReadAsync($"/cases/{id}"), StringComparison.Ordinal);

        var page = await browser.FollowAsync(await browser.PostAsync($"/cases/{id}/entries", ("Kind", "note"), ("Text", "打了电话，没人接")));
        Assert.DoesNotContain("打了电话，没人接</textarea>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_of_the_same_telephone_and_of_a_subject_alike_are_named_and_linked_as_what_they_are()
    {
        var first = await RegisterAsync("洗衣机漏水淹了厨房", phone: "+86 139-0000-7777");
        var other = await RegisterAsync("完全不同的另一件事情", phone: "13900007777");
        var alike = await RegisterAsync("洗衣机漏水淹了卧室", phone: "13911112222");
        var (browser, id) = (await site.AsAsync("zhou"), first.Id);

        Assert.Contains($"hx-get=\"/cases/{id}/kin\"", await browser.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
        var page = await browser.ReadAsync($"/cases/{id}?kin=true");

        Assert.Contains("同一电话", page, StringComparison.Ordinal);
        Assert.Contains(other.Number, page, StringComparison.Ordinal);
        Assert.Contains(alike.Number, page, StringComparison.Ordinal);
        Assert.Contains("12 个月内另有 1 件", page, StringComparison.Ordinal);

        await browser.FollowAsync(await browser.PostAsync($"/cases/{id}/actions/link", ("f.to", alike.Number), ("f.kind", "duplicate")));
        Assert.Contains("已关联", await browser.ReadAsync($"/cases/{id}/kin"), StringComparison.Ordinal);
        Assert.Equal(LinkKinds.Duplicate, (await site.CaseAsync("洗衣机漏水淹了厨房")).Complaint.LinkKindOf(alike.Number));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync($"/cases/{id}/actions/link", ("f.to", "NONE-1"), ("f.kind", "repeat"))).StatusCode);
    }

    [Fact]
    public async Task Neither_hidden_nor_confidential_cases_are_named_beside_a_case()
    {
        var first = await RegisterAsync("电梯困人半小时无人应答", phone: "13922223333");
        var against = await RegisterAsync("电梯困人半小时无人应答二", phone: "13922223333", against: "zhou");
        var confidential = await RegisterAsync("匿名举报采购吃回扣情况", phone: "13922223333", confidential: true);

        var page = await (await site.AsAsync("zhou")).ReadAsync($"/cases/{first.Id}/kin");

        Assert.DoesNotContain(against.Number, page, StringComparison.Ordinal);
        Assert.DoesNotContain(confidential.Number, page, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await (await site.AsAsync("zhou")).PostAfterAsync($"/cases/{first.Id}", $"/cases/{first.Id}/actions/link", ("f.to", against.Number), ("f.kind", "duplicate"))).StatusCode);
    }

    [Fact]
    public async Task The_print_holds_everything_and_folds_nothing_away()
    {
        var (browser, id) = await OpenAsync("打印一");
        await browser.PostAsync($"/cases/{id}/entries", ("Kind", "note"), ("Text", "第一条备注"));

        var print = await browser.ReadAsync($"/cases/{id}/print");

        Assert.Contains("第一条备注", print, StringComparison.Ordinal);
        Assert.Contains("登记 ", print, StringComparison.Ordinal);
        Assert.DoesNotContain("<details", print, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", print, StringComparison.Ordinal);
    }

    private static async Task<List<string>> TextPagesAsync(Browser browser, IEnumerable<string> addresses)
    {
        var pages = new List<string>();
        foreach (var address in addresses)
        {
            pages.Add(await browser.ReadAsync(address));
        }

        return pages;
    }

    private async Task<(Browser Browser, ComplaintId Id)> OpenAsync(string subject)
    {
        var complaint = await RegisterAsync(subject);
        var browser = await site.AsAsync("li");
        await browser.ReadAsync($"/cases/{complaint.Id}");
        return (browser, complaint.Id);
    }

    private async Task<Complaint> RegisterAsync(string subject, string? phone = null, string? against = null, bool confidential = false)
    {
        var registration = new Registration
        {
            Channel = "phone",
            Subject = subject,
            Description = "测试",
            Category = "speed",
            Complainant = new Complainant { Name = subject, Phone = phone, Confidential = confidential },
            Respondent = against is null ? null : new Respondent("service", against),
        };
        var runtime = site.Services.GetRequiredService<CaseRuntime>();
        return (await runtime.RegisterAsync(registration, (await site.PersonAsync("chen")).AsPerformer(), Token))!.Complaint;
    }
}
