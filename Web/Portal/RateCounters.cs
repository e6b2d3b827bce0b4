using System.Globalization;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Portal;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Portal;

/// <summary>So much of something within a span of time. Spans follow each other without gaps, by the wall clock.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Limit">How often it may be done in one span.</param>
/// <param name="Span">How long a span is.</param>
public sealed record Rate(string Name, int Limit, TimeSpan Span);

/// <summary>Counts in the database, so that all nodes count together.</summary>
public sealed class RateCounters(IDbContextFactory<CaseManagementDbContext> contexts, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>
    /// Counts one more against every rate at once, before the work is done: of any number who come together no more than allowed are told yes.
    /// </summary>
    /// <param name="rates">The rates, each with whom it is counted for.</param>
    /// <param name="cancellationToken">Stops before the next is counted.</param>
    /// <returns>By how much the most exceeded rate is exceeded; 0 while all hold.</returns>
    public async Task<int> TakeAsync(IReadOnlyList<(Rate Rate, string Who)> rates, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        var over = 0;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var (rate, who) in rates)
        {
            over = Math.Max(over, await AddAsync(db, rate, who, now, 1, cancellationToken) - rate.Limit);
        }

        return over;
    }

    /// <summary>Takes one back that turned out not to count.</summary>
    public async Task GiveBackAsync(IReadOnlyList<(Rate Rate, string Who)> rates, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var (rate, who) in rates)
        {
            await AddAsync(db, rate, who, now, -1, cancellationToken);
        }
    }

    /// <summary>Spends something that can be spent once.</summary>
    /// <param name="what">What.</param>
    /// <param name="endsAt">From when on it is worth nothing anyway.</param>
    /// <param name="cancellationToken">Stops before it is spent.</param>
    /// <returns>False: it was spent before.</returns>
    public async Task<bool> SpendAsync(string what, DateTimeOffset endsAt, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.RateCounters.AnyAsync(c => c.Key == what, cancellationToken))
        {
            return false;
        }

        db.RateCounters.Add(new RateCounter { Key = what, Count = 1, EndsAt = endsAt });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // somebody else was faster
            return false;
        }
    }

    private static async Task<int> AddAsync(
        CaseManagementDbContext db, Rate rate, string who, DateTimeOffset now, int more, CancellationToken cancellationToken)
    {
        var span = now.UtcTicks / rate.Span.Ticks;
        var key = string.Create(CultureInfo.InvariantCulture, $"{rate.Name}/{who}/{span}");
        if (await RaiseAsync() == 0)
        {
            db.RateCounters.Add(new RateCounter { Key = key, Count = more, EndsAt = new DateTimeOffset((span + 1) * rate.Span.Ticks, TimeSpan.Zero) });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                // somebody else began the span
                db.ChangeTracker.Clear();
                await RaiseAsync();
            }
        }

        return await db.RateCounters.AsNoTracking().Where(c => c.Key == key).Select(c => c.Count).SingleOrDefaultAsync(cancellationToken);

        Task<int> RaiseAsync() => db.RateCounters.Where(c => c.Key == key)
            .ExecuteUpdateAsync(counter => counter.SetProperty(c => c.Count, c => c.Count + more), cancellationToken);
    }
}
