using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Organisation;

/// <summary>How choosing a password ended.</summary>
/// <param name="IsDone">It is the person's password now.</param>
/// <param name="Fault">Why it will not do; null also where the link or the old password was wrong.</param>
public sealed record PasswordAnswer(bool IsDone, PasswordFault? Fault = null);

/// <summary>Sets passwords: by a link, or by the one before. Every other session of the person ends; it is recorded.</summary>
public sealed class Passwords(
    IConfigurationWriter writer, IPasswordHasher<AppUser> hasher, OneTimeLinks links, StaffSessions sessions, ConfigurationAudit audit)
{
    /// <summary>Chooses one by a link, which is used up with it.</summary>
    public async Task<PasswordAnswer> ByLinkAsync(string? secret, string password, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) =>
        {
            if (await links.OwnerAsync(secret, cancellationToken) is not { } id || await db.Users.SingleOrDefaultAsync(u => u.Id == id && u.IsActive, cancellationToken) is not { } user)
            {
                return new PasswordAnswer(false);
            }

            if (Fault(user, password) is { } fault)
            {
                return new PasswordAnswer(false, fault);
            }

            return await links.UseAsync(db, secret, cancellationToken) is null
                ? new PasswordAnswer(false)
                : await SetAsync(db, user, password, cancellationToken);
        },
        cancellationToken);

    /// <summary>Changes one's own.</summary>
    public async Task<PasswordAnswer> ChangeAsync(string userId, string before, string password, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) =>
        {
            var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
            return user.PasswordHash is not { } hash || hasher.VerifyHashedPassword(user, hash, PasswordRules.Normal(before)) == PasswordVerificationResult.Failed
                ? new PasswordAnswer(false)
                : Fault(user, password) is { } fault ? new PasswordAnswer(false, fault) : await SetAsync(db, user, password, cancellationToken);
        },
        cancellationToken);

    private static PasswordFault? Fault(AppUser user, string password) => PasswordRules.Check(
        password, user.TwoFactorEnabled, [user.UserName ?? "", user.DisplayName, user.Email?.Split('@')[0] ?? "", "CaseManagement"]);

    private async Task<PasswordAnswer> SetAsync(CaseManagementDbContext db, AppUser user, string password, CancellationToken cancellationToken)
    {
        user.PasswordHash = hasher.HashPassword(user, PasswordRules.Normal(password));
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        await sessions.EndAllAsync(db, user.Id, cancellationToken);
        await audit.RecordAsync(
            db, AccessAudit.StreamOf(user.Id), "password.changed", new Actor(ActorKind.Person, user.Id, user.DisplayName), new JsonObject(), cancellationToken);
        return new PasswordAnswer(true);
    }
}
