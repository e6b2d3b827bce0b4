using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Reporting;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>Reads what an <c>external</c> step brings in, and the days a <c>report</c> step is about.</summary>
internal static class ScenarioFigures
{
    /// <summary>The figures: <c>values</c> is one number, or a number for each supplier, product … by name; <c>for</c> names the one.</summary>
    /// <exception cref="ScenarioFailedException">Something cannot be read.</exception>
    public static IReadOnlyList<Figure> Read(JsonElement data)
    {
        var name = data.RequiredText("name");
        name = name.StartsWith(FigureNames.External, StringComparison.Ordinal) ? name[FigureNames.External.Length..] : name;
        var period = data.Text("period") is { } text && CalendarPeriod.TryParse(text, out var read)
            ? read
            : throw new ScenarioFailedException($"external {name} needs a period such as 2026-08, 2026-Q3 or 2026-08-15.");
        if (!data.TryGetProperty("values", out var values) && !data.TryGetProperty("value", out values))
        {
            throw new ScenarioFailedException($"external {name} needs values.");
        }

        return values.ValueKind == JsonValueKind.Object
            ? [.. values.EnumerateObject().Select(one => Of(name, one.Name, period, one.Value))]
            : [Of(name, data.Text("for") ?? "", period, values)];
    }

    /// <summary>From <c>from</c> and <c>to</c>, either of which may be a month or a day; without them the period the report is about today.</summary>
    /// <exception cref="ScenarioFailedException">They cannot be read.</exception>
    public static CalendarPeriod PeriodOf(JsonElement data, Report report, DateOnly today)
    {
        var (from, to) = (data.Text("from"), data.Text("to"));
        if (from is null && to is null)
        {
            return ReportPeriods.AskedOn(report, today);
        }

        return CalendarPeriod.TryParse($"{from ?? to}/{to ?? from}", out var period) && period.Through.DayNumber - period.From.DayNumber < ReportPeriods.Longest
            ? period
            : throw new ScenarioFailedException($"'{from}' to '{to}' is no period of {ReportPeriods.Longest} days or less.");
    }

    private static Figure Of(string name, string forWhat, CalendarPeriod period, JsonElement value) => new(
        name, forWhat, period.From, period.Through,
        value.ValueKind == JsonValueKind.Number ? FactValue.Of(value.GetDecimal())
        : value.ValueKind == JsonValueKind.String && decimal.TryParse(value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? FactValue.Of(number)
        : throw new ScenarioFailedException($"external {name} for '{forWhat}' is no number."));
}
