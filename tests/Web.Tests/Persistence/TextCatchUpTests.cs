using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Seeding;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>Cases from before texts were kept get theirs, whenever the process that writes them ends.</summary>
public sealed class TextCatchUpTests
{
    private const int Cases = 450;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_sqlite_old_cases_are_found_though_the_process_was_killed_on_the_way()
    {
        await using var site = new Site();
        await CatchUpAsync(site);

        // as text it can be compared: what was written late is what their bursts had written
        Assert.Equal(0, await site.AskAsync(db => db.CaseTexts.CountAsync(t => t.Words == "")));
    }

    [Fact]
    public async Task On_postgresql_old_cases_are_found_though_the_process_was_killed_on_the_way()
    {
        await PostgreSqlServer.GetAsync();
        await using var site = new PostgreSqlSite();
        await CatchUpAsync(site);
    }

    private static async Task CatchUpAsync(Site site)
    {
        await site.AskAsync(db => db.Cases.CountAsync());
        Assert.Equal(0, await new SeedCommand(site.Services, TextWriter.Null).RunAsync(["--cases", $"{Cases}", "--open", "20"], Token));
        var all = await site.AskAsync(db => db.Cases.OrderByDescending(c => c.Id).Select(c => c.Id).ToListAsync());
        var manager = await site.AsAsync("seed-manager");
        var before = await FoundAsync(site);
        await site.AskAsync(db => db.CaseTexts.ExecuteDeleteAsync());
        Assert.DoesNotContain("data-case=", await manager.ReadAsync("/inbox?q=空调"), StringComparison.Ordinal);

        // killed as it begins its second step: what was committed stays, the newest first
        await Assert.ThrowsAsync<OperationCanceledException>(() => Of(site, new KilledStore(site.Services.GetRequiredService<ICaseStore>(), after: 1)).RunAsync(Token));
        var written = await site.AskAsync(db => db.CaseTexts.Select(t => t.ComplaintId).ToListAsync());
        Assert.NotEmpty(written);
        Assert.True(written.Count < all.Count);
        Assert.Equal(all.Take(written.Count).Order(), written.Order());

        Assert.Equal(all.Count - written.Count, await Of(site, site.Services.GetRequiredService<ICaseStore>()).RunAsync(Token));
        Assert.Equal(0, await Of(site, site.Services.GetRequiredService<ICaseStore>()).RunAsync(Token));

        Assert.Equal(all.Count, await site.AskAsync(db => db.CaseTexts.CountAsync()));
        Assert.Equal(before, await FoundAsync(site));
        Assert.Contains("data-case=", await manager.ReadAsync("/inbox?q=空调"), StringComparison.Ordinal);
    }

    // by words and by complainant, with the department and whether it is open
    private static async Task<IReadOnlyList<string>> FoundAsync(Site site)
    {
        var found = new List<string>();
        foreach (var (lead, isOpen) in await site.AskAsync(async db => (await db.CaseTexts.Select(t => new { t.Lead, t.IsOpen }).Distinct().ToListAsync()).Select(t => (t.Lead, t.IsOpen)).Order().ToList()))
        {
            foreach (var typed in (string[])["空调", "要求", "SEED0000", "欧阳"])
            {
                found.AddRange((await site.AskAsync(db => StoredTexts.FoundAsync(db, typed, lead, isOpen))).Select(id => $"{lead} {isOpen} {typed} {id}"));
            }
        }

        Assert.NotEmpty(found);
        return found;
    }

    private static TextCatchUp Of(Site site, ICaseStore store) => new(
        site.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>(), store, site.Services.GetRequiredService<IHostApplicationLifetime>(), NullLogger<TextCatchUp>.Instance);

    /// <summary>A store whose process ends after so many transactions.</summary>
    private sealed class KilledStore(ICaseStore store, int after) : ICaseStore
    {
        private int _begun;

        public ValueTask<T> RunAsync<T>(Func<ICaseTransaction, ValueTask<T>> burst, CancellationToken cancellationToken) =>
            _begun++ < after ? store.RunAsync(burst, cancellationToken) : throw new OperationCanceledException();
    }
}
