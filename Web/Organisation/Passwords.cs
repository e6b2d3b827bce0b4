using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.SignIn;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Portal;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Organisation;

/// <summary>How choosing a password ended.</summary>
/// <param name="IsDone">It is the person's password now.</param>
/// <param name="Fault">Why it will not do; null also where the link or the old password was wrong.</param>
public sealed record PasswordAnswer(bool IsDone, PasswordFault? Fault = null);

/// <summary>Sets passwords: by a link, or by the one before. Every other session of the person ends; it is recorded.</summary>
public sealed class Passwords(
    IConfigurationWriter writer, IPasswordHasher<AppUser> hasher, OneTimeLinks links, StaffSessions sessions, ConfigurationAudit audit,
    IOptions<SecurityOptions> security, IOptions<PortalOptions> portal, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>Chooses one by a link, which is used up with it.</summary>
    public async Task<PasswordAnswer> ByLinkAsync(string? secret, string password, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) =>
        {
            if (await links.OwnerAsync(secret, cancellationToken) is not { } id || await db.Users.SingleOrDefaultAsync(u => u.Id == id && u.IsActive, cancellationToken) is not { } user)
            {
                return new PasswordAnswer(false);
            }

            if (await FaultAsync(db, user, password, cancellationToken) is { } fault)
            {
                return new PasswordAnswer(false, fault);
            }

            if (await links.UseAsync(db, secret, cancellationToken) is null)
            {
                return new PasswordAnswer(false);
            }

            // whoever has the link has proved who they are: misses of before count no longer
            var counter = SignInTry.Of(user.UserName ?? "", "", null).Account;
            await db.SignInCounters.Where(c => c.Key == counter).ExecuteDeleteAsync(cancellationToken);
            return await SetAsync(db, user, password, cancellationToken);
        },
        cancellationToken);

    /// <summary>Changes one's own.</summary>
    public async Task<PasswordAnswer> ChangeAsync(string userId, string before, string password, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) =>
        {
            var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
            return user.PasswordHash is not { } hash || hasher.VerifyHashedPassword(user, hash, PasswordRules.Normal(before)) == PasswordVerificationResult.Failed
                ? new PasswordAnswer(false)
                : await FaultAsync(db, user, password, cancellationToken) is { } fault ? new PasswordAnswer(false, fault) : await SetAsync(db, user, password, cancellationToken);
        },
        cancellationToken);

    private async Task<PasswordFault?> FaultAsync(CaseManagementDbContext db, AppUser user, string password, CancellationToken cancellationToken)
    {
        var isDengBao3 = security.Value.Profile == SecurityProfile.DengBao3;
        if (isDengBao3 && user.PasswordHash is { } before && hasher.VerifyHashedPassword(user, before, PasswordRules.Normal(password)) != PasswordVerificationResult.Failed)
        {
            return PasswordFault.Same;
        }

        var departments = await db.Departments.AsNoTracking().Select(d => new { d.NameZh, d.NameEn }).ToListAsync(cancellationToken);
        var options = portal.Value;
        return PasswordRules.Check(
            password, user.TwoFactorEnabled,
            [user.UserName ?? "", user.DisplayName, user.Email?.Split('@')[0] ?? "", "CaseManagement", options.NameZh ?? "", options.NameEn ?? "", .. departments.SelectMany(d => new[] { d.NameZh, d.NameEn })],
            isDengBao3);
    }

    private async Task<PasswordAnswer> SetAsync(CaseManagementDbContext db, AppUser user, string password, CancellationToken cancellationToken)
    {
        user.PasswordHash = hasher.HashPassword(user, PasswordRules.Normal(password));
        user.PasswordChangedAt = wallClock.GetUtcNow();
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        await sessions.EndAllAsync(db, user.Id, cancellationToken);
        await audit.RecordAsync(
            db, AccessAudit.StreamOf(user.Id), "password.changed", new Actor(ActorKind.Person, user.Id, user.DisplayName), new JsonObject(), cancellationToken);
        return new PasswordAnswer(true);
    }
}
