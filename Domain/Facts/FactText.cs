using System.Globalization;

namespace CaseManagement.Domain.Facts;

/// <summary>Writes a fact's value for people, in both languages. Knows no option names and no time zone: a choice is its
/// key, a moment is UTC.</summary>
public static class FactText
{
    /// <summary>The value in both languages; empty for an unknown fact.</summary>
    public static BilingualText Of(FactValue value) => value.Kind switch
    {
        FactValueKind.Boolean => value.Boolean == true ? new("是", "yes") : new("否", "no"),
        FactValueKind.List => new(string.Join('、', value.List!), string.Join(", ", value.List!)),
        FactValueKind.Rows => new($"{value.Count} 行", $"{value.Count} rows"),
        _ => Same(Plain(value)),
    };

    /// <summary>The one text of a value that reads the same in both languages: a number without trailing zeros, a date,
    /// a UTC moment, a text as it is. Empty for other kinds.</summary>
    public static string Plain(FactValue value) => value.Kind switch
    {
        FactValueKind.Text => value.Text!,
        FactValueKind.Number => value.Number!.Value.ToString("0.#############################", CultureInfo.InvariantCulture),
        FactValueKind.Date => value.Date!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FactValueKind.Instant => value.Instant!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => string.Empty,
    };

    private static BilingualText Same(string text) => new(text, text);
}
