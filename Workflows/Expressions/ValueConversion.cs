using System.Globalization;

namespace CaseManagement.Workflows.Expressions;

/// <summary>A value does not fit the type it is asked to have.</summary>
public sealed class ValueConversionException(string message, string? zh = null) : Exception(message)
{
    /// <summary>The same in Chinese.</summary>
    public string Zh { get; } = zh ?? message;
}

/// <summary>
/// Conversions to Elsa's type aliases. Text that does not fit is an error (Elsa 3.8 silently stores 0).
/// </summary>
public static class ValueConversion
{
    /// <summary>Converts to a declared type; an unknown alias leaves the value as it is.</summary>
    public static object? To(string? typeName, bool isArray, object? value)
    {
        if (value is null)
        {
            return null;
        }

        if (isArray || IsList(typeName))
        {
            return ToList(value);
        }

        return typeName switch
        {
            "String" => ToText(value),
            "Boolean" => Unset(value) ? null : ToBoolean(value),
            "Byte" or "Int16" or "Int32" => Unset(value) ? null : (double)ToInt32(value),
            "Int64" or "Long" => Unset(value) ? null : WorkflowValues.From(ToInt64(value)),
            "Single" or "Double" => Unset(value) ? null : ToDouble(value),
            "Decimal" => Unset(value) ? null : ToDecimal(value),
            "Guid" => Guid.TryParse(ToText(value), out var id) ? id.ToString() : throw No(value, "an id", "标识"),
            "DateTime" or "DateTimeOffset" => WorkflowValues.From(ToInstant(value)),
            "TimeSpan" => WorkflowValues.From(ToTimeSpan(value)),
            "ObjectDictionary" or "StringDictionary" or "JsonObject" => ToDictionary(value),
            _ => value,
        };
    }

    /// <summary>Text as a script would print it; lists and dictionaries as JSON.</summary>
    public static string? ToText(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => NumberText(number),
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        NamedNumber named => named.Name,
        _ => WorkflowValues.ToJson(value),
    };

    public static bool ToBoolean(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text when bool.TryParse(text.Trim(), out var flag) => flag,
        string text when text.Trim().Length == 0 => false,
        double number => number != 0 && !double.IsNaN(number),
        decimal number => number != 0,
        _ => throw No(value, "true or false", "true 或 false"),
    };

    public static int ToInt32(object? value)
    {
        var number = ToInt64(value);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw No(value, "a whole number of 32 bits", "32 位整数");
    }

    public static long ToInt64(object? value) => value switch
    {
        double number when Math.Truncate(number) == number && Math.Abs(number) <= 1L << 53 => (long)number,
        double number when Math.Abs(number) <= 1L << 53 => (long)Math.Round(number, MidpointRounding.ToEven),
        decimal number when Math.Abs(number) <= long.MaxValue => (long)Math.Round(number, MidpointRounding.ToEven),
        NamedNumber named => named.Number,
        string text when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw No(value, "a whole number", "整数"),
    };

    public static double ToDouble(object? value) => value switch
    {
        double number => number,
        decimal number => (double)number,
        NamedNumber named => named.Number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw No(value, "a number", "数字"),
    };

    public static decimal ToDecimal(object? value) => value switch
    {
        decimal number => number,
        double number when Math.Abs(number) < 7.9e28 => (decimal)number,
        NamedNumber named => named.Number,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw No(value, "a number", "数字"),
    };

    /// <summary>.NET's reading: <c>24:00:00</c> is 24 days. Elsa 3.8 reads it so, and so do we; the compiler warns.</summary>
    public static TimeSpan ToTimeSpan(object? value) =>
        value is string text && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span
        : value is TimeSpan given ? given
        : throw No(value, "a duration such as 1.02:30:00", "时长（例如 1.02:30:00）");

    /// <summary>Text without an offset is UTC.</summary>
    public static DateTimeOffset ToInstant(object? value) =>
        value is string text && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at
        : value is DateTimeOffset given ? given.ToUniversalTime()
        : throw No(value, "a moment such as 2026-05-01T08:00:00Z", "时刻（例如 2026-05-01T08:00:00Z）");

    /// <summary>A list; JSON text of a list is read; anything else is a list of one.</summary>
    public static List<object?> ToList(object? value)
    {
        switch (value)
        {
            case null:
                return [];
            case List<object?> list:
                return list;
            case string text when text.AsSpan().TrimStart().StartsWith("["):
                return WorkflowValues.Parse(text) as List<object?> ?? throw No(value, "a list", "列表");
            case string text when string.IsNullOrWhiteSpace(text):
                return [];
            default:
                return [value];
        }
    }

    public static IReadOnlyList<string> ToTexts(object? value)
    {
        var list = ToList(value);
        var texts = new string[list.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = ToText(list[i]) ?? "";
        }

        return texts;
    }

    public static Dictionary<string, object?>? ToDictionary(object? value) => value switch
    {
        null => null,
        Dictionary<string, object?> map => map,
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text => WorkflowValues.Parse(text) as Dictionary<string, object?> ?? throw No(value, "an object", "对象"),
        _ => throw No(value, "an object", "对象"),
    };

    internal static bool IsList(string? typeName) =>
        typeName is not null && (typeName.EndsWith("[]", StringComparison.Ordinal) || typeName.StartsWith("List<", StringComparison.Ordinal));

    private static bool Unset(object value) => value is string text && string.IsNullOrWhiteSpace(text);

    private static string NumberText(double number) =>
        number == Math.Truncate(number) && Math.Abs(number) < 1e15
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);

    private static ValueConversionException No(object? value, string type, string zh)
    {
        var text = ToText(value) ?? "null";
        text = text.Length > 60 ? text[..60] + "…" : text;
        return new ValueConversionException($"“{text}” is not {type}.", $"“{text}”不是{zh}。");
    }
}
