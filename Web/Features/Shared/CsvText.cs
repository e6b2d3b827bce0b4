namespace CaseManagement.Web.Features.Shared;

/// <summary>Writes fields of a CSV file.</summary>
internal static class CsvText
{
    // full-width signs too: some spreadsheets take them for the same
    private const string Begins = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    /// <summary>A field as it is written; one that a spreadsheet would take for a formula is a text.</summary>
    public static string Quoted(string? field)
    {
        var text = field ?? "";
        var safe = text.Length > 0 && Begins.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>A line with its end.</summary>
    public static string Line(params IEnumerable<string?> fields) => string.Join(',', fields.Select(Quoted)) + "\r\n";
}
