using System.Text.RegularExpressions;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Notifications;

/// <summary>Notices become few mails at the right hour, to those who may know, and none is lost.</summary>
public sealed partial class NoticeMailTests : IAsyncLifetime
{
    private readonly MailHost _host = new();
    private HttpClient _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _api = _host.Api();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Many_limits_that_end_at_once_are_one_mail_that_lists_them_and_as_many_notices()
    {
        var numbers = await MailHost.RegisterAsync(_api, 30);
        await MailHost.PassAsync(_api, "PT24H");

        Assert.Equal(0, await _host.MailAsync());
        await MailHost.PassAsync(_api, "PT5M");
        await _host.MailAsync();

        var mail = Assert.Single(_host.MailsOf("zhou"));
        Assert.Equal("30 条时限提醒：已超时 30，即将到期 0", mail.Subject);
        Assert.All(numbers, number => Assert.Contains(number, mail.TextBody, StringComparison.Ordinal));
        Assert.Contains("https://cases.example.org/cases/", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Wang", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Repair delayed", mail.TextBody, StringComparison.Ordinal);
        Assert.Single(_host.MailsOf("li"));
        Assert.Single(_host.MailsOf("zhang"));
        Assert.Empty(_host.MailsOf("wang"));
        Assert.Equal(30, await _host.AskAsync(db => db.Messages.CountAsync(m => m.Escalation && m.Recipient == "supervisor" && m.State == MessageStates.Delivered, Token)));
        Assert.Equal(0, await _host.MailAsync());
        Assert.Single(_host.MailsOf("zhou"));
    }

    [Fact]
    public async Task In_quiet_hours_mails_wait_except_those_of_the_gravest_level()
    {
        await _host.ChangeAsync(db =>
        {
            db.NotificationRules.Add(new NotificationRules { Zone = "Asia/Shanghai", Quiet = QuietHoursKind.Span, QuietFrom = 9 * 60, QuietTo = 18 * 60 });
            return Task.CompletedTask;
        });
        var ordinary = await MailHost.RegisterAsync(_api, 2);
        var registered = await _api.TellAsync("/api/v1/complaints", Sample.Complaint("Danger"), 201);
        await _api.TellAsync($"/api/v1/complaints/{registered["id"]}/level", new { level = "serious", reason = "Somebody is in danger" });

        await MailHost.PassAsync(_api, "PT24H");
        await _host.MailAsync();
        await MailHost.PassAsync(_api, "PT6M");
        await _host.MailAsync();
        var atOnce = Assert.Single(_host.MailsOf("zhou"));
        await MailHost.PassAsync(_api, "PT7H54M");
        await _host.MailAsync();

        Assert.Contains(registered["number"].Text(), atOnce.TextBody, StringComparison.Ordinal);
        Assert.All(ordinary, number => Assert.DoesNotContain(number, atOnce.TextBody, StringComparison.Ordinal));
        var evening = _host.MailsOf("zhou")[1];
        Assert.All(ordinary, number => Assert.Contains(number, evening.TextBody, StringComparison.Ordinal));
        Assert.Equal(2, _host.MailsOf("zhou").Count);
    }

    [Fact]
    public async Task Who_wants_no_mail_gets_none_and_who_wants_one_a_day_gets_one()
    {
        await _host.ChangeAsync(db =>
        {
            db.NotificationPreferences.AddRange(
                new NotificationPreference { UserId = "li", Mail = MailChoice.None },
                new NotificationPreference { UserId = "zhou", Mail = MailChoice.Daily, DailyAt = 17 * 60 });
            return Task.CompletedTask;
        });
        await MailHost.RegisterAsync(_api, 3);

        await MailHost.PassAsync(_api, "PT24H");
        await _host.MailAsync();
        await MailHost.PassAsync(_api, "PT1H");
        await _host.MailAsync();
        var before = _host.MailsOf("zhou").Count;
        await MailHost.PassAsync(_api, "PT6H");
        await _host.MailAsync();

        Assert.Equal(0, before);
        Assert.Single(_host.MailsOf("zhou"));
        Assert.Empty(_host.MailsOf("li"));
        Assert.Single(_host.MailsOf("zhang"));
        var page = await (await _host.AsAsync("li")).ReadAsync("/notifications");
        Assert.Contains("First reply", page, StringComparison.Ordinal);
        Assert.Equal(3, CasesIn(page).Count);
    }

    [Fact]
    public async Task Who_is_complained_of_is_told_nothing_by_mail_or_page()
    {
        await MailHost.RegisterAsync(_api, 1, body => body["respondent"] = new { person = "zhou" });
        var other = await MailHost.RegisterAsync(_api, 1);

        await MailHost.PassAsync(_api, "PT24H");
        await _host.MailAsync();
        await MailHost.PassAsync(_api, "PT6M");
        await _host.MailAsync();

        Assert.Contains(other[0], Assert.Single(_host.MailsOf("zhou")).Subject, StringComparison.Ordinal);
        Assert.Equal(other, CasesIn(await (await _host.AsAsync("zhou")).ReadAsync("/notifications")));
    }

    [Fact]
    public async Task What_was_done_while_the_mail_waited_is_said_to_be_done()
    {
        await MailHost.RegisterAsync(_api, 2);
        await MailHost.PassAsync(_api, "PT24H");
        await _host.MailAsync();
        var task = (await _api.AskAsync("/api/v1/tasks?state=open"))["items"]![0]!;
        await _api.TellAsync($"/api/v1/tasks/{task["id"]}/complete", new { outcome = "Done", data = new { replyForm = "oral" } });

        await MailHost.PassAsync(_api, "PT6M");
        await _host.MailAsync();

        var body = Assert.Single(_host.MailsOf("zhou")).TextBody;
        Assert.Contains("已超时（1）", body, StringComparison.Ordinal);
        Assert.Contains("提醒之后已办（1）", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notices_come_case_by_case_a_page_at_a_time_and_none_is_shown_twice_or_left_out_when_more_come_in()
    {
        var numbers = await MailHost.RegisterAsync(_api, 30);
        await MailHost.PassAsync(_api, "PT24H");
        var zhou = await _host.AsAsync("zhou");

        var first = await zhou.ReadAsync("/notifications");
        var older = Older(first);
        await MailHost.RegisterAsync(_api, 1);
        await MailHost.PassAsync(_api, "PT24H");
        var second = await zhou.ReadAsync(older);

        Assert.Equal(25, CasesIn(first).Count);
        Assert.Equal(numbers.Order(), CasesIn(first).Concat(CasesIn(second)).Where(numbers.Contains).Order());
        Assert.True(first.Length < 120_000, $"A page of notices has {first.Length} characters.");
        Assert.Equal(25, CasesIn(await zhou.ReadAsync("/notifications?before=nonsense~")).Count);
    }

    [Fact]
    public async Task What_came_in_after_the_page_was_drawn_stays_unread_when_all_are_read()
    {
        await MailHost.RegisterAsync(_api, 2);
        await MailHost.PassAsync(_api, "PT24H");
        var zhou = await _host.AsAsync("zhou");
        var page = await zhou.ReadAsync("/notifications");
        Assert.Contains("2 unread", page, StringComparison.Ordinal);
        var later = await MailHost.RegisterAsync(_api, 1);
        await MailHost.PassAsync(_api, "PT24H1M");

        await zhou.PostAsync("/notifications/read", ("Until", Pages.Browser.FieldOf(page, "Until")));

        Assert.Equal(later, CasesIn(await zhou.ReadAsync("/notifications?unread=true")));
        await zhou.PostAsync("/notifications/read");
        Assert.Contains("All notices of the last 30 days are read", await zhou.ReadAsync("/notifications"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_case_is_read_by_itself()
    {
        var numbers = await MailHost.RegisterAsync(_api, 2);
        await MailHost.PassAsync(_api, "PT24H");
        var zhou = await _host.AsAsync("zhou");

        var page = await zhou.ReadAsync("/notifications");
        await zhou.PostAsync("/notifications/read?unread=true", ("CaseId", Pages.Browser.FieldOf(page, "CaseId")));

        Assert.Single(CasesIn(await zhou.ReadAsync("/notifications?unread=true")));
        Assert.Equal(numbers.Order(), CasesIn(await zhou.ReadAsync("/notifications")).Order());
    }

    [Fact]
    public async Task A_notice_about_no_single_case_stays_until_whom_it_tells_has_read_it()
    {
        var id = Guid.CreateVersion7();
        await _host.ChangeAsync(async db => await db.Messages.AddAsync(new MessageRow
        {
            Id = id,
            ComplaintId = Guid.Empty,
            Template = "due-times-changed",
            Recipient = "user:li",
            Channel = "inbox",
            SubjectZh = "您手上 2 件案件的到期时间有变动",
            SubjectEn = "The due times of 2 of your cases have changed",
            BodyZh = "管理员调整了时限。",
            BodyEn = "An administrator changed a time limit.",
            State = MessageStates.Delivered,
            CreatedAt = DateTimeOffset.UnixEpoch.AddYears(56),
        }, Token));
        var (li, zhou) = (await _host.AsAsync("li"), await _host.AsAsync("zhou"));

        var page = await li.ReadAsync("/notifications");
        Assert.Contains("The due times of 2 of your cases have changed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("have changed", await zhou.ReadAsync("/notifications"), StringComparison.Ordinal);

        await zhou.PostAsync("/notifications/read", ("Notice", id.ToString()));
        Assert.Contains("have changed", await li.ReadAsync("/notifications"), StringComparison.Ordinal);
        await li.PostAsync("/notifications/read", ("Notice", id.ToString()));
        Assert.DoesNotContain("have changed", await li.ReadAsync("/notifications"), StringComparison.Ordinal);
        Assert.Equal(["li"], await _host.AskAsync(db => db.NotificationReads.Where(r => r.MessageId == id).Select(r => r.UserId).ToListAsync(Token)));
    }

    [Fact]
    public async Task Who_acts_for_whom_is_told_to_both_when_it_begins_and_ends_once_and_as_each_wants_it()
    {
        await _host.ChangeAsync(db =>
        {
            db.NotificationPreferences.Add(new NotificationPreference { UserId = "zhang", SendsOthers = false });
            return Task.CompletedTask;
        });
        var (li, zhang) = (await _host.AsAsync("li", "zh-CN"), await _host.AsAsync("zhang", "zh-CN"));
        await li.PostAfterAsync("/account/delegations", "/account/delegations", ("To", "zhou"), ("First", "2026-09-03"), ("Last", "2026-09-03"), ("Cover", "false"), ("Kinds", "Approval"), ("Reason", "外出培训"));
        await li.PostAfterAsync("/account/delegations", "/account/delegations", ("To", "zhang"), ("First", "2026-09-03"), ("Last", "2026-09-03"), ("Cover", "false"), ("Kinds", "Work"), ("Reason", "外出培训"));
        var timers = await _host.AskAsync(db => db.Timers.Where(t => t.Kind == Organisation.Delegating.TimerKind && t.DueAt < new DateTimeOffset(2026, 9, 3, 0, 0, 0, TimeSpan.Zero)).Select(t => t.Id).ToListAsync(Token));
        await PassAsync("PT5M");
        Assert.Single(_host.MailsOf("zhou"));
        Assert.Empty(_host.MailsOf("li"));

        await PassAsync("P1D");
        await PassAsync("PT5M");
        foreach (var timer in timers)
        {
            // as when another node fires it again after a crash
            await _host.Services.GetRequiredService<Organisation.Delegating>().FireAsync(timer, Token);
        }

        await PassAsync("P1D");
        await PassAsync("PT5M");

        Assert.Equal(["周涛将为李敏代办：2026-09-03 至 2026-09-03", "周涛开始为李敏代办，至 2026-09-03", "周涛不再为李敏代办"], _host.MailsOf("zhou").Select(m => m.Subject));
        Assert.Equal(2, _host.MailsOf("li").Count);
        Assert.Contains("周涛开始为李敏代办", _host.MailsOf("li")[0].TextBody, StringComparison.Ordinal);
        Assert.Contains("张强开始为李敏代办", _host.MailsOf("li")[0].TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("外出培训", _host.MailsOf("li")[0].TextBody, StringComparison.Ordinal);
        Assert.Empty(_host.MailsOf("zhang"));
        var notices = await zhang.ReadAsync("/notifications");
        Assert.Contains("张强开始为李敏代办", notices, StringComparison.Ordinal);
        Assert.Contains("张强不再为李敏代办", notices, StringComparison.Ordinal);

        async Task PassAsync(string time)
        {
            await _host.MailAsync();
            await MailHost.PassAsync(_api, time);
            await _host.MailAsync();
        }
    }

    private static List<string> CasesIn(string page) => [.. CaseHeading().Matches(page).Select(m => m.Groups[1].Value)];

    private static string Older(string page) => System.Net.WebUtility.HtmlDecode(OlderLink().Match(page).Groups[1].Value);

    [GeneratedRegex("<h2 id=\"notice-.*?<span class=\"dim num small\">([^<]+)</span>", RegexOptions.Singleline)]
    private static partial Regex CaseHeading();

    [GeneratedRegex("href=\"(/notifications\\?before=[^\"]+)\"")]
    private static partial Regex OlderLink();
}
