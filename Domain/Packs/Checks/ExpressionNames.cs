using System.Text.RegularExpressions;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary>Finds the names a value expression reads, without working it out.</summary>
internal static partial class ExpressionNames
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "true", "false", "null", "undefined", "settings", "counts", "sum", "min", "max", "dateOf", "month", "addDays", "addMonths",
        "Math", "Number", "String", "const", "let", "return", "typeof", "if", "else", "new",
    };

    /// <summary>Names that are neither members of something, nor parameters of an arrow function, nor words of the language.</summary>
    public static IReadOnlySet<string> FreeNames(string expression)
    {
        var bare = Texts().Replace(expression, "''");
        var parameters = Parameters().Matches(bare)
            .SelectMany(match => Name().Matches(match.Value).Select(name => name.Value))
            .ToHashSet(StringComparer.Ordinal);
        return Name().Matches(bare)
            .Where(match => !IsMember(bare, match.Index) && !IsObjectKey(bare, match.Index + match.Length))
            .Select(match => match.Value)
            .Where(name => !parameters.Contains(name) && !Words.Contains(name))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Keys behind <c>settings.</c>.</summary>
    public static IEnumerable<string> Settings(string expression) =>
        SettingNames().Matches(Texts().Replace(expression, "''")).Select(match => match.Groups[1].Value);

    private static bool IsMember(string text, int index)
    {
        var before = index - 1;
        while (before >= 0 && char.IsWhiteSpace(text[before]))
        {
            before--;
        }

        // A full stop makes a member; three of them spread a list. A digit before it belongs to a number such as 1e3.
        return before >= 0 && ((text[before] == '.' && (before == 0 || text[before - 1] != '.')) || char.IsAsciiDigit(text[before]));
    }

    private static bool IsObjectKey(string text, int end)
    {
        var after = end;
        while (after < text.Length && char.IsWhiteSpace(text[after]))
        {
            after++;
        }

        // name: in an object literal; in a ? b : c the name before the colon is still a name that is read.
        return after < text.Length && text[after] == ':' && text.LastIndexOf('{', end - 1) > text.LastIndexOf('?', end - 1);
    }

    [GeneratedRegex(@"'[^']*'|""[^""]*""|`[^`]*`", RegexOptions.NonBacktracking)]
    private static partial Regex Texts();

    [GeneratedRegex(@"([\p{L}_$][\p{L}\p{N}_$]*|\([^()]*\))\s*=>", RegexOptions.NonBacktracking)]
    private static partial Regex Parameters();

    [GeneratedRegex(@"[\p{L}_$][\p{L}\p{N}_$]*", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"settings\s*\.\s*([\p{L}_$][\p{L}\p{N}_$]*)", RegexOptions.NonBacktracking)]
    private static partial Regex SettingNames();
}
