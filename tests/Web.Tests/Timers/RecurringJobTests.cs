using System.Net;
using CaseManagement.Web.Persistence.Operations;
using CaseManagement.Web.Tests.Pages;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Timers;

/// <summary>Recurring jobs on the page of jobs.</summary>
public sealed class RecurringJobTests(Site site) : IClassFixture<Site>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_asked_for_twice_with_one_page_runs_once_and_its_run_is_kept()
    {
        var admin = await site.AsAsync("admin", "en");
        var run = Browser.FieldOf(await admin.ReadAsync("/jobs"), "run");

        var both = await Task.WhenAll(
            admin.PostAsync("/jobs/recurring/maintenance/run", ("run", run)), admin.PostAsync("/jobs/recurring/maintenance/run", ("run", run)));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Conflict], both.Select(a => a.StatusCode).Order());
        var kept = await RunAsync(Guid.Parse(run, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(("maintenance", JobRunState.Done, "admin", null), (kept.Job, kept.State, kept.AskedBy, kept.Error));
        Assert.True(kept is { Node: not null, StartedAt: not null, EndedAt: not null } && kept.EndedAt >= kept.StartedAt);
        Assert.Contains("History of Housekeeping", await admin.ReadAsync("/jobs"), StringComparison.Ordinal);
        Assert.Single(await site.AskAsync(db => db.ConfigurationEvents.Where(e => e.Type == "job.asked" && e.Data.Contains(run)).ToListAsync()));
    }

    [Fact]
    public async Task Only_an_administrator_runs_a_job_and_only_one_there_is()
    {
        var auditor = await site.AsAsync("auditor", "en");
        var admin = await site.AsAsync("admin", "en");
        Assert.DoesNotContain("Run now", await auditor.ReadAsync("/jobs"), StringComparison.Ordinal);
        await admin.ReadAsync("/jobs");
        var run = Guid.CreateVersion7(Site.Now).ToString();

        var looked = await auditor.PostAsync("/jobs/recurring/maintenance/run", ("run", run));
        var unknown = await admin.PostAsync("/jobs/recurring/nothing/run", ("run", run));
        var nameless = await admin.PostAsync("/jobs/recurring/maintenance/run");

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [looked.StatusCode, unknown.StatusCode, nameless.StatusCode]);
        Assert.False(await site.AskAsync(db => db.JobRuns.AnyAsync(r => r.Id == Guid.Parse(run))));
    }

    private async Task<JobRun> RunAsync(Guid id)
    {
        for (var waited = 0; ; waited++)
        {
            var run = await site.AskAsync(db => db.JobRuns.AsNoTracking().SingleAsync(r => r.Id == id, Token));
            if (run.EndedAt is not null)
            {
                return run;
            }

            Assert.True(waited < 300, "The job was not run.");
            await Task.Delay(50, Token);
        }
    }
}
