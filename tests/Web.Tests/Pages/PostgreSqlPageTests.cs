using CaseManagement.Web.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages;

/// <summary>The pages on PostgreSQL. What each does in full is tested on SQLite; with CASEMANAGEMENT_TEST_DATABASE=PostgreSql here too.</summary>
public sealed class PostgreSqlPageTests
{
    private const string Speed = "空调维修三次未上门";

    [Fact]
    public async Task Every_page_is_there_and_a_case_is_found_worked_on_and_registered()
    {
        await PostgreSqlServer.GetAsync();
        await using var site = new PostgreSqlSite();
        var li = await site.AsAsync("li");
        var speed = (await site.CaseAsync(Speed)).Complaint;

        Assert.Contains(Speed, await li.ReadAsync("/inbox?view=mine"), StringComparison.Ordinal);
        Assert.Contains(Speed, await li.ReadAsync("/inbox?view=open&q=空调"), StringComparison.Ordinal);
        Assert.DoesNotContain(Speed, await li.ReadAsync("/inbox?view=open&q=%00"), StringComparison.Ordinal);
        Assert.Contains(Speed, await li.ReadAsync($"/cases/{speed.Id}"), StringComparison.Ordinal);
        await li.ReadAsync($"/cases/{speed.Id}/timeline");
        await li.FollowAsync(await li.PostAsync($"/cases/{speed.Id}/entries", ("Kind", "note"), ("Text", "已回电")));
        Assert.Contains("已回电", await li.ReadAsync($"/cases/{speed.Id}"), StringComparison.Ordinal);

        foreach (var (person, pages) in new (string, string[])[]
        {
            ("zhou", ["/inbox?view=open", "/inbox?view=approval", "/inbox?view=open&sort=gravest"]),
            ("auditor", ["/inbox?view=open"]),
            ("owner", ["/processes", "/processes/standard-complaint"]),
            ("admin", ["/limits/standard-complaint", "/calendars/office"]),
        })
        {
            var browser = await site.AsAsync(person, "en");
            foreach (var page in pages)
            {
                await browser.ReadAsync(page);
            }
        }

        var desk = await site.AsAsync("chen");
        var key = Browser.FieldOf(await desk.ReadAsync("/intake"), "key");
        await desk.FollowAsync(await desk.PostAsync(
            "/intake", ("process", "standard-complaint"), ("kind", "complaint"), ("step", "register"), ("key", key), ("f.channel", "phone"),
            ("f.receivedAt", "2026-11-24T09:30"), ("f.anonymous", "false"), ("f.confidential", "false"), ("f.name", "何女士"), ("f.phone", "13912345678"),
            ("f.subject", "路灯不亮"), ("f.description", "小区门口"), ("f.category", "speed"), ("f.people", "2"), ("f.injury", "false")));
        Assert.Equal(1, await site.AskAsync(db => db.Cases.CountAsync(c => c.Subject == "路灯不亮")));
    }
}

/// <summary>The product on a PostgreSQL database of its own, whatever the others run on.</summary>
internal sealed class PostgreSqlSite() : Site(onPostgreSql: true);
