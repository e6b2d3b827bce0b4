using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Tests.Pages.Processes;

namespace CaseManagement.Web.Tests.Api;

/// <summary>Failed steps through the API: who reads them, who runs them again, and what each learns.</summary>
public sealed class IncidentTests
{
    private const string Incidents = "/api/v1/incidents";

    [Fact]
    public async Task A_failed_step_is_told_to_those_who_can_do_something_about_it_and_to_nobody_else()
    {
        await using var host = new ApiHost();
        using var program = host.Client();
        var (complaint, instance) = await FailAsync(host, program);

        var supervisor = Assert.Single((await AsAsync(host, "zhou"))["items"]!.AsArray())!;
        Assert.Equal((complaint, instance, true), (supervisor["complaint"].Text(), supervisor["instance"].Text(), supervisor["mayRetry"]!.GetValue<bool>()));
        Assert.Equal("A script or condition could not be worked out", supervisor["message"].Text().TrimEnd('.'));
        foreach (var (person, mayRetry) in new[] { ("owner", false), ("admin", true), ("auditor", false) })
        {
            var seen = Assert.Single((await AsAsync(host, person))["items"]!.AsArray())!;
            Assert.Equal((instance, mayRetry), (seen["instance"].Text(), seen["mayRetry"]!.GetValue<bool>()));
            Assert.Equal(person == "auditor" ? complaint : null, seen["complaint"]?.GetValue<string>());
        }

        using var handler = host.Client("li");
        await handler.AskAsync(Incidents, 403);
        Assert.Equal(1, (await program.AskAsync(Incidents))["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("owner", 403)]
    [InlineData("auditor", 403)]
    [InlineData("li", 403)]
    public async Task Whoever_only_reads_runs_nothing_again(string person, int status)
    {
        await using var host = new ApiHost();
        using var program = host.Client();
        var (complaint, instance) = await FailAsync(host, program);
        using var client = host.Client(person);

        await client.TellAsync($"{Incidents}/{instance}/retry", new { }, status);

        Assert.Single((await program.AskAsync($"/api/v1/complaints/{complaint}/timeline")).AsArray(), e => e!["type"].Text() == Domain.Complaints.CaseEvents.Incident);
    }

    [Theory]
    [InlineData("zhou")]
    [InlineData("admin")]
    [InlineData(null)]
    public async Task A_supervisor_an_administrator_and_a_key_with_the_scope_run_it_again_and_the_case_says_who(string? person)
    {
        await using var host = new ApiHost();
        using var program = host.Client();
        var (complaint, instance) = await FailAsync(host, program);
        using var client = host.Client(person);

        var left = await client.TellAsync($"{Incidents}/{instance}/retry", new { }, 200, "once");
        var again = await client.TellAsync($"{Incidents}/{instance}/retry", new { }, 200, "once");

        Assert.Equal(left.ToJsonString(), again.ToJsonString());
        Assert.Equal(1, left["total"]!.GetValue<int>());
        var retried = Assert.Single((await program.AskAsync($"/api/v1/complaints/{complaint}/timeline")).AsArray(), e => e!["type"].Text() == Domain.Complaints.CaseEvents.IncidentRetried)!;
        Assert.Equal(person ?? "Bootstrap", retried["by"]![person is null ? "name" : "id"].Text(), ignoreCase: true);
        Assert.Equal("incident-unknown", (await client.TellAsync($"{Incidents}/{Guid.NewGuid()}/retry", new { }, 404)).Code());
    }

    [Fact]
    public async Task A_key_without_the_scope_neither_reads_nor_retries()
    {
        await using var host = new ApiHost();
        using var client = await host.WithKeyAsync(ApiScopes.CasesRead, ApiScopes.OpsRead);

        Assert.Equal("forbidden", (await client.AskAsync(Incidents, 403)).Code());
        Assert.Equal("forbidden", (await client.TellAsync($"{Incidents}/{Guid.NewGuid()}/retry", new { }, 403)).Code());
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> AsAsync(ApiHost host, string person)
    {
        using var client = host.Client(person);
        return await client.AskAsync(Incidents);
    }

    /// <summary>A case whose process has met its failing step.</summary>
    private static async Task<(string Complaint, string Instance)> FailAsync(ApiHost host, HttpClient program)
    {
        var files = new StandardPack().WithFailingStep().Files;
        var version = (await program.TellAsync("/api/v1/processes/import", new { files }, 201))["version"]!.GetValue<int>();
        await program.TellAsync("/api/v1/processes/standard-complaint/publish", new { version, note = "numbers" });
        var complaint = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        using var li = host.Client("li");
        var first = complaint["tasks"]!.AsArray().Single(t => t!["key"].Text() == "first")!["id"];
        await li.TellAsync($"/api/v1/tasks/{first}/complete", new { outcome = "Done", data = new { replyForm = "oral" } });
        return (complaint["id"].Text(), complaint["process"]!["instanceId"].Text());
    }
}
