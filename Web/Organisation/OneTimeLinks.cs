using System.Security.Cryptography;
using System.Text;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Organisation;

/// <summary>Makes links by which somebody chooses a password, and takes them back once.</summary>
public sealed class OneTimeLinks(IDbContextFactory<CaseManagementDbContext> contexts, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    public static readonly TimeSpan InvitationHolds = TimeSpan.FromHours(72);
    public static readonly TimeSpan ResetHolds = TimeSpan.FromMinutes(30);

    private const int Longest = 100;

    /// <summary>Adds a link to what the context will save; earlier ones of the person are good no longer.</summary>
    /// <returns>The secret, which is told once.</returns>
    public async Task<string> AddAsync(CaseManagementDbContext db, string userId, LinkPurpose purpose, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        await db.OneTimeLinks.Where(l => l.UserId == userId || l.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        db.OneTimeLinks.Add(new OneTimeLink
        {
            SecretHash = HashOf(secret),
            UserId = userId,
            Purpose = purpose,
            CreatedAt = now,
            ExpiresAt = now + (purpose == LinkPurpose.Invitation ? InvitationHolds : ResetHolds),
        });
        return secret;
    }

    /// <summary>Whose link it is; null for one that is unknown, used or over.</summary>
    public async Task<string?> OwnerAsync(string? secret, CancellationToken cancellationToken)
    {
        if (secret is not { Length: > 0 and <= Longest })
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await FindAsync(db, secret, cancellationToken))?.UserId;
    }

    /// <summary>Uses a link up, in the transaction of the context.</summary>
    /// <returns>Whose it was; null when it is no longer good.</returns>
    public async Task<string?> UseAsync(CaseManagementDbContext db, string? secret, CancellationToken cancellationToken)
    {
        if (secret is not { Length: > 0 and <= Longest } || await FindAsync(db, secret, cancellationToken) is not { } link)
        {
            return null;
        }

        link.UsedAt = wallClock.GetUtcNow();
        return link.UserId;
    }

    private async Task<OneTimeLink?> FindAsync(CaseManagementDbContext db, string secret, CancellationToken cancellationToken)
    {
        var (hash, now) = (HashOf(secret), wallClock.GetUtcNow());
        return await db.OneTimeLinks.SingleOrDefaultAsync(l => l.SecretHash == hash && l.UsedAt == null && l.ExpiresAt > now, cancellationToken);
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
