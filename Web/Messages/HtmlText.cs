using System.Text;
using MimeKit.Text;

namespace CaseManagement.Web.Messages;

/// <summary>Makes plain text of HTML: nothing of it is ever shown as HTML. What is quoted begins with <c>&gt;</c>.</summary>
public static class HtmlText
{
    private const int MaxLength = 200_000;

    public static string Of(string html)
    {
        var text = new StringBuilder();
        using var reader = new StringReader(html.Length <= MaxLength * 5 ? html : html[..(MaxLength * 5)]);
        var tokens = new HtmlTokenizer(reader) { DecodeCharacterReferences = true, IgnoreTruncatedTags = true };
        var (quoted, hidden) = (0, 0);
        while (text.Length < MaxLength && tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                var step = tag.IsEndTag ? -1 : tag.IsEmptyElement ? 0 : 1;
                switch (tag.Id)
                {
                    case HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title or HtmlTagId.Head:
                        hidden = Math.Max(0, hidden + step);
                        break;
                    case HtmlTagId.BlockQuote:
                        NewLine(text, quoted);
                        quoted = Math.Max(0, quoted + step);
                        NewLine(text, quoted);
                        break;
                    case HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.UL or HtmlTagId.OL:
                        NewLine(text, quoted, always: tag.Id == HtmlTagId.Br);
                        break;
                    case HtmlTagId.TD:
                        text.Append(' ');
                        break;
                    default:
                        break;
                }
            }
            else if (hidden == 0 && token is HtmlDataToken { Kind: HtmlTokenKind.Data or HtmlTokenKind.CData } data)
            {
                Append(text, data.Data);
            }
        }

        return text.ToString().Trim();
    }

    private static void NewLine(StringBuilder text, int quoted, bool always = false)
    {
        var mark = quoted > 0 ? "> " : "";
        if (always || (text.Length > 0 && text[^1] != '\n' && !EndsAs(text, "\n" + mark)))
        {
            text.Append('\n').Append(mark);
        }
        else if (text.Length > 0 && text[^1] == '\n')
        {
            text.Append(mark);
        }
    }

    private static bool EndsAs(StringBuilder text, string end) => text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;

    // white space is one blank, as a browser shows it
    private static void Append(StringBuilder text, string data)
    {
        foreach (var c in data)
        {
            if (!char.IsWhiteSpace(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && !char.IsWhiteSpace(text[^1]))
            {
                text.Append(' ');
            }
        }
    }
}
