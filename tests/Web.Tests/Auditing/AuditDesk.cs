using System.Text.Json.Nodes;
using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Auditing;

/// <summary>Somebody who can do with the database what they like, and somebody who looks.</summary>
internal sealed class AuditDesk(ApiHost host, bool onPostgreSql)
{
    private static readonly string[] Tables = ["Events", "ConfigurationEvents", "AuditAnchors", "AuditLeaves", "AuditKeys"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public Task AnchorAsync() => Get<Anchoring>().RunAsync(Token);

    public Task<AuditVerdict> VerifyAsync(AuditExtent extent, IEnumerable<string>? outside = null) =>
        Get<AuditVerification>().RunAsync(extent, outside, new Actor(ActorKind.System, "test"), Token);

    /// <summary>A new case with a few events.</summary>
    public async Task<Guid> CaseAsync(bool confidential = false)
    {
        using var client = host.Client();
        var body = Sample.Complaint();
        body["complainant"] = new { name = "Wang", phone = "13800000000", confidential };
        return (await client.TellAsync("/api/v1/complaints", body, 201))["id"]!.GetValue<Guid>();
    }

    public async Task<T> AskAsync<T>(Func<CaseManagementDbContext, Task<T>> question)
    {
        await using var db = await Get<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        return await question(db);
    }

    /// <summary>Takes away what keeps the product from changing rows, as the owner of a database can.</summary>
    public Task DisarmAsync() => AskAsync(async db =>
    {
        foreach (var table in Tables)
        {
            foreach (var sql in onPostgreSql
                ? [$"ALTER TABLE \"{table}\" DISABLE TRIGGER USER"]
                : new[] { $"DROP TRIGGER IF EXISTS \"{table}_Changed\"", $"DROP TRIGGER IF EXISTS \"{table}_Deleted\"" })
            {
                await db.Database.ExecuteSqlRawAsync(sql, Token);
            }
        }

        return true;
    });

    public Task<List<string>> AnchorLinesAsync() => AskAsync(async db =>
        (await db.AuditAnchors.AsNoTracking().OrderBy(a => a.Number).ToListAsync(Token)).Select(a => a.AsAnchor().Line()).ToList());

    /// <summary>Makes a case's whole chain anew around a changed value; with everything below it: leaves, roots, signatures by the stolen key.</summary>
    public Task RebuildAsync(Guid id, bool withAnchors) => AskAsync(async db =>
    {
        var stream = $"case/{id}";
        var head = AuditChain.Origin(stream);
        foreach (var row in await db.Events.AsNoTracking().Where(e => e.ComplaintId == id).OrderBy(e => e.Sequence).ToListAsync(Token))
        {
            var data = JsonNode.Parse(row.Data)!.AsObject();
            data["forged"] = true;
            var text = data.ToJsonString();
            var actor = new Actor(Enum.Parse<ActorKind>(row.ActorKind), row.ActorId, row.ActorName);
            var link = AuditChain.Next(stream, row.Sequence, head, row.Type, row.At, row.RecordedAt, actor, text);
            head = link.Hash;
            await db.Events.Where(e => e.ComplaintId == id && e.Sequence == row.Sequence).ExecuteUpdateAsync(
                e => e.SetProperty(x => x.Data, text).SetProperty(x => x.Salt, link.Salt).SetProperty(x => x.Body, link.Body).SetProperty(x => x.Hash, link.Hash), Token);
            if (withAnchors)
            {
                await db.AuditLeaves.Where(l => l.ComplaintId == id && l.Sequence == row.Sequence).ExecuteUpdateAsync(l => l.SetProperty(x => x.Head, link.Hash), Token);
            }
        }

        await db.Cases.Where(c => c.Id == id).ExecuteUpdateAsync(c => c.SetProperty(x => x.EventHead, head), Token);
        if (withAnchors)
        {
            await ResignAsync(db);
        }

        return true;
    });

    private async Task ResignAsync(CaseManagementDbContext db)
    {
        var key = Get<AnchorKeys>().Current().Key;
        var previous = new byte[32];
        foreach (var row in await db.AuditAnchors.AsNoTracking().OrderBy(a => a.Number).ToListAsync(Token))
        {
            var heads = (await db.AuditLeaves.AsNoTracking().Where(l => l.Anchor == row.Number).OrderBy(l => l.Position).ToListAsync(Token)).Select(l => l.AsHead()).ToList();
            var anchor = (row.AsAnchor() with { Root = MerkleTree.Root(heads), Previous = previous }).SignedBy(key);
            previous = anchor.Hash();
            await db.AuditAnchors.Where(a => a.Number == row.Number).ExecuteUpdateAsync(
                a => a.SetProperty(x => x.Root, anchor.Root).SetProperty(x => x.Previous, anchor.Previous).SetProperty(x => x.Signature, anchor.Signature), Token);
        }
    }
}
