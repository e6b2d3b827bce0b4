using System.Net;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Cases;

/// <summary>An informant's case, and what those learn of it who may not know.</summary>
public sealed class InformantTests(Site site) : IClassFixture<Site>
{
    private const string Reason = "内部举报，须限制知悉。";

    // names, numbers and words that stand nowhere else
    private static readonly string[] Planted = ["举报人甲", "13712340001", "informant.jia@example.net", "仓库换标", "夜里四点", "尾号7788", "只有我知道"];

    private static readonly string[] Pages =
    [
        "/inbox?view=open", "/inbox?view=mine", "/inbox?view=closed", "/inbox?q=仓库换标", "/inbox?q=13712340001", "/inbox?view=escalated", "/inbox/views", "/board", "/notifications", "/outbox",
        "/jobs", "/incidents", "/quarantine", "/api/v1/complaints?pageSize=200", "/api/v1/complaints?q=举报人甲", "/api/v1/tasks?state=all", "/api/v1/incidents", "/api/v1/jobs",
    ];

    [Theory]
    [InlineData("zhang")]
    [InlineData("wang")]
    [InlineData("zhou")]
    [InlineData("wu")]
    [InlineData("auditor")]
    [InlineData("admin")]
    [InlineData("owner")]
    public async Task Nothing_of_a_restricted_case_stands_on_any_page_for_those_who_may_not_know(string person)
    {
        var complaint = await InformantsAsync(ConfidentialityLevel.Restricted);
        var browser = await site.AsAsync(person);

        foreach (var page in Pages.Append($"/cases/{complaint.Id}").Append($"/cases/{complaint.Id}/print").Append($"/cases/{complaint.Id}/timeline").Append($"/api/v1/complaints/{complaint.Id}"))
        {
            // a page shows what was searched for
            var shown = await Browser.TextOf(await browser.GetAsync(page));
            Assert.DoesNotContain(complaint.Number, shown, StringComparison.Ordinal);
            Assert.All(Planted.Where(p => !page.Contains(p, StringComparison.Ordinal)), p => Assert.DoesNotContain(p, shown, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Of_a_covered_identity_a_supervisor_reads_the_matter_and_not_the_person()
    {
        var complaint = await InformantsAsync(ConfidentialityLevel.Identity);
        var zhou = await site.AsAsync("zhou");

        var page = await zhou.ReadAsync($"/cases/{complaint.Id}");
        var list = await zhou.ReadAsync("/inbox?view=open");

        Assert.Contains("夜里三点", page, StringComparison.Ordinal);
        Assert.Contains("身份保密", page, StringComparison.Ordinal);
        Assert.All(Planted[..3], p => Assert.DoesNotContain(p, page + list, StringComparison.Ordinal));
        Assert.Contains("举报人甲", await (await site.AsAsync("li")).ReadAsync($"/cases/{complaint.Id}"), StringComparison.Ordinal);
        Assert.DoesNotContain(complaint.Number, await zhou.ReadAsync("/inbox?view=open&q=举报人甲"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_keeps_a_case_so_closely_that_it_is_gone_for_them_goes_on_with_the_list()
    {
        var complaint = await InformantsAsync(ConfidentialityLevel.Identity);
        var zhou = await site.AsAsync("zhou", "en");
        await zhou.ReadAsync($"/cases/{complaint.Id}");

        var short1 = await zhou.PostAsync($"/cases/{complaint.Id}/actions/keep", ("f.level", "Restricted"), ("f.reason", "short"));
        Assert.Equal(HttpStatusCode.BadRequest, short1.StatusCode);
        var done = await zhou.PostAsync($"/cases/{complaint.Id}/actions/keep", ("f.level", "Restricted"), ("f.reason", "An informant's case."));

        Assert.Equal("/inbox?said=done", done.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await zhou.GetAsync($"/cases/{complaint.Id}")).StatusCode);
    }

    [Fact]
    public async Task A_name_that_nobody_has_bound_stands_on_the_supervisors_board_until_they_say_who_it_is()
    {
        var complaint = await RegisterAsync(new Respondent(null, "李 敏"));
        var wu = await site.AsAsync("wu");
        Assert.Contains(complaint.Number, Section(await wu.ReadAsync("/board"), "unbound"), StringComparison.Ordinal);

        await wu.ReadAsync($"/cases/{complaint.Id}");
        await wu.PostAsync($"/cases/{complaint.Id}/actions/bind", ("f.staff", "li"));

        Assert.DoesNotContain(complaint.Number, Section(await wu.ReadAsync("/board"), "unbound"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.AsAsync("li")).GetAsync($"/cases/{complaint.Id}")).StatusCode);
    }

    [Fact]
    public async Task When_the_one_complained_of_comes_to_lead_a_department_it_is_kept_out_in_the_same_commit()
    {
        var complaint = await RegisterAsync(new Respondent(null, "wang"));
        var zhang = await site.AsAsync("zhang");
        Assert.Equal(HttpStatusCode.OK, (await zhang.GetAsync($"/cases/{complaint.Id}")).StatusCode);

        await LeadsAsync("wang");
        Assert.Equal(HttpStatusCode.NotFound, (await zhang.GetAsync($"/cases/{complaint.Id}")).StatusCode);

        // who led it when the case came in stays complained of as its head
        await LeadsAsync("zhou");
        Assert.Equal(HttpStatusCode.NotFound, (await zhang.GetAsync($"/cases/{complaint.Id}")).StatusCode);
        Assert.Equal("wang", await site.AskAsync(db => db.DepartmentHeads.Where(h => h.UserId == "wang").Select(h => h.UserId).SingleAsync()));
    }

    [Fact]
    public async Task Cases_stored_before_it_was_kept_are_worked_out_after_the_start()
    {
        var complaint = await InformantsAsync(ConfidentialityLevel.Identity);
        var id = complaint.Id.Value;
        await site.AskAsync(db => db.Cases.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Confidentiality, (int?)null)));
        var wu = await site.AsAsync("wu");
        Assert.Equal(HttpStatusCode.NotFound, (await wu.GetAsync($"/cases/{id}")).StatusCode);

        await site.Services.GetRequiredService<ConfidentialityCatchUp>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, await site.AskAsync(db => db.Cases.Where(c => c.Id == id).Select(c => c.Confidentiality).SingleAsync()));
        Assert.Equal(HttpStatusCode.OK, (await wu.GetAsync($"/cases/{id}")).StatusCode);
    }

    private static string Section(string page, string id)
    {
        var start = page.IndexOf($"aria-labelledby=\"{id}\"", StringComparison.Ordinal);
        return start < 0 ? "" : page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    private async Task LeadsAsync(string head)
    {
        var admin = await site.AsAsync("admin");
        var page = await admin.ReadAsync("/departments/service");
        var answer = await admin.PostAsync(
            "/departments/service", ("Version", Browser.FieldOf(page, "Version")), ("NameZh", "客服部"), ("NameEn", "Customer service"), ("Parent", ""), ("Head", head), ("Substitute", ""));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    /// <summary>A case that 李敏 handles and keeps closely.</summary>
    private async Task<Complaint> InformantsAsync(ConfidentialityLevel level)
    {
        // what others may read of a covered identity has other words
        var isClose = level == ConfidentialityLevel.Restricted;
        var registered = await RegisterAsync(null, isClose ? "夜里四点有人在仓库换标，车牌尾号7788。" : "夜里三点有人在库房换签。");
        var li = (await site.PersonAsync("li")).AsPerformer();
        var outcome = await Cases.ActAsync(
            registered.Id.Value, li,
            act =>
            {
                foreach (var task in act.Complaint.Tasks.Open.Where(t => t.Assignee is null && t.Admits(li)).ToList())
                {
                    act.Complaint.Tasks.Claim(act, task.Id);
                }

                act.Complaint.Note(act, isClose ? "只有我知道的事：夜里四点" : "夜里三点");
                act.Complaint.Confidentiality.Raise(act, level, [], Reason);
            },
            TestContext.Current.CancellationToken);
        return outcome.Complaint;
    }

    private CaseRuntime Cases => site.Services.GetRequiredService<CaseRuntime>();

    private async Task<Complaint> RegisterAsync(Respondent? respondent, string? told = null) => (await Cases.RegisterAsync(
        new Registration
        {
            Channel = "phone",
            Subject = told is null ? "维修拖延" : told.Contains(Planted[3], StringComparison.Ordinal) ? Planted[3] : "库房换签",
            Description = told ?? "约好三次都没有来。",
            Category = "speed",
            Respondent = respondent,
            Complainant = told is not null ? new() { Name = "举报人甲", Phone = "13712340001", Email = "informant.jia@example.net" } : new() { Name = "郑先生" },
        },
        new Performer { Actor = Actor.ComplainantByPortal }, TestContext.Current.CancellationToken))!.Complaint;
}
