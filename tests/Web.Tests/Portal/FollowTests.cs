using System.Net;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Portal;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Portal;

public sealed class FollowTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact]
    public async Task The_code_opens_the_case_and_its_number_does_not()
    {
        var (browser, _, code, complaint) = await site.ComplainAsync("洗衣机三个月坏两次");

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.OpenAsync(complaint.Number)).StatusCode);
        Assert.Equal("/portal/case", (await browser.OpenAsync(code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))).Headers.Location!.ToString());
        var page = await browser.ReadAsync("/portal/case");
        Assert.Contains(complaint.Number, page, StringComparison.Ordinal);
        Assert.Contains("已收到，正在安排人处理", page, StringComparison.Ordinal);
        Assert.Contains("11 月 25 日（周三）10:00", page, StringComparison.Ordinal);
        Assert.DoesNotContain(code, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("consultation", "咨询", "question")]
    [InlineData("suggestion", "建议", "suggestion")]
    public async Task What_was_sent_in_is_called_what_it_is_on_receipt_page_and_mail(string kind, string word, string english)
    {
        var (browser, receipt, code, complaint) = await site.ComplainAsync($"一件{word}的内容", ("kind", kind), ("f.email", "a@example.com"));
        await browser.OpenAsync(code);
        var page = await browser.ReadAsync("/portal/case");

        Assert.Contains($"你的{word}已收到", receipt, StringComparison.Ordinal);
        Assert.Contains($"<title>{word} {complaint.Number}", page, StringComparison.Ordinal);
        Assert.Contains($"收到你的{word}", page, StringComparison.Ordinal);
        Assert.Contains($"撤回{word}？", await browser.ReadAsync("/portal/case/withdraw"), StringComparison.Ordinal);
        Assert.DoesNotContain("投诉", page[page.IndexOf("<main", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains($"Your {english} arrived", await browser.ReadAsync("/portal/case?lang=en"), StringComparison.Ordinal);
        var li = await site.AsAsync("zhou");
        Assert.Contains($"{word} · ", await li.ReadAsync($"/cases/{complaint.Id.Value}/print"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_unreadable_replaced_and_expired_codes_are_answered_alike()
    {
        var (_, _, replaced, complaint) = await site.ComplainAsync("旧码换新码", ("f.email", "a@example.com"));
        await site.ActAsync(complaint, "chen", act => act.Complaint.ReissueCode(act, "0123", "sealed"));
        var (_, _, expired, old) = await site.ComplainAsync("一年多以前的投诉");
        await site.ActAsync(old, "zhou", act => act.Complaint.Withdraw(act, "重复"));
        await MoveClosingAsync(old.Id.Value, Site.Now.AddMonths(-12).AddMinutes(-1));
        var wrong = site.Services.GetRequiredService<ITrackingCodes>().Create().Code;
        var browser = site.Complainant();

        var answers = new List<(HttpStatusCode Status, string Body)>();
        foreach (var code in new[] { wrong, "", "x", new string('9', 5000), "' OR 1=1 --", complaint.Number, replaced, expired })
        {
            var answer = await browser.OpenAsync(code);
            answers.Add((answer.StatusCode, await answer.BodyAsync()));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.BadRequest, answers[0].Status);
        Assert.Contains("这个查询码查不到案件", answers[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_closed_less_than_a_year_ago_is_still_there()
    {
        var (browser, _, code, complaint) = await site.ComplainAsync("去年的投诉");
        await site.ActAsync(complaint, "zhou", act => act.Complaint.Withdraw(act, "重复"));
        await MoveClosingAsync(complaint.Id.Value, Site.Now.AddMonths(-12).AddMinutes(1));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.OpenAsync(code)).StatusCode);
    }

    [Fact]
    public async Task After_ten_misses_even_the_right_code_takes_work_and_a_stranger_is_not_concerned()
    {
        var (_, _, code, _) = await site.ComplainAsync("被猜的投诉");
        var guesser = site.Complainant("203.0.113.50");
        for (var miss = 0; miss < PortalGate.MissesSoon.Limit; miss++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await guesser.OpenAsync($"0000-0000-0000-000{miss % 10}-0")).StatusCode);
        }

        var right = await guesser.OpenAsync(code);
        var wrong = await guesser.OpenAsync("0000-0000-0000-0000-1");
        var forged = await site.Complainant("203.0.113.50", forwardedFor: "9.9.9.9").OpenAsync(code);
        var worked = await guesser.OpenAsync(code, Complaining.Work(await Browser.TextOf(right)));

        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, worked.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await site.Complainant("203.0.113.51").OpenAsync(code)).StatusCode);
    }

    [Fact]
    public async Task Right_codes_cost_nothing()
    {
        var (_, _, code, _) = await site.ComplainAsync("常来看看");
        var browser = site.Complainant();

        for (var time = 0; time < PortalGate.MissesSoon.Limit + 2; time++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await browser.OpenAsync(code)).StatusCode);
            await browser.ReadAsync("/portal/case");
            await browser.PostAsync("/portal/leave");
        }
    }

    [Fact]
    public async Task All_misses_of_a_minute_count_together()
    {
        var counters = site.Services.GetRequiredService<RateCounters>();
        site.Wall.Advance(TimeSpan.FromMinutes(3));
        for (var miss = 0; miss < PortalGate.MissesOfAll.Limit; miss++)
        {
            await counters.TakeAsync([(PortalGate.MissesOfAll, "all")], TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.Complainant().OpenAsync("0000-0000-0000-0000-0")).StatusCode);
        site.Wall.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.BadRequest, (await site.Complainant().OpenAsync("0000-0000-0000-0000-0")).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_left_and_after_half_an_hour()
    {
        var (leaver, _) = await site.FollowAsync("离开之后");
        var (sleeper, _) = await site.FollowAsync("睡着之后");
        await leaver.ReadAsync("/portal/case");

        await leaver.PostAsync("/portal/leave");
        Assert.Equal("/portal/follow", (await leaver.GetAsync("/portal/case")).Headers.Location!.ToString());

        site.Wall.Advance(TrackingSessions.Idle - TimeSpan.FromSeconds(1));
        await sleeper.ReadAsync("/portal/case");
        site.Wall.Advance(TrackingSessions.Idle - TimeSpan.FromSeconds(1));
        await sleeper.ReadAsync("/portal/case");
        site.Wall.Advance(TrackingSessions.Idle);
        Assert.Equal(HttpStatusCode.Redirect, (await sleeper.GetAsync("/portal/case")).StatusCode);
    }

    [Fact]
    public async Task What_was_written_before_a_session_ended_waits_for_the_code()
    {
        var (browser, _, code, complaint) = await site.ComplainAsync("写到一半睡着");
        await browser.OpenAsync(code);
        var page = await browser.ReadAsync("/portal/case");
        site.Wall.Advance(TrackingSessions.Idle + TimeSpan.FromSeconds(1));

        var asked = await Browser.TextOf(await browser.PostAsync("/portal/case/messages", ("key", Browser.FieldOf(page, "key")), ("text", "补充：发票在这里")));
        Assert.Contains(">补充：发票在这里</textarea>", asked, StringComparison.Ordinal);
        var opened = await Browser.TextOf(await browser.PostAsync("/portal/follow", ("code", code), ("keptForm", "messages"), ("keptText", "补充：发票在这里")));
        Assert.Contains("补充：发票在这里</textarea>", opened, StringComparison.Ordinal);
        Assert.Contains(complaint.Number, opened, StringComparison.Ordinal);
        Assert.Equal(0, await site.AskAsync(db => db.Events.CountAsync(e => e.ComplaintId == complaint.Id.Value && e.Type == Domain.Complaints.CaseEvents.ComplainantWrote)));
    }

    [Fact]
    public async Task A_stolen_cookie_is_worth_nothing_once_the_complainant_has_left()
    {
        var (_, _, code, _) = await site.ComplainAsync("被偷的会话");
        using var client = site.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        var form = await client.GetAsync(new Uri("/portal/follow", UriKind.Relative), TestContext.Current.CancellationToken);
        var antiforgery = form.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("af=", StringComparison.Ordinal)).Split(';')[0];
        var token = Browser.FieldOf(await Browser.TextOf(form), "__RequestVerificationToken");
        async Task<HttpResponseMessage> SendAsync(string path, string cookie, params (string, string)[] fields)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.Add("Cookie", cookie);
            request.Content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            return await client.SendAsync(request, TestContext.Current.CancellationToken);
        }

        var opened = await SendAsync("/portal/follow", antiforgery, ("code", code));
        var set = opened.Headers.GetValues("Set-Cookie").Last(c => c.StartsWith("tc=", StringComparison.Ordinal) && !c.StartsWith("tc=;", StringComparison.Ordinal));
        var cookie = $"{antiforgery}; {set.Split(';')[0]}";
        await SendAsync("/portal/leave", cookie);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/portal/case");
        request.Headers.Add("Cookie", cookie);

        Assert.Equal(HttpStatusCode.Redirect, (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Contains("samesite=strict", set, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", set, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_complainants_session_opens_nothing_of_staff_and_the_other_way_round()
    {
        var (browser, complaint) = await site.FollowAsync("两个世界");
        var li = await site.AsAsync("li");
        var api = await browser.GetAsync($"/api/v1/complaints/{complaint.Id}");

        Assert.All(
            new[] { await browser.GetAsync($"/cases/{complaint.Id}"), await browser.GetAsync("/inbox"), await browser.GetAsync("/limits") },
            answer => Assert.Contains("/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/elsa/api/workflow-definitions")).StatusCode);
        Assert.Equal("/portal/follow", (await li.GetAsync("/portal/case")).Headers.Location!.ToString());
        await li.ReadAsync("/portal/follow");
        foreach (var form in new[] { "messages", "outcome", "material", "withdraw", "reopen", "rating", "questions/1" })
        {
            var answer = await li.PostAsync("/portal/case/" + form, ("text", "x"), ("key", "x"));

            // words that were typed wait for the code
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized || answer.Headers.Location?.ToString() == "/portal/follow", $"{form}: {answer.StatusCode}");
        }

        Assert.True((await site.ReadAsync(complaint)).IsOpen);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var client = site.CreateClient(new() { AllowAutoRedirect = false });
        foreach (var path in new[] { "/portal", "/portal/follow", "/portal/case/withdraw", "/portal/case/material", "/portal/leave" })
        {
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("text", "x")]);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Fact]
    public async Task A_lost_code_is_replaced_by_the_desk_and_sent_to_the_contact_on_record_alone()
    {
        var (browser, _, code, complaint) = await site.ComplainAsync("查询码丢了", ("f.email", "lost@example.com"));
        await browser.OpenAsync(code);
        var chen = await site.AsAsync("chen");
        Assert.Contains("补发查询码", await chen.ReadAsync($"/cases/{complaint.Id}"), StringComparison.Ordinal);

        var page = await chen.FollowAsync(await chen.PostAsync($"/cases/{complaint.Id}/actions/reissue"));
        var sent = await site.AskAsync(db => db.Messages.SingleAsync(m => m.ComplaintId == complaint.Id.Value && m.Template == "@code-reissued"));
        var codes = site.Services.GetRequiredService<ITrackingCodes>();
        var told = SealedCode.Fill(sent.BodyEn, codes.Open);
        var fresh = System.Text.RegularExpressions.Regex.Match(told, "[0-9A-Z*~$=]{4}(-[0-9A-Z*~$=]{1,4}){4}").Value;

        Assert.Equal(("email", "lost@example.com"), (sent.Channel, sent.Address));
        Assert.DoesNotContain(fresh, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/portal/case")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.OpenAsync(code)).StatusCode);
        Assert.Equal("/portal/case", (await browser.OpenAsync(fresh)).Headers.Location?.ToString());
        Assert.Contains(await site.AskAsync(db => db.Events.Where(e => e.ComplaintId == complaint.Id.Value).ToListAsync()), e => e is { Type: "code.reissued", ActorId: "chen" });
    }

    [Fact]
    public async Task Nobody_known_gets_no_new_code()
    {
        var (_, _, _, complaint) = await site.ComplainAsync("匿名丢了查询码", ("f.identity", "anonymous"));
        var chen = await site.AsAsync("chen");
        Assert.DoesNotContain("补发查询码", await chen.ReadAsync($"/cases/{complaint.Id}"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Conflict, (await chen.PostAsync($"/cases/{complaint.Id}/actions/reissue")).StatusCode);
        Assert.Equal(complaint.TrackingHash, (await site.ReadAsync(complaint)).TrackingHash);
    }

    [Fact]
    public void Every_text_that_cannot_be_a_code_has_no_hash_of_its_own() => Assert.Null(TrackingCodes.HashOfTyped("no code"));

    private async Task MoveClosingAsync(Guid complaint, DateTimeOffset to)
    {
        await site.AskAsync(db => db.Cases.Where(c => c.Id == complaint).ExecuteUpdateAsync(c => c.SetProperty(one => one.ClosedAt, to)));
    }
}
