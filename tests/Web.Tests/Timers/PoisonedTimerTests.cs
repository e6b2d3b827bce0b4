using System.Net;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Timers;

/// <summary>A case whose timers cannot be fired: they are tried again, given up, shown, and an administrator decides. Nobody else waits for them.</summary>
public sealed class PoisonedTimerTests : IAsyncDisposable
{
    private readonly Site _site = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_poisoned_case_is_given_up_alone_and_its_timers_fire_once_it_is_mended_and_retried()
    {
        var (poisoned, number, document) = await PoisonAsync();
        var its = await TimersOfAsync(poisoned);
        Assert.True(its.Count > 1, "The case has a single timer.");
        var until = its.Max(t => t.DueAt).AddHours(2);

        await AdvanceAsync(until);

        Assert.All(await TimersOfAsync(poisoned), t => Assert.Equal((10, ParkedTimers.Until), (t.Attempts, t.NextAttemptAt)));
        Assert.Equal(its.Count, (await TimersOfAsync(poisoned)).Count);
        Assert.Equal(0, await _site.AskAsync(db => db.Timers.CountAsync(t => t.DueAt <= until && t.Payload != poisoned.ToString())));
        var admin = await _site.AsAsync("admin", "en");
        var page = await admin.ReadAsync("/jobs");
        Assert.Contains(number, page, StringComparison.Ordinal);
        Assert.Contains("Timers that wait for you", page, StringComparison.Ordinal);
        var metrics = await TextAsync("/metrics");
        Assert.Contains("casemanagement_timers_parked", metrics, StringComparison.Ordinal);
        Assert.Contains("casemanagement_timers_lateness_seconds_bucket{le=\"1\"}", metrics, StringComparison.Ordinal);

        await SetDocumentAsync(poisoned, document);
        Assert.Contains("could not be fired after several tries", await (await _site.AsAsync("zhou", "en")).ReadAsync($"/cases/{poisoned}"), StringComparison.Ordinal);
        var first = its[0].Id;
        var retried = await admin.PostAsync($"/jobs/timers/{first}/retry", ("attempts", "10"));
        var stale = await admin.PostAsync($"/jobs/timers/{first}/retry", ("attempts", "10"));
        await AdvanceAsync(until);

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Conflict], [retried.StatusCode, stale.StatusCode]);
        Assert.DoesNotContain(await TimersOfAsync(poisoned), t => t.Id == first && t.DueAt <= until);
        var acted = await _site.AskAsync(db => db.Events.Where(e => e.ComplaintId == poisoned && e.Type == "rung.acted").Select(e => e.Data).ToListAsync());
        Assert.NotEmpty(acted);
        Assert.Equal(acted.Count, acted.Distinct().Count());
        var audited = await _site.AskAsync(db => db.ConfigurationEvents.Where(e => e.Stream == JobRequests.Stream).ToListAsync());
        Assert.Equal(("timer.retried", "admin"), Assert.Single(audited.Select(e => (e.Type, e.ActorId))));
    }

    [Fact]
    public async Task A_timer_is_skipped_for_a_reason_by_an_administrator_alone()
    {
        var (poisoned, _, document) = await PoisonAsync();
        var timer = (await TimersOfAsync(poisoned))[0];
        await AdvanceAsync(timer.DueAt.AddHours(2));
        await SetDocumentAsync(poisoned, document);
        var (admin, auditor, handler) = (await _site.AsAsync("admin", "en"), await _site.AsAsync("auditor", "en"), await _site.AsAsync("li", "en"));
        var skip = $"/jobs/timers/{timer.Id}/skip";

        Assert.DoesNotContain("/skip", await auditor.ReadAsync("/jobs"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await handler.GetAsync("/jobs")).StatusCode);
        await handler.ReadAsync("/inbox");
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.PostAsync(skip, ("attempts", "10"), ("reason", "x"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await handler.PostAsync(skip, ("attempts", "10"), ("reason", "x"))).StatusCode);
        await admin.ReadAsync("/jobs");
        var unreasoned = await admin.PostAsync(skip, ("attempts", "10"), ("reason", " "));
        var reasoned = await admin.PostAsync(skip, ("attempts", "10"), ("reason", "seen by phone"));

        Assert.Equal(HttpStatusCode.BadRequest, unreasoned.StatusCode);
        Assert.Contains("Please give a reason", await Browser.TextOf(unreasoned), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, reasoned.StatusCode);
        Assert.DoesNotContain(await TimersOfAsync(poisoned), t => t.Id == timer.Id);
        var audited = Assert.Single(await _site.AskAsync(db => db.ConfigurationEvents.Where(e => e.Type == "timer.skipped").ToListAsync()));
        Assert.Contains("seen by phone", audited.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supervisor_sees_the_timers_of_their_cases_on_the_page_and_has_them_tried_again_but_drops_none()
    {
        var (poisoned, number, document) = await PoisonAsync();
        var timer = (await TimersOfAsync(poisoned))[0];
        await AdvanceAsync(timer.DueAt.AddHours(2));
        await SetDocumentAsync(poisoned, document);
        var lead = await _site.AskAsync(db => db.Cases.Where(c => c.Id == poisoned).Select(c => c.Lead).SingleAsync());
        var (department, head) = lead == "quality" ? ("finance", "zhao") : ("quality", "wang");
        await _site.AskAsync(async db =>
        {
            (await db.Departments.SingleAsync(d => d.Key == department)).Head = head;
            return await db.SaveChangesAsync(Token);
        });
        var (supervisor, other) = (await _site.AsAsync("zhou", "en"), await _site.AsAsync(head, "en"));

        var page = await supervisor.ReadAsync("/jobs");
        var elsewhere = await other.ReadAsync("/jobs");

        Assert.Contains("The timers of the cases you may see", page, StringComparison.Ordinal);
        Assert.Contains(number, page, StringComparison.Ordinal);
        Assert.DoesNotContain("/skip", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/jobs/recurring", page, StringComparison.Ordinal);
        Assert.DoesNotContain(number, elsewhere, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync($"/jobs/timers/{timer.Id}/retry", ("attempts", "10"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.PostAsync($"/jobs/timers/{timer.Id}/skip", ("attempts", "10"), ("reason", "mine"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await supervisor.PostAsync($"/jobs/timers/{timer.Id}/retry", ("attempts", "10"))).StatusCode);
        Assert.Equal("zhou", Assert.Single(await _site.AskAsync(db => db.ConfigurationEvents.Where(e => e.Type == "timer.retried").ToListAsync())).ActorId);
    }

    private Task<int> AdvanceAsync(DateTimeOffset moment) => _site.Services.GetRequiredService<ClockAdvancer>().AdvanceToAsync(moment, Token);

    /// <summary>The case with the most timers cannot be read any more.</summary>
    private async Task<(Guid Id, string Number, byte[] Document)> PoisonAsync()
    {
        var id = Guid.Parse(await _site.AskAsync(db => db.Timers.Where(t => t.Kind == CaseTimers.Clock).GroupBy(t => t.Payload!)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key).FirstAsync()), System.Globalization.CultureInfo.InvariantCulture);
        var document = await _site.AskAsync(db => db.CaseDocuments.Where(d => d.Id == id).Select(d => d.Document).SingleAsync());
        await SetDocumentAsync(id, "{"u8.ToArray());
        return (id, await _site.AskAsync(db => db.Cases.Where(c => c.Id == id).Select(c => c.Number).SingleAsync()), document);
    }

    private Task<int> SetDocumentAsync(Guid id, byte[] document) =>
        _site.AskAsync(db => db.CaseDocuments.Where(d => d.Id == id).ExecuteUpdateAsync(d => d.SetProperty(one => one.Document, document)));

    private Task<List<CaseManagement.Web.Persistence.Runtime.StoredTimer>> TimersOfAsync(Guid id) =>
        _site.AskAsync(db => db.Timers.AsNoTracking().Where(t => t.Payload == id.ToString()).OrderBy(t => t.DueAt).ToListAsync());

    private async Task<string> TextAsync(string path)
    {
        var context = await _site.Server.SendAsync(request =>
        {
            request.Request.Path = path;
            request.Connection.RemoteIpAddress = IPAddress.Loopback;
        }, Token);
        using var reader = new StreamReader(context.Response.Body);
        return await reader.ReadToEndAsync(Token);
    }
}
