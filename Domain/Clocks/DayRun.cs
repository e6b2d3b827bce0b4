using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Clocks;

/// <summary>How a day stands in the counting of a limit.</summary>
public enum DayState
{
    /// <summary>It counts.</summary>
    Worked,

    /// <summary>A day off that does not count.</summary>
    Off,

    /// <summary>The clock was paused.</summary>
    Held,

    /// <summary>It counts because it is worked although the week says off.</summary>
    MakeUp,

    /// <summary>The day the limit is due.</summary>
    Due,
}

/// <summary>
/// One cell of the day strip: a day, or a run of days that stand alike. <paramref name="Count"/> is how much has been counted by the end of the run,
/// in the limit's unit; none where nothing was.
/// </summary>
[JsonConverter(typeof(DayRunConverter))]
public sealed record DayRun(DateOnly From, DateOnly To, DayState State, decimal? Count)
{
    // One short text per cell keeps the case's document small: "2026-10-01..2026-10-07 off", "2026-10-08 worked 4".
    internal sealed class DayRunConverter : JsonConverter<DayRun>
    {
        public override DayRun Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var parts = (reader.GetString() ?? "").Split(' ');
            var dates = parts[0].Split("..");
            if (parts.Length is 2 or 3
                && TryDate(dates[0], out var from)
                && TryDate(dates[^1], out var to)
                && Enum.TryParse<DayState>(parts[1], ignoreCase: true, out var state))
            {
                return new DayRun(
                    from, to, state, parts.Length == 3 ? decimal.Parse(parts[2], CultureInfo.InvariantCulture) : null);
            }

            throw new JsonException("Not a run of days.");
        }

        public override void Write(Utf8JsonWriter writer, DayRun value, JsonSerializerOptions options)
        {
            var dates = value.From == value.To ? Iso(value.From) : $"{Iso(value.From)}..{Iso(value.To)}";
            var count = value.Count is { } number ? " " + number.ToString(CultureInfo.InvariantCulture) : "";
            writer.WriteStringValue($"{dates} {value.State}{count}");
        }

        private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        private static bool TryDate(string text, out DateOnly date) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }
}
