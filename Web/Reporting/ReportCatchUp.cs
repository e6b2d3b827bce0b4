using System.Security.Cryptography;
using System.Text;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Reporting;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Reporting;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Reporting;

/// <summary>
/// Keeps the rows that reports add up: reads the cases that have changed since the last time, and all of them once where the reports of a process are new or other ones.
/// Bursts write nothing for it.
/// </summary>
public sealed class ReportCatchUp(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, StoredConfigurations configurations, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
    : IDisposable
{
    private const int Together = 200;

    // a burst may commit some time after the moment it records
    private static readonly TimeSpan CommitsLate = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Reads what has not been read, for as long as it may.</summary>
    /// <param name="process">The published version of the process.</param>
    /// <param name="mayTake">How long it may go on; what is left is read the next time.</param>
    /// <param name="cancellationToken">Stops between two portions.</param>
    /// <returns>True when every case has been read.</returns>
    public async Task<bool> RunAsync(ProcessVersionInUse process, TimeSpan mayTake, CancellationToken cancellationToken)
    {
        var until = wallClock.GetUtcNow() + mayTake;
        if (!await _one.WaitAsync(mayTake, cancellationToken))
        {
            return false;
        }

        try
        {
            var progress = await BeginAsync(process, cancellationToken);
            while (progress.After is { } after)
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                var key = process.Pack.Identity.Id;
                var ids = await db.Cases.AsNoTracking().Where(c => c.Process == key && c.Id > after).OrderBy(c => c.Id).Select(c => c.Id).Take(Together).ToListAsync(cancellationToken);
                progress = await WriteAsync(process, ids, p => p.After = ids.Count == Together ? ids[^1] : null, cancellationToken);
                if (progress.After is not null && wallClock.GetUtcNow() > until)
                {
                    return false;
                }
            }

            return await ChangedAsync(process, progress.Through, until, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // another node reads the same cases at the same time; the next look finds what it wrote
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<bool> ChangedAsync(ProcessVersionInUse process, DateTimeOffset through, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (key, now, since) = (process.Pack.Identity.Id, wallClock.GetUtcNow(), through - CommitsLate);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var changed = await db.Events.AsNoTracking().Where(e => e.RecordedAt >= since).Select(e => e.ComplaintId).Distinct()
            .Join(db.Cases.Where(c => c.Process == key), id => id, c => c.Id, (id, _) => id).OrderBy(id => id).ToListAsync(cancellationToken);
        foreach (var some in changed.Chunk(Together))
        {
            await WriteAsync(process, some, _ => { }, cancellationToken);
            if (wallClock.GetUtcNow() > until)
            {
                return false;
            }
        }

        await writer.RunWithContextAsync(
            async (context, _) => await context.ReportProgress.Where(p => p.Process == key).ExecuteUpdateAsync(set => set.SetProperty(p => p.Through, now), cancellationToken),
            cancellationToken);
        return true;
    }

    private async Task<ReportProgress> BeginAsync(ProcessVersionInUse process, CancellationToken cancellationToken)
    {
        var settings = (await configurations.CurrentAsync(cancellationToken)).SettingsOf(process.Pack);
        var (key, digest, now) = (process.Pack.Identity.Id, DigestOf(process, settings), wallClock.GetUtcNow());
        await using (var look = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await look.ReportProgress.AsNoTracking().SingleOrDefaultAsync(p => p.Process == key, cancellationToken) is { } known && known.Digest == digest)
            {
                return known;
            }
        }

        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var progress = await db.ReportProgress.SingleOrDefaultAsync(p => p.Process == key, cancellationToken);
                if (progress?.Digest == digest)
                {
                    return progress;
                }

                await db.ReportedCases.Where(r => r.Process == key).ExecuteDeleteAsync(cancellationToken);
                if (progress is null)
                {
                    db.ReportProgress.Add(progress = new ReportProgress { Process = key, Digest = digest, Through = now });
                }

                (progress.Digest, progress.After, progress.Through) = (digest, Guid.Empty, now);
                return progress;
            },
            cancellationToken);
    }

    private async Task<ReportProgress> WriteAsync(ProcessVersionInUse process, IReadOnlyCollection<Guid> ids, Action<ReportProgress> note, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(process, ids, cancellationToken);
        var key = process.Pack.Identity.Id;
        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                await db.ReportedCases.Where(r => ids.Contains(r.ComplaintId)).ExecuteDeleteAsync(cancellationToken);
                db.ReportedCases.AddRange(rows);
                var progress = await db.ReportProgress.SingleAsync(p => p.Process == key, cancellationToken);
                note(progress);
                return progress;
            },
            cancellationToken);
    }

    private async Task<List<ReportedCase>> RowsAsync(ProcessVersionInUse process, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var settings = configuration.SettingsOf(process.Pack);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var cases = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Lead, c.Confidentiality }).ToDictionaryAsync(c => c.Id, cancellationToken);

        // a row and its document are one row of the table: joined, the database would read all of them to find these
        var documents = await db.CaseDocuments.AsNoTracking().Where(d => ids.Contains(d.Id)).ToListAsync(cancellationToken);
        var rows = new List<ReportedCase>();
        foreach (var (document, one) in documents.Where(d => cases.ContainsKey(d.Id)).Select(d => (d.Document, cases[d.Id])))
        {
            var complaint = CaseDocument.Read(document);
            var rules = configuration.RulesFor(await configurations.ProcessAsync(complaint.Process, complaint.ProcessVersion, cancellationToken), complaint.LimitsVersion);
            rows.AddRange(ReportEntries.Of(process.Pack, settings, new CaseFacts(complaint, rules)).Select(entry => new ReportedCase
            {
                ComplaintId = one.Id,
                Report = entry.Report,
                Measure = entry.Measure,
                Process = process.Pack.Identity.Id,
                At = entry.At,
                Groups = entry.Groups,
                Counted = entry.Counts ? 1 : 0,
                InBase = entry.InBase ? 1 : 0,
                Lead = one.Lead,
                Close = one.Confidentiality is null or >= CaseScope.Close ? 1 : 0,
            }));
        }

        return rows;
    }

    // the zone says on which day something was, readings what is counted
    private static string DigestOf(ProcessVersionInUse process, PackSettings settings) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
            settings.Values.Where(one => process.Pack.Reports.Count > 0).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}")
                .Prepend(process.Pack.Files.GetValueOrDefault("reports.json")).Prepend(process.Pack.Identity.Zone)))))[..32];
}
