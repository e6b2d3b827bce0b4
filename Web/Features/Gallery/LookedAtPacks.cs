using System.Security.Cryptography;
using System.Text.Json;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Files;
using Microsoft.AspNetCore.DataProtection;

namespace CaseManagement.Web.Features.Gallery;

/// <summary>
/// Packs that were brought and are looked at before they are installed. They lie in the folder of files, which all nodes see, under a sealed ticket that goes with the page;
/// the database knows nothing of them, and what nobody installs within a day is swept like every file without a case.
/// </summary>
public sealed class LookedAtPacks(FileFolder folder, IDataProtectionProvider protection, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    private const int LongestTicket = 2_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly IDataProtector _seal = protection.CreateProtector("looked-at-pack");

    /// <summary>Keeps a pack for whoever brought it.</summary>
    /// <param name="zip">The file.</param>
    /// <param name="person">Who brought it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The ticket that finds it again.</returns>
    public async Task<string> KeepAsync(byte[] zip, string person, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(zip));
        var incoming = folder.CreateIncoming();
        await using (incoming)
        {
            await incoming.WriteAsync(zip, cancellationToken);
            await folder.KeepAsync(incoming, hash, isSealed: false);
        }

        return _seal.Protect(JsonSerializer.Serialize(new Kept(hash, person, wallClock.GetUtcNow())));
    }

    /// <summary>The pack of a ticket; null where it is none of this person's, or too old.</summary>
    public async Task<byte[]?> FindAsync(string? ticket, string person, CancellationToken cancellationToken)
    {
        if (ticket is not { Length: > 0 and < LongestTicket })
        {
            return null;
        }

        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(_seal.Unprotect(ticket))!;
            if (kept.Person != person || wallClock.GetUtcNow() - kept.At > Lifetime || folder.Open(kept.Sha256, isSealed: false) is not { } file)
            {
                return null;
            }

            await using (file)
            {
                using var content = new MemoryStream();
                await file.CopyToAsync(content, cancellationToken);
                return content.ToArray();
            }
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Kept(string Sha256, string Person, DateTimeOffset At);
}
