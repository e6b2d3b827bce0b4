using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using NodaTime;

namespace CaseManagement.Domain.Reporting;

/// <summary>What one case is to one measure of a report.</summary>
/// <param name="Report">The report's key.</param>
/// <param name="Measure">The measure's key.</param>
/// <param name="At">The moment that puts the case into a period.</param>
/// <param name="Groups">The values it is grouped by, see <see cref="ReportEntries.WriteGroups"/>.</param>
/// <param name="Counts">It is counted.</param>
/// <param name="InBase">It is part of what a share is a share of.</param>
public sealed record ReportEntry(string Report, string Measure, DateTimeOffset At, string Groups, bool Counts, bool InBase);

/// <summary>A case says once, when it has changed, what it is to each report; a report then only adds up.</summary>
public static class ReportEntries
{
    /// <summary>The longest text of one group's values.</summary>
    public const int LongestGroups = 240;

    /// <summary>What a case is to the reports of its process.</summary>
    /// <param name="pack">The pack whose reports are meant; the case may run on another version of it.</param>
    /// <param name="settings">The readings in force for that pack, whatever the case runs under.</param>
    /// <param name="complaint">The case.</param>
    public static IEnumerable<ReportEntry> Of(ProcessPack pack, PackSettings settings, IFactReader complaint)
    {
        var facts = new FactOverlay(settings.Values.ToDictionary(one => FactNames.Settings + one.Key, one => one.Value, StringComparer.Ordinal), complaint);
        var zone = DateTimeZoneProviders.Tzdb[pack.Identity.Zone];
        foreach (var report in pack.Reports.Values)
        {
            string? groups = null;
            foreach (var measure in report.Measures.Where(one => one.Count.Figure is null))
            {
                if (MomentOf(facts.Read(measure.On ?? "receivedAt"), zone) is not { } at)
                {
                    continue;
                }

                var inBase = measure.Base is null or { Figure: not null } || measure.Base.Cases?.Holds(facts) != false;
                var counts = inBase && measure.Count.Cases?.Holds(facts) != false;
                if (counts || (inBase && measure.Base is { Figure: null }))
                {
                    yield return new ReportEntry(report.Key, measure.Key, at, groups ??= WriteGroups(report.By.Select(fact => TextOf(facts.Read(fact)))), counts, inBase);
                }
            }
        }
    }

    /// <summary>Values as one text, in order; a value that is not known is null.</summary>
    public static string WriteGroups(IEnumerable<string?> values)
    {
        var all = values.ToList();
        string Written(int longest) => new JsonArray([.. all.Select(value => value is null ? null : JsonValue.Create(value.Length > longest ? value[..longest] : value))]).ToJsonString(Plain);
        return LongestValues.Select(Written).FirstOrDefault(text => text.Length <= LongestGroups) ?? Written(1);
    }

    /// <summary>The values again.</summary>
    public static IReadOnlyList<string?> ReadGroups(string groups) => [.. JsonNode.Parse(groups)!.AsArray().Select(value => (string?)value)];

    // what is longer is cut, as little as fits
    private static readonly int[] LongestValues = [80, 40, 20, 8, 4];

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string? TextOf(FactValue value) => value.IsBlank ? null
        : value.List is { } list ? string.Join(", ", list.Order(StringComparer.Ordinal))
        : value.Boolean is { } yes ? (yes ? "true" : "false")
        : FactText.Plain(value) is { Length: > 0 } plain ? plain : null;

    private static DateTimeOffset? MomentOf(FactValue value, DateTimeZone zone) => value.Instant
        ?? (value.Date is { } day ? zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToDateTimeOffset().ToUniversalTime() : null);
}
