using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Api;

/// <summary>Timers and recurring jobs through the API: operators see all, a supervisor those of their cases and no others. Each test on a host of its own.</summary>
public sealed class JobsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_supervisor_sees_counts_and_retries_the_timers_of_their_cases_and_no_others(bool onPostgreSql)
    {
        await using var host = new ApiHost(onPostgreSql);
        using var program = host.Client();
        var (theirs, others) = (await RegisterAsync(program, "goods"), await RegisterAsync(program, "speed"));
        await ChangeAsync(host, db => db.Departments.Where(d => d.Key == "quality").ExecuteUpdateAsync(d => d.SetProperty(one => one.Head, "wang"), Token));
        await FailAsync(host, theirs, 3, ApiHost.Start.AddHours(1));
        await FailAsync(host, others, 10, ParkedTimers.Until);
        using var wang = host.Client("wang");

        var seen = await wang.AskAsync("/api/v1/jobs");
        var all = await program.AskAsync("/api/v1/jobs");

        Assert.True(seen["failing"]!["total"]!.GetValue<int>() > 0);
        Assert.Equal(0, seen["givenUp"]!["total"]!.GetValue<int>());
        Assert.All(seen["failing"]!["items"]!.AsArray(), t => Assert.Equal(theirs.ToString(), t!["complaint"].Text()));
        Assert.All(seen["failing"]!["items"]!.AsArray(), t => Assert.Null(t!["error"]));
        Assert.Empty(seen["recurring"]!.AsArray());
        Assert.Equal(seen["failing"]!["total"]!.GetValue<int>(), all["failing"]!["total"]!.GetValue<int>());
        Assert.True(all["givenUp"]!["total"]!.GetValue<int>() > 0);
        Assert.Equal("out of order", all["givenUp"]!["items"]![0]!["error"].Text());
        Assert.Contains(all["recurring"]!.AsArray(), job => job!["name"].Text() == "maintenance");

        var (own, foreign) = (seen["failing"]!["items"]![0]!["id"].Text(), all["givenUp"]!["items"]![0]!["id"].Text());
        Assert.Equal("timer-unknown", (await wang.TellAsync($"/api/v1/timers/{foreign}/retry", new { }, 404)).Code());
        Assert.Equal("timer-changed", (await wang.TellAsync($"/api/v1/timers/{own}/retry", new { attempts = 2 }, 409)).Code());
        await wang.TellAsync($"/api/v1/timers/{own}/retry", new { attempts = 3 });
        Assert.Equal("timer-changed", (await wang.TellAsync($"/api/v1/timers/{own}/retry", new { }, 409)).Code());
        await program.TellAsync($"/api/v1/timers/{foreign}/retry", null);
        using var scope = host.Services.CreateScope();
        var audited = await scope.ServiceProvider.GetRequiredService<CaseManagementDbContext>().ConfigurationEvents.Where(e => e.Type == "timer.retried").OrderBy(e => e.Sequence).ToListAsync(Token);
        Assert.Equal(["wang", null], audited.Select(e => e.ActorKind == "Person" ? e.ActorId : null));
    }

    [Fact]
    public async Task A_job_is_run_once_by_an_administrator_and_its_run_is_told()
    {
        await using var host = new ApiHost();
        using var admin = host.Client("admin");

        var asked = await admin.TellAsync("/api/v1/jobs/maintenance/run", new { }, 202, "once");
        var again = await admin.TellAsync("/api/v1/jobs/maintenance/run", new { }, 202, "once");

        Assert.Equal(asked.ToJsonString(), again.ToJsonString());
        Assert.Equal("job-unknown", (await admin.TellAsync("/api/v1/jobs/nothing/run", new { }, 404)).Code());
        var runs = (await admin.AskAsync("/api/v1/jobs"))["recurring"]!.AsArray().Single(j => j!["name"].Text() == "maintenance")!["runs"]!.AsArray();
        Assert.Equal(asked["run"].Text(), Assert.Single(runs)!["id"].Text());
    }

    [Theory]
    [InlineData("li", 403, 403, 403)]
    [InlineData("zhou", 200, 403, 404)]
    [InlineData("auditor", 200, 403, 403)]
    [InlineData("owner", 200, 403, 403)]
    [InlineData("admin", 200, 404, 404)]
    public async Task Each_person_does_what_is_theirs(string person, int list, int run, int retry)
    {
        await using var host = new ApiHost();
        using var client = host.Client(person);

        await client.AskAsync("/api/v1/jobs", list);
        await client.TellAsync("/api/v1/jobs/nothing/run", new { }, run);
        await client.TellAsync($"/api/v1/timers/{Guid.NewGuid()}/retry", new { }, retry);
    }

    [Fact]
    public async Task A_key_needs_the_scope()
    {
        await using var host = new ApiHost();
        using var reader = await host.WithKeyAsync(ApiScopes.OpsRead);
        using var none = await host.WithKeyAsync(ApiScopes.CasesRead);

        await reader.AskAsync("/api/v1/jobs");
        await reader.TellAsync("/api/v1/jobs/maintenance/run", new { }, 403);
        await reader.TellAsync($"/api/v1/timers/{Guid.NewGuid()}/retry", new { }, 403);
        Assert.Equal("forbidden", (await none.AskAsync("/api/v1/jobs", 403)).Code());
    }

    private static async Task<Guid> RegisterAsync(HttpClient program, string category)
    {
        var body = Sample.Complaint();
        body["category"] = category;
        return Guid.Parse((await program.TellAsync("/api/v1/complaints", body, 201))["id"].Text(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task FailAsync(ApiHost host, Guid complaint, int attempts, DateTimeOffset next) => ChangeAsync(host, db =>
        db.Timers.Where(t => t.Kind == CaseTimers.Clock && t.Payload == complaint.ToString()).ExecuteUpdateAsync(
            t => t.SetProperty(one => one.Attempts, attempts).SetProperty(one => one.NextAttemptAt, next).SetProperty(one => one.LastError, "out of order"), Token));

    private static async Task ChangeAsync(ApiHost host, Func<CaseManagementDbContext, Task<int>> change)
    {
        using var scope = host.Services.CreateScope();
        Assert.NotEqual(0, await change(scope.ServiceProvider.GetRequiredService<CaseManagementDbContext>()));
    }
}
