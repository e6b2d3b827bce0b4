using System.Globalization;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>ECMAScript's character classes.</summary>
internal static class Characters
{
    public static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    public static bool IsWhite(char c) =>
        c is ' ' or '\t' or '\v' or '\f' or '\u00a0' or '\ufeff'
        || (c > '\u00ff' && char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator);

    public static bool IsWhiteOrLineEnd(char c) => IsWhite(c) || IsLineEnd(c);

    public static bool StartsName(char c) => char.IsAsciiLetter(c) || c is '_' or '$' || (c > '\u007f' && char.IsLetter(c));

    public static bool ContinuesName(char c) =>
        StartsName(c)
        || char.IsAsciiDigit(c)
        || (c > '\u007f' && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.ConnectorPunctuation);

    /// <summary>Drops what <c>trim()</c> drops.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text, bool atStart = true, bool atEnd = true)
    {
        while (atStart && text.Length > 0 && IsWhiteOrLineEnd(text[0]))
        {
            text = text[1..];
        }

        while (atEnd && text.Length > 0 && IsWhiteOrLineEnd(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }
}
