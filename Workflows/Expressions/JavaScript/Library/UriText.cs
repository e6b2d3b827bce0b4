using System.Buffers;
using System.Globalization;
using System.Text;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary><c>encodeURIComponent</c> and back.</summary>
internal static class UriText
{
    private static readonly SearchValues<char> Kept = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()");

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static string Encode(Run run, string text)
    {
        run.AllocateText(text.Length);
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (Kept.Contains(text[i]))
            {
                result.Append(text[i]);
                continue;
            }

            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length) != OperationStatus.Done)
            {
                throw Malformed();
            }

            foreach (var one in bytes[..rune.EncodeToUtf8(bytes)])
            {
                result.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
            }

            run.RequireText(result.Length);
            i += length - 1;
        }

        run.AllocateText(result.Length);
        return result.ToString();
    }

    public static string Decode(Run run, string text)
    {
        run.AllocateText(text.Length);
        var result = new StringBuilder(text.Length);
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                result.Append(text[i]);
                continue;
            }

            bytes.Clear();
            while (i < text.Length && text[i] == '%')
            {
                bytes.Add(ReadByte(text, i + 1));
                i += 3;
            }

            i--;
            try
            {
                result.Append(Strict.GetString([.. bytes]));
            }
            catch (DecoderFallbackException)
            {
                throw Malformed();
            }
        }

        return result.ToString();
    }

    private static byte ReadByte(string text, int at) =>
        at + 2 <= text.Length
        && byte.TryParse(
            text.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Malformed();

    private static ScriptException Malformed() => new(ScriptErrorKind.URIError, "URI malformed");
}
