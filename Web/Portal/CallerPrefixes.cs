using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Portal;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Portal;

/// <summary>
/// Knows a caller again without knowing where they are: the keyed hash of an IPv4 address or of an IPv6 network of 56 bits. The key is shared by
/// all nodes and changed every day; nothing else of an address is kept.
/// </summary>
public sealed class CallerPrefixes(
    IDbContextFactory<CaseManagementDbContext> contexts, IDataProtectionProvider protection, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    private const int KeyLength = 32;
    private const int NetworkBytes = 7;
    private const int HashLength = 16;

    private readonly IDataProtector _seal = protection.CreateProtector("address-key");
    private (string Day, byte[] Key)? _today;

    /// <summary>A day as keys are named by it.</summary>
    public static string DayOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The caller's hash of today, 32 hex digits.</summary>
    public async Task<string> OfAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var hash = HMACSHA256.HashData(await KeyAsync(cancellationToken), PrefixOf(context.Connection.RemoteIpAddress));
        return Convert.ToHexStringLower(hash.AsSpan(0, HashLength));
    }

    /// <summary>The part of an address that one caller has to themselves: all of IPv4, the network of IPv6.</summary>
    public static byte[] PrefixOf(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        var bytes = plain?.GetAddressBytes() ?? [];
        return plain?.AddressFamily == AddressFamily.InterNetworkV6 ? bytes[..NetworkBytes] : bytes;
    }

    private async Task<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        var day = DayOf(wallClock.GetUtcNow());
        if (_today is { } kept && kept.Day == day)
        {
            return kept.Key;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await FindAsync(db, day, cancellationToken);
        if (stored is null)
        {
            db.AddressKeys.Add(new AddressKey { Day = day, Sealed = Convert.ToBase64String(_seal.Protect(RandomNumberGenerator.GetBytes(KeyLength))) });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                // another node was first; its key holds
            }

            stored = await FindAsync(db, day, cancellationToken) ?? throw new InvalidOperationException("The key of the day is gone.");
        }

        var key = _seal.Unprotect(Convert.FromBase64String(stored));
        _today = (day, key);
        return key;
    }

    private static Task<string?> FindAsync(CaseManagementDbContext db, string day, CancellationToken cancellationToken) =>
        db.AddressKeys.AsNoTracking().Where(k => k.Day == day).Select(k => k.Sealed).SingleOrDefaultAsync(cancellationToken);
}
