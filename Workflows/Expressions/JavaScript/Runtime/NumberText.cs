using System.Globalization;
using System.Numerics;
using CaseManagement.Workflows.Expressions.JavaScript.Syntax;

namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>Numbers to text and back as ECMAScript does it (ECMA-262 Number::toString, StringToNumber).</summary>
internal static class NumberText
{
    private const int FirstBoxed = -128;
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    private static readonly object[] Boxes =
        [.. Enumerable.Range(FirstBoxed, 1152).Select(number => (object)(double)number)];

    /// <summary>The number as an object; small whole numbers share theirs.</summary>
    public static object Box(double number)
    {
        var whole = (int)number;
        var index = whole - FirstBoxed;
        return whole == number && (uint)index < (uint)Boxes.Length && (whole != 0 || !double.IsNegative(number))
            ? Boxes[index]
            : number;
    }

    public static string Format(double number)
    {
        if (Math.Abs(number) < 1e15 && number == Math.Truncate(number))
        {
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        }

        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }

        var (digits, point) = ShortestDigits(Math.Abs(number));
        var text = point switch
        {
            > 0 and <= 21 when digits.Length <= point => digits.PadRight(point, '0'),
            > 0 and <= 21 => $"{digits[..point]}.{digits[point..]}",
            > -6 and <= 0 => $"0.{new string('0', -point)}{digits}",
            _ => Exponential(digits, point - 1),
        };
        return number < 0 ? "-" + text : text;
    }

    /// <summary>A fraction's digits with an exponent, as in <c>1.5e+30</c>.</summary>
    public static string Exponential(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}");
    }

    /// <summary>The fewest digits that read back as a positive number, and where among them the point stands.</summary>
    public static (string Digits, int Point) ShortestDigits(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = exponentAt < 0
            ? 0
            : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var pointAt = mantissa.IndexOf('.', StringComparison.Ordinal);
        var all = mantissa.Replace(".", string.Empty, StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var point = (pointAt < 0 ? mantissa.Length : pointAt) + exponent - (all.Length - digits.Length);
        return (digits.TrimEnd('0'), point);
    }

    /// <summary>What <c>Number(text)</c> gives.</summary>
    public static double Parse(string text)
    {
        var trimmed = Characters.Trim(text);
        if (trimmed.Length == 0)
        {
            return 0;
        }

        if (trimmed.Length > 2 && trimmed[0] == '0')
        {
            var radix = (trimmed[1] | 0x20) switch
            {
                'x' => 16,
                'o' => 8,
                'b' => 2,
                _ => 0,
            };
            if (radix != 0)
            {
                return ParseDigits(trimmed[2..], radix);
            }
        }

        var length = DecimalLength(trimmed);
        return length == trimmed.Length ? ParseDecimal(trimmed) : double.NaN;
    }

    /// <summary>What <c>parseFloat(text)</c> gives: the longest beginning that is a number.</summary>
    public static double ParsePrefix(string text)
    {
        var trimmed = Characters.Trim(text, atEnd: false);
        var length = DecimalLength(trimmed);
        return length == 0 ? double.NaN : ParseDecimal(trimmed[..length]);
    }

    /// <summary>Digits in a radix, all of them; NaN where one is not a digit.</summary>
    public static double ParseDigits(ReadOnlySpan<char> digits, int radix)
    {
        var value = BigInteger.Zero;
        var quick = 0d;
        foreach (var c in digits)
        {
            var digit = DigitOf(c);
            if (digit >= radix)
            {
                return double.NaN;
            }

            quick = (quick * radix) + digit;
        }

        if (quick < 9007199254740992)
        {
            return digits.Length == 0 ? double.NaN : quick;
        }

        if (double.IsInfinity(quick))
        {
            return quick;
        }

        foreach (var c in digits)
        {
            value = (value * radix) + DigitOf(c);
        }

        return RoundToNearest(value);
    }

    /// <summary>The digit's value, 36 or more for what is no digit.</summary>
    public static int DigitOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + 10,
        _ => 99,
    };

    public static char DigitFor(int value) => Digits[value];

    // The conversion from BigInteger cuts off instead of rounding; the decimal reader rounds.
    private static double RoundToNearest(BigInteger value) =>
        double.Parse(value.ToString(CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture);

    private static double ParseDecimal(ReadOnlySpan<char> text) => text switch
    {
        "Infinity" or "+Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>Length of the decimal number a text begins with; 0 for none.</summary>
    private static int DecimalLength(ReadOnlySpan<char> text)
    {
        var i = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        if (text[i..].StartsWith("Infinity", StringComparison.Ordinal))
        {
            return i + "Infinity".Length;
        }

        var digits = CountDigits(text[i..]);
        i += digits;
        if (i < text.Length && text[i] == '.')
        {
            var decimals = CountDigits(text[(i + 1)..]);
            i += digits + decimals > 0 ? 1 + decimals : 0;
            digits += decimals;
        }

        if (digits == 0)
        {
            return 0;
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            var sign = i + 1 < text.Length && text[i + 1] is '+' or '-' ? 1 : 0;
            var exponent = i + 1 + sign <= text.Length ? CountDigits(text[(i + 1 + sign)..]) : 0;
            i += exponent > 0 ? 1 + sign + exponent : 0;
        }

        return i;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }
}
