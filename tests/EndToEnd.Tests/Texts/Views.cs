using System.Text.RegularExpressions;

namespace CaseManagement.EndToEnd.Tests.Texts;

/// <summary>The sources of the web project, as the scanners read them.</summary>
internal static partial class Views
{
    public static IEnumerable<string> Razor => Files("*.cshtml");
    public static IEnumerable<string> CSharp => Files("*.cs");

    /// <summary>The feature folder a file lies in.</summary>
    public static string FeatureOf(string file) => Path.GetFileName(Path.GetDirectoryName(file)!);

    /// <summary>What remains of a view when code, comments and tags are taken away: words a reader would see in one language only.</summary>
    public static IReadOnlyList<string> LiteralsOf(string razor)
    {
        var text = RazorComment().Replace(razor, "");
        text = WithoutBlocks(text, "@{", '{', '}');
        text = WithoutBlocks(text, "@(", '(', ')');
        text = Directive().Replace(text, "");
        var attributes = SpokenAttribute().Matches(text).Select(match => match.Groups[1].Value);
        text = Tag().Replace(text, "\u0001");
        text = Flow().Replace(text, "");
        text = Expression().Replace(text, "");
        return [.. text.Split('\u0001').Concat(attributes).Select(one => one.Trim()).Where(one => Word().IsMatch(one))];
    }

    // The block's markers are part of the code; nesting is counted, strings in our views hold no lone brackets.
    private static string WithoutBlocks(string text, string start, char open, char close)
    {
        for (var at = text.IndexOf(start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(start, at, StringComparison.Ordinal))
        {
            var depth = 1;
            var end = at + start.Length;
            while (end < text.Length && depth > 0)
            {
                depth += text[end] == open ? 1 : text[end] == close ? -1 : 0;
                end++;
            }

            text = text[..at] + text[end..];
        }

        return text;
    }

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Repository.File("Web/Features"), pattern, SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.File("Web/Infrastructure"), pattern, SearchOption.AllDirectories));

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex RazorComment();

    [GeneratedRegex(@"^\s*@(model|using|inject|addTagHelper)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"\s(?:aria-label|title|placeholder|alt)=""([^""@]+)""")]
    private static partial Regex SpokenAttribute();

    [GeneratedRegex(@"<(?:/?[a-zA-Z!][^<>]*?(?:""[^""]*""|'[^']*'|[^<>""'])*)>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"@section\s+\w+|@await\s+\w+\([^()]*\)|@?\b(?:if|foreach|for|switch|else if)\s*\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)|@?\belse\b|\bcase\s+[\w.""]+:|\bdefault:|\bbreak;|\bcontinue;|^\s*var .*$", RegexOptions.Multiline)]
    private static partial Regex Flow();

    [GeneratedRegex(@"@:?[A-Za-z_][\w.!?]*(?:(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\])|(?:\((?:[^()]|\([^()]*\))*\))|\.\w+)*")]
    private static partial Regex Expression();

    [GeneratedRegex(@"[\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF]|[A-Za-z]{2,}")]
    private static partial Regex Word();
}
