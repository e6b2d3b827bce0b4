using System.Net;
using System.Text.Json.Nodes;
using CaseManagement.Web.Tests.Pages;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CaseManagement.Web.Tests.Api;

/// <summary>Legal holds over the API, in the bulk of the inbox, and on the page of records.</summary>
public sealed class HoldTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Reason = "Evidence in a lawsuit, to be kept as it is.";

    [Fact]
    public async Task A_supervisor_or_an_auditor_holds_a_handler_does_not_and_a_program_never()
    {
        var id = await RegisterAsync();
        using var program = host.Client();
        using var handler = host.Client("li");
        using var auditor = host.Client("auditor");
        using var supervisor = host.Client("zhou");
        Assert.Equal("forbidden", (await program.TellAsync($"/api/v1/complaints/{id}/hold", new { reason = Reason }, 403)).Code());
        Assert.Equal("forbidden", (await handler.TellAsync($"/api/v1/complaints/{id}/hold", new { reason = Reason }, 403)).Code());
        Assert.Equal("reason-too-short", (await supervisor.TellAsync($"/api/v1/complaints/{id}/hold", new { reason = "why" }, 400)).Code());

        var held = await auditor.TellAsync($"/api/v1/complaints/{id}/hold", new { reason = Reason });
        Assert.Equal(1, held["holds"]![0]!["number"]!.GetValue<int>());
        Assert.Null(held["holds"]![0]!["reason"]);
        held = await supervisor.TellAsync($"/api/v1/complaints/{id}/hold", new { reason = Reason });
        Assert.Equal([1, 2], held["holds"]!.AsArray().Select(h => h!["number"]!.GetValue<int>()));

        // the only head over the department asks; somebody of the whole organisation is the second person
        await supervisor.TellAsync($"/api/v1/complaints/{id}/hold/1/release", new { reason = Reason });
        Assert.Equal("hold.second-person", (await supervisor.TellAsync($"/api/v1/complaints/{id}/hold/1/decision", new { agrees = true }, 409)).Code());
        Assert.Equal("hold.heads-only", (await handler.TellAsync($"/api/v1/complaints/{id}/hold/2/release", new { reason = Reason }, 409)).Code());
        using var manager = host.Client("wu");
        var released = await manager.TellAsync($"/api/v1/complaints/{id}/hold/1/decision", new { agrees = true });
        Assert.Equal(2, released["holds"]!.AsArray().Single()!["number"]!.GetValue<int>());

        var timeline = (await program.AskAsync($"/api/v1/complaints/{id}/timeline")).AsArray();
        Assert.Equal(
            ["hold.set", "hold.set", "hold.release-asked", "hold.released"], timeline.Select(e => e!["type"].Text()).Where(t => t.StartsWith("hold.", StringComparison.Ordinal)));
        Assert.Contains(timeline, e => e!["text"].Text().Contains("Legal hold 1 set", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_at_the_desk_is_a_case_of_its_own_linked_to_all_it_is_about()
    {
        var (first, second) = (await RegisterAsync(), await RegisterAsync());
        using var desk = host.Client("chen");
        using var program = host.Client();
        Assert.Equal("forbidden", (await program.TellAsync($"/api/v1/complaints/{first}/data-requests", new { kind = "access" }, 403)).Code());
        Assert.Equal("request.kind-unknown", (await desk.TellAsync($"/api/v1/complaints/{first}/data-requests", new { kind = "all" }, 400)).Code());
        Assert.Equal("text-required", (await desk.TellAsync($"/api/v1/complaints/{first}/data-requests", new { kind = "object" }, 400)).Code());

        var request = await desk.TellAsync($"/api/v1/complaints/{first}/data-requests", new { kind = "access", also = new[] { second } }, 201, idempotencyKey: "desk-1");
        var again = await desk.TellAsync($"/api/v1/complaints/{first}/data-requests", new { kind = "access", also = new[] { second } }, 201, idempotencyKey: "desk-1");
        Assert.Equal(request["id"].Text(), again["id"].Text());
        Assert.Equal("service", request["leadDepartment"].Text());
        foreach (var id in (string[])[first, second])
        {
            var about = await program.AskAsync($"/api/v1/complaints/{id}");
            Assert.Equal(request["number"].Text(), about["dataRequests"]!.AsArray().Single()!["number"].Text());
        }

        Assert.Equal("request.of-request", (await desk.TellAsync($"/api/v1/complaints/{request["id"].Text()}/data-requests", new { kind = "access" }, 409)).Code());
    }

    [Fact]
    public async Task Held_in_bulk_cases_are_marked_listed_and_counted_where_their_keeping_is_set()
    {
        var (first, second) = (await RegisterAsync(), await RegisterAsync());
        var zhou = new Browser(host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));
        await zhou.GetAsync("/sign-in?lang=en");
        await zhou.PostAsync("/sign-in/demo", ("userName", "zhou"));
        await zhou.GetAsync("/inbox");
        (string, string)[] both = [("Action", "hold"), ("Ids", first), ("Ids", second), ("Confirmed", "true")];
        Assert.Contains("Say why", await Browser.TextOf(await zhou.PostAsync("/inbox/bulk", both)), StringComparison.Ordinal);
        var tooShort = await Browser.TextOf(await zhou.PostAsync("/inbox/bulk", [.. both, ("Reason", "court")]));
        Assert.Contains("at least 10 characters", tooShort, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.PostAfterAsync("/inbox", "/inbox/bulk", [.. both, ("Reason", Reason)])).StatusCode);

        var list = await zhou.ReadAsync("/inbox?mark=held");
        Assert.All([first, second], id => Assert.Contains($"/cases/{id}", list, StringComparison.Ordinal));
        var page = await zhou.ReadAsync($"/cases/{second}");
        Assert.Contains("Legal hold", page, StringComparison.Ordinal);
        Assert.Contains("nothing of it may go", page, StringComparison.Ordinal);
        Assert.Contains("mark=held", await zhou.ReadAsync("/processes/standard-complaint/records"), StringComparison.Ordinal);
    }

    private async Task<string> RegisterAsync()
    {
        using var program = host.Client();
        JsonNode registered = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        return registered["id"].Text();
    }
}
