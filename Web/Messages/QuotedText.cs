using System.Text.RegularExpressions;

namespace CaseManagement.Web.Messages;

/// <summary>Parts what somebody writes from the earlier mails they repeat below it.</summary>
public static partial class QuotedText
{
    private const int HeaderLines = 5;

    /// <returns>What is new, and what is repeated; null where nothing is, or where nothing would be left.</returns>
    public static (string New, string? Quoted) Split(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!Begins(lines, i))
            {
                continue;
            }

            var above = string.Join('\n', lines[..i]).Trim();
            return above.Length == 0 ? (text.Trim(), null) : (above, string.Join('\n', lines[i..]).Trim());
        }

        return (text.Trim(), null);
    }

    private static bool Begins(string[] lines, int at)
    {
        var line = lines[at].Trim();
        if (line.Length is 0 or > 400)
        {
            return false;
        }

        if (Divider().IsMatch(line) || Wrote().IsMatch(line))
        {
            return true;
        }

        // the head of a mail as programs without marks repeat it
        if (Sender().IsMatch(line) && lines[at..Math.Min(lines.Length, at + HeaderLines)].Any(l => Sent().IsMatch(l.Trim())))
        {
            return true;
        }

        // marked to the end; a marked line with words of one's own below it is an answer between the lines
        return line.StartsWith('>') && lines[at..].All(l => l.Trim() is "" or ['>', ..]);
    }

    [GeneratedRegex(@"^-{2,}\s?(original message|forwarded message|原始邮件|转发邮件|原邮件)\s?-{2,}$|^_{20,}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^(on\s.{4,300}\swrote:|.{0,300}写道[:：])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Wrote();

    [GeneratedRegex(@"^\*?(from|发件人)\*?\s?[:：]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Sender();

    [GeneratedRegex(@"^\*?(sent|date|发送时间|日期|发送日期)\*?\s?[:：]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Sent();
}
