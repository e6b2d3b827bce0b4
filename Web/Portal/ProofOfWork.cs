using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CaseManagement.Web.Configuration;
using Microsoft.AspNetCore.DataProtection;

namespace CaseManagement.Web.Portal;

/// <summary>
/// What a caller over their rate has to do: let their browser find a number whose hash begins with enough zeros, or wait. Nobody outside is
/// asked, and nobody is turned away who shares an address with others.
/// </summary>
/// <param name="Text">What the number is appended to.</param>
/// <param name="Bits">How many bits of the hash must be zero.</param>
/// <param name="Ticket">To be sent back with the number; sealed.</param>
/// <param name="WaitSeconds">How long who has no script waits instead.</param>
public sealed record Challenge(string Text, int Bits, string Ticket, int WaitSeconds);

/// <summary>Sets challenges and looks at what comes back; each opens the way once.</summary>
public sealed class ProofOfWork(RateCounters counters, IDataProtectionProvider protection, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>Bits of the first challenge: a second or two of a phone.</summary>
    public const int FewestBits = 15;

    private const int MostBits = 20;
    private const int LongestProof = 20;

    /// <summary>A challenge that is older opens nothing.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Who waits instead of working waits so long.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    // those who wait are let in one after the other, however many tickets they drew
    private static readonly Rate Waiting = new("waited", 2, TimeSpan.FromMinutes(1));

    private readonly IDataProtector _seal = protection.CreateProtector("proof-of-work");

    /// <param name="purpose">What the way is opened to.</param>
    /// <param name="over">By how much the rate is exceeded: who is far over works more.</param>
    public Challenge Set(string purpose, int over)
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var bits = Math.Min(MostBits, FewestBits + (over / 10));
        var ticket = new Ticket(id, purpose, bits, wallClock.GetUtcNow().UtcTicks);
        return new Challenge(id, bits, Convert.ToBase64String(_seal.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket))), (int)Wait.TotalSeconds);
    }

    /// <summary>Whether this opens the way, now and this once.</summary>
    /// <param name="purpose">What to.</param>
    /// <param name="sealedTicket">The ticket as it came back.</param>
    /// <param name="proof">The number found; empty from who waited.</param>
    /// <param name="who">The caller's hash.</param>
    /// <param name="cancellationToken">Stops before it is spent.</param>
    public async Task<bool> OpensAsync(string purpose, string? sealedTicket, string? proof, string who, CancellationToken cancellationToken)
    {
        if (Read(sealedTicket) is not { } ticket || ticket.Purpose != purpose)
        {
            return false;
        }

        var age = wallClock.GetUtcNow() - new DateTimeOffset(ticket.At, TimeSpan.Zero);
        if (age < TimeSpan.Zero || age > Lifetime)
        {
            return false;
        }

        if (!Solves(ticket, proof) && (age < Wait || await counters.TakeAsync([(Waiting, who)], cancellationToken) > 0))
        {
            return false;
        }

        return await counters.SpendAsync("ticket/" + ticket.Id, wallClock.GetUtcNow() + Lifetime, cancellationToken);
    }

    private static bool Solves(Ticket ticket, string? proof)
    {
        if (string.IsNullOrEmpty(proof) || proof.Length > LongestProof || !proof.All(char.IsAsciiDigit))
        {
            return false;
        }

        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ticket.Id}:{proof}")));
        return BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(hash)) >= ticket.Bits;
    }

    private Ticket? Read(string? sealedTicket)
    {
        if (sealedTicket is not { Length: > 0 and < 2000 })
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Ticket>(_seal.Unprotect(Convert.FromBase64String(sealedTicket)));
        }
        catch (Exception refused) when (refused is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    private sealed record Ticket(string Id, string Purpose, int Bits, long At);
}
