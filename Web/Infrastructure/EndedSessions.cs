using System.Globalization;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Infrastructure;

/// <summary>
/// Sessions that were signed out before their time, known to every node: what was made from such a session (the designer's tokens) dies
/// with it. Kept until the session would have ended by itself.
/// </summary>
public sealed class EndedSessions(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    private const string Kind = "ended-session";

    public async Task<bool> HasEndedAsync(string userId, string session, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.UserTokens.AnyAsync(t => t.UserId == userId && t.LoginProvider == Kind && t.Name == session, cancellationToken);
    }

    /// <summary>Does nothing for somebody who is not in the database.</summary>
    public async Task EndAsync(string userId, string session, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var kept = await db.UserTokens.Where(t => t.UserId == userId && t.LoginProvider == Kind).ToListAsync(cancellationToken);
                db.UserTokens.RemoveRange(kept.Where(t => DateTimeOffset.Parse(t.Value!, CultureInfo.InvariantCulture) < now));
                if (kept.TrueForAll(t => t.Name != session) && await db.Users.AnyAsync(u => u.Id == userId, cancellationToken))
                {
                    db.UserTokens.Add(new IdentityUserToken<string>
                    {
                        UserId = userId,
                        LoginProvider = Kind,
                        Name = session,
                        Value = (now + Sessions.Longest).ToString("O", CultureInfo.InvariantCulture),
                    });
                }

                return true;
            },
            cancellationToken);
    }
}
