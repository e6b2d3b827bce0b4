using System.Net;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Web.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Portal;

public sealed class ComplainantDeedTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact]
    public async Task A_question_stops_the_clock_and_its_answer_starts_it_again()
    {
        var (browser, complaint) = await site.FollowAsync("充电桩乱扣费");
        await site.CompleteAsync(complaint, "li", "first", text: "正在核实。");
        var li = await site.AsAsync("li");
        Assert.Contains("向投诉人提问", await li.ReadAsync($"/cases/{complaint.Id}"), StringComparison.Ordinal);

        var unasked = await li.PostAsync($"/cases/{complaint.Id}/actions/ask", ("f.text", " "));
        await li.PostAsync($"/cases/{complaint.Id}/actions/ask", ("f.text", "扣费发生在几点？"), ("f.pause", "resolution awaiting-material"));
        var page = await browser.ReadAsync("/portal/case");
        var paused = (await site.ReadAsync(complaint)).Clocks.All["resolution"].State;
        var empty = await browser.DoAsync("questions/1", ("text", "  "));
        await browser.DoAsync("questions/1", ("text", "昨晚八点左右"));
        var after = await site.ReadAsync(complaint);

        Assert.Equal(HttpStatusCode.BadRequest, unasked.StatusCode);
        Assert.Contains("扣费发生在几点？", page, StringComparison.Ordinal);
        Assert.Contains("等你答复", page, StringComparison.Ordinal);
        Assert.Equal(ClockState.Paused, paused);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Equal(ClockState.Running, after.Clocks.All["resolution"].State);
        Assert.Equal("昨晚八点左右", after.Dialogue.Questions[0].Reply);
        var seen = await li.ReadAsync($"/cases/{complaint.Id}");
        Assert.Contains("投诉人 · 网上", seen, StringComparison.Ordinal);
        Assert.Contains("昨晚八点左右", seen, StringComparison.Ordinal);
        var notice = await site.AskAsync(db => db.Messages.SingleAsync(m => m.ComplaintId == complaint.Id.Value && m.Template == "@complainant-acted"));
        Assert.Equal(("user:li", "inbox"), (notice.Recipient, notice.Channel));
        Assert.DoesNotContain("昨晚", notice.BodyZh + notice.SubjectZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_does_not_end_a_pause_that_somebody_else_began()
    {
        var (browser, complaint) = await site.FollowAsync("后来另有原因停表");
        await site.ActAsync(complaint, "li", act => act.Complaint.Dialogue.Ask(act, "几点？", "resolution", "awaiting-material"));
        var clock = (SimulatedClock)site.Services.GetRequiredService<TimeProvider>();
        clock.MoveTo(clock.GetUtcNow().AddMinutes(1));
        await site.ActAsync(complaint, "zhou", act =>
        {
            act.Complaint.Clocks.Resume(act, "resolution");
            act.Complaint.Clocks.Pause(act, "resolution", "awaiting-material");
        });

        await browser.DoAsync("questions/1", ("text", "八点"));

        Assert.Equal(ClockState.Paused, (await site.ReadAsync(complaint)).Clocks.All["resolution"].State);
    }

    [Fact]
    public async Task A_clock_rests_for_a_question_only_for_reasons_its_limit_allows()
    {
        var (_, complaint) = await site.FollowAsync("不许乱停表");
        var li = await site.AsAsync("li");
        await li.ReadAsync($"/cases/{complaint.Id}");

        var reason = await li.PostAsync($"/cases/{complaint.Id}/actions/ask", ("f.text", "几点？"), ("f.pause", "resolution on-holiday"));
        var clock = await li.PostAsync($"/cases/{complaint.Id}/actions/ask", ("f.text", "几点？"), ("f.pause", "reply awaiting-material"));

        Assert.Equal(HttpStatusCode.BadRequest, reason.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, clock.StatusCode);
        Assert.Empty((await site.ReadAsync(complaint)).Dialogue.Questions);
    }

    [Fact]
    public async Task What_the_process_asks_for_is_said_and_its_answer_lets_the_process_go_on()
    {
        var (browser, complaint) = await site.FollowAsync("冰箱不制冷要补票");
        await site.CompleteAsync(complaint, "li", "first", text: "正在核实。");
        var li = await site.AsAsync("li");
        await li.ReadAsync($"/cases/{complaint.Id}");
        var task = (await site.ReadAsync(complaint)).Tasks.Open.Single(t => t.Key == "handle");

        var wordless = await li.PostAsync($"/cases/{complaint.Id}/tasks/{task.Id}", ("outcome", "NeedMaterial"));
        await li.PostAsync($"/cases/{complaint.Id}/tasks/{task.Id}", ("outcome", "NeedMaterial"), ("f._words", "请补一张购买发票。"));
        var page = await browser.ReadAsync("/portal/case");
        var silent = await browser.DoAsync("material", ("text", ""));
        await browser.DoAsync("material", ("text", "发票号 12345678"));
        var after = await site.ReadAsync(complaint);

        Assert.Equal(HttpStatusCode.BadRequest, wordless.StatusCode);
        Assert.Contains("请补一张购买发票。", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        Assert.Contains(after.Tasks.Open, t => t.Key == "handle");
        Assert.Equal(ClockState.Running, after.Clocks.All["resolution"].State);
        Assert.Contains("发票号 12345678", await li.ReadAsync($"/cases/{complaint.Id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await browser.DoAsync("material", ("text", "再来一次"))).StatusCode);
    }

    [Fact]
    public async Task An_outcome_is_accepted_once_and_rated_once_after_closing()
    {
        var (browser, complaint) = await site.FollowAsync("外卖洒了一身");
        await site.AnswerAsync(complaint, "赔付洗衣费 80 元");
        var page = await browser.ReadAsync("/portal/case");
        var key = Browser.FieldOf(page, "key");

        var both = await Task.WhenAll(
            browser.PostAsync("/portal/case/outcome", ("key", key), ("outcome", "Agreed")), browser.PostAsync("/portal/case/outcome", ("key", key), ("outcome", "Agreed")));
        var early = await browser.DoAsync("rating", ("f.satisfaction", "satisfied"));
        await site.CompleteAsync(complaint, "sun", "visit", "Satisfied", data: [("satisfaction", "neutral")]);
        var asked = await browser.ReadAsync("/portal/case");
        var wrong = await browser.DoAsync("rating", ("f.satisfaction", "unreachable"));
        var strange = await browser.DoAsync("rating", ("f.satisfaction", "satisfied"), ("f.validity", "invalid"));
        var rated = await browser.DoAsync("rating", ("f.satisfaction", "dissatisfied"));
        var twice = await browser.PostAsync("/portal/case/rating", ("key", Browser.FieldOf(asked, "key")), ("f.satisfaction", "satisfied"));
        var after = await site.ReadAsync(complaint);

        Assert.Contains("赔付洗衣费 80 元", page, StringComparison.Ordinal);
        Assert.All(both, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Single(after.Answers);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Contains("你满意吗", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("unreachable", asked, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, strange.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, rated.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Equal("dissatisfied", after.Facts.Text("satisfaction"));
        Assert.Equal("valid", after.Facts.Text("validity"));
    }

    [Fact]
    public async Task Who_disagrees_says_why_and_is_examined_again()
    {
        var (browser, complaint) = await site.FollowAsync("赔得太少");
        await site.AnswerAsync(complaint);

        var silent = await browser.DoAsync("outcome", ("outcome", "Rejected"), ("text", ""));
        await browser.DoAsync("outcome", ("outcome", "Rejected"), ("text", "金额连成本都不够"));
        var after = await site.ReadAsync(complaint);

        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        Assert.Contains(after.Tasks.Open, t => t.Key == "reexamine");
        Assert.Contains("金额连成本都不够", await (await site.AsAsync("zhou")).ReadAsync($"/cases/{complaint.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdrawing_asks_first_and_ends_the_case()
    {
        var (browser, complaint) = await site.FollowAsync("不投诉了");
        var asked = await browser.ReadAsync("/portal/case/withdraw");
        Assert.True((await site.ReadAsync(complaint)).IsOpen);

        var silent = await browser.DoAsync("withdraw", ("text", ""));
        await browser.DoAsync("withdraw", ("text", "已经私下解决"));

        Assert.Contains("这一步不能反悔", asked, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        Assert.Equal(CaseStatus.Withdrawn, (await site.ReadAsync(complaint)).Status);
        Assert.Contains("已撤回", await browser.ReadAsync("/portal/case"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await browser.PostAsync("/portal/case/withdraw", ("key", Browser.FieldOf(asked, "key")), ("text", "再撤一次"))).StatusCode);
    }

    [Fact]
    public async Task A_closed_case_is_taken_up_again_where_the_process_draws_a_way()
    {
        var (browser, complaint) = await site.FollowAsync("修好又坏了");
        await site.AnswerAsync(complaint);
        await browser.DoAsync("outcome", ("outcome", "Agreed"));
        await site.CompleteAsync(complaint, "sun", "visit", "Satisfied", data: [("satisfaction", "satisfied")]);
        var page = await browser.ReadAsync("/portal/case/reopen");
        var key = Browser.FieldOf(page, "key");

        var first = await browser.PostAsync("/portal/case/reopen", ("key", key), ("text", "第二天又坏了"));
        var second = await browser.PostAsync("/portal/case/reopen", ("key", key), ("text", "第二天又坏了"));
        var after = await site.ReadAsync(complaint);

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.True(after.IsOpen);
        Assert.Equal(1m, after.Facts["reopenings"].Number);
        Assert.Contains(after.Tasks.Open, t => t.Key == "handle");
        Assert.Contains("投诉重新办理", await browser.ReadAsync("/portal/case"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_time_is_told_with_its_reason_and_the_new_date()
    {
        var (browser, complaint) = await site.FollowAsync("等配件要延期");
        await site.ActAsync(complaint, "zhou", act => act.Complaint.Clocks.Extend(
            act, "resolution", new ExtensionRequest { Reason = "等待厂家寄配件", AskedAt = act.At, Until = new DateOnly(2026, 12, 5) }, "周涛"));

        var page = await browser.ReadAsync("/portal/case");

        Assert.Contains("等待厂家寄配件", page, StringComparison.Ordinal);
        Assert.Contains("12 月 5 日", page, StringComparison.Ordinal);
        Assert.DoesNotContain("周涛", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_the_organisations_own_shows_on_any_page_of_the_portal()
    {
        var planted = Enumerable.Range(1, 12).Select(n => $"机密{n:00}内容").ToArray();
        var (_, other) = await site.FollowAsync($"关联的另一件 {planted[0]}");
        var (browser, complaint) = await site.FollowAsync("查不出内部信息");
        await site.ActAsync(complaint, "li", act =>
        {
            act.Complaint.Note(act, planted[1]);
            act.Complaint.Link(act, other.Number);
            act.Complaint.OverrideLevel(act, "serious", planted[2]);
            act.Complaint.ChangeFacts(act, new Dictionary<string, Domain.Facts.FactValue> { ["product"] = Domain.Facts.FactValue.Of("型号") }, planted[3]);
            act.Complaint.Clocks.Pause(act, "resolution", "awaiting-material", act.At, act.At, planted[4]);
        });
        await site.CompleteAsync(complaint, "li", "first", text: "正在核实。");
        await site.CompleteAsync(complaint, "li", "handle", data: [("cause", planted[5]), ("proposal", "更换"), ("validity", "valid"), ("amountProposed", 500)]);
        await site.ActAsync(complaint, "zhou", act => act.Complaint.Tasks.Complete(act, act.Complaint.Tasks.Open.First(t => t.Chain is not null).Id, new Domain.Tasks.TaskCompletion { Outcome = "Returned", Reason = planted[6] }));
        await site.CompleteAsync(complaint, "li", "handle", data: [("amountProposed", 0), ("cause", planted[5])]);
        await site.ActAsync(complaint, "li", act =>
        {
            act.Complaint.Dialogue.Ask(act, "几点？", null, null);
            act.Complaint.Dialogue.Reply(act, 1, planted[7]);
            act.Complaint.Attach(act, new Attachment(planted[8] + ".pdf", "application/pdf", 1, new string('a', 64)));
            act.Complaint.Escalate(act, ["supervisor"], null, planted[9], planted[9]);
            act.Complaint.Assign(act, null, "li", ["zhang"]);
        });
        var answer = await site.ReadAsync(complaint);
        if (answer.Tasks.Open.Any(t => t.Key == "answer"))
        {
            await site.CompleteAsync(complaint, "li", "answer");
            await site.ActAsync(complaint, "li", act => act.Complaint.Answer(act, "Rejected", planted[10], new Dictionary<string, Domain.Facts.FactValue>()));
            await site.CompleteAsync(complaint, "zhou", "reexamine", "Confirmed", data: [("opinion", planted[11])]);
        }

        string[] names = ["李敏", "张强", "周涛", "陈静", "王芳", "吴刚", "客服部", "质量部", "调查并提出方案", "复核", other.Number, "user:li", "staff@"];
        var pages = new List<string>();
        foreach (var language in new[] { "zh-CN", "en" })
        {
            foreach (var path in new[] { "/portal/case", "/portal/case/withdraw", "/portal/follow", "/portal" })
            {
                pages.Add(await Browser.TextOf(await browser.GetAsync($"{path}?lang={language}")));
            }
        }

        Assert.Contains("你要求复核", pages[0], StringComparison.Ordinal);
        Assert.All(pages, page => Assert.DoesNotContain("机密", page, StringComparison.Ordinal));
        Assert.All(names.Where(n => n != "复核"), name => Assert.All(pages, page => Assert.DoesNotContain(name, page, StringComparison.Ordinal)));
    }

    [Theory, InlineData("messages"), InlineData("withdraw")]
    public async Task What_cannot_be_kept_is_refused_and_nothing_changes(string form)
    {
        var (browser, complaint) = await site.FollowAsync($"坏字符 {form}");

        var broken = await browser.DoAsync(form, ("text", "a\0b"));
        var endless = await browser.DoAsync(form, ("text", new string('长', Complaint.MaxText + 1)));

        // the server itself does not read a form with such a character
        Assert.InRange((int)broken.StatusCode, 400, 499);
        Assert.Equal(HttpStatusCode.BadRequest, endless.StatusCode);
        Assert.Equal(complaint.Version, (await site.ReadAsync(complaint)).Version);
    }

    [Fact]
    public async Task Too_many_deeds_in_a_short_time_are_a_programs()
    {
        var (browser, complaint) = await site.FollowAsync("机器留言");
        HttpStatusCode last = HttpStatusCode.Redirect;
        var sent = 0;
        while (last == HttpStatusCode.Redirect && sent < 40)
        {
            last = (await browser.DoAsync("messages", ("text", $"留言 {sent++}"))).StatusCode;
        }

        Assert.Equal((HttpStatusCode.Conflict, 31), (last, sent));
        Assert.Equal(30, await site.AskAsync(db => db.Events.CountAsync(e => e.ComplaintId == complaint.Id.Value && e.Type == CaseEvents.ComplainantWrote)));
    }
}
