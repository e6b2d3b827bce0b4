namespace CaseManagement.Web.Features.Shared;

/// <summary>How alike two texts are, by the pairs of characters they share: it serves Chinese and words with spaces alike.</summary>
public static class Likeness
{
    /// <summary>From here on two subjects are worth being shown side by side, in per cent.</summary>
    public const int Least = 45;

    /// <summary>0 to 100 (Dice).</summary>
    public static int Of(string one, string other) => To(one)(other);

    /// <summary>How alike other texts are to this one, each 0 to 100.</summary>
    public static Func<string, int> To(string one)
    {
        var left = Pairs(one);
        return other =>
        {
            var right = Pairs(other);
            return left.Count + right.Count == 0 ? 0 : 200 * right.Count(left.Contains) / (left.Count + right.Count);
        };
    }

    /// <summary>The longest phrases both have, at most three, longest first: why they are alike.</summary>
    public static IReadOnlyList<string> Shared(string one, string other)
    {
        const int most = 3;
        var (left, right) = (one.ToUpperInvariant(), other.ToUpperInvariant());
        var found = new List<(int At, int Length)>();
        for (var at = 0; at < left.Length - 1;)
        {
            var length = 0;
            while (at + length < left.Length && char.IsLetterOrDigit(left[at + length]) && right.Contains(left.Substring(at, length + 1), StringComparison.Ordinal))
            {
                length++;
            }

            // Chinese says something in two characters, other writing in a word
            if (length >= 2 && (left[at] >= '\u2e80' || IsWord(left, at, length)))
            {
                found.Add((at, length));
            }

            at += Math.Max(1, length);
        }

        return [.. found.OrderByDescending(run => run.Length).Select(run => one.Substring(run.At, run.Length)).Distinct(StringComparer.OrdinalIgnoreCase).Take(most)];
    }

    private static bool IsWord(string text, int at, int length) =>
        length >= 4 && (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + length == text.Length || !char.IsLetterOrDigit(text[at + length]));

    private static HashSet<(char, char)> Pairs(string text)
    {
        var pairs = new HashSet<(char, char)>();
        for (var at = 0; at < text.Length - 1; at++)
        {
            if (!char.IsWhiteSpace(text[at]) && !char.IsWhiteSpace(text[at + 1]))
            {
                pairs.Add((char.ToUpperInvariant(text[at]), char.ToUpperInvariant(text[at + 1])));
            }
        }

        return pairs;
    }
}
