using System.Net;

namespace CaseManagement.Web.Tests.Pages.Staff;

/// <summary>Who is away and who acts for them, as people see and set it.</summary>
public sealed class DelegationPageTests : IAsyncDisposable
{
    private const string Attitude = "客服人员态度恶劣";
    private const string Page = "/account/delegations";

    private readonly Site _site = new();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task While_somebody_is_away_the_cover_does_their_tasks_and_everybody_sees_it()
    {
        var id = (await _site.CaseAsync(Attitude)).Complaint.Id;
        var (li, zhang, zhou) = (await _site.AsAsync("li"), await _site.AsAsync("zhang"), await _site.AsAsync("zhou"));
        await li.GetAsync("/inbox");
        await li.PostAsync("/inbox/bulk", ("Action", "claim"), ("Ids", id.ToString()), ("Confirmed", "true"));
        var task = (await _site.CaseAsync(Attitude)).Complaint.Tasks.Open.Single(t => t.Assignee == "li");
        Assert.DoesNotContain("代他人办理", await zhang.ReadAsync("/inbox"), StringComparison.Ordinal);

        var set = await li.PostAfterAsync(Page, Page, ("To", "zhang"), ("First", "2026-11-24"), ("Last", "2026-11-30"), ("Cover", "true"), ("Reason", "年假"));
        Assert.Contains("假期代班：全部任务", await li.FollowAsync(set), StringComparison.Ordinal);
        var again = await li.PostAsync(Page, ("To", "wang"), ("First", "2026-11-30"), ("Last", "2026-12-02"), ("Cover", "false"), ("Reason", "出差"));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("已委托他人代办", await Browser.TextOf(again), StringComparison.Ordinal);

        var list = await zhang.ReadAsync("/inbox?view=for");
        Assert.Contains($"代李敏：{task.TitleZh}", list, StringComparison.Ordinal);
        Assert.Contains(Attitude, await zhang.ReadAsync("/inbox?view=for&for=li"), StringComparison.Ordinal);
        Assert.DoesNotContain(Attitude, await zhang.ReadAsync("/inbox?view=for&for=wang"), StringComparison.Ordinal);
        Assert.Contains("张强开始为李敏代办", await zhang.ReadAsync("/notifications"), StringComparison.Ordinal);
        Assert.Contains("李敏（不在岗", await zhou.ReadAsync("/board"), StringComparison.Ordinal);

        var page = await zhang.ReadAsync($"/cases/{id}");
        Assert.Contains("你代李敏办理这项任务", page, StringComparison.Ordinal);
        Assert.Equal("li", Browser.FieldOf(page, "for"));
        var released = await zhang.PostAsync($"/cases/{id}/tasks/{task.Id}/release", ("for", "li"));
        Assert.Contains("张强（代李敏）", await zhang.FollowAsync(released), StringComparison.Ordinal);
        Assert.Null((await _site.CaseAsync(Attitude)).Complaint.Tasks.Find(task.Id).Assignee);
        Assert.Contains("张强（代李敏）", await (await _site.AsAsync("auditor")).ReadAsync("/audit?type=task.released"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supervisor_sets_it_for_their_people_only_and_the_deputy_may_end_it()
    {
        var (zhou, zhang, wang) = (await _site.AsAsync("zhou"), await _site.AsAsync("zhang"), await _site.AsAsync("wang"));
        var notMine = await wang.PostAfterAsync(Page, Page, ("From", "li"), ("To", "wang"), ("First", "2026-11-24"), ("Last", "2026-11-24"), ("Reason", "病假"));
        Assert.Equal(HttpStatusCode.Forbidden, notMine.StatusCode);
        var past = await zhou.PostAfterAsync(Page, Page, ("From", "li"), ("To", "zhang"), ("First", "2026-11-23"), ("Last", "2026-11-24"), ("Reason", "病假"));
        Assert.Equal(HttpStatusCode.BadRequest, past.StatusCode);

        await zhou.PostAsync(Page, ("From", "li"), ("To", "zhang"), ("First", "2026-11-24"), ("Last", "2026-11-24"), ("Reason", "病假"));
        var shown = await zhang.ReadAsync(Page);
        Assert.Contains("由周涛设置", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("病假", await wang.ReadAsync(Page), StringComparison.Ordinal);
        var end = System.Text.RegularExpressions.Regex.Match(shown, "/account/delegations/[0-9a-f-]+/end").Value;
        Assert.Equal(HttpStatusCode.NotFound, (await wang.PostAsync(end)).StatusCode);
        await zhang.PostAsync(end);
        Assert.Contains("已结束", await zhang.ReadAsync(Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_tasks_are_delegated_at_once_and_each_row_says_what_came_of_it()
    {
        var (mine, other) = ((await _site.CaseAsync(Attitude)).Complaint.Id, (await _site.CaseAsync("空调维修三次未上门")).Complaint.Id);
        var (li, zhang) = (await _site.AsAsync("li"), await _site.AsAsync("zhang"));
        await li.GetAsync("/inbox");
        await li.PostAsync("/inbox/bulk", ("Action", "claim"), ("Ids", mine.ToString()), ("Confirmed", "true"));

        await zhang.GetAsync("/inbox");
        await zhang.PostAsync("/inbox/bulk", ("Action", "claim"), ("Ids", other.ToString()), ("Confirmed", "true"));

        (string, string)[] both = [("Action", "delegate"), ("Ids", mine.ToString()), ("Ids", other.ToString())];
        var preview = await Browser.TextOf(await li.PostAsync("/inbox/bulk", both));
        var result = await Browser.TextOf(await li.PostAsync("/inbox/bulk", [.. both, ("To", "zhang"), ("Reason", "请今天回电"), ("Confirmed", "true")]));

        Assert.Contains("张强", preview, StringComparison.Ordinal);
        Assert.Contains("完成 1 件，未完成 1 件", result, StringComparison.Ordinal);
        var task = (await _site.CaseAsync(Attitude)).Complaint.Tasks.Open.Single(t => t.Assignee == "li");
        Assert.Equal(("zhang", "请今天回电"), (task.DelegatedTo, task.DelegationNote));
        Assert.Contains(Attitude, await zhang.ReadAsync("/inbox?view=for"), StringComparison.Ordinal);
        Assert.Contains("委托留言：请今天回电", await zhang.ReadAsync($"/cases/{mine}"), StringComparison.Ordinal);

        var back = await li.PostAfterAsync($"/cases/{mine}", $"/cases/{mine}/actions/delegate", ("f.task", task.Id.ToString()), ("f.to", "-"));
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        Assert.DoesNotContain(Attitude, await zhang.ReadAsync("/inbox?view=for"), StringComparison.Ordinal);
    }
}
