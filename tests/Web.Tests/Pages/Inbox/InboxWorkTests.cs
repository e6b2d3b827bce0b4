using System.Net;
using System.Text.Json.Nodes;
using CaseManagement.Web.Features.Inbox;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Inbox;

public sealed class InboxWorkTests(Site site) : IClassFixture<Site>
{
    private const string Speed = "空调维修三次未上门";
    private const string Goods = "热水器漏电，家人手部麻木";
    private const string Fridge = "新购冰箱一周内不制冷";

    [Fact]
    public async Task A_supervisor_assigns_several_and_each_row_says_what_came_of_it()
    {
        var (speed, fridge) = ((await site.CaseAsync(Speed)).Complaint, (await site.CaseAsync(Fridge)).Complaint);
        var zhou = await site.AsAsync("zhou");
        await zhou.GetAsync("/inbox");

        var preview = await Browser.TextOf(await zhou.PostAsync("/inbox/bulk", ("Action", "assign"), ("Ids", speed.Id.ToString()), ("Ids", fridge.Id.ToString())));
        var nobody = await Browser.TextOf(await zhou.PostAsync("/inbox/bulk", ("Action", "assign"), ("Ids", speed.Id.ToString()), ("Confirmed", "true")));
        var result = await Browser.TextOf(await zhou.PostAsync(
            "/inbox/bulk", ("Action", "assign"), ("Ids", speed.Id.ToString()), ("Ids", fridge.Id.ToString()), ("To", "li"), ("Confirmed", "true")));

        Assert.Contains("李敏", preview, StringComparison.Ordinal);
        Assert.Contains("请选择人员", nobody, StringComparison.Ordinal);
        Assert.Contains("完成 1 件，未完成 1 件", result, StringComparison.Ordinal);
        Assert.Contains((await site.CaseAsync(Speed)).Complaint.Tasks.Open, t => t.Assignee == "li");
        Assert.DoesNotContain((await site.CaseAsync(Fridge)).Complaint.Tasks.Open, t => t.Assignee == "li");
    }

    [Fact]
    public async Task A_task_is_handed_over_with_a_note_or_not_at_all()
    {
        var third = (await site.CaseAsync("客服人员态度恶劣")).Complaint;
        var li = await site.AsAsync("li");
        await li.GetAsync("/inbox");
        await li.PostAsync("/inbox/bulk", ("Action", "claim"), ("Ids", third.Id.ToString()), ("Confirmed", "true"));

        var silent = await Browser.TextOf(await li.PostAsync("/inbox/bulk", ("Action", "handover"), ("Ids", third.Id.ToString()), ("To", "zhang"), ("Confirmed", "true")));
        var held = (await site.CaseAsync("客服人员态度恶劣")).Complaint.Tasks.Open.Any(t => t.Assignee == "li");
        await li.PostAsync("/inbox/bulk", ("Action", "handover"), ("Ids", third.Id.ToString()), ("To", "zhang"), ("Reason", "下周休假，请联系孙女士"), ("Confirmed", "true"));

        Assert.Contains("请写明交接说明", silent, StringComparison.Ordinal);
        Assert.True(held);
        Assert.Contains((await site.CaseAsync("客服人员态度恶劣")).Complaint.Tasks.Open, t => t.Assignee == "zhang");
        Assert.Contains("下周休假，请联系孙女士", await li.ReadAsync($"/cases/{third.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_assigns_what_they_do_not_supervise()
    {
        var speed = (await site.CaseAsync(Speed)).Complaint;
        var zhang = await site.AsAsync("zhang");

        Assert.DoesNotContain("value=\"assign\"", await zhang.ReadAsync("/inbox"), StringComparison.Ordinal);
        var answer = await Browser.TextOf(await zhang.PostAsync("/inbox/bulk", ("Action", "assign"), ("Ids", speed.Id.ToString()), ("To", "zhang"), ("Confirmed", "true")));

        Assert.Contains("没有你可以指派的任务", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_followed_case_stands_among_the_watched_for_as_long_as_it_may_be_seen()
    {
        var goods = (await site.CaseAsync(Goods)).Complaint;
        var (wang, zhao) = (await site.AsAsync("wang"), await site.AsAsync("zhao"));
        await wang.ReadAsync($"/cases/{goods.Id}");
        await wang.PostAsync($"/cases/{goods.Id}/watch", ("on", "true"));
        await zhao.GetAsync("/inbox");

        Assert.Contains(Goods, await wang.ReadAsync("/inbox?view=watched"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await zhao.PostAsync($"/cases/{goods.Id}/watch", ("on", "true"))).StatusCode);
        Assert.DoesNotContain(Goods, await zhao.ReadAsync("/inbox?view=watched"), StringComparison.Ordinal);

        await site.BarAsync(goods.Id.Value, "wang");
        Assert.DoesNotContain(Goods, await wang.ReadAsync("/inbox?view=watched"), StringComparison.Ordinal);
        await site.AskAsync(db => db.CaseParties.Where(p => p.ComplaintId == goods.Id.Value).ExecuteDeleteAsync());
        await wang.PostAsync($"/cases/{goods.Id}/watch", ("on", "false"));
        Assert.DoesNotContain(Goods, await wang.ReadAsync("/inbox?view=watched"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_filter_is_seen_by_its_department_which_sees_its_own_cases_by_it()
    {
        var (li, zhang, zhao) = (await site.AsAsync("li"), await site.AsAsync("zhang"), await site.AsAsync("zhao"));
        await li.GetAsync("/inbox");

        await li.PostAsync("/inbox/filters?view=open&channel=phone&q=空调&page=3", ("Name", "电话空调"), ("Department", "service"));
        var notMine = await li.PostAsync("/inbox/filters?view=open", ("Name", "别的部门"), ("Department", "finance"));
        var nameless = await li.PostAsync("/inbox/filters?view=open", ("Name", " "));

        Assert.Equal(HttpStatusCode.BadRequest, notMine.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, nameless.StatusCode);
        Assert.Contains("电话空调", await zhang.ReadAsync("/inbox"), StringComparison.Ordinal);
        Assert.DoesNotContain("电话空调", await zhao.ReadAsync("/inbox"), StringComparison.Ordinal);
        var kept = await site.AskAsync(db => db.SavedFilters.SingleAsync(f => f.Name == "电话空调"));
        Assert.Equal("view=open&channel=phone&q=%E7%A9%BA%E8%B0%83", kept.Query);
        Assert.Equal(HttpStatusCode.NotFound, (await zhang.PostAsync($"/inbox/filters/{kept.Id}/delete")).StatusCode);
        await li.PostAsync($"/inbox/filters/{kept.Id}/delete");
        Assert.DoesNotContain("电话空调", await li.ReadAsync("/inbox"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supervisor_takes_the_list_out_and_says_why_and_formulas_are_text()
    {
        var (zhou, li) = (await site.AsAsync("zhou"), await site.AsAsync("li"));
        await zhou.GetAsync("/inbox");
        await li.GetAsync("/inbox");
        var price = (await site.CaseAsync("门店收费高于标价")).Complaint;
        await site.AskAsync(db => db.Cases.Where(c => c.Id == price.Id.Value).ExecuteUpdateAsync(set => set.SetProperty(c => c.Subject, "=HYPERLINK(\"x\")")));

        var file = await (await zhou.PostAsync("/inbox/export?view=open", ("Reason", "月度检查"))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await site.AskAsync(db => db.Cases.Where(c => c.Id == price.Id.Value).ExecuteUpdateAsync(set => set.SetProperty(c => c.Subject, "门店收费高于标价")));

        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", file, StringComparison.Ordinal);
        Assert.Contains(Speed, file, StringComparison.Ordinal);
        Assert.Contains("王女士", file, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await zhou.PostAsync("/inbox/export?view=open", ("Reason", " "))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await li.PostAsync("/inbox/export?view=open", ("Reason", "好奇"))).StatusCode);
        var recorded = JsonNode.Parse((await site.AskAsync(db => db.ConfigurationEvents.SingleAsync(e => e.Stream == InboxExport.Stream && e.Type == "exported"))).Data)!;
        Assert.Equal("月度检查", (string?)recorded["reason"]);
    }
}
