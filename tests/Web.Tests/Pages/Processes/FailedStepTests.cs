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
        await owner.ImportAsync(new StandardPack().WithFailingStep().Zip);
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
        Assert.Contains("Why: A script or condition could not be worked out. Technical detail: ", seen, StringComparison.Ordinal);
        Assert.Contains("<g class=\"fail\">", seen, StringComparison.Ordinal);
        Assert.Contains("<g class=\"done\">", seen, StringComparison.Ordinal);
        Assert.Contains("<g class=\"nxt\">", seen, StringComparison.Ordinal);
        Assert.Contains($"{path}/actions/retry", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Technical detail", read, StringComparison.Ordinal);
        Assert.DoesNotContain($"{path}/actions/retry", read, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Redirect), (refused.StatusCode, retried.StatusCode));
        var events = await host.QueryAsync(db => db.Events.Where(e => e.ComplaintId == complaint.Id.Value).Select(e => e.Type).ToListAsync());
        Assert.Contains(CaseEvents.IncidentRetried, events);
        Assert.Equal(2, events.Count(type => type == CaseEvents.Incident));
        Assert.Contains("The process met a fault at", await supervisor.ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owners_and_administrators_are_told_of_a_failed_step_and_it_goes_on_once_mended()
    {
        await using var own = new OwnerHost();
        var (owner, zh) = (await own.SignInAsync("owner"), await own.SignInAsync("owner", "zh-CN"));
        var (admin, auditor, handler) = (await own.SignInAsync("admin"), await own.SignInAsync("auditor"), await own.SignInAsync("li"));
        Assert.DoesNotContain("/incidents", await owner.ReadAsync("/processes"), StringComparison.Ordinal);
        var version = await PublishAsync(own, owner, new StandardPack().WithFailingStep());
        var complaint = await own.RegisterAsync();
        await own.CompleteAsync(complaint, "first", "li", "Done", new() { ["replyForm"] = "oral" });
        var path = $"/incidents/{complaint.Instances[^1]}";

        Assert.Contains("href=\"/incidents\"", await owner.ReadAsync("/processes"), StringComparison.Ordinal);
        Assert.Contains("Work out a number", await admin.ReadAsync("/incidents"), StringComparison.Ordinal);
        var told = await owner.ReadAsync(path);
        Assert.Contains("A script or condition could not be worked out", told, StringComparison.Ordinal);
        Assert.Contains("<g class=\"fail here\">", told, StringComparison.Ordinal);
        Assert.Contains("/studio/definitions/standard-complaint#step-broken", told, StringComparison.Ordinal);
        Assert.DoesNotContain(complaint.Number, told, StringComparison.Ordinal);
        Assert.DoesNotContain("Wang", told, StringComparison.Ordinal);
        Assert.DoesNotContain($"{path}/retry", told, StringComparison.Ordinal);
        Assert.Contains("脚本或条件算不出结果", await zh.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("“算编号”出错", await zh.ReadAsync(path), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.PostAsync("/incidents", $"{path}/retry", [])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.PostAsync("/incidents", $"{path}/retry", [])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await handler.PostAsync("/inbox", $"{path}/retry", [])).StatusCode);

        var again = await admin.PostAsync(path, $"{path}/retry", []);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("failed again", await OwnerHost.TextOf(again), StringComparison.Ordinal);

        var mended = await PublishAsync(own, owner, new StandardPack().WithMendedStep());
        var moved = await owner.PostAsync($"/processes/{OwnerHost.Process}/migrate", $"/processes/{OwnerHost.Process}/migrate/apply", new() { ["From"] = $"{version}", ["To"] = $"{mended}", ["Reason"] = "the step was wrong" });
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        var done = await admin.PostAsync(path, $"{path}/retry", []);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.DoesNotContain("href=\"/incidents\"", await owner.ReadAsync("/processes"), StringComparison.Ordinal);
        Assert.Equal("handle", Assert.Single((await own.ReadAsync(complaint)).Tasks.Open).Key);
        var retries = await own.QueryAsync(db => db.Events.Where(e => e.ComplaintId == complaint.Id.Value && e.Type == CaseEvents.IncidentRetried).Select(e => e.ActorId).ToListAsync());
        Assert.Equal(["admin", "admin"], retries);
    }

    private static async Task<int> PublishAsync(OwnerHost own, OwnerHost.Browser owner, StandardPack pack)
    {
        await owner.ImportAsync(pack.Zip);
        var version = await own.QueryAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == OwnerHost.Process).MaxAsync(p => p.Version));
        var page = $"/processes/{OwnerHost.Process}";
        var published = await owner.PostAsync($"{page}?version={version}", $"{page}/versions/{version}/publish", new() { ["f.note"] = "numbers" });
        Assert.Equal(HttpStatusCode.Redirect, published.StatusCode);
        return version;
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
