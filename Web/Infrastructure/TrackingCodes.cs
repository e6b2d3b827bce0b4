using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.DataProtection;

namespace CaseManagement.Web.Infrastructure;

/// <summary>
/// Tracking codes: 16 Crockford characters (80 bits) and a check character. Kept as a hash for look-up and sealed for the
/// acknowledgement; the code itself is nowhere in the database.
/// </summary>
public sealed partial class TrackingCodes(IDataProtectionProvider protection) : ITrackingCodes
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string CheckAlphabet = Alphabet + "*~$=U";

    // Sealing may make the key ring renew its keys, which writes to the database and must not happen inside a burst.
    private const int Ready = 64;

    private readonly IDataProtector _seal = protection.CreateProtector("tracking-code");
    private readonly ConcurrentQueue<TrackingCode> _ready = new();
    private int _filling;

    public TrackingCode Create()
    {
        var code = _ready.TryDequeue(out var made) ? made : Make();
        if (_ready.Count < Ready / 2 && Interlocked.Exchange(ref _filling, 1) == 0)
        {
            ThreadPool.QueueUserWorkItem(_ => Prepare());
        }

        return code;
    }

    /// <summary>Makes codes in advance, outside any burst.</summary>
    public void Prepare()
    {
        while (_ready.Count < Ready)
        {
            _ready.Enqueue(Make());
        }

        Interlocked.Exchange(ref _filling, 0);
    }

    private TrackingCode Make()
    {
        var code = new string(RandomNumberGenerator.GetItems<char>(Alphabet, 16));
        var whole = code + CheckOf(code);
        return new TrackingCode(Grouped(whole), HashOf(whole), _seal.Protect(whole));
    }

    public string? Open(string kept)
    {
        try
        {
            return _seal.Unprotect(kept) is { Length: 17 } code ? Grouped(code) : _seal.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What stands for a one-time code in a message that is kept; whoever delivers the message puts the code there. Not to be called inside a burst.</summary>
    public string SealOneTime(string digits) => SealedCode.Of(_seal.Protect(digits));

    /// <summary>The text with every code in it, as we write codes, sealed as a message keeps it.</summary>
    public string Seal(string text) => Written().Replace(text, found => HashOfTyped(found.Value) is null ? found.Value : SealedCode.Of(_seal.Protect(Plain(found.Value))));

    /// <summary>Hashes of what in a text could be codes, at most so many; other numbers may look like one.</summary>
    public static IReadOnlyList<string> HashesIn(string text, int most) =>
        [.. Typed().Matches(text).Select(found => HashOfTyped(found.Value)).OfType<string>().Distinct().Take(most)];

    /// <summary>A text somebody sent, without the codes of cases they repeat in it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="known">Hashes of codes that there are.</param>
    public static string Hide(string text, IReadOnlyCollection<string> known) => known.Count == 0 ? text
        : Typed().Replace(text, found => HashOfTyped(found.Value) is { } hash && known.Contains(hash) ? MessageModel.Masked : found.Value);

    /// <summary>The hash under which the case of a typed code is found; null when the code cannot be one.</summary>
    public static string? HashOfTyped(string typed)
    {
        var plain = Plain(typed);
        return plain.Length == 17 && plain[..16].All(c => Alphabet.Contains(c, StringComparison.Ordinal)) && CheckOf(plain[..16]) == plain[16] ? HashOf(plain) : null;
    }

    /// <summary>The hash of no code: a typed text that cannot be one is looked for like any other.</summary>
    public static string HashOfNone { get; } = HashOf("");

    // 80 random bits need no key to resist being tried out against the hash
    private static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes("tracking-code:" + code)));

    private static string Plain(string typed) =>
        new string([.. typed.ToUpperInvariant().Where(c => c is not ('-' or ' '))]).Replace('O', '0').Replace('I', '1').Replace('L', '1');

    private static char CheckOf(string code)
    {
        var rest = 0;
        foreach (var c in code)
        {
            rest = ((rest * 32) + Alphabet.IndexOf(c, StringComparison.Ordinal)) % 37;
        }

        return CheckAlphabet[rest];
    }

    [GeneratedRegex("\\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}-[0-9A-Z*~$=]", RegexOptions.NonBacktracking)]
    private static partial Regex Written();

    [GeneratedRegex("\\b[0-9A-Za-z]{4}(-?[0-9A-Za-z]{4}){3}-?[0-9A-Za-z*~$=]", RegexOptions.NonBacktracking)]
    private static partial Regex Typed();

    private static string Grouped(string code) => string.Join('-', code.Chunk(4).Select(c => new string(c)));
}
