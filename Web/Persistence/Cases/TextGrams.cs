using System.Globalization;
using System.Text;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Web.Persistence.Cases;

/// <summary>
/// Text as PostgreSQL indexes it. Chinese has no spaces to part words, so each two neighbouring characters are one entry, and the last of a run stands alone too;
/// Latin words and numbers are one entry each.
/// </summary>
internal static class TextGrams
{
    // a tsvector knows no later place
    private const int LastPlace = 16_383;

    // longer entries are refused by PostgreSQL (2 KB)
    private const int LongestWord = 200;

    /// <summary>As a <c>tsvector</c> is written.</summary>
    public static string VectorOf(string plain)
    {
        var vector = new StringBuilder(plain.Length * 8);
        foreach (var (gram, place) in GramsOf(plain, isQuery: false).Select((g, at) => (g.Text, at + 1)))
        {
            vector.Append(vector.Length == 0 ? "" : " ").Append('\'').Append(gram).Append("':").Append(Math.Min(place, LastPlace).ToString(CultureInfo.InvariantCulture));
        }

        return vector.ToString();
    }

    /// <summary>What was typed as a <c>tsquery</c> is written: the entries one after the other, the last of them by its beginning. Empty when nothing in it can be found.</summary>
    /// <param name="typed">As it was typed.</param>
    /// <param name="isWhole">The last entry must not go on.</param>
    public static string QueryOf(string typed, bool isWhole = false)
    {
        var grams = GramsOf(CaseTexts.Plain(typed), isQuery: true).ToList();
        return string.Join(" <-> ", grams.Select((g, at) => $"'{g.Text}'{(at == grams.Count - 1 && g.MayGoOn && !isWhole ? ":*" : "")}"));
    }

    private static IEnumerable<(string Text, bool MayGoOn)> GramsOf(string plain, bool isQuery)
    {
        var runes = plain.EnumerateRunes().ToArray();
        for (var at = 0; at < runes.Length;)
        {
            var kind = KindOf(runes[at]);
            var end = at + 1;
            while (end < runes.Length && KindOf(runes[end]) == kind && (kind != Kind.Word || end - at < LongestWord))
            {
                end++;
            }

            if (kind == Kind.Word)
            {
                yield return (TextOf(runes[at..end]), true);
            }
            else if (kind == Kind.Character)
            {
                for (var first = at; first < end - 1; first++)
                {
                    yield return (TextOf(runes[first..(first + 2)]), false);
                }

                // a question that ends here may go on in the text; one character alone is the beginning of a pair
                if (!isQuery || end < runes.Length || end - at == 1)
                {
                    yield return (TextOf(runes[(end - 1)..end]), true);
                }
            }

            at = end;
        }
    }

    private static string TextOf(Rune[] runes) => string.Concat(runes.Select(r => r.ToString()));

    private static Kind KindOf(Rune rune) =>
        rune.Value is (>= 0x2E80 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) && Rune.IsLetterOrDigit(rune) ? Kind.Character
        : Rune.IsLetterOrDigit(rune) ? Kind.Word : Kind.Nothing;

    private enum Kind
    {
        Nothing,
        Word,
        Character,
    }
}
