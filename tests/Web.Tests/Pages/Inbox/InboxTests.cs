using System.Net;

namespace CaseManagement.Web.Tests.Pages.Inbox;

public sealed class InboxTests(Site site) : IClassFixture<Site>
{
    private const string Speed = "空调维修三次未上门";
    private const string Goods = "热水器漏电，家人手部麻木";
    private const string Fridge = "新购冰箱一周内不制冷";

    [Fact]
    public async Task A_task_is_in_the_inbox_of_its_department_and_in_nobody_elses()
    {
        Assert.Contains(Speed, await (await site.AsAsync("li")).ReadAsync("/inbox?view=mine"), StringComparison.Ordinal);
        Assert.DoesNotContain(Goods, await (await site.AsAsync("li")).ReadAsync("/inbox?view=mine"), StringComparison.Ordinal);
        Assert.Contains(Goods, await (await site.AsAsync("wang")).ReadAsync("/inbox?view=mine"), StringComparison.Ordinal);
        Assert.DoesNotContain(Speed, await (await site.AsAsync("zhao")).ReadAsync("/inbox?view=open"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_supervisor_sees_all_open_cases_and_what_waits_for_approval()
    {
        var supervisor = await site.AsAsync("zhou");

        var open = await supervisor.ReadAsync("/inbox?view=open");
        var approval = await supervisor.ReadAsync("/inbox?view=approval");

        Assert.Contains(Speed, open, StringComparison.Ordinal);
        Assert.Contains(Goods, open, StringComparison.Ordinal);
        Assert.Contains(Fridge, approval, StringComparison.Ordinal);
        Assert.DoesNotContain(Speed, approval, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("owner")]
    public async Task Administrators_and_process_owners_see_no_case_and_begin_elsewhere(string person)
    {
        var browser = await site.AsAsync(person);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/inbox?view=open")).StatusCode);
        Assert.Equal("/processes", (await browser.GetAsync("/")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_auditor_reads_cases_with_identities_masked()
    {
        var page = await (await site.AsAsync("auditor")).ReadAsync("/inbox?view=open");

        Assert.Contains(Speed, page, StringComparison.Ordinal);
        Assert.Contains("王**", page, StringComparison.Ordinal);
        Assert.DoesNotContain("王女士", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_late_stands_first_and_says_by_how_much()
    {
        // received 26 hours ago, the first reply was due after 24
        var page = await (await site.AsAsync("zhou")).ReadAsync("/inbox?view=late");

        Assert.Contains(Speed, page, StringComparison.Ordinal);
        Assert.Contains("超时 2 时", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Goods, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("冰箱")]
    [InlineData("食材变质")]
    [InlineData("钱女士")]
    public async Task Search_finds_words_of_subject_and_description_and_the_name(string words)
    {
        var page = await (await site.AsAsync("zhou")).ReadAsync($"/inbox?q={Uri.EscapeDataString(words)}");

        Assert.Contains(Fridge, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Speed, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_finds_nothing_for_those_who_may_not_know_it()
    {
        var auditor = await site.AsAsync("auditor");

        Assert.Contains(Fridge, await auditor.ReadAsync($"/inbox?q={Uri.EscapeDataString("冰箱")}"), StringComparison.Ordinal);
        Assert.DoesNotContain(Fridge, await auditor.ReadAsync($"/inbox?q={Uri.EscapeDataString("钱女士")}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_narrow_the_list()
    {
        var page = await (await site.AsAsync("zhou")).ReadAsync("/inbox?view=open&channel=visit");

        Assert.Contains(Fridge, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Speed, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_says_who_the_task_waits_for_and_is_not_there_for_others()
    {
        var id = (await site.CaseAsync(Speed)).Complaint.Id;

        Assert.Contains("客服部经办人", await (await site.AsAsync("zhou", "zh-CN")).ReadAsync($"/inbox/preview/{id}"), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await (await site.AsAsync("zhao")).GetAsync($"/inbox/preview/{id}")).StatusCode);
    }

    [Fact]
    public async Task Several_are_claimed_at_once_and_what_cannot_be_is_named()
    {
        var price = (await site.CaseAsync("门店收费高于标价")).Complaint;
        var (finance, desk) = (await site.AsAsync("zhao"), await site.AsAsync("chen"));
        await finance.GetAsync("/inbox");
        await desk.GetAsync("/inbox");

        var shown = await finance.PostAsync("/inbox/bulk", ("Action", "claim"), ("Ids", price.Id.ToString()));
        var before = (await site.CaseAsync("门店收费高于标价")).Complaint.Tasks.Open.Count(t => t.Assignee is not null);
        var done = await finance.PostAsync("/inbox/bulk", ("Action", "claim"), ("Ids", price.Id.ToString()), ("Confirmed", "true"));
        var other = await desk.PostAsync("/inbox/bulk", ("Action", "claim"), ("Ids", price.Id.ToString()));

        Assert.Contains(price.Number, await Browser.TextOf(shown), StringComparison.Ordinal);
        Assert.Equal(0, before);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, done.StatusCode);
        Assert.Contains((await site.CaseAsync("门店收费高于标价")).Complaint.Tasks.Open, t => t.Assignee == "zhao");
        Assert.Contains("没有你可以认领的任务", await Browser.TextOf(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task English_readers_read_English()
    {
        var page = await (await site.AsAsync("zhou", "en")).ReadAsync("/inbox?view=open");

        Assert.Contains("All open", page, StringComparison.Ordinal);
        Assert.Contains("First reply", page, StringComparison.Ordinal);
        Assert.DoesNotContain("全部在办", page, StringComparison.Ordinal);
    }
}
