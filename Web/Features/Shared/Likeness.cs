namespace CaseManagement.Web.Features.Shared;

/// <summary>How alike two texts are, by the pairs of characters they share: it serves Chinese and words with spaces alike.</summary>
public static class Likeness
{
    /// <summary>From here on two subjects are worth being shown side by side, in per cent.</summary>
    public const int Least = 45;

    /// <summary>0 to 100 (Dice).</summary>
    public static int Of(string one, string other)
    {
        var (left, right) = (Pairs(one), Pairs(other));
        return left.Count + right.Count == 0 ? 0 : 200 * left.Intersect(right, StringComparer.Ordinal).Count() / (left.Count + right.Count);
    }

    private static HashSet<string> Pairs(string text) =>
        [.. Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(at => text.Substring(at, 2).ToUpperInvariant()).Where(pair => !pair.Any(char.IsWhiteSpace))];
}
