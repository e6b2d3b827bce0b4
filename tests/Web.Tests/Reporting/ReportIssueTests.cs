using System.Net;
using System.Text.Json.Nodes;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Reporting;
using CaseManagement.Web.Reporting;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Notifications;
using CaseManagement.Web.Tests.Pages.Processes;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Reporting;

/// <summary>Reports that are somebody's duty, are sent and put forward for awards: each thing once, whoever looks and however often, and what was missed is made up for.</summary>
public sealed class ReportIssueTests : IAsyncDisposable
{
    private const string Duty = "/reports/duties/standard-complaint/monthly/2026-09-01";

    private readonly MailHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_duty_is_told_once_escalated_once_done_once_and_those_of_missed_months_are_made_up_for()
    {
        using var api = await PublishAsync();

        // two nodes at the same moment, then once more
        await Task.WhenAll(RunAsync(), RunAsync());
        await RunAsync();

        Assert.Equal(["zhou"], await ToldAsync("A report to do"));

        await MailHost.PassAsync(api, "P28DT10H"); // 30 September, 20:00
        await Task.WhenAll(RunAsync(), RunAsync());
        await RunAsync();

        Assert.Contains("wu", await ToldAsync("A report is late"));
        Assert.Distinct(await ToldAsync("A report is late"));

        var (zhou, li) = (await _host.AsAsync("zhou"), await _host.AsAsync("li"));
        Assert.Equal(HttpStatusCode.NotFound, (await li.GetAsync(Duty)).StatusCode);
        Assert.Contains("Monthly statistics", await zhou.ReadAsync(Duty), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.PostAsync(Duty, ("remark", "All in order"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await zhou.PostAsync(Duty, ("remark", "Again"))).StatusCode);
        Assert.Equal(["wu"], await ToldAsync("Report:"));

        // the API tells those who know of the report what became of it
        var done = (await api.AskAsync("/api/v1/report-duties?state=done"))["items"]!.AsArray().Single()!;
        Assert.Equal(("monthly", "2026-09-01", "All in order"), ((string?)done["report"], (string?)done["from"], (string?)done["remark"]));
        Assert.Contains("All in order", await zhou.ReadAsync("/api/v1/report-duties"), StringComparison.Ordinal);
        Assert.DoesNotContain("All in order", await li.ReadAsync("/api/v1/report-duties"), StringComparison.Ordinal);

        await MailHost.PassAsync(api, "P70D");
        await RunAsync();
        await RunAsync();

        Assert.Equal(
            ["2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01"],
            (await AskAsync(db => db.ReportIssues.Where(i => i.Report == "monthly").OrderBy(i => i.From).ToListAsync(Token))).Select(i => i.From.ToString("O", null)));
        Assert.Equal(2, await AskAsync(db => db.ConfigurationEvents.CountAsync(e => e.Type == ReportIssues.Overdue && e.Data.Contains("monthly") && !e.Data.Contains("2026-09"), Token)));
    }

    [Fact]
    public async Task Stores_that_are_alike_are_put_forward_once_and_no_more_are_approved_than_are_given()
    {
        using var api = await PublishAsync();
        await api.TellAsync("/api/v1/processes/standard-complaint/figures", new { source = "ERP", figures = new[] { new { name = "sales", @for = "S1", days = "2026-09", value = 5 }, new { name = "sales", @for = "S2", days = "2026-09", value = 4 } } });
        await RunAsync();
        await MailHost.PassAsync(api, "P29DT10H"); // 1 October
        await RunAsync();

        await Task.WhenAll(ProposeAsync(), ProposeAsync());
        await ProposeAsync();

        var awards = await AskAsync(db => db.ReportAwards.OrderBy(a => a.Groups).ToListAsync(Token));
        Assert.Equal([("[\"S1\"]", 100m, true), ("[\"S2\"]", 100m, true)], awards.Select(a => (a.Groups, a.Amount, a.MustBeChosen)));
        Assert.Equal(["zhou"], await ToldAsync("Awards to approve"));
        var (zhou, li) = (await _host.AsAsync("zhou"), await _host.AsAsync("li"));
        await zhou.GetAsync("/reports");
        await li.GetAsync("/reports");

        Assert.Equal(HttpStatusCode.NotFound, (await li.PostAsync($"/reports/awards/{awards[0].Id}", ("decision", "approve"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.PostAsync($"/reports/awards/{awards[1].Id}", ("decision", "approve"))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await zhou.PostAsync($"/reports/awards/{awards[0].Id}", ("decision", "approve"))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await zhou.PostAsync($"/reports/awards/{awards[0].Id}", ("decision", "refuse"))).StatusCode); // without a reason
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.PostAsync($"/reports/awards/{awards[0].Id}", ("decision", "refuse"), ("reason", "S2 sold it"))).StatusCode);

        Assert.Equal([ReportAwardState.Refused, ReportAwardState.Approved], (await AskAsync(db => db.ReportAwards.OrderBy(a => a.Groups).ToListAsync(Token))).Select(a => a.State));
    }

    private async Task<HttpClient> PublishAsync()
    {
        var pack = new StandardPack()
            .Change("facts.json", json => json["facts"]!.AsArray().Add(JsonNode.Parse("""{"key": "store", "name": {"zh": "店铺", "en": "Store"}, "type": "text", "by": "handler"}""")))
            .Change("approvals.json", json => json["chains"]!.AsArray().Add(JsonNode.Parse("""{"key": "award", "name": {"zh": "奖励审批", "en": "Awards"}, "steps": [{"key": "first", "who": "supervisor"}]}""")))
            .Change("reports.json", json =>
            {
                json["reports"]![0]!["at"] = JsonNode.Parse("""{"day": 30, "time": "17:00"}""");
                json["reports"]![0]!["task"] = JsonNode.Parse("""{"who": ["supervisor"]}""");
                json["reports"]!.AsArray().Add(JsonNode.Parse("""
                    {"key": "quiet", "name": {"zh": "无投诉店铺", "en": "Quiet stores"}, "period": "month", "at": {"day": 30, "time": "23:00"}, "to": ["manager"], "by": ["store"],
                     "measures": [{"key": "received", "name": {"zh": "投诉", "en": "Complaints"}, "count": {}}, {"key": "sales", "name": {"zh": "销售", "en": "Sales"}, "count": "external.sales"}],
                     "awards": {"calculator": "calm", "where": {"received": 0}, "top": 1}}
                    """));
            });
        pack.Files["calculators.json"] = """
            {"calculators": [{"key": "calm", "name": {"zh": "无投诉奖", "en": "No complaint"}, "kind": "award", "to": "supervisor", "unit": "CNY", "approval": "award",
              "rows": [{"key": "a", "name": {"zh": "奖", "en": "Award"}, "value": "100"}]}]}
            """;
        var api = _host.Api();
        var imported = await api.TellAsync("/api/v1/processes/import", new { files = pack.Files }, 201);
        Assert.Empty(imported["findings"]!.AsArray());
        const string publish = "/api/v1/processes/standard-complaint/publish";

        // other people do and get reports: publishing confirms it
        var digest = (await api.TellAsync(publish, new { version = 2 }, 409))["givesAway"]!["digest"].Text();
        await api.TellAsync(publish, new { version = 2, confirms = digest });
        return api;
    }

    private Task<int> RunAsync() => _host.Services.GetRequiredService<ReportIssues>().RunAsync(Token);

    private Task<int> ProposeAsync() => _host.Services.GetRequiredService<AwardDesk>().ProposeAsync(Token);

    private async Task<List<string>> ToldAsync(string subject) =>
        await AskAsync(db => db.Set<MessageRow>().Where(m => m.Template == ReportPeople.Template && m.SubjectEn.StartsWith(subject) && m.SubjectEn.Contains("2026-09")).OrderBy(m => m.Recipient).Select(m => m.Recipient.Substring(5)).ToListAsync(Token));

    private async Task<T> AskAsync<T>(Func<CaseManagementDbContext, Task<T>> ask)
    {
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        return await ask(db);
    }
}
