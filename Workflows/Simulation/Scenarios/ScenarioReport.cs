using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Reporting;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>
/// Compares a report with the <c>rows</c> a step expects. A row names values of the facts it is grouped by, a <c>measure</c> where the report has several, and
/// <c>value</c>, <c>base</c>, <c>baseName</c> or <c>share</c>; a fact it does not name is added up, so that a row without any is the total. <c>awards</c> is the whole list of
/// those put forward, in any order: the values they are grouped by, <c>amount</c>, and <c>chosen</c> where somebody must choose among them.
/// </summary>
internal static class ScenarioReport
{
    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal) { "measure", "value", "base", "baseName", "share" };

    /// <exception cref="ScenarioFailedException">A row is not as expected; all such are named.</exception>
    public static void Compare(JsonElement expected, Report report, ReportTable table, IReadOnlyList<AwardProposal> awards)
    {
        var wrong = new List<ScenarioDifference>();
        foreach (var row in expected.TryGetProperty("rows", out var rows) ? [.. rows.EnumerateArray()] : Array.Empty<JsonElement>())
        {
            var key = row.Text("measure") ?? report.Measures[0].Key;
            var named = row.EnumerateObject().Where(member => !Numbers.Contains(member.Name)).ToDictionary(member => member.Name, member => Plain(member.Value), StringComparer.Ordinal);
            if (report.Measures.All(measure => measure.Key != key) || named.Keys.FirstOrDefault(fact => !table.By.Contains(fact)) is not null)
            {
                throw new ScenarioFailedException($"The report {report.Key} has no measure or grouping as in {row}.");
            }

            var cells = named.Count == 0 ? [table.Total.Cells[key]]
                : table.Rows.Where(one => named.All(fact => one.Groups[table.By.ToList().IndexOf(fact.Key)] == fact.Value)).Select(one => one.Cells[key]).ToList();
            var (value, whole) = (cells.Sum(cell => cell.Value ?? 0), cells.Exists(cell => cell.Base is not null) ? cells.Sum(cell => cell.Base) : null);
            var where = string.Join(", ", named.Select(fact => $"{fact.Key} {fact.Value}").Append(key));
            Same($"rows {where} value", row, "value", value);
            Same($"rows {where} base", row, "base", whole);
            Same($"rows {where} share", row, "share", whole is { } all and not 0 ? value / all : null);
            var of = report.Measures.First(measure => measure.Key == key).BaseName;
            if (row.Text("baseName") is { } called && called != of?.Zh && called != of?.En)
            {
                wrong.Add(new ScenarioDifference($"rows {where} baseName", of?.Zh, called));
            }
        }

        if (expected.TryGetProperty("awards", out var put))
        {
            var got = awards.Select(one => Said(one.Groups, one.Amount, one.MustBeChosen));
            var wanted = put.EnumerateArray().Select(one => Said(
                report.By.Select(fact => one.TryGetProperty(fact, out var value) ? Plain(value) : null), one.Required("amount").GetDecimal(), one.TryGetProperty("chosen", out var chosen) && chosen.GetBoolean()));
            var (have, want) = (string.Join("; ", got.Order(StringComparer.Ordinal)), string.Join("; ", wanted.Order(StringComparer.Ordinal)));
            if (have != want)
            {
                wrong.Add(new ScenarioDifference("awards", have, want));
            }
        }

        if (wrong.Count > 0)
        {
            throw new ScenarioFailedException($"The report {report.Key} is not as expected: {string.Join("; ", wrong.Select(one => $"{one.What} is {one.Got}, expected {one.Expected}"))}.", wrong);
        }

        static string Said(IEnumerable<string?> groups, decimal amount, bool chosen) => $"{string.Join(" / ", groups)} {Text(amount)}{(chosen ? " to be chosen" : "")}";

        // a share is written to as many places as the scenario does
        void Same(string what, JsonElement row, string member, decimal? got)
        {
            if (!row.TryGetProperty(member, out var want))
            {
                return;
            }

            var wanted = want.ValueKind == JsonValueKind.Number ? want.GetDecimal() : (decimal?)null;
            if ((got is { } number && wanted is { } places ? Math.Round(number, places.Scale, MidpointRounding.AwayFromZero) : got) != wanted)
            {
                wrong.Add(new ScenarioDifference(what, Text(got), Text(wanted)));
            }
        }
    }

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToString(),
    };

    private static string? Text(decimal? number) => number?.ToString("0.######", CultureInfo.InvariantCulture);
}
