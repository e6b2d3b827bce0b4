using System.Net;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Cases;

public sealed class CasePageTests(Site site) : IClassFixture<Site>
{
    private const string Speed = "空调维修三次未上门";
    private const string Goods = "热水器漏电，家人手部麻木";
    private const string Attitude = "客服人员态度恶劣";
    private const string Fridge = "新购冰箱一周内不制冷";

    [Fact]
    public async Task The_page_shows_clocks_steps_facts_tasks_and_what_happened()
    {
        var page = await PageAsync("li", Attitude);

        Assert.Contains("调查并提出方案", page, StringComparison.Ordinal);
        Assert.Contains("7 天 · 自", page, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"step\"", page, StringComparison.Ordinal);
        Assert.Contains("孙女士", page, StringComparison.Ordinal);
        Assert.Contains("完成：首次答复 · 完成", page, StringComparison.Ordinal);
        Assert.Contains("id=\"diagram\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task English_readers_read_English()
    {
        var page = await PageAsync("li", Attitude, "en");

        Assert.Contains("Investigate and propose", page, StringComparison.Ordinal);
        Assert.Contains("7 days · from", page, StringComparison.Ordinal);
        Assert.Contains("Completed: First reply · Done", page, StringComparison.Ordinal);
        Assert.DoesNotContain("调查并提出方案", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zhao")]
    [InlineData("admin")]
    [InlineData("owner")]
    public async Task Who_may_not_see_a_case_finds_none_by_any_address(string person)
    {
        var id = (await site.CaseAsync(Speed)).Complaint.Id;
        var browser = await site.AsAsync(person);
        await browser.GetAsync("/processes");

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/cases/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/cases/{id}/timeline")).StatusCode);
        Assert.NotEqual(HttpStatusCode.Redirect, (await browser.PostAsync($"/cases/{id}/actions/withdraw", ("f.reason", "x"))).StatusCode);
        Assert.True((await site.CaseAsync(Speed)).Complaint.IsOpen);
    }

    [Fact]
    public async Task The_respondent_sees_nothing_of_the_case_against_them()
    {
        var outcome = await RegisterAsync("投诉周涛本人", new CaseManagement.Domain.Parties.Respondent("service", "zhou"));
        var browser = await site.AsAsync("zhou");

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/cases/{outcome.Complaint.Id}")).StatusCode);
        Assert.DoesNotContain("投诉周涛本人", await browser.ReadAsync("/inbox?view=open"), StringComparison.Ordinal);
        Assert.Contains("投诉周涛本人", await (await site.AsAsync("wu")).ReadAsync("/inbox?view=open"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_auditor_reads_masked_and_can_do_nothing()
    {
        var complaint = (await site.CaseAsync(Speed)).Complaint;
        var auditor = await site.AsAsync("auditor");
        var page = await auditor.ReadAsync($"/cases/{complaint.Id}");

        Assert.DoesNotContain("王女士", page, StringComparison.Ordinal);
        Assert.Matches(@"1\d{2}\*{4}\d{4}", page);
        Assert.DoesNotContain("id=\"composer\"", page, StringComparison.Ordinal);
        var answer = await auditor.PostAsync($"/cases/{complaint.Id}/entries", ("Kind", "note"), ("Text", "x"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_task_is_completed_by_its_form_and_the_process_goes_on()
    {
        var outcome = await RegisterAsync("配送迟到两小时");
        var (id, task) = (outcome.Complaint.Id, outcome.Complaint.Tasks.Open.Single(t => t.Key == "first"));
        var li = await site.AsAsync("li");
        await li.ReadAsync($"/cases/{id}");

        var missing = await li.PostAsync($"/cases/{id}/tasks/{task.Id}", ("outcome", "Done"));
        var done = await li.PostAsync($"/cases/{id}/tasks/{task.Id}", ("outcome", "Done"), ("f._words", "我们已联系配送站。"));

        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
        Assert.Contains("这一栏要填。", await Browser.TextOf(missing), StringComparison.Ordinal);
        Assert.Contains("我们已联系配送站。", await li.FollowAsync(done), StringComparison.Ordinal);
        var complaint = (await site.CaseAsync("配送迟到两小时")).Complaint;
        Assert.Contains(complaint.Tasks.Open, t => t.Key == "handle");
        Assert.Equal("li", complaint.Handler);
    }

    [Fact]
    public async Task A_form_with_choices_money_and_long_text_is_taken_in()
    {
        var complaint = (await RegisterAsync("导购态度冷淡")).Complaint;
        var li = await site.AsAsync("li");
        await li.ReadAsync($"/cases/{complaint.Id}");
        await li.PostAsync($"/cases/{complaint.Id}/tasks/{complaint.Tasks.Open.Single(t => t.Key == "first").Id}", ("outcome", "Done"), ("f._words", "正在核实。"));
        var task = (await site.CaseAsync("导购态度冷淡")).Complaint.Tasks.Open.Single(t => t.Key == "handle");

        var wrong = await li.PostAsync($"/cases/{complaint.Id}/tasks/{task.Id}", ("outcome", "Done"), ("f.cause", "缺少培训"), ("f.amountProposed", "很多"));
        var page = await Browser.TextOf(wrong);
        var right = await li.PostAsync($"/cases/{complaint.Id}/tasks/{task.Id}", ("outcome", "Done"), ("f.cause", "缺少培训"), ("f.proposal", "道歉并补偿"), ("f.amountProposed", "1,200.00"), ("f.validity", "valid"));

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("缺少培训", page, StringComparison.Ordinal);
        Assert.Contains("这里填的不是所要求的类型", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        var after = (await site.CaseAsync("导购态度冷淡")).Complaint;
        Assert.Equal(1200m, after.Facts["amountProposed"].Number);
        Assert.Contains(after.Tasks.Open, t => t.Key == "approve.supervisor");
    }

    [Fact]
    public async Task An_approval_shows_the_proposal_and_needs_a_reason_to_return_it()
    {
        var complaint = (await site.CaseAsync(Fridge)).Complaint;
        var task = complaint.Tasks.Open.Single(t => t.Kind == TaskKind.Approval);
        var zhou = await site.AsAsync("zhou");
        var page = await zhou.ReadAsync($"/cases/{complaint.Id}");

        var bare = await zhou.PostAsync($"/cases/{complaint.Id}/tasks/{task.Id}", ("outcome", "Returned"));
        var stale = await zhou.PostAsync($"/cases/{complaint.Id}/tasks/{task.Id}", ("outcome", "Approved"), ("version", "0000000000000000"));

        Assert.Contains("1,200.00", page, StringComparison.Ordinal);
        Assert.Contains("换货并赔偿食材损失", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var returned = await zhou.PostAsync($"/cases/{complaint.Id}/tasks/{task.Id}", ("outcome", "Returned"), ("f._reason", "请附检测报告"));
        Assert.Equal(HttpStatusCode.Redirect, returned.StatusCode);
        Assert.Contains((await site.CaseAsync(Fridge)).Complaint.Tasks.Open, t => t.Key == "handle");
    }

    [Fact]
    public async Task Who_was_slower_is_told_who_did_it_and_keeps_what_was_written()
    {
        var outcome = await RegisterAsync("赠品未发放");
        var (id, task) = (outcome.Complaint.Id, outcome.Complaint.Tasks.Open.Single(t => t.Key == "first"));
        var (li, zhang) = (await site.AsAsync("li"), await site.AsAsync("zhang"));
        await li.ReadAsync($"/cases/{id}");
        await zhang.ReadAsync($"/cases/{id}");
        await li.PostAsync($"/cases/{id}/tasks/{task.Id}", ("outcome", "Done"), ("f._words", "马上补发。"));

        var late = await zhang.PostAsync($"/cases/{id}/tasks/{task.Id}", ("outcome", "Done"), ("f._words", "明天上午补发。"));
        var page = await Browser.TextOf(late);

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("李敏 已于 今天 10:00 办完这项任务", page, StringComparison.Ordinal);
        Assert.Contains("明天上午补发。", await zhang.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_there_again_when_the_page_is_opened()
    {
        var outcome = await RegisterAsync("发票开错");
        var (id, task) = (outcome.Complaint.Id, outcome.Complaint.Tasks.Open.Single(t => t.Key == "first"));
        var li = await site.AsAsync("li");
        await li.ReadAsync($"/cases/{id}");

        var kept = await li.PostAsync($"/cases/{id}/tasks/{task.Id}/draft", ("f._words", "正在核对第一稿"));
        await li.PostAsync($"/cases/{id}/tasks/{task.Id}/draft", ("f._words", "正在核对第二稿"));
        var page = await li.ReadAsync($"/cases/{id}");

        Assert.Equal(HttpStatusCode.NoContent, kept.StatusCode);
        Assert.Contains("正在核对第二稿", page, StringComparison.Ordinal);
        Assert.DoesNotContain("正在核对第一稿", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_is_claimed_handed_over_and_released()
    {
        var outcome = await RegisterAsync("会员积分丢失");
        var (id, task) = (outcome.Complaint.Id, outcome.Complaint.Tasks.Open.Single(t => t.Key == "first").Id);
        var (li, zhang) = (await site.AsAsync("li"), await site.AsAsync("zhang"));
        await li.ReadAsync($"/cases/{id}");
        await zhang.ReadAsync($"/cases/{id}");

        await li.PostAsync($"/cases/{id}/tasks/{task}/claim");
        var second = await zhang.PostAsync($"/cases/{id}/tasks/{task}/claim");
        await li.PostAsync($"/cases/{id}/actions/hand-over", ("f.task", task.ToString()), ("f.to", "zhang"));
        var held = (await site.CaseAsync("会员积分丢失")).Complaint.Tasks.Find(task).Assignee;
        await zhang.PostAsync($"/cases/{id}/tasks/{task}/release");

        Assert.Contains("李敏 已于 今天 10:00 认领这项任务", await Browser.TextOf(second), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
        Assert.Equal("zhang", held);
        Assert.Equal(TaskState.Open, (await site.CaseAsync("会员积分丢失")).Complaint.Tasks.Find(task).State);
    }

    [Fact]
    public async Task Nobody_hands_a_task_to_somebody_who_may_not_do_it()
    {
        var outcome = await RegisterAsync("工单重复派发");
        var (id, task) = (outcome.Complaint.Id, outcome.Complaint.Tasks.Open.Single(t => t.Key == "first").Id);
        var zhou = await site.AsAsync("zhou");
        await zhou.ReadAsync($"/cases/{id}");

        var answer = await zhou.PostAsync($"/cases/{id}/actions/hand-over", ("f.task", task.ToString()), ("f.to", "zhao"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Null((await site.CaseAsync("工单重复派发")).Complaint.Tasks.Find(task).Assignee);
    }

    [Fact]
    public async Task Notes_replies_levels_facts_and_withdrawal_are_recorded_with_their_reasons()
    {
        var id = (await RegisterAsync("洗衣机异响")).Complaint.Id;
        var li = await site.AsAsync("li");
        await li.ReadAsync($"/cases/{id}");

        await li.PostAsync($"/cases/{id}/entries", ("Kind", "note"), ("Text", "已约上门时间"));
        await li.PostAsync($"/cases/{id}/entries", ("Kind", "reply"), ("Text", "周三上午上门"));
        var empty = await li.PostAsync($"/cases/{id}/entries", ("Kind", "note"), ("Text", "  "));
        var bare = await li.PostAsync($"/cases/{id}/actions/level", ("f.level", "serious"));
        await li.PostAsync($"/cases/{id}/actions/level", ("f.level", "serious"), ("f.reason", "有安全隐患"));
        await li.PostAsync($"/cases/{id}/actions/facts", ("f.product", "XQB80"), ("f.reason", "电话补充"));
        var page = await li.ReadAsync($"/cases/{id}");
        var withdrawn = await li.PostAsync($"/cases/{id}/actions/withdraw", ("f.reason", "已自行修好"));

        Assert.Contains("已约上门时间", page, StringComparison.Ordinal);
        Assert.Contains("周三上午上门", page, StringComparison.Ordinal);
        Assert.Contains("有安全隐患", page, StringComparison.Ordinal);
        Assert.Contains("XQB80", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, withdrawn.StatusCode);
        Assert.Equal(CaseStatus.Withdrawn, (await site.CaseAsync("洗衣机异响")).Complaint.Status);
    }

    [Fact]
    public async Task The_supervisor_reopens_what_is_closed_and_a_handler_does_not()
    {
        var id = (await RegisterAsync("门锁误报")).Complaint.Id;
        var (li, zhou) = (await site.AsAsync("li"), await site.AsAsync("zhou"));
        await li.ReadAsync($"/cases/{id}");
        await zhou.ReadAsync($"/cases/{id}");
        await li.PostAsync($"/cases/{id}/actions/withdraw", ("f.reason", "误会"));

        await li.GetAsync($"/cases/{id}");
        var handler = await li.PostAsync($"/cases/{id}/actions/reopen", ("f.reason", "又响了"));
        var closed = !(await site.CaseAsync("门锁误报")).Complaint.IsOpen;
        var supervisor = await zhou.PostAsync($"/cases/{id}/actions/reopen", ("f.reason", "又响了"));

        Assert.NotEqual(HttpStatusCode.Redirect, handler.StatusCode);
        Assert.True(closed);
        Assert.Equal(HttpStatusCode.Redirect, supervisor.StatusCode);
        Assert.True((await site.CaseAsync("门锁误报")).Complaint.IsOpen);
    }

    [Fact]
    public async Task A_clock_is_paused_for_a_reason_of_its_limit_and_resumed()
    {
        var id = (await RegisterAsync("冰柜结霜")).Complaint.Id;
        var li = await site.AsAsync("li");
        await li.ReadAsync($"/cases/{id}");

        await li.PostAsync($"/cases/{id}/clocks/resolution/pause", ("f.reason", "awaiting-material"));
        var paused = await li.ReadAsync($"/cases/{id}");
        var reply = await li.PostAsync($"/cases/{id}/clocks/reply/pause", ("f.reason", "awaiting-material"));
        await li.PostAsync($"/cases/{id}/clocks/resolution/resume");

        Assert.Contains("已暂停：等待投诉人补充材料", paused, StringComparison.Ordinal);
        Assert.Contains("这个时限不能暂停", await Browser.TextOf(reply), StringComparison.Ordinal);
        Assert.Null((await site.CaseAsync("冰柜结霜")).Complaint.Clocks.All["resolution"].PausedSince);
    }

    [Fact]
    public async Task Who_may_approve_extends_a_clock_and_others_ask_for_it()
    {
        var id = (await RegisterAsync("瓷砖空鼓")).Complaint.Id;
        var (li, zhou) = (await site.AsAsync("li"), await site.AsAsync("zhou"));
        await li.ReadAsync($"/cases/{id}");
        await zhou.ReadAsync($"/cases/{id}");

        var asked = await li.PostAsync($"/cases/{id}/clocks/resolution/extend", ("f.until", "2026-12-04"), ("f.reason", "等检测"));
        var again = await li.PostAsync($"/cases/{id}/clocks/resolution/extend", ("f.until", "2026-12-03"), ("f.reason", "还要等"));

        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        Assert.Contains("已经申请过延期", await Browser.TextOf(again), StringComparison.Ordinal);
        Assert.Contains("申请延期：等检测", await li.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
        var task = Assert.Single((await site.CaseAsync("瓷砖空鼓")).Complaint.Tasks.Open, t => t.Extends == "resolution");
        var approved = await zhou.PostAsync($"/cases/{id}/tasks/{task.Id}", ("outcome", "Approved"));
        Assert.Equal(HttpStatusCode.Redirect, approved.StatusCode);
        var extension = Assert.Single((await site.CaseAsync("瓷砖空鼓")).Complaint.Clocks.All["resolution"].Extensions);
        Assert.Equal(("李敏", "周涛"), (extension.AskedBy, extension.ApprovedBy));
        Assert.Contains("李敏 申请，周涛 批准", await li.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_is_entered_afterwards_with_a_reason()
    {
        var registered = await RegisterAsync("冰箱漏水");
        var id = registered.Complaint.Id;
        var li = await site.AsAsync("li");
        await li.ReadAsync($"/cases/{id}");
        var due = registered.Complaint.Clocks.All["resolution"].DueAt;
        var local = NodaTime.Instant.FromDateTimeOffset(registered.Complaint.ReceivedAt).InZone(NodaTime.DateTimeZoneProviders.Tzdb["Asia/Shanghai"]);

        var without = await li.PostAsync(
            $"/cases/{id}/clocks/resolution/pause", ("f.reason", "awaiting-material"), ("f.from", local.ToString("yyyy-MM-dd'T'HH:mm", null) is var from ? from : ""));
        var future = await li.PostAsync($"/cases/{id}/clocks/resolution/pause", ("f.reason", "awaiting-material"), ("f.from", "2099-01-01T10:00"), ("f.note", "later"));

        Assert.Contains("理由", await Browser.TextOf(without), StringComparison.Ordinal);
        Assert.Contains("暂停只能从现在或更早开始", await Browser.TextOf(future), StringComparison.Ordinal);
        Assert.Equal(due, (await site.CaseAsync("冰箱漏水")).Complaint.Clocks.All["resolution"].DueAt);
    }

    [Fact]
    public async Task An_escalation_counts_until_the_case_is_opened()
    {
        var id = (await site.CaseAsync(Speed)).Complaint.Id.Value;
        var zhou = await site.AsAsync("zhou");
        Assert.Contains(Speed, await zhou.ReadAsync("/inbox?view=escalated"), StringComparison.Ordinal);
        Assert.True(await UnreadAsync(id) > 0);

        await zhou.ReadAsync($"/cases/{id}");

        Assert.Equal(0, await UnreadAsync(id));
        Assert.Contains(Speed, await zhou.ReadAsync("/inbox?view=escalated"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_is_filtered_by_kind()
    {
        var id = (await site.CaseAsync(Goods)).Complaint.Id;
        var wang = await site.AsAsync("wang");

        var clocks = await wang.ReadAsync($"/cases/{id}/timeline?kind=Clock");

        Assert.Contains("开始计时：办结", clocks, StringComparison.Ordinal);
        Assert.DoesNotContain("新任务：", clocks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happened_before_a_late_registration_stands_below_it()
    {
        var id = (await site.CaseAsync(Speed)).Complaint.Id;
        var li = await site.AsAsync("li");

        var page = await li.ReadAsync($"/cases/{id}/timeline");

        Assert.InRange(page.IndexOf("超时：首次答复", StringComparison.Ordinal), page.IndexOf("开始计时：首次答复", StringComparison.Ordinal), page.Length);
    }

    [Fact]
    public async Task Older_entries_follow_without_a_gap()
    {
        var id = (await RegisterAsync("空调噪音")).Complaint.Id.Value;
        var li = await site.PersonAsync("li");
        await site.Services.GetRequiredService<CaseRuntime>().ActAsync(
            id, li.AsPerformer(),
            act =>
            {
                for (var note = 1; note <= 40; note++)
                {
                    act.Complaint.Note(act, $"note {note}.");
                }
            },
            TestContext.Current.CancellationToken);
        var browser = await site.AsAsync("li");

        var newest = await browser.ReadAsync($"/cases/{id}/timeline");
        var next = System.Text.RegularExpressions.Regex.Match(newest, "href=\"(\\?kind=[^\"]*before=[^\"]+)\"").Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        var older = await browser.ReadAsync($"/cases/{id}/timeline{next}");

        Assert.All(Enumerable.Range(1, 40), note => Assert.True(
            newest.Contains($"note {note}.", StringComparison.Ordinal) ^ older.Contains($"note {note}.", StringComparison.Ordinal), $"note {note}"));
        Assert.Contains("登记", older, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_form_does_is_done_once_however_often_it_is_sent_and_again_from_a_page_drawn_anew()
    {
        var id = (await RegisterAsync("双击提交")).Complaint.Id;
        var li = await site.AsAsync("li");
        (string, string)[] note = [("Kind", "note"), ("Text", "已电话联系，明天回复")];
        (string, string)[] letter = [("Kind", "letter"), ("Subject", "答复函"), ("Text", "已收到您的来信。")];
        await li.ReadAsync($"/cases/{id}");

        var both = await Task.WhenAll(li.PostAsync($"/cases/{id}/entries", note), li.PostAsync($"/cases/{id}/entries", note));
        var letters = new[] { await li.PostAsync($"/cases/{id}/entries", letter), await li.PostAsync($"/cases/{id}/entries", letter) };
        Assert.All(both, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Single(letters.Select(answer => answer.Headers.Location!.ToString()).Distinct());
        Assert.Equal((1, 1), await CountAsync());

        await li.PostAfterAsync($"/cases/{id}", $"/cases/{id}/entries", note);
        Assert.Equal((2, 1), await CountAsync());

        async Task<(int Notes, int Letters)> CountAsync() => await site.AskAsync(async db => (
            await db.Events.CountAsync(e => e.ComplaintId == id.Value && e.Type == CaseEvents.Noted), await db.Events.CountAsync(e => e.ComplaintId == id.Value && e.Type == CaseEvents.LetterIssued)));
    }

    [Fact]
    public async Task What_was_sent_after_the_session_had_ended_is_offered_to_its_writer_and_to_nobody_else()
    {
        var id = (await RegisterAsync("会话结束时还在写")).Complaint.Id;
        var (li, elsewhere) = (await site.AsAsync("li"), await site.AsAsync("li"));
        (string, string)[] note = [("Kind", "note"), ("Text", "电话里说了三件事 & <b>两个</b>要求")];
        await li.ReadAsync($"/cases/{id}");
        await elsewhere.PostAfterAsync("/account", "/account/sessions/end");

        var answer = await li.PostAsync($"/cases/{id}/entries", note);
        Assert.Equal("/sign-in?returnUrl=%2Fsign-in%2Fcontinue", answer.Headers.Location!.OriginalString.Replace("http://localhost", "", StringComparison.Ordinal));
        await SignInAsync("li");
        var offered = await li.ReadAsync("/sign-in/continue");
        Assert.Contains("电话里说了三件事", Browser.FieldOf(offered, "Text"), StringComparison.Ordinal);
        Assert.Contains($"action=\"/cases/{id}/entries\"", offered, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await li.PostAsync($"/cases/{id}/entries", note)).StatusCode);
        Assert.Contains("电话里说了三件事", await li.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);

        await elsewhere.PostAfterAsync("/account", "/account/sessions/end");
        await li.PostAsync($"/cases/{id}/entries", ("Kind", "note"), ("Text", "只给写的人看"));
        await SignInAsync("zhang");
        Assert.Equal(HttpStatusCode.Redirect, (await li.GetAsync("/sign-in/continue")).StatusCode);

        async Task SignInAsync(string person)
        {
            await li.GetAsync("/sign-in");
            await li.PostAsync("/sign-in/demo", ("userName", person));
        }
    }

    private Task<int> UnreadAsync(Guid id) => site.AskAsync(db => db.Messages.CountAsync(m =>
        m.ComplaintId == id && m.Channel == "inbox" && m.Recipient == "supervisor" && !db.NotificationReads.Any(r => r.UserId == "zhou" && r.MessageId == m.Id)));

    private async Task<string> PageAsync(string person, string subject, string language = "zh-CN") =>
        await (await site.AsAsync(person, language)).ReadAsync($"/cases/{(await site.CaseAsync(subject)).Complaint.Id}");

    private async Task<CaseOutcome> RegisterAsync(string subject, CaseManagement.Domain.Parties.Respondent? respondent = null) =>
        (await site.Services.GetRequiredService<CaseRuntime>().RegisterAsync(
            new Registration
            {
                Channel = "phone",
                Subject = subject,
                Description = "要求尽快处理。",
                Category = "speed",
                Respondent = respondent,
                Complainant = new() { Name = "郑先生", Phone = "13700001111" },
            },
            (await site.PersonAsync("chen")).AsPerformer(), TestContext.Current.CancellationToken))!;
}
