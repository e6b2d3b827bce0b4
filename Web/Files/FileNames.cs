using System.Globalization;
using System.Text;

namespace CaseManagement.Web.Files;

/// <summary>Names of files as they came, made fit to be shown, sent and saved again.</summary>
public static class FileNames
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxLength = 120;

    private const int LongestEnding = 8;

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6",
        "LPT7", "LPT8", "LPT9",
    };

    /// <summary>
    /// The last part of a path, without control characters, without characters that change the direction of text or are not seen, without what no
    /// file system takes.
    /// </summary>
    /// <param name="given">As it came; may be null or nonsense.</param>
    /// <returns>1 to <see cref="MaxLength"/> characters; its ending is kept.</returns>
    public static string Clean(string? given)
    {
        var last = (given ?? "").AsSpan();
        last = last[(last.LastIndexOfAny('/', '\\') + 1)..];
        var kept = new StringBuilder(Math.Min(last.Length, MaxLength * 2));
        foreach (var rune in last.EnumerateRunes())
        {
            if (kept.Length >= MaxLength * 4)
            {
                break;
            }

            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                case var _ when rune.Value == 0xFFFD:
                    break;
                case UnicodeCategory.SpaceSeparator:
                    kept.Append(kept.Length > 0 && kept[^1] == ' ' ? "" : " ");
                    break;
                default:
                    kept.Append("<>:\"|?*".Contains((char)rune.Value, StringComparison.Ordinal) ? "_" : rune.ToString());
                    break;
            }
        }

        var name = kept.ToString().Normalize(NormalizationForm.FormC).Trim('.', ' ');
        if (name.Length == 0)
        {
            return "file";
        }

        return Shorten(Devices.Contains(StemOf(name)) ? "_" + name : name);
    }

    /// <summary>What follows the last point, in lower case, with the point; empty where there is none.</summary>
    public static string EndingOf(string name) => Path.GetExtension(name).ToLowerInvariant();

    /// <summary>The name with another ending.</summary>
    public static string WithEnding(string name, string ending) =>
        Shorten((EndingOf(name) is { Length: > 0 and <= LongestEnding } old ? name[..^old.Length] : name) + ending);

    private static string StemOf(string name) => name[..(name.IndexOf('.', StringComparison.Ordinal) is > 0 and var at ? at : name.Length)];

    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength)
        {
            return name;
        }

        var ending = Path.GetExtension(name) is { Length: <= LongestEnding } short_ ? short_ : "";
        var stem = name[..(MaxLength - ending.Length)];
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem).TrimEnd('.', ' ') + ending;
    }
}
