using System.Security.Cryptography;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace CaseManagement.Web.Messages;

/// <summary>
/// The address a complainant's answer comes back by: <c>reply+token@example.com</c>. The token names the case and proves by a keyed hash that we made
/// it: a number that somebody knows or guesses opens nothing. It stands in the address, so it is 42 letters and digits without case.
/// </summary>
public sealed class ReplyAddresses(IDataProtectionProvider protection, IOptions<MailOptions> options, IDbContextFactory<CaseManagementDbContext> contexts) : IDisposable
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int IdBytes = 16;
    private const int ProofBytes = 10;
    private const int Length = (((IdBytes + ProofBytes) * 8) + 4) / 5;
    private const string KeyName = "reply-address-key";

    private readonly IDataProtector _seal = protection.CreateProtector(KeyName);
    private readonly SemaphoreSlim _once = new(1, 1);
    private byte[]? _key;

    /// <summary>The address to answer to; null where none is configured.</summary>
    public async ValueTask<string?> OfAsync(Guid complaint, CancellationToken cancellationToken)
    {
        if (options.Value.ReplyAddress is not { Length: > 0 } typed || !MailboxAddress.TryParse(typed, out var mailbox))
        {
            return null;
        }

        var at = mailbox.Address.LastIndexOf('@');
        return $"{mailbox.Address[..at]}+{TokenOf(complaint, await KeyAsync(cancellationToken))}{mailbox.Address[at..]}";
    }

    /// <summary>The case of the first address among these that we made.</summary>
    /// <returns>The case, or none; and whether any address looked like one of ours.</returns>
    public async ValueTask<(Guid? Complaint, bool HasToken)> FindAsync(IEnumerable<string> addresses, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(cancellationToken);
        var hasToken = false;
        foreach (var address in addresses)
        {
            if (address.LastIndexOf('@') is not (> 0 and var at) || address.LastIndexOf('+', at) is not (>= 0 and var plus))
            {
                continue;
            }

            hasToken = true;
            if (CaseOf(address[(plus + 1)..at], key) is { } complaint)
            {
                return (complaint, true);
            }
        }

        return (null, hasToken);
    }

    /// <summary>The token of a case, for a gateway that hands it back with the answer.</summary>
    public async ValueTask<string> TokenOfAsync(Guid complaint, CancellationToken cancellationToken) => TokenOf(complaint, await KeyAsync(cancellationToken));

    /// <summary>The case of a token; null where we did not make it.</summary>
    public async ValueTask<Guid?> CaseOfAsync(string token, CancellationToken cancellationToken) => CaseOf(token, await KeyAsync(cancellationToken));

    public void Dispose() => _once.Dispose();

    internal static string TokenOf(Guid complaint, byte[] key)
    {
        var whole = new byte[IdBytes + ProofBytes];
        complaint.TryWriteBytes(whole);
        ProofOf(whole.AsSpan(0, IdBytes), key).CopyTo(whole.AsSpan(IdBytes));
        return Encode(whole);
    }

    internal static Guid? CaseOf(string token, byte[] key)
    {
        if (token.Length != Length || Decode(token.ToLowerInvariant()) is not { } whole)
        {
            return null;
        }

        return CryptographicOperations.FixedTimeEquals(ProofOf(whole.AsSpan(0, IdBytes), key), whole.AsSpan(IdBytes)) ? new Guid(whole.AsSpan(0, IdBytes)) : null;
    }

    private static byte[] ProofOf(ReadOnlySpan<byte> id, byte[] key)
    {
        Span<byte> signed = stackalloc byte[IdBytes + 6];
        "reply:"u8.CopyTo(signed);
        id.CopyTo(signed[6..]);
        return HMACSHA256.HashData(key, signed)[..ProofBytes];
    }

    // one key for all nodes and for good, or answers to mails that left before a restart would find no case
    private async ValueTask<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        if (_key is { } known)
        {
            return known;
        }

        await _once.WaitAsync(cancellationToken);
        try
        {
            return _key ??= await ReadOrMakeAsync(cancellationToken);
        }
        finally
        {
            _once.Release();
        }
    }

    private async Task<byte[]> ReadOrMakeAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await StoredAsync(db, cancellationToken) is { } stored)
        {
            return stored;
        }

        db.ProtectedSecrets.Add(new Persistence.Correspondence.ProtectedSecret { Name = KeyName, Value = _seal.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))) });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // another node was faster
            db.ChangeTracker.Clear();
        }

        return await StoredAsync(db, cancellationToken) ?? throw new InvalidOperationException("The key of reply addresses cannot be read: the Data Protection keys that sealed it are gone.");
    }

    private async Task<byte[]?> StoredAsync(CaseManagementDbContext db, CancellationToken cancellationToken) =>
        await db.ProtectedSecrets.AsNoTracking().Where(s => s.Name == KeyName).Select(s => s.Value).SingleOrDefaultAsync(cancellationToken) is { } kept
            ? Convert.FromBase64String(_seal.Unprotect(kept))
            : null;

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[Length];
        var (bits, held, at) = (0, 0, 0);
        foreach (var one in bytes)
        {
            bits = (bits << 8) | one;
            for (held += 8; held >= 5; held -= 5)
            {
                text[at++] = Alphabet[(bits >> (held - 5)) & 31];
            }

            bits &= (1 << held) - 1;
        }

        if (held > 0)
        {
            text[at] = Alphabet[(bits << (5 - held)) & 31];
        }

        return new string(text);
    }

    private static byte[]? Decode(string token)
    {
        var bytes = new byte[IdBytes + ProofBytes];
        var (bits, held, at) = (0, 0, 0);
        foreach (var c in token)
        {
            var value = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            bits = (bits << 5) | value;
            held += 5;
            if (held >= 8)
            {
                held -= 8;
                if (at == bytes.Length)
                {
                    return null;
                }

                bytes[at++] = (byte)(bits >> held);
                bits &= (1 << held) - 1;
            }
        }

        return at == bytes.Length && bits == 0 ? bytes : null;
    }
}
