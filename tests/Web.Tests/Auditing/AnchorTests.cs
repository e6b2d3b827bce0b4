using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Durability;
using CaseManagement.Web.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Auditing;

/// <summary>Anchors, exports and reads on one database, mostly SQLite.</summary>
public sealed class AnchorTests(ApiHost host) : IClassFixture<ApiHost>
{
    private readonly AuditDesk _desk = new(host, onPostgreSql: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_that_anchor_at_once_write_one_series()
    {
        await PostgreSqlServer.GetAsync();
        await using var shared = new ApiHost(onPostgreSql: true);
        var desk = new AuditDesk(shared, onPostgreSql: true);
        for (var round = 0; round < 3; round++)
        {
            var cases = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => desk.CaseAsync()));
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => desk.AnchorAsync(), Token)));
            await desk.AskAsync(async db =>
            {
                foreach (var id in cases)
                {
                    Assert.Equal(1, await db.AuditLeaves.CountAsync(l => l.ComplaintId == id, Token));
                }

                return true;
            });
        }

        Assert.Null((await desk.VerifyAsync(new AuditExtent())).FirstBad);

        // several cases and streams in one file, with what each holds: longer than one part
        using var client = shared.Client();
        var one = await desk.CaseAsync();
        for (var note = 0; note < 120; note++)
        {
            await client.TellAsync($"/api/v1/complaints/{one}/notes", new { text = $"note {note}" }, 200);
        }

        var before = await desk.AskAsync(async db => await db.Events.CountAsync(Token) + await db.ConfigurationEvents.CountAsync(Token));
        using var answer = await client.PostAsync(
            "/api/v1/audit/export", new StringContent("""{"values":true,"reason":"yearly review"}""", Encoding.UTF8, "application/json"), Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        var verdict = Check(await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Null(verdict.FirstBad);
        Assert.True(verdict.Rows > before, $"{verdict.Rows} of {before} and that somebody took them out");
    }

    [Fact]
    public async Task An_anchor_is_due_after_a_minute_and_says_nothing_twice()
    {
        var id = await _desk.CaseAsync();
        await _desk.AnchorAsync();
        var before = (await _desk.AnchorLinesAsync()).Count;

        Assert.Equal(0, await _desk.Get<Anchoring>().RunWhenDueAsync(Token));
        await _desk.AnchorAsync();

        Assert.Equal(1, await _desk.AskAsync(db => db.AuditLeaves.CountAsync(l => l.ComplaintId == id, Token)));
        Assert.True((await _desk.AnchorLinesAsync()).Count - before <= 1);
    }

    [Fact]
    public async Task Erased_values_are_counted_where_an_event_says_so_and_what_stayed_still_verifies()
    {
        var id = await _desk.CaseAsync();
        using var client = host.Client();
        await client.TellAsync($"/api/v1/complaints/{id}/notes", new { text = "the neighbour's secret" }, 200);
        var noted = await _desk.AskAsync(db => db.Events.AsNoTracking().SingleAsync(e => e.ComplaintId == id && e.Type == CaseEvents.Noted, Token));
        var (data, salt) = AuditValues.Without(noted.Data, noted.Salt, ["text"]);

        Assert.DoesNotContain("secret", data, StringComparison.Ordinal);
        await _desk.AskAsync(db => db.Events.Where(e => e.ComplaintId == id && e.Sequence == noted.Sequence).ExecuteUpdateAsync(e => e.SetProperty(x => x.Data, data).SetProperty(x => x.Salt, salt), Token));
        Assert.Equal(AuditFault.Erasure, (await _desk.VerifyAsync(new AuditExtent { Case = id })).FirstBad?.Fault);

        await _desk.AskAsync(async db =>
        {
            var last = await db.Events.AsNoTracking().Where(e => e.ComplaintId == id).OrderByDescending(e => e.Sequence).FirstAsync(Token);
            var link = AuditChain.Next($"case/{id}", last.Sequence + 1, last.Hash, CaseEvents.Erased, last.At, last.RecordedAt, Domain.Parties.Actor.Workflow, "{}");
            db.Events.Add(last with { Sequence = last.Sequence + 1, Type = CaseEvents.Erased, ActorKind = "Workflow", ActorId = null, ActorName = null, Data = "{}", Salt = link.Salt, Body = link.Body, Hash = link.Hash });
            await db.SaveChangesAsync(Token);
            return await db.Cases.Where(c => c.Id == id).ExecuteUpdateAsync(c => c.SetProperty(x => x.EventSequence, last.Sequence + 1).SetProperty(x => x.EventHead, link.Hash), Token);
        });

        var verdict = await _desk.VerifyAsync(new AuditExtent { Case = id });
        Assert.Null(verdict.FirstBad);
        Assert.Equal(1, verdict.Erased);
    }

    [Fact]
    public void Rows_of_older_databases_are_still_verified()
    {
        var salt = new byte[32];
        const string data = """{"a":1}""";
        var body = $$"""{"actor":{"kind":"Workflow"},"at":"2026-09-02T02:00:00.000000Z","data":"{{Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(data)))}}","recordedAt":"2026-09-02T02:00:00.000000Z","seq":"1","type":"noted"}""";
        var link = new StoredLink(1, ApiHost.Start, ApiHost.Start, "noted", "Workflow", null, data, salt, body, AuditChain.HashOf("old", 1, AuditChain.Origin("old"), body));

        Assert.Null(new StreamCheck("old").Add(link));
        Assert.Equal(AuditFault.Value, new StreamCheck("old").Add(link with { Data = "{}" }));
    }

    [Fact]
    public async Task An_export_verifies_by_itself_and_every_change_to_it_is_found()
    {
        var id = await _desk.CaseAsync();
        await _desk.AnchorAsync();
        using var auditor = host.Client("auditor");
        using var client = host.Client();

        foreach (var (asker, values) in new[] { (auditor, true), (auditor, false), (client, true) })
        {
            using var answer = await asker.PostAsync("/api/v1/audit/export", new StringContent($$"""{"case":"{{id}}","values":{{(values ? "true" : "false")}},"reason":"yearly review"}""", Encoding.UTF8, "application/json"), Token);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
            var zip = await answer.Content.ReadAsByteArrayAsync(Token);
            var verdict = Check(zip);
            Assert.Null(verdict.FirstBad);
            Assert.True(verdict.Rows > 3 && verdict.Proven == 1, verdict.ToString());
            foreach (var name in new[] { "rows.jsonl", "anchors.jsonl", "proofs.jsonl", "keys.jsonl", "rows.csv", "manifest.json" })
            {
                Assert.NotNull(Check(Change(zip, name)).FirstBad);
            }
        }

        Assert.Equal(3, await _desk.AskAsync(db => db.ConfigurationEvents.CountAsync(e => e.Type == AuditExport.Created && e.Data.Contains("yearly review"), Token)));
    }

    [Fact]
    public async Task Who_sees_a_protected_identity_is_chained_and_ordinary_views_are_noted_once_an_hour()
    {
        var (open, confidential) = (await _desk.CaseAsync(), await _desk.CaseAsync(confidential: true));
        using var client = host.Client();
        for (var i = 0; i < 2; i++)
        {
            await client.AskAsync($"/api/v1/complaints/{open}");
            await client.AskAsync($"/api/v1/complaints/{confidential}");
        }

        await _desk.Get<ReadLog>().FlushAsync(Token);
        var name = confidential.ToString();
        Assert.Equal(2, await _desk.AskAsync(db => db.ConfigurationEvents.CountAsync(e => e.Type == ReadLog.IdentityShown && e.Data.Contains(name), Token)));
        Assert.Equal(1, await _desk.AskAsync(db => db.CaseReads.CountAsync(r => r.ComplaintId == open, Token)));
        Assert.Equal(0, await _desk.AskAsync(db => db.CaseReads.CountAsync(r => r.ComplaintId == confidential, Token)));

        await _desk.Get<ReadLog>().ForgetAsync(TimeSpan.FromHours(-2), Token);
        Assert.Equal(0, await _desk.AskAsync(db => db.CaseReads.CountAsync(Token)));
    }

    [Fact]
    public async Task The_api_verifies_and_refuses_what_makes_no_sense()
    {
        var id = await _desk.CaseAsync();
        using var client = host.Client();

        Assert.True((await client.TellAsync("/api/v1/audit/verify", new { @case = id }))["ok"]!.GetValue<bool>());
        await client.TellAsync("/api/v1/audit/verify", new { @case = "no id" }, 400);
        await client.TellAsync("/api/v1/audit/verify", new { @case = id, sinceAnchor = 1 }, 400);
        await client.TellAsync("/api/v1/audit/verify", new { from = "2026-02-01T00:00:00Z", to = "2026-01-01T00:00:00Z" }, 400);
        await client.TellAsync("/api/v1/audit/verify", new { sinceAnchor = -1 }, 400);
        await client.TellAsync("/api/v1/audit/export", new { @case = id }, 400);
    }

    [Fact]
    public async Task A_killed_product_anchors_on_without_gap_or_doubling()
    {
        var data = Directory.CreateTempSubdirectory("casemanagement-anchor-");
        try
        {
            var file = Path.Combine(data.FullName, "outside", "anchors.jsonl");
            string[] settings = ["--Audit:AnchorSeconds=1", $"--Audit:AnchorFile={file}"];
            for (var kill = 0; kill < 4; kill++)
            {
                using var product = await ProductProcess.StartAsync(data.FullName, Token, settings);
                for (var i = 0; i < 3; i++)
                {
                    await product.Client.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
                }

                product.Kill();
            }

            using var whole = await ProductProcess.StartAsync(data.FullName, Token, settings);
            await whole.Client.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
            for (var tries = 0; !File.Exists(file) || (await File.ReadAllLinesAsync(file, Token)).Length == 0; tries++)
            {
                Assert.True(tries < 300, "No anchor reached the file.");
                await Task.Delay(200, Token);
            }

            var verdict = await whole.Client.TellAsync("/api/v1/audit/verify", new { anchorsFile = await File.ReadAllTextAsync(file, Token) });
            Assert.True(verdict["ok"]!.GetValue<bool>(), verdict.ToJsonString());
            var numbers = (await File.ReadAllLinesAsync(file, Token)).Select(l => Anchor.Parse(l)!.Number).ToList();
            Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long)n), numbers);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static ExportVerdict Check(byte[] zip)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, zip);
            return ExportCheck.Verify(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Change(byte[] zip, string name)
    {
        using var file = new MemoryStream();
        file.Write(zip);
        using (var archive = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var entry = archive.GetEntry(name)!.Open();
            entry.Position = entry.Length;
            entry.Write("\n "u8);
        }

        return file.ToArray();
    }
}
