using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Files;

/// <summary>
/// Removes files that no case has: their commit failed, or their process was killed between file and commit. A file is looked at when it is a day old, then set
/// aside, where it can still be read, and removed a day later if there is still no case that has it.
/// </summary>
public sealed class FileSweep(
    FileFolder folder, IDbContextFactory<CaseManagementDbContext> contexts, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>How long a file may lie before its case is looked for.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(1);

    // older files were looked at before
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Looks once.</summary>
    /// <returns>How many files were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        var removed = folder.DropIncoming(now - Age);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var hashes in folder.Leaving(now - Age))
        {
            var needed = await NeededAsync(db, hashes, cancellationToken);
            foreach (var hash in hashes)
            {
                if (needed.Contains(hash))
                {
                    folder.TakeBack(hash, now);
                }
                else
                {
                    folder.Remove(hash);
                    removed++;
                }
            }
        }

        foreach (var hashes in folder.Kept(now - Longest, now - Age))
        {
            var needed = await NeededAsync(db, hashes, cancellationToken);
            foreach (var hash in hashes.Where(h => !needed.Contains(h)))
            {
                folder.SetAside(hash, now);
            }
        }

        return removed;
    }

    private static async Task<HashSet<string>> NeededAsync(CaseManagementDbContext db, string[] hashes, CancellationToken cancellationToken)
    {
        var originals = await db.Attachments.AsNoTracking().Where(a => hashes.Contains(a.Sha256)).Select(a => a.Sha256).Distinct().ToListAsync(cancellationToken);
        var shown = await db.Attachments.AsNoTracking().Where(a => a.ShownSha256 != null && hashes.Contains(a.ShownSha256)).Select(a => a.ShownSha256!).Distinct()
            .ToListAsync(cancellationToken);
        return [.. originals, .. shown];
    }
}
