using System.Globalization;
using System.Numerics;
using System.Text;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>Numbers with a chosen count of digits, from their exact value; halves go up (ECMA-262 §21.1.3).</summary>
internal static class NumberDigits
{
    public static string Fixed(double number, int decimals)
    {
        var digits = Scaled(Math.Abs(number), decimals).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var text = decimals == 0 ? digits : $"{digits[..^decimals]}.{digits[^decimals..]}";
        return number < 0 ? "-" + text : text;
    }

    public static string Precision(double number, int precision)
    {
        var (digits, exponent) = Rounded(Math.Abs(number), precision);
        var text = exponent < -6 || exponent >= precision ? NumberText.Exponential(digits, exponent)
            : exponent == precision - 1 ? digits
            : exponent >= 0 ? $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}"
            : $"0.{new string('0', -exponent - 1)}{digits}";
        return number < 0 ? "-" + text : text;
    }

    // decimals null: as many as needed.
    public static string Exponential(double number, int? decimals)
    {
        if (decimals is null && number != 0)
        {
            var (shortest, point) = NumberText.ShortestDigits(Math.Abs(number));
            return (number < 0 ? "-" : string.Empty) + NumberText.Exponential(shortest, point - 1);
        }

        var (digits, exponent) = Rounded(Math.Abs(number), (decimals ?? 0) + 1);
        return (number < 0 ? "-" : string.Empty) + NumberText.Exponential(digits, exponent);
    }

    public static string InRadix(double number, int radix)
    {
        if (radix == 10 || !double.IsFinite(number))
        {
            return NumberText.Format(number);
        }

        var size = Math.Abs(number);
        var whole = Math.Floor(size);
        var (fraction, carries) = FractionInRadix(size, radix);
        var text = WholeInRadix(whole + (carries ? 1 : 0), radix) + fraction;
        return number < 0 ? "-" + text : text;
    }

    /// <summary>Just enough digits to tell the number from its neighbours, the last one rounded.</summary>
    private static (string Text, bool Carries) FractionInRadix(double size, int radix)
    {
        var fraction = size - Math.Floor(size);
        var precision = Math.Max(0.5 * (Math.BitIncrement(size) - size), double.Epsilon);
        var digits = new List<int>();
        while (fraction >= precision)
        {
            fraction *= radix;
            precision *= radix;
            var digit = (int)fraction;
            digits.Add(digit);
            fraction -= digit;
            if ((fraction > 0.5 || (fraction == 0.5 && digit % 2 == 1)) && fraction + precision > 1)
            {
                while (digits.Count > 0 && digits[^1] == radix - 1)
                {
                    digits.RemoveAt(digits.Count - 1);
                }

                if (digits.Count == 0)
                {
                    return (string.Empty, true);
                }

                digits[^1]++;
                break;
            }
        }

        return digits.Count == 0
            ? (string.Empty, false)
            : ("." + string.Concat(digits.Select(NumberText.DigitFor)), false);
    }

    // Exact, also beyond 2^53, where engines differ in the digits that carry no information.
    private static string WholeInRadix(double whole, int radix)
    {
        var rest = new BigInteger(whole);
        var text = new StringBuilder();
        do
        {
            rest = BigInteger.DivRem(rest, radix, out var digit);
            text.Insert(0, NumberText.DigitFor((int)digit));
        }
        while (!rest.IsZero);
        return text.ToString();
    }

    /// <summary>So many significant digits, and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Rounded(double number, int precision)
    {
        if (number == 0)
        {
            return (new string('0', precision), 0);
        }

        var exponent = NumberText.ShortestDigits(number).Point - 1;
        var digits = Scaled(number, precision - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        if (digits.Length > precision)
        {
            exponent++;
            digits = Scaled(number, precision - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        }

        return (digits, exponent);
    }

    /// <summary>The number times a power of ten, rounded to a whole, halves up.</summary>
    private static BigInteger Scaled(double number, int power)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var binaryExponent = (int)((bits >> 52) & 0x7ff);
        var mantissa = bits & 0xfffffffffffff;
        mantissa = binaryExponent == 0 ? mantissa : mantissa | 0x10000000000000;
        var shift = Math.Max(binaryExponent, 1) - 1075;
        var numerator = new BigInteger(mantissa) << Math.Max(shift, 0);
        var denominator = BigInteger.One << Math.Max(-shift, 0);
        numerator *= BigInteger.Pow(10, Math.Max(power, 0));
        denominator *= BigInteger.Pow(10, Math.Max(-power, 0));
        return ((2 * numerator) + denominator) / (2 * denominator);
    }
}
