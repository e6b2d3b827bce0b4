using System.Net;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Files;
using CaseManagement.Web.Tests.Notifications;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Web.Tests.Portal;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CaseManagement.Web.Tests.Messages;

/// <summary>Files written with a reply reach the complainant: by the mail, and on the page of their case.</summary>
public sealed class ReplyFilesTests : IAsyncDisposable
{
    private const string Address = "wang@example.net";

    private readonly MailHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_file_of_a_reply_goes_with_its_mail_cleaned_and_a_file_of_a_note_goes_nowhere()
    {
        var (id, code) = await RegisterAsync();
        var zhou = await WriteAsync(id, "note", "只给自己人", ("内部.txt", SampleFiles.Text("secret")));
        await WriteAsync(id, "reply", "请看检测报告", ("报告\r\nX-Evil: 1.jpg", SampleFiles.Jpeg()), ("说明.txt", SampleFiles.Text("hello")));
        await _host.MailAsync();

        var mail = Mails().Single(m => m.TextBody?.Contains("请看检测报告", StringComparison.Ordinal) == true);
        Assert.Equal(["报告X-Evil_ 1.jpg", "说明.txt"], mail.Attachments.Cast<MimePart>().Select(a => a.FileName));
        var photo = Read(mail.Attachments.Cast<MimePart>().First());
        Assert.NotEmpty(photo);
        Assert.False(SampleFiles.TellsPlace(photo));
        Assert.DoesNotContain(mail.Headers, h => h.Field == "X-Evil");
        Assert.All(Mails().Where(m => m.MessageId != mail.MessageId), m => Assert.Empty(m.Attachments));

        var complainant = _host.Visitor();
        await complainant.OpenAsync(code);
        var page = await complainant.ReadAsync("/portal/case");
        Assert.Contains("说明.txt", page, StringComparison.Ordinal);
        Assert.DoesNotContain("内部.txt", page, StringComparison.Ordinal);
        var files = (await FilesAsync(id)).ToDictionary(f => f.Name);
        var opened = await complainant.GetAsync($"/portal/case/files/{files["说明.txt"].Id}");
        Assert.Equal(SampleFiles.Text("hello"), await opened.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("attachment", opened.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(HttpStatusCode.NotFound, (await complainant.GetAsync($"/portal/case/files/{files["内部.txt"].Id}")).StatusCode);
        Assert.Contains("说明.txt", await zhou.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);

        var (_, other) = await RegisterAsync();
        var stranger = _host.Visitor();
        await stranger.OpenAsync(other);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/portal/case/files/{files["说明.txt"].Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await _host.Visitor().GetAsync($"/portal/case/files/{files["说明.txt"].Id}")).StatusCode);
    }

    [Fact]
    public async Task A_file_too_large_for_a_mail_is_named_in_it_and_read_on_the_page()
    {
        _host.Settings["Mail:AttachedMegabytes"] = "1";
        var (id, code) = await RegisterAsync();
        await WriteAsync(id, "reply", "两个文件", ("大.txt", SampleFiles.Text(new string('a', 1_200_000))), ("小.txt", SampleFiles.Text("small")));
        await _host.MailAsync();

        var mail = Mails().Single(m => m.TextBody?.Contains("两个文件", StringComparison.Ordinal) == true);
        Assert.Equal(["小.txt"], mail.Attachments.Cast<MimePart>().Select(a => a.FileName));
        Assert.Contains("大.txt", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://cases.example.org/portal/follow", mail.TextBody, StringComparison.Ordinal);
        var complainant = _host.Visitor();
        await complainant.OpenAsync(code);
        Assert.Contains("大.txt", await complainant.ReadAsync("/portal/case"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_waits_for_the_scanner_and_leaves_without_what_it_refuses()
    {
        _host.Settings["Files:Scanner"] = "/bin/true";
        var (id, code) = await RegisterAsync();
        await WriteAsync(id, "reply", "等待检查", ("好.txt", SampleFiles.Text("good")), ("坏.txt", SampleFiles.Text("bad")));
        await _host.MailAsync();
        Assert.DoesNotContain(Mails(), m => m.TextBody?.Contains("等待检查", StringComparison.Ordinal) == true);
        Assert.Equal(MessageStates.Pending, await _host.AskAsync(db => db.Messages.Where(m => m.ComplaintId == id && m.BodyZh == "等待检查").Select(m => m.State).SingleAsync(Token)));
        var files = (await FilesAsync(id)).ToDictionary(f => f.Name);
        var complainant = _host.Visitor();
        await complainant.OpenAsync(code);
        Assert.Equal(HttpStatusCode.NotFound, (await complainant.GetAsync($"/portal/case/files/{files["好.txt"].Id}")).StatusCode);

        await _host.Services.GetRequiredService<CaseRuntime>().ActAsync(
            id, new Domain.Parties.Performer { Actor = Domain.Parties.Actor.Workflow },
            act =>
            {
                act.Complaint.Scanned(act, files["好.txt"].Id, isClean: true);
                act.Complaint.Scanned(act, files["坏.txt"].Id, isClean: false);
            },
            Token);
        using var api = _host.Api();
        await MailHost.PassAsync(api, "PT1H");
        await _host.MailAsync();

        var mail = Mails().Single(m => m.TextBody?.Contains("等待检查", StringComparison.Ordinal) == true);
        Assert.Equal(["好.txt"], mail.Attachments.Cast<MimePart>().Select(a => a.FileName));
        Assert.Contains("没有发送：坏.txt", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("坏.txt", await complainant.ReadAsync("/portal/case"), StringComparison.Ordinal);
    }

    private async Task<(Guid Id, string Code)> RegisterAsync()
    {
        using var api = _host.Api();
        var body = Sample.Complaint();
        body["complainant"] = new Dictionary<string, object> { ["name"] = "Wang", ["email"] = Address };
        var answer = await api.TellAsync("/api/v1/complaints", body, 201);
        return (answer["id"]!.GetValue<Guid>(), answer["trackingCode"].Text());
    }

    private async Task<Browser> WriteAsync(Guid id, string kind, string text, params (string Name, byte[] Content)[] files)
    {
        var zhou = await _host.AsAsync("zhou");
        await zhou.ReadAsync($"/cases/{id}");
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.SendAsync($"/cases/{id}/entries", [("Kind", kind), ("Language", "zh-CN"), ("Text", text)], files)).StatusCode);
        return zhou;
    }

    private async Task<IReadOnlyList<Attachment>> FilesAsync(Guid id) => (await _host.Services.GetRequiredService<CaseRuntime>().ReadAsync(id, Token))!.Complaint.Attachments;

    private List<MimeMessage> Mails() =>
        [.. _host.Sink.Mails.Where(m => m.To == Address).Select(m => MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(m.Raw)), Token))];

    private static byte[] Read(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content, Token);
        return content.ToArray();
    }
}
