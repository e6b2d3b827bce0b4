using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Portal;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Portal;

/// <summary>
/// Sessions of complainants: a tracking code was shown, and for half an hour after each use its case may be seen and acted on. What counts is
/// the row in the database; the cookie alone is a random secret. They have nothing to do with those of staff.
/// </summary>
public sealed class TrackingSessions(
    IDbContextFactory<CaseManagementDbContext> contexts, TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock, IHostEnvironment environment)
{
    /// <summary>A session ends so long after its last use.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>A session ends then, however busy it was.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>A one-time code is good so long.</summary>
    public static readonly TimeSpan CodeKept = TimeSpan.FromMinutes(10);

    /// <summary>So often one may be typed wrongly before it is worth nothing.</summary>
    public const int MostTries = 5;

    // how much later the end must be to be worth a write
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(2);

    private const int SecretLength = 32;

    /// <summary>Months after closing in which a case can be followed, by the product's own time.</summary>
    public const int MonthsAfterClosing = 12;

    // Browsers take __Host- cookies over TLS only; on a developer's machine the pages are served without.
    private readonly string _cookie = environment.IsDevelopment() ? "tc" : "__Host-tc";

    /// <summary>Opens a session for the case of a typed code. Whatever is wrong with the code, the same is done and nothing comes of it.</summary>
    /// <returns>The case; null where there is none.</returns>
    public async Task<Guid?> OpenAsync(HttpContext context, string typed, CancellationToken cancellationToken)
    {
        var hash = TrackingCodes.HashOfTyped(typed) ?? TrackingCodes.HashOfNone;
        if (await FindAsync(hash, cancellationToken) is not { } complaint)
        {
            return null;
        }

        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretLength));
        var now = wallClock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.TrackingSessions.Add(new TrackingSession { Id = IdOf(secret), TrackingHash = hash, StartedAt = now, EndsAt = now + Idle });
        await db.SaveChangesAsync(cancellationToken);
        context.Response.Cookies.Append(_cookie, secret, Cookie());
        return complaint;
    }

    /// <summary>The browser of this request had a session, whether or not it has ended.</summary>
    public bool Had(HttpContext context) => SecretOf(context) is not null;

    /// <summary>The case of this request's session; null without one.</summary>
    public async Task<Guid?> CaseAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (SecretOf(context) is not { } secret)
        {
            return null;
        }

        var (id, now) = (IdOf(secret), wallClock.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.TrackingSessions.SingleOrDefaultAsync(s => s.Id == id && s.EndsAt > now, cancellationToken) is not { } session
            || await FindAsync(session.TrackingHash, cancellationToken) is not { } complaint)
        {
            return null;
        }

        var end = new[] { now + Idle, session.StartedAt + Longest }.Min();
        if (end - session.EndsAt > Step)
        {
            await db.TrackingSessions.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(one => one.EndsAt, end), cancellationToken);
        }

        return complaint;
    }

    /// <summary>Awaits a one-time code of this session; one sent before is worth nothing any more.</summary>
    public async Task ExpectCodeAsync(HttpContext context, string digits, CancellationToken cancellationToken)
    {
        if (SecretOf(context) is not { } secret)
        {
            return;
        }

        var (id, hash, end) = (IdOf(secret), HashOf(secret, digits), (DateTimeOffset?)(wallClock.GetUtcNow() + CodeKept));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.TrackingSessions.Where(s => s.Id == id).ExecuteUpdateAsync(
            s => s.SetProperty(one => one.CodeHash, hash).SetProperty(one => one.CodeEndsAt, end).SetProperty(one => one.CodeTries, 0), cancellationToken);
    }

    /// <summary>Takes a typed one-time code. The try is counted before it is looked at, so that of any number who come together no more than allowed are.</summary>
    /// <returns>Whether it is the one that was sent, in time, and not typed wrongly too often; it is good once.</returns>
    public async Task<bool> ProveAsync(HttpContext context, string? typed, CancellationToken cancellationToken)
    {
        if (SecretOf(context) is not { } secret)
        {
            return false;
        }

        var (id, now) = (IdOf(secret), wallClock.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.TrackingSessions.Where(s => s.Id == id && s.CodeHash != null && s.CodeEndsAt > now && s.CodeTries < MostTries)
                .ExecuteUpdateAsync(s => s.SetProperty(one => one.CodeTries, one => one.CodeTries + 1), cancellationToken) == 0
            || await db.TrackingSessions.AsNoTracking().Where(s => s.Id == id).Select(s => s.CodeHash).SingleOrDefaultAsync(cancellationToken) is not { } expected
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(HashOf(secret, DigitsOf(typed)))))
        {
            return false;
        }

        var until = (DateTimeOffset?)(now + Idle);
        return await db.TrackingSessions.Where(s => s.Id == id && s.CodeHash == expected).ExecuteUpdateAsync(
            s => s.SetProperty(one => one.CodeHash, (string?)null).SetProperty(one => one.ProvedUntil, until), cancellationToken) == 1;
    }

    /// <summary>Whether the holder of this session has shown that the contact on record is theirs.</summary>
    public async Task<bool> IsProvedAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (SecretOf(context) is not { } secret)
        {
            return false;
        }

        var (id, now) = (IdOf(secret), wallClock.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.TrackingSessions.AnyAsync(s => s.Id == id && s.EndsAt > now && s.ProvedUntil > now, cancellationToken);
    }

    /// <summary>Ends the session of this request, if it has one.</summary>
    public async Task EndAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Cookies[_cookie] is { Length: > 0 } secret)
        {
            var id = IdOf(secret);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.TrackingSessions.Where(s => s.Id == id).ExecuteDeleteAsync(cancellationToken);
        }

        context.Response.Cookies.Delete(_cookie, Cookie());
    }

    private string? SecretOf(HttpContext context) => context.Request.Cookies[_cookie] is { Length: > 0 and < 200 } secret ? secret : null;

    // as people type what they read: in groups, in full-width digits
    private static string DigitsOf(string? typed) => typed is null or { Length: > 40 } ? "" : string.Concat(typed.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiDigit));

    private static string HashOf(string secret, string digits) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes("one-time-code:" + digits)));

    private CookieOptions Cookie() => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = SameSiteMode.Strict,
        Secure = !environment.IsDevelopment(),
    };

    /// <summary>The case of this code, unless it was closed too long ago.</summary>
    private async Task<Guid?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        var closedAfter = clock.GetUtcNow().AddMonths(-MonthsAfterClosing);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Cases.AsNoTracking().Where(c => c.TrackingHash == hash && (c.ClosedAt == null || c.ClosedAt > closedAfter))
            .Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancellationToken);
    }

    private static string IdOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes("tracking-session:" + secret)));
}
