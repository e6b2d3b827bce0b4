using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace CaseManagement.Domain.Facts;

/// <summary>Turns JSON from outside into a typed value by the fact's declared type. Nothing is guessed: a number in quotes
/// is no number, a day is no moment.</summary>
public static class FactCoercion
{
    /// <summary>The value as the fact's type asks for it.</summary>
    /// <param name="definition">The fact.</param>
    /// <param name="json">What came in; null clears the fact.</param>
    /// <param name="zone">IANA zone in which a moment without an offset is meant; without it such a moment is refused.</param>
    public static FactResult Coerce(FactDefinition definition, JsonElement json, string? zone = null) =>
        JsonText.IsWellFormed(json) ? Coerce(definition, json, zone, 0) : Refused(definition, FactRefusals.TypeWrong);

    private static FactResult Coerce(FactDefinition definition, JsonElement json, string? zone, int depth)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return Good(definition, FactValue.Unknown);
        }

        if (IsUndetermined(definition, json))
        {
            return Good(definition, FactValue.Of(json.GetString()));
        }

        return definition.Type switch
        {
            FactType.Number or FactType.Money => Number(definition, json),
            FactType.Boolean => json.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? Good(definition, FactValue.Of(json.GetBoolean()))
                : Refused(definition, FactRefusals.TypeWrong),
            FactType.Date => Date(definition, json),
            FactType.Instant => Instant(definition, json, zone),
            FactType.Rows => Rows(definition, json, zone, depth),
            FactType.File when json.ValueKind == JsonValueKind.String => OneFile(definition, json),
            _ when definition.IsList => List(definition, json),
            _ => Text(definition, json),
        };
    }

    private static bool IsUndetermined(FactDefinition definition, JsonElement json) =>
        definition.Undetermined is { } text && json.ValueKind == JsonValueKind.String
        && (json.ValueEquals(text.Zh) || json.ValueEquals(text.En));

    private static FactResult Text(FactDefinition definition, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            return Refused(definition, FactRefusals.TypeWrong);
        }

        var text = json.GetString()!;
        if (text.Length > FactLimits.MaxText)
        {
            return Refused(definition, FactRefusals.TooLarge);
        }

        return definition.HasOption(text)
            ? Good(definition, FactValue.Of(text))
            : Refused(definition, FactRefusals.OptionUnknown);
    }

    private static FactResult OneFile(FactDefinition definition, JsonElement json)
    {
        var result = Text(definition, json);
        return result.IsGood ? Good(definition, FactValue.OfList([result.Value.Text!])) : result;
    }

    private static FactResult List(FactDefinition definition, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return Refused(definition, FactRefusals.TypeWrong);
        }

        if (json.GetArrayLength() > FactLimits.MaxRows)
        {
            return Refused(definition, FactRefusals.TooLarge);
        }

        var texts = new List<string>();
        foreach (var element in json.EnumerateArray())
        {
            var result = Text(definition, element);
            if (!result.IsGood)
            {
                return result;
            }

            if (!texts.Contains(result.Value.Text!, StringComparer.Ordinal))
            {
                texts.Add(result.Value.Text!);
            }
        }

        return Good(definition, FactValue.OfList(texts));
    }

    private static FactResult Number(FactDefinition definition, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Number)
        {
            return Refused(definition, FactRefusals.TypeWrong);
        }

        return json.TryGetDecimal(out var number)
            && Math.Abs(number) <= FactLimits.MaxNumber
            && number >= (definition.Min ?? number)
            && number <= (definition.Max ?? number)
                ? Good(definition, FactValue.Of(number))
                : Refused(definition, FactRefusals.OutOfRange);
    }

    private static FactResult Date(FactDefinition definition, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String
            || !DateOnly.TryParseExact(json.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return Refused(definition, FactRefusals.TypeWrong);
        }

        return date.Year is >= FactLimits.MinYear and <= FactLimits.MaxYear
            ? Good(definition, FactValue.Of(date))
            : Refused(definition, FactRefusals.OutOfRange);
    }

    private static FactResult Instant(FactDefinition definition, JsonElement json, string? zone)
    {
        if (json.ValueKind != JsonValueKind.String || json.GetString() is not { Length: <= 40 } text)
        {
            return Refused(definition, FactRefusals.TypeWrong);
        }

        var withOffset = OffsetPatterns.Select(pattern => pattern.Parse(text)).FirstOrDefault(result => result.Success);
        if (withOffset is not null)
        {
            return Moment(definition, withOffset.Value);
        }

        var local = LocalPatterns.Select(pattern => pattern.Parse(text)).FirstOrDefault(result => result.Success);
        return local is not null && zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } timeZone
            ? Moment(definition, local.Value.InZoneLeniently(timeZone).ToOffsetDateTime())
            : Refused(definition, FactRefusals.TypeWrong);
    }

    private static FactResult Moment(FactDefinition definition, OffsetDateTime moment) =>
        moment.Year is >= FactLimits.MinYear and <= FactLimits.MaxYear
            ? Good(definition, FactValue.Of(moment.ToDateTimeOffset()))
            : Refused(definition, FactRefusals.OutOfRange);

    private static readonly OffsetDateTimePattern[] OffsetPatterns =
    [
        OffsetDateTimePattern.ExtendedIso,
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>"),
    ];

    private static readonly LocalDateTimePattern[] LocalPatterns =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFF"),
    ];

    private static FactResult Rows(FactDefinition definition, JsonElement json, string? zone, int depth)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return Refused(definition, FactRefusals.TypeWrong);
        }

        if (json.GetArrayLength() > FactLimits.MaxRows || depth >= FactLimits.MaxDepth)
        {
            return Refused(definition, FactRefusals.TooLarge);
        }

        var rows = new List<IReadOnlyDictionary<string, FactValue>>();
        foreach (var element in json.EnumerateArray())
        {
            var (row, refusal) = Row(definition, element, zone, depth);
            if (refusal is not null)
            {
                return Refused(definition, refusal);
            }

            rows.Add(row);
        }

        return Good(definition, FactValue.OfRows(rows));
    }

    private static (IReadOnlyDictionary<string, FactValue> Row, string? Refusal) Row(
        FactDefinition definition, JsonElement json, string? zone, int depth)
    {
        var row = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (row, FactRefusals.TypeWrong);
        }

        foreach (var cell in json.EnumerateObject())
        {
            if (definition.Columns.FirstOrDefault(column => column.Key == cell.Name) is not { } column)
            {
                return (row, FactRefusals.FactUnknown);
            }

            var result = Coerce(column, cell.Value, zone, depth + 1);
            if (result.Refusal is { } refusal)
            {
                return (row, refusal);
            }

            row[cell.Name] = result.Value;
        }

        return (row, null);
    }

    private static FactResult Good(FactDefinition definition, FactValue value) => new(definition.Key, value, null);

    private static FactResult Refused(FactDefinition definition, string code) => new(definition.Key, FactValue.Unknown, code);
}
