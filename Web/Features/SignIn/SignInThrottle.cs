using System.Security.Cryptography;
using System.Text;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>Which counters a try at signing in counts on.</summary>
/// <param name="Account">Of the name that was typed, whether or not anybody has it; of the device alone where it is known to be theirs.</param>
/// <param name="Network">Of where it came from.</param>
public sealed record SignInTry(string Account, string Network)
{
    /// <param name="userName">As typed.</param>
    /// <param name="network">Where it came from.</param>
    /// <param name="device">A device from which the person came in before; null for any other. It has a budget of its own, so that strangers cannot lock its user out.</param>
    public static SignInTry Of(string userName, string network, string? device) =>
        new(Hash($"account\n{userName.Normalize(NormalizationForm.FormKC).ToUpperInvariant()}\n{device}"), Hash($"network\n{network}"));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>
/// Counts misses per account and per network in the database, for all nodes together, by the wall clock. Five misses within 15 minutes: a wait of
/// 1, 2, 4 … 15 minutes; 100 in a row: no way in until an administrator gives a new link; 20 misses within 10 minutes from one network: 10 minutes.
/// </summary>
public sealed class SignInThrottle(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>Misses of one account until a wait begins.</summary>
    public const int MostMisses = 5;

    /// <summary>Misses of one account in a row until only a new link helps.</summary>
    public const int MostInRow = 100;

    /// <summary>Misses from one network until a wait begins.</summary>
    public const int MostOfNetwork = 20;

    /// <summary>Misses of an account within this time count together.</summary>
    public static readonly TimeSpan AccountSpan = TimeSpan.FromMinutes(15);

    /// <summary>Misses from a network within this time count together, and so long it waits.</summary>
    public static readonly TimeSpan NetworkSpan = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>Whether a try is refused whatever was typed.</summary>
    public async Task<bool> WaitsAsync(SignInTry attempt, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        string[] keys = [attempt.Account, attempt.Network];
        return await db.SignInCounters.AnyAsync(c => keys.Contains(c.Key) && (c.WaitUntil > now || (c.Key == attempt.Account && c.InRow >= MostInRow)), cancellationToken);
    }

    /// <summary>Counts a miss.</summary>
    /// <returns>True when a wait began for the account.</returns>
    public async Task<bool> MissAsync(SignInTry attempt, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                // forgotten after a day, but for those who need a new link
                var old = now.AddDays(-1);
                await db.SignInCounters.Where(c => c.Since < old && c.InRow < MostInRow).ExecuteDeleteAsync(cancellationToken);
                Count(await CounterAsync(db, attempt.Network, now, cancellationToken), NetworkSpan, MostOfNetwork, now, _ => NetworkSpan);
                return Count(await CounterAsync(db, attempt.Account, now, cancellationToken), AccountSpan, MostMisses, now, WaitAfter);
            },
            cancellationToken);
    }

    /// <summary>Forgets the misses of an account that came in. Those of its network stay.</summary>
    public async Task ForgetAsync(SignInTry attempt, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) => await db.SignInCounters.Where(c => c.Key == attempt.Account).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    private static async Task<SignInCounter> CounterAsync(CaseManagementDbContext db, string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counter = await db.SignInCounters.SingleOrDefaultAsync(c => c.Key == key, cancellationToken);
        if (counter is null)
        {
            counter = new SignInCounter { Key = key, Since = now };
            db.SignInCounters.Add(counter);
        }

        return counter;
    }

    private static bool Count(SignInCounter counter, TimeSpan span, int most, DateTimeOffset now, Func<int, TimeSpan> wait)
    {
        if (now - counter.Since > span)
        {
            counter.Misses = 0;
            counter.Since = now;
        }

        counter.Misses++;
        counter.InRow++;
        if (counter.Misses < most)
        {
            return false;
        }

        counter.WaitUntil = now + wait(counter.Waits++);
        counter.Misses = 0;
        counter.Since = now;
        return true;
    }

    private static TimeSpan WaitAfter(int waits) =>
        waits >= 4 ? LongestWait : TimeSpan.FromMinutes(1 << waits);
}
