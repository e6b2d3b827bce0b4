using System.Text.RegularExpressions;

namespace CaseManagement.Domain.Masking;

/// <summary>
/// Covers what it recognises in a text somebody wrote: telephone numbers, e-mail addresses, Chinese identity numbers, card numbers, and what is known of the persons of the
/// case. It is not complete and must be announced as such: a nickname or a number written in words stays.
/// </summary>
public sealed partial class WordMask
{
    private const int ShortestKnown = 2;

    private readonly IReadOnlyList<(string Text, string Instead)> _known;
    private readonly bool _hides;

    /// <param name="known">What is known to be personal, and what stands in its place.</param>
    /// <param name="hides">Of numbers and addresses no part is left.</param>
    public WordMask(IEnumerable<(string? Text, string Instead)> known, bool hides)
    {
        // the longest first, so that a name within another leaves nothing of it
        _known = [.. known.Where(k => k.Text?.Trim().Length >= ShortestKnown).Select(k => (k.Text!.Trim(), k.Instead)).Distinct().OrderByDescending(k => k.Item1.Length)];
        _hides = hides;
    }

    /// <summary>Covers by its shape alone.</summary>
    public static WordMask Shapes { get; } = new([], hides: false);

    /// <summary>The text with what was recognised covered.</summary>
    public string Of(string text)
    {
        if (text.Length == 0)
        {
            return text;
        }

        foreach (var (known, instead) in _known)
        {
            text = text.Replace(known, instead, StringComparison.OrdinalIgnoreCase);
        }

        text = Replace(text, IdentityNumber(), _ => Mask.Nothing);
        text = Replace(text, Card(), number => IsCard(number) ? Mask.Nothing : number);
        text = Replace(text, Email(), address => _hides ? Mask.Nothing : Mask.Email(address));
        text = Replace(text, Mobile(), Number);
        text = Replace(text, Landline(), Number);
        return Replace(text, Abroad(), Number);
    }

    private string Number(string number) => _hides ? Mask.Nothing : Mask.Phone(number);

    // full-width digits count as digits: looked for in a copy of the same length
    private static string Replace(string text, Regex shape, Func<string, string> instead)
    {
        var plain = Plain(text);
        var at = 0;
        var parts = new List<string>();
        foreach (Match match in shape.Matches(plain))
        {
            parts.Add(text[at..match.Index]);
            parts.Add(instead(match.Value) is var cover && cover == match.Value ? text.Substring(match.Index, match.Length) : cover);
            at = match.Index + match.Length;
        }

        return parts.Count == 0 ? text : string.Concat(parts) + text[at..];
    }

    private static string Plain(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            span[i] = source[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(source[i] - 0xFEE0) : source[i];
        }
    });

    // the check digit of cards, so that other long numbers stay readable
    private static bool IsCard(string number)
    {
        var sum = 0;
        foreach (var (place, digit) in number.Where(char.IsAsciiDigit).Reverse().Select(c => c - '0').Index())
        {
            var value = place % 2 == 1 ? digit * 2 : digit;
            sum += value > 9 ? value - 9 : value;
        }

        return sum % 10 == 0;
    }

    [GeneratedRegex("(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])")]
    private static partial Regex IdentityNumber();

    [GeneratedRegex("(?<![0-9A-Za-z-])[0-9]{4}([ -]?)[0-9]{4}\\1[0-9]{4}\\1[0-9]{1,7}(?![0-9A-Za-z])")]
    private static partial Regex Card();

    [GeneratedRegex("(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}")]
    private static partial Regex Email();

    [GeneratedRegex("(?<![0-9])(?:\\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])")]
    private static partial Regex Mobile();

    [GeneratedRegex("(?<![0-9A-Za-z-])\\(?0[0-9]{2,3}\\)?[ -]?[0-9]{7,8}(?![0-9A-Za-z])")]
    private static partial Regex Landline();

    [GeneratedRegex("(?<![0-9A-Za-z])\\+[0-9]{1,3}(?:[ -]?[0-9]){6,12}(?![0-9])")]
    private static partial Regex Abroad();
}
