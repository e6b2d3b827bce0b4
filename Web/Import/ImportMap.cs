using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace CaseManagement.Web.Import;

/// <summary>A map that cannot be used, or does not fit the file.</summary>
public sealed class ImportMapException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Says how rows of a spreadsheet become cases. Its format is described in <c>docs/import.md</c>.</summary>
public sealed record ImportMap
{
    /// <summary>The fields a map may fill, as it writes them.</summary>
    public static readonly IReadOnlySet<string> KnownFields = new HashSet<string>(StringComparer.Ordinal)
    {
        "externalId", "receivedAt", "kind", "channel", "category", "subject", "description", "demand", "urgency", "people",
        "complainant.name", "complainant.phone", "complainant.email", "complainant.kind", "complainant.anonymous", "complainant.confidential",
        "respondent.department", "respondent.person",
    };

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 16,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>1.</summary>
    public int Format { get; init; }

    /// <summary>The process; without it the installation's own.</summary>
    public string? Process { get; init; }

    /// <summary>Goes before every external id, so that ids of two sources never meet.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>IANA zone in which dates and times without an offset are meant.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>How dates and times are written, .NET patterns, tried in order.</summary>
    public IReadOnlyList<string> Dates { get; init; } = ["yyyy-MM-dd"];

    public IReadOnlyDictionary<string, ValueSource> Fields { get; init; } = new Dictionary<string, ValueSource>();

    /// <summary>The process's own facts.</summary>
    public IReadOnlyDictionary<string, ValueSource> Facts { get; init; } = new Dictionary<string, ValueSource>();

    /// <summary>Which rows come in closed; without it every row runs the process.</summary>
    public ClosedRule? Closed { get; init; }

    /// <exception cref="ImportMapException">Not JSON of this shape, or not usable.</exception>
    public static ImportMap Parse(string json)
    {
        ImportMap map;
        try
        {
            map = JsonSerializer.Deserialize<ImportMap>(json, Strict) ?? throw new ImportMapException("The map is null.");
        }
        catch (JsonException wrong)
        {
            throw new ImportMapException($"The map cannot be read at {wrong.Path ?? "$"}.", wrong);
        }

        map.Check();
        return map;
    }

    /// <summary>Every column the map reads.</summary>
    public IEnumerable<string> Columns()
    {
        IEnumerable<ValueSource?> sources = [.. Fields.Values, .. Facts.Values, Closed?.Outcome, Closed?.ClosedAt];
        return sources.OfType<ValueSource>().SelectMany(s => s.Columns()).Concat(Closed is null ? [] : [Closed.Column]).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Reads a date or time in the map's formats and zone; null when it is neither.</summary>
    public DateTimeOffset? Moment(string text)
    {
        foreach (var pattern in Dates)
        {
            if (!DateTime.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            {
                continue;
            }

            // a pattern with an offset tells the instant itself
            return pattern.Contains('z', StringComparison.Ordinal) || pattern.Contains('K', StringComparison.Ordinal)
                ? DateTimeOffset.ParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime()
                : LocalDateTime.FromDateTime(local).InZoneLeniently(DateTimeZoneProviders.Tzdb[Zone]).ToDateTimeOffset().ToUniversalTime();
        }

        return null;
    }

    private void Check()
    {
        ThrowUnless(Format == 1, "The map's format is 1.");
        ThrowUnless(DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is not null, $"There is no time zone '{Zone}'.");
        ThrowUnless(Dates.Count > 0, "The map names no date format.");
        foreach (var field in Fields.Keys)
        {
            ThrowUnless(KnownFields.Contains(field), $"There is no field '{field}'.");
        }

        ThrowUnless(Fields.ContainsKey("externalId"), "The map says nothing about externalId, without which a rerun would add every row again.");
        foreach (var (name, source) in Fields.Concat(Facts))
        {
            source.Check(name);
        }

        if (Closed is { } closed)
        {
            ThrowUnless(!string.IsNullOrEmpty(closed.Column) && closed.Values.Count > 0, "closed names a column and its values.");
            ThrowUnless(closed.ClosedAt is not null, "closed says when with closedAt.");
            closed.ClosedAt!.Check("closedAt");
            closed.Outcome?.Check("outcome");
        }
    }

    private static void ThrowUnless(bool holds, string message)
    {
        if (!holds)
        {
            throw new ImportMapException(message);
        }
    }
}

/// <summary>Which rows were handled to their end before they came.</summary>
public sealed record ClosedRule
{
    public string Column { get; init; } = "";

    /// <summary>Values of the column that mean closed.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The outcome; the column's own value when absent.</summary>
    public ValueSource? Outcome { get; init; }

    /// <summary>When it was closed.</summary>
    public ValueSource? ClosedAt { get; init; }
}
