using System.Text;

namespace CaseManagement.Web.Files;

/// <summary>Text files: whether one is, and how it begins.</summary>
internal static class PlainText
{
    private const int Chunk = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] Markup = ["<!", "<?", "<html", "<head", "<body", "<svg", "<script", "<iframe", "{\\rtf"];

    /// <summary>No control characters, and not a page or drawing in disguise. UTF-8, UTF-16 with a mark, and GB 18030 pass.</summary>
    public static async Task<bool> IsTextAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[Chunk];
        var count = await content.ReadAtLeastAsync(buffer, Chunk, throwOnEndOfStream: false, cancellationToken);
        if (IsMarkup(Begin(buffer.AsSpan(0, Math.Min(count, 1024)), complete: count <= 1024)))
        {
            return false;
        }

        if (HasMark(buffer.AsSpan(0, count)))
        {
            return true;
        }

        for (; count > 0; count = await content.ReadAtLeastAsync(buffer, Chunk, throwOnEndOfStream: false, cancellationToken))
        {
            if (HasControls(buffer.AsSpan(0, count)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first characters, in whatever encoding they are.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="complete">There are no more.</param>
    public static string Begin(ReadOnlySpan<byte> head, bool complete)
    {
        var encoding = head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Encoding.Unicode
            : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode
            : IsUtf8(head, complete) ? Encoding.UTF8
            : CodePagesEncodingProvider.Instance.GetEncoding("GB18030") ?? Encoding.Latin1;
        return encoding.GetString(head).TrimStart('\uFEFF').TrimEnd('\uFFFD');
    }

    private static bool IsMarkup(string begin)
    {
        var text = begin.TrimStart();
        return Markup.Any(m => text.StartsWith(m, StringComparison.OrdinalIgnoreCase));
    }

    private static bool HasMark(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);

    private static bool HasControls(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            if (one is 0x7F or (< 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f')))
            {
                return true;
            }
        }

        return false;
    }

    // the last character may be cut off
    private static bool IsUtf8(ReadOnlySpan<byte> head, bool complete)
    {
        for (var cut = 0; cut <= (complete ? 0 : 3) && cut <= head.Length; cut++)
        {
            try
            {
                Utf8.GetCharCount(head[..^cut]);
                return true;
            }
            catch (DecoderFallbackException)
            {
                // perhaps with one byte less
            }
        }

        return false;
    }
}
