using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Auditing;

public sealed class SqliteTamperTests() : TamperTests(onPostgreSql: false);

public sealed class PostgreSqlTamperTests() : TamperTests(onPostgreSql: true);

/// <summary>Whatever is done to the rows of the audit behind the product's back is found, and the product itself cannot do it.</summary>
public abstract class TamperTests(bool onPostgreSql)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_way_to_change_what_was_recorded_is_found()
    {
        if (onPostgreSql)
        {
            await PostgreSqlServer.GetAsync();
        }

        await using var host = new ApiHost(onPostgreSql);
        var desk = new AuditDesk(host, onPostgreSql);

        // the product may only insert
        var whole = await desk.CaseAsync();
        await desk.AnchorAsync();
        var refused = new Func<CaseManagementDbContext, Task<int>>[]
        {
            db => db.Events.Where(e => e.ComplaintId == whole).ExecuteUpdateAsync(e => e.SetProperty(x => x.Body, "{}"), Token),
            db => db.Events.Where(e => e.ComplaintId == whole).ExecuteDeleteAsync(Token),
            db => db.ConfigurationEvents.ExecuteUpdateAsync(e => e.SetProperty(x => x.Type, "other"), Token),
            db => db.ConfigurationEvents.ExecuteDeleteAsync(Token),
            db => db.AuditAnchors.ExecuteUpdateAsync(a => a.SetProperty(x => x.Count, 0), Token),
            db => db.AuditAnchors.ExecuteDeleteAsync(Token),
            db => db.AuditLeaves.ExecuteDeleteAsync(Token),
            db => db.AuditKeys.ExecuteDeleteAsync(Token),
        };
        foreach (var change in refused)
        {
            Assert.NotNull(await Record.ExceptionAsync(() => desk.AskAsync(change)));
        }

        await AssertFoundAsync(desk, null, whole);
        await desk.DisarmAsync();

        // each on a case of its own
        await FoundAsync(desk, AuditFault.Hash, (db, id) => db.Events.Where(e => e.ComplaintId == id && e.Sequence == 2).ExecuteUpdateAsync(e => e.SetProperty(x => x.Body, x => x.Body + " "), Token));
        await FoundAsync(desk, AuditFault.Column, (db, id) => db.Events.Where(e => e.ComplaintId == id && e.Sequence == 2).ExecuteUpdateAsync(e => e.SetProperty(x => x.Type, CaseEvents.Closed), Token));
        await FoundAsync(desk, AuditFault.Column, (db, id) => db.Events.Where(e => e.ComplaintId == id && e.Sequence == 1).ExecuteUpdateAsync(e => e.SetProperty(x => x.ActorId, "somebody"), Token));
        await FoundAsync(desk, AuditFault.Gap, (db, id) => db.Events.Where(e => e.ComplaintId == id && e.Sequence == 2).ExecuteDeleteAsync(Token));
        await FoundAsync(desk, AuditFault.Gap, (db, id) => db.Events.Where(e => e.ComplaintId == id && e.Sequence == 1).ExecuteDeleteAsync(Token));
        await FoundAsync(desk, AuditFault.Head, (db, id) => db.Events.Where(e => e.ComplaintId == id && e.Sequence == db.Cases.Where(c => c.Id == id).Select(c => c.EventSequence).First()).ExecuteDeleteAsync(Token));
        await FoundAsync(desk, AuditFault.Head, (db, id) => db.Events.Where(e => e.ComplaintId == id).ExecuteDeleteAsync(Token));
        await FoundAsync(desk, AuditFault.Hash, SwapAsync);
        await FoundAsync(desk, AuditFault.Head, InsertAsync);
        await FoundAsync(desk, AuditFault.Leaf, CutAsync);
        await FoundAsync(desk, AuditFault.Value, (db, id) => db.Events.Where(e => e.ComplaintId == id && e.Sequence == 1).ExecuteUpdateAsync(e => e.SetProperty(x => x.Data, x => x.Data.Replace("phone", "letter")), Token));
        await FoundAsync(desk, AuditFault.Value, (db, id) => db.Events.Where(e => e.ComplaintId == id && e.Sequence == 1).ExecuteUpdateAsync(e => e.SetProperty(x => x.Data, "{}"), Token));
        await FoundAsync(desk, AuditFault.Erasure, (db, id) => db.Events.Where(e => e.ComplaintId == id && e.Sequence == 1).ExecuteUpdateAsync(e => e.SetProperty(x => x.Data, "").SetProperty(x => x.Salt, Array.Empty<byte>()), Token));
        await FoundAsync(desk, AuditFault.Root, (db, id) => db.AuditAnchors.Where(a => db.AuditLeaves.Any(l => l.Anchor == a.Number && l.ComplaintId == id)).ExecuteUpdateAsync(a => a.SetProperty(x => x.Count, x => x.Count + 1), Token), restores: (db, id) => db.AuditAnchors.Where(a => db.AuditLeaves.Any(l => l.Anchor == a.Number && l.ComplaintId == id)).ExecuteUpdateAsync(a => a.SetProperty(x => x.Count, x => x.Count - 1), Token));

        // a chain made anew fits itself but not its anchor; made anew with everything, by whoever holds database and key, only what lies outside tells
        var forged = await desk.CaseAsync();
        await desk.AnchorAsync();
        var outside = await desk.AnchorLinesAsync();
        await desk.RebuildAsync(forged, withAnchors: false);
        await AssertFoundAsync(desk, AuditFault.Leaf, forged);
        await desk.RebuildAsync(forged, withAnchors: true);
        await AssertFoundAsync(desk, null, forged);
        Assert.Equal(AuditFault.OutsideCopy, (await desk.VerifyAsync(new AuditExtent { Case = forged }, outside)).FirstBad?.Fault);

        // and the untouched case is whole all the while; looking at everything finds one of the faults
        await AssertFoundAsync(desk, null, whole);
        Assert.False((await desk.VerifyAsync(new AuditExtent())).Ok);
    }

    private static async Task FoundAsync(
        AuditDesk desk, AuditFault fault, Func<CaseManagementDbContext, Guid, Task<int>> tamper, Func<CaseManagementDbContext, Guid, Task<int>>? restores = null)
    {
        var id = await desk.CaseAsync();
        await desk.AnchorAsync();
        await AssertFoundAsync(desk, null, id);
        Assert.NotEqual(0, await desk.AskAsync(db => tamper(db, id)));
        await AssertFoundAsync(desk, fault, id);
        if (restores is not null)
        {
            await desk.AskAsync(db => restores(db, id));
        }
    }

    private static async Task AssertFoundAsync(AuditDesk desk, AuditFault? fault, Guid id)
    {
        var verdict = await desk.VerifyAsync(new AuditExtent { Case = id });
        Assert.True(verdict.FirstBad?.Fault == fault, $"{verdict.FirstBad} where {fault} was expected");
    }

    private static async Task<int> SwapAsync(CaseManagementDbContext db, Guid id)
    {
        var rows = await db.Events.AsNoTracking().Where(e => e.ComplaintId == id && (e.Sequence == 2 || e.Sequence == 3)).OrderBy(e => e.Sequence).ToListAsync(Token);
        await db.Events.Where(e => e.ComplaintId == id && (e.Sequence == 2 || e.Sequence == 3)).ExecuteDeleteAsync(Token);
        db.Events.AddRange(rows[0] with { Sequence = 3 }, rows[1] with { Sequence = 2 });
        return await db.SaveChangesAsync(Token);
    }

    // well chained, but the case does not know of it
    private static async Task<int> InsertAsync(CaseManagementDbContext db, Guid id)
    {
        var last = await db.Events.AsNoTracking().Where(e => e.ComplaintId == id).OrderByDescending(e => e.Sequence).FirstAsync(Token);
        var link = AuditChain.Next($"case/{id}", last.Sequence + 1, last.Hash, CaseEvents.Noted, last.At, last.RecordedAt, Domain.Parties.Actor.Workflow, "{}");
        db.Events.Add(last with { Sequence = last.Sequence + 1, Type = CaseEvents.Noted, ActorKind = "Workflow", ActorId = null, ActorName = null, Data = "{}", Salt = link.Salt, Body = link.Body, Hash = link.Hash });
        return await db.SaveChangesAsync(Token);
    }

    // the end is cut off and the case made to fit: the anchor knows better
    private static async Task<int> CutAsync(CaseManagementDbContext db, Guid id)
    {
        var last = await db.Cases.Where(c => c.Id == id).Select(c => c.EventSequence).SingleAsync(Token);
        await db.Events.Where(e => e.ComplaintId == id && e.Sequence == last).ExecuteDeleteAsync(Token);
        var head = await db.Events.Where(e => e.ComplaintId == id && e.Sequence == last - 1).Select(e => e.Hash).SingleAsync(Token);
        return await db.Cases.Where(c => c.Id == id).ExecuteUpdateAsync(c => c.SetProperty(x => x.EventSequence, last - 1).SetProperty(x => x.EventHead, head), Token);
    }
}
