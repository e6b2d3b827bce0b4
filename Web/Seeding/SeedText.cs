using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CaseManagement.Web.Seeding;

/// <summary>What one copy has otherwise than its template: ids, moments, and words in place of those the template was walked with.</summary>
/// <param name="Number">From 1; no two copies share one.</param>
/// <param name="Shift">Everything happened so much earlier (negative).</param>
/// <param name="Words">The copy's word for each of the template's.</param>
internal sealed record SeedDifference(long Number, TimeSpan Shift, IReadOnlyDictionary<string, string> Words)
{
    /// <summary>The copy's id for a template's: still in the order of time, and its own.</summary>
    public Guid Of(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        if (bytes[6] >> 4 == 7)
        {
            Span<byte> time = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(time, (BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16) + (long)Shift.TotalMilliseconds);
            time[2..].CopyTo(bytes);
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], (uint)Number);
        return new Guid(bytes, bigEndian: true);
    }

    public DateTimeOffset Of(DateTimeOffset at) => at + Shift;

    public DateTimeOffset? Of(DateTimeOffset? at) => at + Shift;
}

/// <summary>Texts and documents of a template, cut once at what copies have otherwise.</summary>
/// <param name="words">The words the template was walked with.</param>
internal sealed class SeedText(IReadOnlyCollection<string> words)
{
    private const string Id = "(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";
    private const string At = @"(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(?<zone>Z|\+00:00)";

    private readonly Regex _differs = new(
        $"{Id}|{At}|(?<word>{string.Join('|', words.OrderByDescending(w => w.Length).Select(Regex.Escape))})", RegexOptions.CultureInvariant);

    private readonly ConcurrentDictionary<string, Part[]> _cut = new(StringComparer.Ordinal);

    public string? Of(string? text, SeedDifference difference)
    {
        if (text is null)
        {
            return null;
        }

        var parts = _cut.GetOrAdd(text, Cut);
        if (parts is [{ Kind: PartKind.Same }])
        {
            return text;
        }

        var copy = new StringBuilder(text.Length + 64);
        foreach (var part in parts)
        {
            _ = part.Kind switch
            {
                PartKind.Id => copy.Append(difference.Of(part.Id)),
                PartKind.At => copy.Append((part.At + difference.Shift).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture)).Append(part.Text),
                PartKind.Word => copy.Append(difference.Words[part.Text]),
                _ => copy.Append(part.Text),
            };
        }

        return copy.ToString();
    }

    public byte[] Of(ReadOnlyMemory<byte> document, SeedDifference difference) =>
        Encoding.UTF8.GetBytes(Of(Encoding.UTF8.GetString(document.Span), difference)!);

    private Part[] Cut(string text)
    {
        var (parts, from) = (new List<Part>(), 0);
        foreach (Match match in _differs.Matches(text))
        {
            if (match.Index > from)
            {
                parts.Add(new Part(PartKind.Same, text[from..match.Index]));
            }

            from = match.Index + match.Length;
            parts.Add(
                match.Groups["id"].Success ? new Part(PartKind.Id, "", Id: Guid.Parse(match.Value))
                : match.Groups["at"].Success ? new Part(PartKind.At, match.Groups["zone"].Value, At: DateTime.Parse(match.Groups["at"].Value, CultureInfo.InvariantCulture))
                : new Part(PartKind.Word, match.Value));
        }

        if (from < text.Length || parts.Count == 0)
        {
            parts.Add(new Part(PartKind.Same, text[from..]));
        }

        return [.. parts];
    }

    private enum PartKind
    {
        Same,
        Id,
        At,
        Word,
    }

    private sealed record Part(PartKind Kind, string Text, Guid Id = default, DateTime At = default);
}
