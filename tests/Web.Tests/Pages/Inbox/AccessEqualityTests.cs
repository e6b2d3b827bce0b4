using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Inbox;

/// <summary>The list, its count and a search show what the one predicate of who sees which case shows, no more and no less.</summary>
public partial class AccessEqualityTests
{
    private static readonly string[] People = ["chen", "li", "zhang", "wang", "zhao", "zhou", "wu", "liu", "sun", "owner", "admin", "auditor"];

    [Fact]
    public async Task On_sqlite_everybody_sees_the_same_by_list_count_and_search()
    {
        await using var site = new Site();
        await AgreeAsync(site);
    }

    [Fact]
    public async Task On_postgresql_everybody_sees_the_same_by_list_count_and_search()
    {
        await PostgreSqlServer.GetAsync();
        await using var site = new PostgreSqlSite();
        await AgreeAsync(site);
    }

    private static async Task AgreeAsync(Site site)
    {
        // a handler of the department that leads it is kept out of one case, the manager of another, and one was closed
        var ids = await site.AskAsync(db => db.Cases.OrderBy(c => c.Number).Select(c => c.Id).ToListAsync());
        await site.BarAsync(ids[0], "li");
        await site.BarAsync(ids[1], "wu");

        // one is kept closely, for its handler and whoever may take its tasks, and one was stored before that was kept
        await site.KeepCloselyAsync(ids[2], "wang", "staff@finance");
        await site.AskAsync(db => db.Cases.Where(c => c.Id == ids[5]).ExecuteUpdateAsync(set => set.SetProperty(c => c.Confidentiality, (int?)null)));
        await site.AskAsync(db => db.Cases.Where(c => c.Id == ids[3]).ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, "closed").SetProperty(c => c.ClosedAt, c => c.UpdatedAt).SetProperty(c => c.NextDueAt, (DateTimeOffset?)null)));

        // whose tasks ended with it
        await site.AskAsync(db => db.Tasks.Where(t => t.ComplaintId == ids[3] && t.DoneAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.State, "Cancelled").SetProperty(t => t.DoneAt, t => t.CreatedAt)));
        await site.AskAsync(db => db.TaskCandidates.Where(k => k.ComplaintId == ids[3]).ExecuteDeleteAsync());
        await site.AskAsync(db => db.Cases.Where(c => c.Id == ids[4]).ExecuteUpdateAsync(set => set.SetProperty(c => c.Handler, "zhao")));
        var hidden = 0;
        foreach (var id in People)
        {
            var person = await site.PersonAsync(id);
            var browser = await site.AsAsync(id);
            var visible = await site.AskAsync(async db => (await ScopeAsync(site, db, person)).Visible(db).ToList());
            hidden += ids.Count - visible.Count;
            if ((await browser.GetAsync("/inbox")).StatusCode == HttpStatusCode.NotFound)
            {
                Assert.Empty(visible);
                continue;
            }

            Assert.Equal(visible.Select(c => c.Id).Order(), await ShownAsync(browser, "/inbox?view=open", "/inbox?view=closed"));
            Assert.Equal(visible.Where(c => c.Status == "open").Select(c => c.Id).Order(), await ShownAsync(browser, "/inbox?view=open&sort=level"));
            Assert.Equal(visible.Where(c => c.Subject.Contains("空调", StringComparison.Ordinal)).Select(c => c.Id).Order(), await ShownAsync(browser, "/inbox?q=空调"));
            foreach (var (view, count) in await CountsAsync(browser))
            {
                if (view != "escalated")
                {
                    Assert.Equal(count, (await ShownAsync(browser, $"/inbox?view={view}")).Count);
                }
            }

            var parts = await site.AskAsync(async db =>
            {
                var scope = await ScopeAsync(site, db, person);
                var workable = scope.Workable(db).Select(c => c.Id).ToHashSet();
                var found = new HashSet<Guid>();
                foreach (var part in scope.Parts(db, tellsKnown: true))
                {
                    var cases = part.Cases.Select(c => c.Id).ToHashSet();
                    Assert.True(!part.Knows || cases.IsSubsetOf(workable));
                    found.UnionWith(cases);
                }

                return found;
            });
            Assert.Equal(visible.Select(c => c.Id).Order(), parts.Order());
        }

        Assert.True(hidden > 0);
    }

    private static async Task<CaseScope> ScopeAsync(Site site, CaseManagementDbContext db, Person person) =>
        await site.Services.GetRequiredService<CaseAccess>().ScopeAsync(db, person, TestContext.Current.CancellationToken);

    private static async Task<List<Guid>> ShownAsync(Browser browser, params string[] pages)
    {
        var shown = new List<Guid>();
        foreach (var page in pages)
        {
            shown.AddRange(Row().Matches(await browser.ReadAsync(page)).Select(m => Guid.Parse(m.Groups[1].Value)));
        }

        return [.. shown.Order()];
    }

    private static async Task<List<(string View, int Count)>> CountsAsync(Browser browser) =>
        [.. Count().Matches(await browser.ReadAsync("/inbox/views")).Select(m => (m.Groups[1].Value, int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)))];

    [GeneratedRegex("data-case=\"([^\"]+)\"")]
    private static partial Regex Row();

    [GeneratedRegex("href=\"/inbox\\?view=([a-z]+)\"[\\s\\S]*?class=\"c num[^\"]*\">(\\d+)<")]
    private static partial Regex Count();
}
