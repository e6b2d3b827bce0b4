using System.Security.Cryptography;
using System.Text;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace CaseManagement.Web.Organisation;

/// <summary>
/// Identity's store of people, but that an authenticator's key lies sealed (Data Protection) and recovery codes are hashed before they are sealed: who
/// reads the database alone makes no codes of it. What lies there in the clear from before is sealed when it is next used.
/// </summary>
internal sealed class SealedUserStore(CaseManagementDbContext context, IDataProtectionProvider protection, IdentityErrorDescriber describer)
    : UserOnlyStore<AppUser, CaseManagementDbContext>(context, describer)
{
    private const string Mark = "sealed:";

    // as Identity names them
    private const string Provider = "[AspNetUserStore]";
    private const string RecoveryCodes = "RecoveryCodes";

    private readonly IDataProtector _keys = protection.CreateProtector("authenticator-key");
    private readonly IDataProtector _codes = protection.CreateProtector("recovery-codes");

    public override async Task<string?> GetAuthenticatorKeyAsync(AppUser user, CancellationToken cancellationToken)
    {
        var kept = await base.GetAuthenticatorKeyAsync(user, cancellationToken);
        if (kept is null || kept.StartsWith(Mark, StringComparison.Ordinal))
        {
            return kept is null ? null : Open(_keys, kept);
        }

        await SetAuthenticatorKeyAsync(user, kept, cancellationToken);
        await SaveChanges(cancellationToken);
        return kept;
    }

    public override Task SetAuthenticatorKeyAsync(AppUser user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, Mark + _keys.Protect(key), cancellationToken);

    public override Task ReplaceCodesAsync(AppUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        KeepAsync(user, recoveryCodes.Select(code => Hash(user, code)), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(AppUser user, string code, CancellationToken cancellationToken)
    {
        var (kept, wanted) = (await HashesAsync(user, cancellationToken), Hash(user, code));
        if (!kept.Contains(wanted, StringComparer.Ordinal))
        {
            return false;
        }

        await KeepAsync(user, kept.Where(hash => hash != wanted), cancellationToken);
        return true;
    }

    public override async Task<int> CountCodesAsync(AppUser user, CancellationToken cancellationToken) => (await HashesAsync(user, cancellationToken)).Count;

    private Task KeepAsync(AppUser user, IEnumerable<string> hashes, CancellationToken cancellationToken) =>
        SetTokenAsync(user, Provider, RecoveryCodes, Mark + _codes.Protect(string.Join(';', hashes)), cancellationToken);

    private async Task<IReadOnlyList<string>> HashesAsync(AppUser user, CancellationToken cancellationToken)
    {
        var kept = await GetTokenAsync(user, Provider, RecoveryCodes, cancellationToken) ?? "";
        return kept.StartsWith(Mark, StringComparison.Ordinal)
            ? Parts(Open(_codes, kept) ?? "")
            : [.. Parts(kept).Select(code => Hash(user, code))];
    }

    private static string[] Parts(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static string Hash(AppUser user, string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Id}\n{code}")));

    // sealed by keys that are gone: as good as not there
    private static string? Open(IDataProtector seal, string kept)
    {
        try
        {
            return seal.Unprotect(kept[Mark.Length..]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
