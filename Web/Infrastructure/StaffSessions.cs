using System.Collections.Concurrent;
using System.Security.Cryptography;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Infrastructure;

/// <summary>
/// The sessions of staff as every node knows them: what ends here ends everywhere within <see cref="Remembered"/>, and what was made from a
/// session (the designer's tokens) dies with it.
/// </summary>
public sealed class StaffSessions(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, People people, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>How long a node takes a session for good without asking again.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    /// <summary>Somebody who proved who they are so lately need not do it again.</summary>
    public static readonly TimeSpan ProofHolds = TimeSpan.FromMinutes(5);

    /// <summary>Sessions that are over are kept so long, for their owner to see.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _good = new(StringComparer.Ordinal);

    /// <summary>Begins a session.</summary>
    /// <returns>Its id.</returns>
    public Task<string> BeginAsync(string userId, string method, string? device, string? network, CancellationToken cancellationToken) =>
        BeginAsync(userId, method, device, network, wallClock.GetUtcNow(), cancellationToken);

    /// <summary>Begins a session of somebody whose identity provider says when they proved who they are.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> BeginAsync(string userId, string method, string? device, string? network, DateTimeOffset provedAt, CancellationToken cancellationToken)
    {
        var (now, id) = (wallClock.GetUtcNow(), RandomNumberGenerator.GetHexString(32, lowercase: true));
        var (idle, longest) = await LimitsAsync(userId, method, cancellationToken);
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var over = now - Kept;
                await db.StaffSessions.Where(s => s.UserId == userId && s.EndsAt < over).ExecuteDeleteAsync(cancellationToken);
                db.StaffSessions.Add(new StaffSession
                {
                    Id = id,
                    UserId = userId,
                    StartedAt = now,
                    SeenAt = now,
                    EndsAt = now + longest,
                    IdleMinutes = (int)idle.TotalMinutes,
                    Method = method,
                    ProvedAt = provedAt < now ? provedAt : now,
                    Device = device,
                    Network = network,
                });
                return true;
            },
            cancellationToken);
        return id;
    }

    /// <summary>Whether a session is still good; notes that it is in use where <paramref name="isUse"/>.</summary>
    public async Task<bool> IsGoodAsync(string id, bool isUse, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        if (_good.TryGetValue(id, out var at) && now - at < Remembered && now >= at)
        {
            return true;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var session = await db.StaffSessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (session is null || IsOver(session, now) || await people.FindAsync(session.UserId, cancellationToken) is null)
        {
            _good.TryRemove(id, out _);
            return false;
        }

        if (isUse && now - session.SeenAt >= BetweenNotes)
        {
            await writer.RunWithContextAsync(
                async (other, _) => await other.StaffSessions.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(one => one.SeenAt, now), cancellationToken),
                cancellationToken);
        }

        _good[id] = now;
        Forget(now);
        return true;
    }

    /// <summary>Whether a session was ended or ran out; false for one that is not known.</summary>
    public async Task<bool> HasEndedAsync(string userId, string id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var session = await db.StaffSessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.UserId == userId, cancellationToken);
        return session is not null && IsOver(session, wallClock.GetUtcNow());
    }

    /// <summary>Whether whoever holds the session proved lately who they are. Demo people have nothing to prove it with.</summary>
    public async Task<bool> IsProvenAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var since = wallClock.GetUtcNow() - ProofHolds;
        return await db.StaffSessions.AnyAsync(s => s.Id == id && (s.ProvedAt >= since || s.Method == SignInMethods.Demo), cancellationToken);
    }

    /// <summary>Somebody's sessions that are not over, the newest first.</summary>
    public async Task<IReadOnlyList<StaffSession>> OpenAsync(string userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = wallClock.GetUtcNow();
        var kept = await db.StaffSessions.AsNoTracking().Where(s => s.UserId == userId && s.EndedAt == null && s.EndsAt > now).ToListAsync(cancellationToken);
        return [.. kept.Where(s => !IsOver(s, now)).OrderByDescending(s => s.StartedAt)];
    }

    /// <summary>Ends one session of a person.</summary>
    public Task EndAsync(string userId, string id, CancellationToken cancellationToken) => EndAsync(userId, s => s.Id == id, cancellationToken);

    /// <summary>Ends all sessions of a person but one.</summary>
    public Task EndOthersAsync(string userId, string? kept, CancellationToken cancellationToken) => EndAsync(userId, s => s.Id != kept, cancellationToken);

    /// <summary>Ends all sessions of a person, in the transaction of the context.</summary>
    public async Task EndAllAsync(CaseManagementDbContext db, string userId, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        await db.StaffSessions.Where(s => s.UserId == userId && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(one => one.EndedAt, now), cancellationToken);
        _good.Clear();
    }

    private async Task EndAsync(string userId, System.Linq.Expressions.Expression<Func<StaffSession, bool>> which, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        await writer.RunWithContextAsync(
            async (db, _) => await db.StaffSessions.Where(s => s.UserId == userId && s.EndedAt == null).Where(which)
                .ExecuteUpdateAsync(s => s.SetProperty(one => one.EndedAt, now), cancellationToken),
            cancellationToken);
        _good.Clear();
    }

    // whoever can change much has shorter sessions
    private async Task<(TimeSpan Idle, TimeSpan Longest)> LimitsAsync(string userId, string method, CancellationToken cancellationToken) =>
        await people.FindAsync(userId, cancellationToken) is { } person && person.SeesOutlines()
            ? (Sessions.PowerfulIdle, Sessions.PowerfulLongest)
            : (Sessions.Idle, method == SignInMethods.Oidc ? Sessions.OidcLongest : Sessions.Longest);

    private static bool IsOver(StaffSession session, DateTimeOffset now) =>
        session.EndedAt is not null || now >= session.EndsAt || now - session.SeenAt > TimeSpan.FromMinutes(session.IdleMinutes) + BetweenNotes;

    private void Forget(DateTimeOffset now)
    {
        const int Many = 10_000;
        if (_good.Count > Many)
        {
            foreach (var (id, at) in _good)
            {
                if (now - at >= Remembered)
                {
                    _good.TryRemove(id, out _);
                }
            }
        }
    }
}

/// <summary>How somebody came in.</summary>
public static class SignInMethods
{
    public const string Password = "password";

    /// <summary>By choosing a person, in Development only.</summary>
    public const string Demo = "demo";

    /// <summary>By an identity provider's word.</summary>
    public const string Oidc = "oidc";
}
