using System.Net;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Auditing;

public sealed class AuditPageTests(Site site) : IClassFixture<Site>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Auditors_look_verify_and_take_out_administrators_see_no_case_and_nobody_else_is_let_in()
    {
        await site.Services.GetRequiredService<Anchoring>().RunAsync(Token);
        var auditor = await site.AsAsync("auditor", "en");
        var page = await auditor.ReadAsync("/audit");
        Assert.Contains("Task opened", page, StringComparison.OrdinalIgnoreCase);
        var older = await auditor.ReadAsync("/audit?after=" + page.Split("after=")[1].Split('"')[0]);
        Assert.NotEqual(page, older);

        var whole = await auditor.PostAsync("/audit/verify", ("extent", "all"));
        Assert.Contains("Nothing wrong", await Browser.TextOf(whole), StringComparison.Ordinal);
        var day = page.Split("name=\"from\" value=\"")[1].Split('"')[0];
        Assert.Equal(HttpStatusCode.BadRequest, (await auditor.PostAsync("/audit/export", ("from", day), ("to", day))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await auditor.PostAsync("/audit/export", ("number", "no such case"), ("reason", "review"))).StatusCode);
        Assert.Contains("days at most", await auditor.ReadAsync("/audit?from=2026-02-30&to=x"), StringComparison.Ordinal);
        var zip = await auditor.PostAsync("/audit/export", ("number", await site.AskAsync(db => db.Cases.OrderBy(c => c.Number).Select(c => c.Number).FirstAsync(Token))), ("reason", "review"));
        Assert.Equal("application/zip", zip.Content.Headers.ContentType?.MediaType);

        var admin = await site.AsAsync("admin", "en");
        Assert.DoesNotContain("Task opened", await admin.ReadAsync("/audit?of=cases"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Signed in", await admin.ReadAsync("/audit?type=signed-in"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.AsAsync("li")).GetAsync("/audit")).StatusCode);
    }

    [Fact]
    public async Task What_does_not_verify_is_told_to_those_who_read_the_audit_until_it_is_right_again()
    {
        await using var own = new Site();
        var (auditor, admin, li) = (await own.AsAsync("auditor", "en"), await own.AsAsync("admin", "en"), await own.AsAsync("li", "en"));
        Assert.Contains("\"Healthy\"", await auditor.ReadAsync("/health/details"), StringComparison.Ordinal);
        Assert.DoesNotContain("The audit does not verify", await admin.ReadAsync("/departments"), StringComparison.Ordinal);
        await own.AskAsync(db => db.Database.ExecuteSqlRawAsync(
            db.Database.IsNpgsql() ? "ALTER TABLE \"Events\" DISABLE TRIGGER USER" : "DROP TRIGGER IF EXISTS \"Events_Changed\"", Token));
        var body = await own.AskAsync(db => db.Events.OrderBy(e => e.RecordedAt).Select(e => new { e.ComplaintId, e.Sequence, e.Body }).FirstAsync(Token));
        Task<int> SetAsync(string to) => own.AskAsync(db => db.Events.Where(e => e.ComplaintId == body.ComplaintId && e.Sequence == body.Sequence).ExecuteUpdateAsync(e => e.SetProperty(x => x.Body, to), Token));
        await SetAsync(body.Body + " ");
        await auditor.ReadAsync("/audit");
        await auditor.PostAsync("/audit/verify", ("extent", "all"));
        await auditor.PostAsync("/audit/verify", ("extent", "all"));

        Assert.Equal(["user:admin", "user:auditor"], await own.AskAsync(db => db.Messages.Where(m => m.Template == AuditVerification.Broken).Select(m => m.Recipient).OrderBy(r => r).ToListAsync(Token)));
        Assert.Contains("The audit does not verify", await admin.ReadAsync("/notifications"), StringComparison.Ordinal);
        Assert.Contains("The audit does not verify", await admin.ReadAsync("/departments"), StringComparison.Ordinal);
        Assert.Contains("\"Degraded\"", await auditor.ReadAsync("/health/details"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await li.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await li.GetAsync("/health/details")).StatusCode);

        // a look at something else does not set it right
        await SetAsync(body.Body);
        await auditor.PostAsync("/audit/verify", ("extent", "recent"));
        Assert.Contains("A verification found something wrong", await auditor.ReadAsync("/audit"), StringComparison.Ordinal);
        await auditor.PostAsync("/audit/verify", ("extent", "all"));
        Assert.DoesNotContain("A verification found something wrong", await auditor.ReadAsync("/audit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coming_going_and_failing_are_recorded_without_what_was_typed()
    {
        var browser = site.Visitor();
        await browser.PostAfterAsync("/sign-in", "/sign-in", ("userName", "planted-name-7391"), ("password", "planted-password-7391"));
        var li = await site.AsAsync("li");
        await li.PostAfterAsync("/sign-out", "/sign-out");

        var found = await site.AskAsync(db => db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream.StartsWith("access:")).ToListAsync(Token));
        Assert.Contains(found, e => e.Type == "failed" && e.ActorId == null);
        Assert.Contains(found, e => e.Type == "signed-in" && e.ActorId == "li");
        Assert.Contains(found, e => e.Type == "signed-out" && e.ActorId == "li" && AuditRows.ViaOf(e.Body) == "session");
        Assert.DoesNotContain(found, e => (e.Data + e.Body + e.ActorName).Contains("planted", StringComparison.Ordinal));
    }
}
