using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Portal;

/// <summary>Complainants ask about their personal data: by tracking code and one-time code, decided by two, fetched once, without other people in it.</summary>
public sealed class YourDataTests(PortalSite site) : IClassFixture<PortalSite>
{
    private const string Data = "/portal/case/data";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_is_decided_by_two_and_fetched_once_without_anybody_else_in_it()
    {
        var (browser, complaint) = await site.FollowAsync(
            "店员王五骂人\n工号牌上写着王五，他的电话 13912345678，邮箱 wangwu@shop.example，我的电话 13800002046。", ("f.name", "钱女士"), ("f.email", "qian@example.net"));
        await site.ActAsync(complaint, "zhou", act => act.Complaint.Exclusion.Name(act, new Respondent(null, "王五")));
        await site.ActAsync(complaint, "zhou", act => act.Complaint.Note(act, "内部：此人已有两次处分"));
        await site.ActAsync(complaint, "zhou", act => act.Complaint.Reply(act, "progress", "李敏正在核实王五的说法。", null));

        // nothing is asked before the one-time code
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(browser, "copy")).StatusCode);
        await ProveAsync(browser, complaint);
        Assert.Equal(HttpStatusCode.Redirect, (await AskAsync(browser, "copy")).StatusCode);

        var request = await RequestAsync(complaint);
        Assert.Equal(("data-subject-requests", 15), (request.Process, (int)(request.Clocks.All["answer"].DueAt!.Value - request.ReceivedAt).TotalDays));
        await site.CompleteAsync(request, "zhou", "decide", "Decided", data: [("requestDecision", "granted")]);
        await Assert.ThrowsAsync<Domain.RuleViolationException>(() => site.CompleteAsync(request, "zhou", "confirm", "Confirmed"));
        Assert.DoesNotContain(Data + "/files/", await browser.ReadAsync(Data), StringComparison.Ordinal);
        await site.CompleteAsync(request, "wu", "confirm", "Confirmed");
        await FireAsync();

        var page = await browser.ReadAsync(Data);
        var href = Regex.Match(page, "action=\"(/portal/case/data/files/[0-9a-f-]+)\"").Groups[1].Value;
        var stranger = await AgainAsync(complaint);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAfterAsync(Data, href)).StatusCode);
        var answer = await browser.PostAsync(href);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        var all = Unpacked(await answer.Content.ReadAsByteArrayAsync(Token));

        Assert.Contains("data.json", all.Keys);
        Assert.Contains("data.html", all.Keys);
        foreach (var text in all.Values)
        {
            Assert.Contains(complaint.Number, text, StringComparison.Ordinal);
            Assert.Contains("钱女士", text, StringComparison.Ordinal);
            Assert.Contains("13800002046", text, StringComparison.Ordinal);
            foreach (var other in (string[])["王五", "13912345678", "wangwu@shop.example", "李敏", "周涛", "处分"])
            {
                Assert.DoesNotContain(other, text, StringComparison.Ordinal);
            }
        }

        Assert.Equal(HttpStatusCode.Conflict, (await browser.PostAfterAsync(Data, href)).StatusCode);
        var events = await site.AskAsync(db => db.Events.Where(e => e.ComplaintId == complaint.Id.Value).Select(e => e.Type).ToListAsync(Token));
        Assert.Equal(
            [CaseEvents.RequestReceived, CaseEvents.RequestDecided, CaseEvents.ExportCreated, CaseEvents.ExportDownloaded],
            events.Where(e => e.StartsWith("request.", StringComparison.Ordinal) || e.StartsWith("export.", StringComparison.Ordinal)));
        Assert.True(await site.AskAsync(db => db.ConfigurationEvents.AnyAsync(
            e => e.Type == "identity.shown" && e.Data.Contains("bundle") && e.Data.Contains(complaint.Id.ToString()), Token)));
    }

    [Fact]
    public async Task A_one_time_code_is_good_for_ten_minutes_five_tries_and_once_and_tells_nothing_of_a_contact()
    {
        var (browser, complaint) = await site.FollowAsync("等了三个小时\n没人接待。", ("f.email", "one@example.net"));
        var (unknown, _) = await site.FollowAsync("不留名的投诉\n没人接待。", ("f.identity", "anonymous"));
        await unknown.GetAsync(Data);
        var (there, nowhere) = (await SendAsync(browser), await unknown.PostAsync(Data + "/code"));
        Assert.Equal((there.StatusCode, there.Headers.Location), (nowhere.StatusCode, nowhere.Headers.Location));
        static string Said(string page) => Regex.Match(page, "<div class=\"note\".*?</div>", RegexOptions.Singleline).Value;
        Assert.Equal(Said(await browser.ReadAsync(Data + "?now=sent")), Said(await unknown.ReadAsync(Data + "?now=sent")));

        // what is kept holds no code
        var digits = await CodeAsync(complaint);
        Assert.Matches("^[0-9]{6}$", digits);
        Assert.False(await site.AskAsync(db => db.Messages.AnyAsync(m => m.BodyZh.Contains(digits) || m.BodyEn.Contains(digits), Token)));
        Assert.False(await site.AskAsync(db => db.TrackingSessions.AnyAsync(s => s.CodeHash == digits, Token)));

        for (var tries = 0; tries < 5; tries++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAfterAsync(Data, Data + "/proof", ("code", digits == "000000" ? "111111" : "000000"))).StatusCode);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(Data + "/proof", ("code", digits))).StatusCode);

        await SendAsync(browser);
        site.Wall.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAfterAsync(Data, Data + "/proof", ("code", await CodeAsync(complaint)))).StatusCode);

        await SendAsync(browser);
        var good = await CodeAsync(complaint);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAfterAsync(Data, Data + "/proof", ("code", $"{good[..3]} {good[3..]}"))).StatusCode);
        var other = await AgainAsync(complaint);
        Assert.Equal(HttpStatusCode.BadRequest, (await other.PostAfterAsync(Data, Data + "/proof", ("code", good))).StatusCode);

        // a fourth within the hour is not sent
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(browser, letsIn: true)).StatusCode);
    }

    [Fact]
    public async Task A_deletion_of_an_open_case_is_refused_at_once_with_its_reason_and_restricts_it()
    {
        var (browser, complaint) = await site.FollowAsync("请删掉我的投诉\n内容有误。", ("f.email", "del@example.net"), ("f.name", "冯女士"));
        await ProveAsync(browser, complaint);
        await AskAsync(browser, "delete");
        await FireAsync();

        var (now, request) = (await site.ReadAsync(complaint), await RequestAsync(complaint));
        Assert.Equal((CaseStatus.Closed, "refused"), (request.Status, now.Rights.Requests[0].Outcome));
        Assert.True(now.Rights.Restriction!.UntilClosing);
        Assert.Null(now.Rights.Erasure);
        Assert.True(await site.AskAsync(db => db.Messages.AnyAsync(
            m => m.ComplaintId == request.Id.Value && m.Template == "refused-open" && m.Address == "del@example.net", Token)));
        Assert.Contains("办结前", await browser.ReadAsync(Data), StringComparison.Ordinal);

        // its name stands in no list, its subject in no file, and rank does not open it
        var zhou = await site.AsAsync("zhou");
        Assert.Contains(complaint.Number, await zhou.ReadAsync("/inbox?mark=restricted"), StringComparison.Ordinal);
        Assert.DoesNotContain("冯女士", await zhou.ReadAsync($"/cases/{complaint.Id}"), StringComparison.Ordinal);
        var file = await Browser.TextOf(await zhou.PostAfterAsync("/inbox", "/inbox/export?mark=restricted", ("reason", "检查")));
        Assert.Contains(complaint.Number, file, StringComparison.Ordinal);
        Assert.DoesNotContain("请删掉我的投诉", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registered_at_the_desk_a_correction_stands_beside_what_was_said_and_a_level_is_explained()
    {
        var (browser, complaint) = await site.FollowAsync("二楼扶梯夹脚\n检查费 386 元。", ("f.email", "fix@example.net"));
        var chen = await site.AsAsync("chen");
        var refused = await chen.PostAfterAsync($"/cases/{complaint.Id}", $"/cases/{complaint.Id}/actions/data-request", ("f.kind", "correct"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await chen.PostAsync($"/cases/{complaint.Id}/actions/data-request", ("f.kind", "correct"), ("f.text", "应为三楼扶梯。"));
        await chen.PostAsync($"/cases/{complaint.Id}/actions/data-request", ("f.kind", "explain"));
        foreach (var noted in (await site.ReadAsync(complaint)).Rights.Requests)
        {
            var request = (await site.Services.GetRequiredService<CaseRuntime>().ReadAsync(noted.Case, Token))!.Complaint;
            await site.CompleteAsync(request, "zhou", "decide", "Decided", data: [("requestDecision", "granted")]);
            await site.CompleteAsync(request, "wu", "confirm", "Confirmed");
        }

        await FireAsync();
        var page = await chen.ReadAsync($"/cases/{complaint.Id}");
        Assert.Contains("检查费 386 元", page, StringComparison.Ordinal);
        Assert.Contains("应为三楼扶梯。", page, StringComparison.Ordinal);

        await ProveAsync(browser, complaint);
        var own = await browser.ReadAsync(Data);
        var href = Regex.Match(own, "action=\"(/portal/case/data/files/[0-9a-f-]+)\"").Groups[1].Value;
        var all = Unpacked(await (await browser.PostAsync(href)).Content.ReadAsByteArrayAsync(Token));
        Assert.Contains("决策表", all["data.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("386", all["data.html"], StringComparison.Ordinal);
    }

    private async Task ProveAsync(Browser browser, Complaint complaint)
    {
        await SendAsync(browser);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAfterAsync(Data, Data + "/proof", ("code", await CodeAsync(complaint)))).StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(Browser browser, bool letsIn = false)
    {
        var answer = await browser.PostAfterAsync(Data, Data + "/code");
        Assert.True(letsIn || answer.StatusCode == HttpStatusCode.Redirect);
        return answer;
    }

    private static async Task<HttpResponseMessage> AskAsync(Browser browser, string kind, string text = "")
    {
        // before the proof the page has no form; a program sends one all the same
        var page = await browser.ReadAsync(Data);
        var key = page.Contains("name=\"key\"", StringComparison.Ordinal) ? Browser.FieldOf(page, "key") : "none";
        return await browser.PostAsync(Data, ("key", key), ("kind", kind), ("text", text));
    }

    /// <summary>What arrives with the contact on record: the newest message, with the code put in.</summary>
    private async Task<string> CodeAsync(Complaint complaint)
    {
        var queued = await site.AskAsync(db => db.Events
            .Where(e => e.ComplaintId == complaint.Id.Value && e.Type == CaseEvents.MessageQueued && e.Data.Contains(ProductTemplates.OneTimeCode))
            .OrderByDescending(e => e.Sequence).Select(e => e.Data).FirstAsync(Token));
        var id = Guid.Parse((string)JsonNode.Parse(queued)!["id"]!);
        var body = await site.AskAsync(db => db.Messages.Where(m => m.Id == id).Select(m => m.BodyZh).SingleAsync(Token));
        var codes = site.Services.GetRequiredService<ITrackingCodes>();
        return Regex.Match(SealedCode.Fill(body, codes.Open), "验证码：([^，]+)，").Groups[1].Value;
    }

    /// <summary>Somebody else's browser in which the tracking code was typed.</summary>
    private async Task<Browser> AgainAsync(Complaint complaint)
    {
        var other = site.Complainant();
        await other.OpenAsync(site.Services.GetRequiredService<ITrackingCodes>().Open((await site.ReadAsync(complaint)).TrackingSealed!)!);
        return other;
    }

    private async Task<Complaint> RequestAsync(Complaint complaint)
    {
        var noted = (await site.ReadAsync(complaint)).Rights.Requests[^1];
        return (await site.Services.GetRequiredService<CaseRuntime>().ReadAsync(noted.Case, Token))!.Complaint;
    }

    private Task<int> FireAsync() =>
        site.Services.GetRequiredService<ClockAdvancer>().AdvanceToAsync(site.Services.GetRequiredService<TimeProvider>().GetUtcNow(), Token);

    private static Dictionary<string, string> Unpacked(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var reader = new StreamReader(e.Open(), Encoding.UTF8);
            return WebUtility.HtmlDecode(reader.ReadToEnd());
        }, StringComparer.Ordinal);
    }
}
