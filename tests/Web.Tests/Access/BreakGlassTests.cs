using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Access;

/// <summary>A case that is opened in an emergency: by two, for a reason, to be read, for a while, before the eyes of the auditors, and never to whom it is kept from.</summary>
public sealed class BreakGlassTests : IAsyncDisposable
{
    private const string Page = "/break-glass";
    private const string Reason = "投诉人称有生命危险，联系不上经办人。";

    private readonly AccessOrganisation _organisation = new();

    public ValueTask DisposeAsync() => _organisation.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_nobody_may_see_by_rank_is_read_by_an_administrator_once_a_head_agrees_and_every_look_is_recorded()
    {
        var (id, number) = await ClosedAsync();
        var (admin, head, auditor) = (await _organisation.AsAsync("admin"), await _organisation.AsAsync("head-here"), await _organisation.AsAsync("auditor"));

        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAfterAsync(Page, Page, ("Number", number), ("Reason", "太短"))).StatusCode);
        await admin.PostAfterAsync(Page, Page, ("Number", number), ("Reason", Reason));
        Assert.Equal(HttpStatusCode.Conflict, (await admin.PostAsync(Page, ("Number", number), ("Reason", Reason))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/cases/{id}")).StatusCode);
        Assert.DoesNotContain("/decide", await admin.ReadAsync(Page), StringComparison.Ordinal);
        Assert.Contains("紧急查看申请待你决定", await head.ReadAsync("/notifications"), StringComparison.Ordinal);

        var decide = Regex.Match(await head.ReadAsync(Page), "/break-glass/[0-9a-f-]+/decide").Value;
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.PostAfterAsync(Page, decide, ("agrees", "true"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await _organisation.AsAsync("head-there")).PostAfterAsync(Page, decide, ("agrees", "true"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync(decide, ("agrees", "true"))).StatusCode);
        await head.PostAsync(decide, ("agrees", "true"));

        var page = await admin.ReadAsync($"/cases/{id}");
        Assert.Contains("紧急开放给你查看", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/actions/", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.PostAsync($"/cases/{id}/entries", ("Kind", "note"), ("Text", "x"))).StatusCode);
        Assert.DoesNotContain(number, await (await _organisation.AsAsync("sun")).ReadAsync("/inbox?view=open"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await head.GetAsync($"/cases/{id}")).StatusCode);
        Assert.Contains("一件案件已紧急开放", await auditor.ReadAsync("/notifications"), StringComparison.Ordinal);

        // what is open still is not reviewed yet: it can be read again afterwards
        var review = decide.Replace("decide", "review", StringComparison.Ordinal);
        Assert.DoesNotContain("/review", await auditor.ReadAsync(Page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.PostAsync(review, ("remark", "核对了查看记录，理由成立。"))).StatusCode);
        var end = decide.Replace("decide", "end", StringComparison.Ordinal);
        await admin.PostAfterAsync(Page, end);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/cases/{id}")).StatusCode);
        await auditor.PostAfterAsync(Page, review, ("remark", "核对了查看记录，理由成立。"));
        Assert.Contains("核对了查看记录", await auditor.ReadAsync(Page), StringComparison.Ordinal);

        var recorded = await _organisation.AskAsync(db => db.ConfigurationEvents.Where(e => e.Type.StartsWith("break-glass.")).OrderBy(e => e.RecordedAt).ThenBy(e => e.Sequence).Select(e => e.Type + " " + e.ActorId).ToListAsync(Token));
        Assert.Equal(["break-glass.asked admin", "break-glass.opened head-here", "break-glass.ended admin", "break-glass.reviewed auditor"], recorded.Where(r => !r.Contains("read", StringComparison.Ordinal)));
        Assert.InRange(recorded.Count(r => r == "break-glass.read admin"), 2, 5);

        // whatever was read in that way says so, what was refused on it too, and no read in another way
        var recordedOf = await _organisation.AskAsync(db => db.ConfigurationEvents.Where(e => e.ActorId == "admin" || e.ActorId == "head-here").ToListAsync(Token));
        var ways = recordedOf.ToLookup(e => AuditRows.ViaOf(e.Body), e => e.Type);
        Assert.Equal([ReadLog.BreakGlassRead, ReadLog.CaseRead, Denials.Denied], ways["break-glass"].Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(ways["session"], type => type is ReadLog.BreakGlassRead or ReadLog.CaseRead);
    }

    [Fact]
    public async Task It_ends_by_itself_after_four_hours()
    {
        var (id, number) = await ClosedAsync();
        var (admin, head) = (await _organisation.AsAsync("admin"), await _organisation.AsAsync("head-here"));
        await admin.PostAfterAsync(Page, Page, ("Number", number), ("Reason", Reason));
        await head.PostAsync(Regex.Match(await head.ReadAsync(Page), "/break-glass/[0-9a-f-]+/decide").Value, ("agrees", "true"));
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/cases/{id}")).StatusCode);

        // as if it had been opened so long ago
        var now = _organisation.Services.GetRequiredKeyedService<TimeProvider>(Clocks.Wall).GetUtcNow();
        await _organisation.AskAsync(db => db.BreakGlassOpenings.ExecuteUpdateAsync(o => o.SetProperty(x => x.EndsAt, now), Token));

        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/cases/{id}")).StatusCode);
        var row = await _organisation.AskAsync(db => db.BreakGlassOpenings.AsNoTracking().SingleAsync(Token));
        Assert.Equal(TimeSpan.FromHours(4), BreakGlassRules.Lasts);
        Assert.NotNull(row.ReviewBy);
    }

    [Fact]
    public async Task Who_is_kept_out_of_a_case_neither_opens_it_nor_decides_about_it_and_learns_nothing_by_asking()
    {
        var (id, number) = await ClosedAsync();
        await _organisation.BarAsync(id, "admin");
        var (admin, elsewhere) = (await _organisation.AsAsync("admin"), await _organisation.AsAsync("head-there"));

        var barred = await Browser.TextOf(await admin.PostAfterAsync(Page, Page, ("Number", number), ("Reason", Reason)));
        var unknown = await Browser.TextOf(await admin.PostAsync(Page, ("Number", "no-such-number"), ("Reason", Reason)));
        Assert.Contains("没有可以由你申请的这一编号的案件", barred, StringComparison.Ordinal);
        Assert.Contains("没有可以由你申请的这一编号的案件", unknown, StringComparison.Ordinal);
        Assert.Contains("没有可以由你申请的这一编号的案件", await Browser.TextOf(await elsewhere.PostAfterAsync(Page, Page, ("Number", number), ("Reason", Reason))), StringComparison.Ordinal);

        // kept out after it was opened: at once
        var head = await _organisation.AsAsync("head-here");
        await head.PostAfterAsync(Page, Page, ("Number", number), ("Reason", Reason));
        Assert.DoesNotContain("/decide", await admin.ReadAsync(Page), StringComparison.Ordinal);
        await _organisation.WriteAsync(db =>
        {
            var row = db.BreakGlassOpenings.Single();
            (row.DecidedBy, row.OpenedAt) = ("another", row.AskedAt);
        });
        Assert.Equal(HttpStatusCode.OK, (await head.GetAsync($"/cases/{id}")).StatusCode);
        await _organisation.BarAsync(id, "head-here");
        Assert.Equal(HttpStatusCode.NotFound, (await head.GetAsync($"/cases/{id}")).StatusCode);
    }

    private async Task<(Guid Id, string Number)> ClosedAsync()
    {
        await _organisation.InitializeAsync();
        await _organisation.KeepCloselyAsync(ConfidentialityLevel.Sealed);
        var id = Guid.Parse(_organisation.Fill("{case}"));
        return (id, await _organisation.AskAsync(db => db.Cases.Where(c => c.Id == id).Select(c => c.Number).SingleAsync(Token)));
    }
}
