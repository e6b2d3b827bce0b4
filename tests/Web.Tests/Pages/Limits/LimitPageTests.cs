using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Web.Tests.Pages.Processes;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Limits;

/// <summary>The administrator changes limits on the page; new cases run under them at once.</summary>
public sealed class LimitPageTests(OwnerHost host) : IClassFixture<OwnerHost>
{
    private const string Page = $"/limits/{OwnerHost.Process}";

    [Fact]
    public async Task A_changed_first_reply_holds_for_cases_registered_afterwards_and_leaves_open_ones_alone()
    {
        var admin = await host.SignInAsync("admin");
        var open = await host.RegisterAsync();

        var answer = await admin.PostAsync($"{Page}?limit=reply", $"{Page}/reply", Edit("12", "hours"));
        var later = await host.RegisterAsync();

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(OwnerHost.Monday.AddHours(12), later.Clocks.All["reply"].DueAt);
        Assert.Equal(OwnerHost.Monday.AddHours(24), (await host.ReadAsync(open)).Clocks.All["reply"].DueAt);
        var page = await admin.ReadAsync(Page);
        Assert.Contains("24 hours → 12 hours", page, StringComparison.Ordinal);
        Assert.Contains("head office asks", page, StringComparison.Ordinal);
        var logged = await host.QueryAsync(db => db.ConfigurationEvents.SingleAsync(e => e.Type == "limit.applied" && e.Data.Contains("\"reply\"")));
        Assert.Equal("admin", logged.ActorId);
        Assert.Equal($"process:{OwnerHost.Process}", logged.Stream);
    }

    [Fact]
    public async Task A_change_can_be_undone_for_cases_to_come()
    {
        var admin = await host.SignInAsync("admin");
        await admin.PostAsync($"{Page}?limit=consultation", $"{Page}/consultation", Edit("3", "workingDays"));
        var changed = await host.QueryAsync(db => db.LimitChanges.SingleAsync(c => c.LimitKey == "consultation"));

        var answer = await admin.PostAsync($"{Page}/changes/{changed.Id}/undo", $"{Page}/changes/{changed.Id}/undo", new() { ["reason"] = "a mistake" });

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var last = await host.QueryAsync(db => db.LimitChanges.Where(c => c.LimitKey == "consultation").OrderByDescending(c => c.Id).FirstAsync());
        Assert.Equal((changed.Id, LimitChangeScope.NewCases), (last.Undoes, last.Scope));
        Assert.Contains("24 hours</b>", await admin.ReadAsync(Page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("soon", "hours", "must be a number")]
    [InlineData("-1", "hours", "must not be negative")]
    [InlineData("24:00:00", "hours", "can be read in two ways")]
    [InlineData("101", "years", "At most 100 years")]
    [InlineData("1.5", "workingDays", "whole numbers only")]
    [InlineData("", "hours", "Missing: the amount")]
    [InlineData("5", "fortnights", "Choose a unit")]
    public async Task An_amount_that_cannot_be_counted_is_said_beside_the_field_and_changes_nothing(string amount, string unit, string said)
    {
        var admin = await host.SignInAsync("admin");

        var answer = await admin.PostAsync($"{Page}?limit=resolution", $"{Page}/resolution", Edit(amount, unit));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, await OwnerHost.TextOf(answer), StringComparison.Ordinal);
        Assert.False(await host.QueryAsync(db => db.LimitChanges.AnyAsync(c => c.LimitKey == "resolution")));
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_Chinese_to_a_Chinese_reader()
    {
        var admin = await host.SignInAsync("admin", "zh-CN");

        var answer = await admin.PostAsync($"{Page}?limit=resolution", $"{Page}/resolution", Edit("24:00:00", "hours"));

        Assert.Contains("两种读法", await OwnerHost.TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_without_a_reason_is_refused()
    {
        var admin = await host.SignInAsync("admin");

        var answer = await admin.PostAsync($"{Page}?limit=resolution", $"{Page}/resolution", Edit("5", "days", reason: " "));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Missing: the reason", await OwnerHost.TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_from_before_somebody_elses_change_is_refused()
    {
        var admin = await host.SignInAsync("admin");
        var shown = Regex.Match(await admin.ReadAsync($"{Page}?limit=material"), "name=\"Version\" value=\"([^\"]+)\"").Groups[1].Value;
        await admin.PostAsync($"{Page}?limit=material", $"{Page}/material", Edit("6", "days"));

        var answer = await admin.PostAsync($"{Page}?limit=material", $"{Page}/material", new(Edit("8", "days")) { ["Version"] = shown });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Somebody has just changed this limit", await OwnerHost.TextOf(answer), StringComparison.Ordinal);
        Assert.Equal(["""{"amount":6}"""], await host.QueryAsync(db => db.LimitChanges.Where(c => c.LimitKey == "material").Select(c => c.Patch).ToListAsync()));
    }

    [Fact]
    public async Task The_preview_reads_the_new_rule_with_an_example_and_stores_nothing()
    {
        var admin = await host.SignInAsync("admin");

        var answer = await admin.PostAsync($"{Page}?limit=objection", $"{Page}/objection/preview", Edit("10", "days"));

        var preview = await OwnerHost.TextOf(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Reads: <b>10 days</b>", preview, StringComparison.Ordinal);
        Assert.Contains("Example: counted from", preview, StringComparison.Ordinal);
        Assert.False(await host.QueryAsync(db => db.LimitChanges.AnyAsync(c => c.LimitKey == "objection")));
    }

    [Fact]
    public async Task Every_part_of_a_limit_is_changed_on_the_page_and_said_as_a_sentence()
    {
        var admin = await host.SignInAsync("admin");
        var edit = Parts();

        var answer = await admin.PostAsync($"{Page}?limit=resolution-again", $"{Page}/resolution-again", edit);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = await admin.ReadAsync(Page);
        Assert.Contains("<b>3 working days</b>", page, StringComparison.Ordinal);
        Assert.Contains("counted from the next working day", page, StringComparison.Ordinal);
        Assert.Contains("80% is used", page, StringComparison.Ordinal);
        Assert.Contains("May be extended 2 times, each by 5 working days at most, asked for before the moment 4 hours before it is due, approved by “Extension approval”.", page, StringComparison.Ordinal);
        var patch = await host.QueryAsync(db => db.LimitChanges.Where(c => c.LimitKey == "resolution-again").OrderByDescending(c => c.Id).Select(c => c.Patch).FirstAsync());
        Assert.Contains("\"when\":[{\"reopenings\":\"\\u003E= 1\",\"level\":\"serious\"},{\"channel\":\"phone\"}]", patch, StringComparison.Ordinal);
        Assert.Contains("\"at\":\"80 %\"", patch, StringComparison.Ordinal);
        Assert.DoesNotContain("\"pause\"", patch, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("When[0].Fact", "colour", "colour")]
    [InlineData("Steps[0].At.Amount", "24:00:00", "can be read in two ways")]
    [InlineData("Steps[0].At.Anchor", "", "Missing: when it acts")]
    [InlineData("Steps[0].Do[0].Who", "the pope", "the pope")]
    [InlineData("ExtendTimes", "often", "whole number from 1")]
    [InlineData("ExtendApproval", "nobody", "nobody")]
    [InlineData("Calendar", "mars", "There is no such calendar")]
    [InlineData("From", "yesterday", "yesterday")]
    public async Task What_a_limit_cannot_say_is_told_beside_its_field(string field, string typed, string said)
    {
        var admin = await host.SignInAsync("admin");
        var edit = Parts();
        edit["Steps[0].At.Anchor"] = "before";
        edit["Steps[0].At.Amount"] = "2";
        edit[field] = typed;

        var answer = await admin.PostAsync($"{Page}?limit=suggestion", $"{Page}/suggestion", edit);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, await OwnerHost.TextOf(answer), StringComparison.Ordinal);
        Assert.False(await host.QueryAsync(db => db.LimitChanges.AnyAsync(c => c.LimitKey == "suggestion")));
    }

    [Fact]
    public async Task Affected_cases_are_listed_downloaded_and_changed_from_the_list()
    {
        var admin = await host.SignInAsync("admin");
        var open = await host.RegisterAsync();
        var edit = Edit("9", "days");
        edit.Remove("step");

        var list = await OwnerHost.TextOf(await admin.PostAsync($"{Page}?limit=resolution", $"{Page}/resolution/cases", edit));
        var file = await (await admin.PostAsync($"{Page}?limit=resolution", $"{Page}/resolution/cases.csv", edit)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains(open.Number, list, StringComparison.Ordinal);
        Assert.Contains("name=\"Amount\" value=\"9\"", list, StringComparison.Ordinal);
        Assert.StartsWith("Case,Clock,Old due time,New due time,", file, StringComparison.Ordinal);
        Assert.Contains($"{open.Number},Resolution,2026-09-", file, StringComparison.Ordinal);
        Assert.Equal(OwnerHost.Monday.AddDays(7).Date, (await host.ReadAsync(open)).Clocks.All["resolution"].DueAt!.Value.ToOffset(TimeSpan.FromHours(8)).Date);
    }

    [Fact]
    public async Task A_handler_reads_limits_and_may_not_change_them()
    {
        var handler = await host.SignInAsync("li");
        var admin = await host.SignInAsync("admin");

        var page = await handler.ReadAsync($"{Page}?limit=resolution");
        var answer = await handler.PostAsync(Page, $"{Page}/resolution", Edit("1", "hours"));

        Assert.Contains("7 days", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Amount\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"Amount\"", await admin.ReadAsync($"{Page}?limit=resolution"), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.False(await host.QueryAsync(db => db.LimitChanges.AnyAsync(c => c.LimitKey == "resolution")));
    }

    [Theory]
    [InlineData("en", "<b>7 days</b> of receipt", "Example: received Thu 24 Sep 16:00 → due <b>Thu 1 Oct 23:59</b>", "24 hours before it is due: tell the handler")]
    [InlineData("zh-CN", "自收到起 <b>7 天</b>内<b>办结</b>", "例：9 月 24 日（周四）16:00 收到 → <b>10 月 1 日（周四）23:59</b> 到期", "到期前 24 小时通知处理人")]
    public async Task A_limit_is_a_sentence_with_its_rungs_and_an_example_in_the_readers_language(string language, params string[] texts)
    {
        var handler = await host.SignInAsync("li", language);

        var page = await handler.ReadAsync(Page);

        Assert.All(texts, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    private static Dictionary<string, string?> Parts() => new(Edit("3", "workingDays"))
    {
        ["All"] = "true",
        ["From"] = "reopenedAt",
        ["To"] = "repliedAt",
        ["CountFrom"] = "nextWorkingDay",
        ["EndOf"] = "closeOfBusiness",
        ["IfNonWorking"] = "keep",
        ["When[0].Fact"] = "reopenings",
        ["When[0].Test"] = ">= 1",
        ["When[1].Fact"] = "level",
        ["When[1].Test"] = "serious",
        ["When[2].Fact"] = "channel",
        ["When[2].Test"] = "phone",
        ["When[2].Or"] = "true",
        ["Pause"] = "awaiting-material",
        ["Extendable"] = "true",
        ["ExtendTimes"] = "2",
        ["ExtendMax"] = "5",
        ["ExtendMaxUnit"] = "workingDays",
        ["ExtendApproval"] = "extension",
        ["ExtendBefore.Anchor"] = "before",
        ["ExtendBefore.Amount"] = "4",
        ["ExtendBefore.Unit"] = "hours",
        ["ExtendReason"] = "true",
        ["Steps[0].Key"] = "warn",
        ["Steps[0].At.Anchor"] = "share",
        ["Steps[0].At.Amount"] = "80",
        ["Steps[0].At.Unit"] = "hours",
        ["Steps[0].Do[0].Kind"] = "notify",
        ["Steps[0].Do[0].Who"] = "Supervisor",
        ["Steps[0].Do[0].What"] = "nearly-due",
    };

    private static Dictionary<string, string?> Edit(string amount, string unit, string reason = "head office asks") => new()
    {
        ["Amount"] = amount,
        ["Unit"] = unit,
        ["Calendar"] = "office",
        ["Scope"] = "newCases",
        ["Reason"] = reason,
        ["step"] = "apply",
    };
}
