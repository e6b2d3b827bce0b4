using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>Codes of an authenticator (TOTP, RFC 6238) and recovery codes, both Identity's own. A code is good once.</summary>
public sealed class SecondFactor(
    UserManager<AppUser> users, IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>How many recovery codes somebody gets.</summary>
    public const int RecoveryCodes = 10;

    private const string Used = "used-code";

    // an authenticator's code is taken for a little over two minutes either way
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(6);

    /// <summary>True for those who use none.</summary>
    public async Task<bool> IsRightAsync(AppUser user, string? code, CancellationToken cancellationToken)
    {
        if (!user.TwoFactorEnabled)
        {
            return true;
        }

        var typed = code?.Replace(" ", "", StringComparison.Ordinal).Trim() ?? "";
        return typed.Length == 6 && typed.All(char.IsAsciiDigit)
            ? await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, typed) && await IsFirstUseAsync(user.Id, typed, cancellationToken)
            : typed.Length is > 6 and < 40 && (await users.RedeemTwoFactorRecoveryCodeAsync(user, typed)).Succeeded;
    }

    private async Task<bool> IsFirstUseAsync(string userId, string code, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{userId}\n{code}")));
        await using (var look = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await look.UserTokens.SingleOrDefaultAsync(t => t.UserId == userId && t.LoginProvider == Used && t.Name == name, cancellationToken) is { } before && IsFresh(before, now))
            {
                return false;
            }
        }

        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var kept = await db.UserTokens.Where(t => t.UserId == userId && t.LoginProvider == Used).ToListAsync(cancellationToken);
                db.UserTokens.RemoveRange(kept.Where(t => !IsFresh(t, now) && t.Name != name));
                if (kept.Find(t => t.Name == name) is { } same)
                {
                    if (IsFresh(same, now))
                    {
                        return false;
                    }

                    same.Value = now.ToString("O", CultureInfo.InvariantCulture);
                    return true;
                }

                db.UserTokens.Add(new IdentityUserToken<string> { UserId = userId, LoginProvider = Used, Name = name, Value = now.ToString("O", CultureInfo.InvariantCulture) });
                return true;
            },
            cancellationToken);
    }

    private static bool IsFresh(IdentityUserToken<string> token, DateTimeOffset now) =>
        DateTimeOffset.TryParse(token.Value, CultureInfo.InvariantCulture, out var at) && now - at < GoodFor;
}
