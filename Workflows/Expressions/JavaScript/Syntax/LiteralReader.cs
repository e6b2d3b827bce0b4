using System.Globalization;
using System.Text;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Reads numbers, strings and pieces of templates.</summary>
internal sealed class LiteralReader(string source)
{
    public (double Number, int End) ReadNumber(int offset)
    {
        var radix = source[offset] != '0' ? 10 : Peek(offset + 1) switch
        {
            'x' or 'X' => 16,
            'o' or 'O' => 8,
            'b' or 'B' => 2,
            _ => 10,
        };
        var end = radix == 10 ? EndOfDecimal(offset) : EndOfDigits(offset + 2, radix);
        if (radix != 10 && end == offset + 2)
        {
            throw Wrong("The number has no digits", offset);
        }

        if (Peek(end) == 'n')
        {
            throw Wrong("BigInt numbers are outside the supported subset of JavaScript", offset);
        }

        if (Characters.ContinuesName(Peek(end)))
        {
            throw Wrong("A number must not run into a name or another number", end);
        }

        var digits = source[offset..end].Replace("_", string.Empty, StringComparison.Ordinal);
        var number = radix == 10
            ? double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture)
            : Runtime.NumberText.ParseDigits(digits.AsSpan(2), radix);
        return (number, end);
    }

    public (string Text, int End) ReadString(int offset)
    {
        var quote = source[offset];
        var text = new StringBuilder();
        var i = offset + 1;
        while (i < source.Length && source[i] != quote && source[i] is not ('\n' or '\r'))
        {
            i = source[i] == '\\' ? ReadEscape(i, text) : Append(i, text);
        }

        return i < source.Length && source[i] == quote
            ? (text.ToString(), i + 1)
            : throw Wrong("The string is not closed", offset);
    }

    public (string Text, int End, bool IsLast) ReadTemplatePiece(int offset)
    {
        var text = new StringBuilder();
        var i = offset;
        while (i < source.Length)
        {
            switch (source[i])
            {
                case '`':
                    return (text.ToString(), i + 1, true);
                case '$' when Peek(i + 1) == '{':
                    return (text.ToString(), i + 2, false);
                case '\\':
                    i = ReadEscape(i, text);
                    break;
                case '\r':
                    text.Append('\n');
                    i += Peek(i + 1) == '\n' ? 2 : 1;
                    break;
                default:
                    i = Append(i, text);
                    break;
            }
        }

        throw Wrong("The template is not closed", offset);
    }

    private int EndOfDecimal(int offset)
    {
        var end = EndOfDigits(offset, 10);
        if (end > offset + 1 && source[offset] == '0')
        {
            throw Wrong("A number must not start with 0", offset);
        }

        if (Peek(end) == '.')
        {
            end = EndOfDigits(end + 1, 10);
        }

        if (Peek(end) is 'e' or 'E')
        {
            var sign = Peek(end + 1) is '+' or '-' ? 1 : 0;
            var exponent = EndOfDigits(end + 1 + sign, 10);
            if (exponent == end + 1 + sign)
            {
                throw Wrong("The exponent has no digits", end);
            }

            end = exponent;
        }

        return end;
    }

    private int EndOfDigits(int offset, int radix)
    {
        var i = offset;
        while (Runtime.NumberText.DigitOf(Peek(i)) < radix
            || (Peek(i) == '_' && i > offset && Runtime.NumberText.DigitOf(Peek(i + 1)) < radix && Peek(i - 1) != '_'))
        {
            i++;
        }

        return i;
    }

    private int Append(int offset, StringBuilder text)
    {
        text.Append(source[offset]);
        return offset + 1;
    }

    private int ReadEscape(int offset, StringBuilder text)
    {
        var c = Peek(offset + 1);
        switch (c)
        {
            case 'u' when Peek(offset + 2) == '{':
                var close = source.IndexOf('}', offset);
                var length = close - offset - 3;
                if (close < 0 || length is < 1 or > 6 || ReadHex(offset + 3, length) is not (<= 0x10ffff and var point))
                {
                    throw Wrong("The escape \\u{…} is not a code point", offset);
                }

                text.Append(point > 0xffff ? char.ConvertFromUtf32(point) : ((char)point).ToString());
                return close + 1;
            case 'u' or 'x':
                var digits = c == 'u' ? 4 : 2;
                text.Append((char)ReadHex(offset + 2, digits));
                return offset + 2 + digits;
            case '\r' when Peek(offset + 2) == '\n':
                return offset + 3;
            case '\n' or '\r' or '\u2028' or '\u2029':
                return offset + 2;
            case >= '1' and <= '9':
            case '0' when char.IsAsciiDigit(Peek(offset + 2)):
                throw Wrong("Octal escapes are outside the supported subset of JavaScript", offset);
            default:
                if (offset + 1 >= source.Length)
                {
                    throw Wrong("The string is not closed", offset);
                }

                text.Append(c switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\b',
                    'f' => '\f',
                    'v' => '\v',
                    '0' => '\0',
                    _ => c,
                });
                return offset + 2;
        }
    }

    private int ReadHex(int offset, int length)
    {
        var value = 0;
        for (var i = offset; i < offset + length; i++)
        {
            var digit = Runtime.NumberText.DigitOf(Peek(i));
            if (digit >= 16)
            {
                throw Wrong("The escape lacks hexadecimal digits", offset);
            }

            value = (value * 16) + digit;
        }

        return value;
    }

    private char Peek(int offset) => offset < source.Length ? source[offset] : '\0';

    private ScriptSyntaxException Wrong(string message, int offset) => new(message, source, offset);
}
