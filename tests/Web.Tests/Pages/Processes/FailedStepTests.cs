using System.Net;
using CaseManagement.Domain.Complaints;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>A step of the process fails; the case says where, and who supervises it can run the step again.</summary>
public sealed class FailedStepTests(OwnerHost host) : IClassFixture<OwnerHost>
{
    [Fact]
    public async Task A_failed_step_is_named_on_the_case_and_run_again_by_its_supervisor()
    {
        var owner = await host.SignInAsync("owner");
        await owner.PostAsync("/processes/import", "/processes/import", [], new StandardPack().WithFailingStep().Zip);
        var page = $"/processes/{OwnerHost.Process}";
        var published = await owner.PostAsync($"{page}?version=2", $"{page}/versions/2/publish", new() { ["f.note"] = "numbers" });
        Assert.Equal(HttpStatusCode.Redirect, published.StatusCode);
        var complaint = await host.RegisterAsync();
        await host.CompleteAsync(complaint, "first", "li", "Done", new() { ["replyForm"] = "oral" });
        var path = $"/cases/{complaint.Id}";
        var supervisor = await host.SignInAsync("zhou");
        var handler = await host.SignInAsync("li");

        var seen = await supervisor.ReadAsync(path);
        var read = await handler.ReadAsync(path);
        var refused = await handler.PostAsync(path, $"{path}/actions/retry", []);
        var retried = await supervisor.PostAsync(path, $"{path}/actions/retry", []);

        Assert.Contains("The process met a fault at “Work out a number”", seen, StringComparison.Ordinal);
        Assert.Contains("supervisors who can retry: ", seen, StringComparison.Ordinal);
        Assert.Contains("Why: ", seen, StringComparison.Ordinal);
        Assert.Contains("<g class=\"fail\">", seen, StringComparison.Ordinal);
        Assert.Contains("<g class=\"done\">", seen, StringComparison.Ordinal);
        Assert.Contains("<g class=\"nxt\">", seen, StringComparison.Ordinal);
        Assert.Contains($"{path}/actions/retry", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Why: ", read, StringComparison.Ordinal);
        Assert.DoesNotContain($"{path}/actions/retry", read, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Redirect), (refused.StatusCode, retried.StatusCode));
        var events = await host.QueryAsync(db => db.Events.Where(e => e.ComplaintId == complaint.Id.Value).Select(e => e.Type).ToListAsync());
        Assert.Contains(CaseEvents.IncidentRetried, events);
        Assert.Equal(2, events.Count(type => type == CaseEvents.Incident));
        Assert.Contains("The process met a fault at", await supervisor.ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_failed_there_is_nothing_to_run_again()
    {
        var complaint = await host.RegisterAsync();
        var supervisor = await host.SignInAsync("zhou");
        var path = $"/cases/{complaint.Id}";

        var answer = await supervisor.PostAsync(path, $"{path}/actions/retry", []);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("No step has failed", await OwnerHost.TextOf(answer), StringComparison.Ordinal);
        Assert.Equal(0, await host.QueryAsync(db => db.Events.CountAsync(e => e.ComplaintId == complaint.Id.Value && e.Type == CaseEvents.IncidentRetried)));
    }
}
