namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Cuts a text into tokens on demand; the parser tells it where a template goes on.</summary>
internal sealed class Lexer(string source)
{
    // longest first, so that the first match is the right one
    private static readonly string[] Punctuators =
    [
        ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=",
        "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
        "<<", ">>", "**",
        "{", "}", "(", ")", "[", "]", ";", ",", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "?", ":", "=",
        ".", "`",
    ];

    private readonly LiteralReader _literals = new(source);

    /// <summary>The token that starts at or after an offset.</summary>
    public Token Read(int offset)
    {
        var newline = SkipBlanks(ref offset);
        if (offset >= source.Length)
        {
            return new Token(TokenKind.End, string.Empty, source.Length, source.Length, newline);
        }

        var c = source[offset];
        if (Characters.StartsName(c))
        {
            var end = offset + 1;
            while (end < source.Length && Characters.ContinuesName(source[end]))
            {
                end++;
            }

            return new Token(TokenKind.Word, source[offset..end], offset, end, newline);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && offset + 1 < source.Length && char.IsAsciiDigit(source[offset + 1])))
        {
            var (number, end) = _literals.ReadNumber(offset);
            return new Token(TokenKind.Number, string.Empty, offset, end, newline, number);
        }

        if (c is '"' or '\'')
        {
            var (text, end) = _literals.ReadString(offset);
            return new Token(TokenKind.String, text, offset, end, newline);
        }

        return ReadPunctuator(offset, newline);
    }

    /// <summary>The piece of a template from an offset to its <c>${</c> or closing <c>`</c>.</summary>
    public (string Text, int End, bool IsLast) ReadTemplatePiece(int offset) => _literals.ReadTemplatePiece(offset);

    private Token ReadPunctuator(int offset, bool newline)
    {
        foreach (var punctuator in Punctuators)
        {
            if (string.CompareOrdinal(source, offset, punctuator, 0, punctuator.Length) == 0)
            {
                // a?.5:1 is a condition with the number .5
                var isCondition = punctuator == "?."
                    && offset + 2 < source.Length
                    && char.IsAsciiDigit(source[offset + 2]);
                var text = isCondition ? "?" : punctuator;
                return new Token(TokenKind.Punctuator, text, offset, offset + text.Length, newline);
            }
        }

        var c = source[offset];
        throw new ScriptSyntaxException(
            c switch
            {
                '#' => "Private names (#) are outside the supported subset of JavaScript",
                '@' => "Decorators (@) are outside the supported subset of JavaScript",
                '\\' => "Escapes in names are outside the supported subset of JavaScript",
                _ => char.IsControl(c) ? $"Unexpected character U+{(int)c:X4}" : $"Unexpected character '{c}'",
            },
            source,
            offset);
    }

    /// <summary>Moves past blanks and comments; tells whether a line ended on the way.</summary>
    private bool SkipBlanks(ref int offset)
    {
        var newline = false;
        while (offset < source.Length)
        {
            var c = source[offset];
            var next = offset + 1 < source.Length ? source[offset + 1] : '\0';
            if (Characters.IsWhiteOrLineEnd(c))
            {
                newline |= Characters.IsLineEnd(c);
                offset++;
            }
            else if (c == '/' && next == '/')
            {
                while (offset < source.Length && !Characters.IsLineEnd(source[offset]))
                {
                    offset++;
                }
            }
            else if (c == '/' && next == '*')
            {
                var end = source.IndexOf("*/", offset + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    throw new ScriptSyntaxException("The comment is not closed", source, offset);
                }

                newline |= source.AsSpan(offset, end - offset).IndexOfAny("\n\r\u2028\u2029") >= 0;
                offset = end + 2;
            }
            else
            {
                break;
            }
        }

        return newline;
    }
}
