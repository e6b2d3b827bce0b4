using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Packs;
using CaseManagement.Tests;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Scenarios;

namespace CaseManagement.Workflows.Tests.Scenarios;

/// <summary>The verbs <c>external</c> and <c>report</c>, and counters of rates, awards and events, on the standard process with a few rules more.</summary>
public class FiguresAndReportsTests
{
    private static readonly string Folder = Path.Combine(SharedMaterial.Root, "Workflows", "Processes");

    [Theory]
    [InlineData(20, "general")] // 2.0 % in August ends the row
    [InlineData(21, "serious")]
    public async Task Three_months_in_a_row_above_two_per_cent_raise_an_open_case_when_the_third_comes_in(int august, string level) => await HoldsAsync("""
        {"at": "2026-09-02T09:00", "external": {"name": "sales", "period": "2026-06", "values": {"S1": 1000}}},
        {"external": {"name": "returns", "period": "2026-06", "values": {"S1": 25}}},
        {"external": {"name": "sales", "period": "2026-07", "for": "S1", "values": 1000}},
        {"external": {"name": "returns", "period": "2026-07", "for": "S1", "values": 30}},
        {"register": {"as": "c", "channel": "phone", "subject": "x", "description": "y", "complainant": {"name": "A"}, "facts": {"supplier": "S1"}}},
        {"expect": {"complaint": "c", "level": "general", "counts": {"return-rate": 2}}},
        {"external": {"name": "sales", "period": "2026-08", "for": "S1", "values": 1000}},
        {"external": {"name": "returns", "period": "2026-08", "for": "S1", "values": AUGUST}},
        {"expect": {"complaint": "c", "level": "LEVEL"}}
        """.Replace("AUGUST", august.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("LEVEL", level, StringComparison.Ordinal));

    [Fact]
    public async Task What_happened_is_counted_over_the_cases_of_one_supplier_and_its_share_of_what_was_shipped() => await HoldsAsync("""
        {"at": "2026-09-02T09:00", "register": {"as": "a", "channel": "phone", "subject": "x", "description": "y", "complainant": {"name": "A"}, "facts": {"supplier": "S1", "failed": true, "shipped": 500}}},
        {"expect": {"complaint": "a", "counts": {"failures": 1, "share": 0.002}}},
        {"register": {"as": "b", "channel": "phone", "subject": "x", "description": "y", "complainant": {"name": "B"}, "facts": {"supplier": "S1", "shipped": 500}}},
        {"at": "2026-09-03T09:00", "facts": {"complaint": "b", "set": {"failed": true}}},
        {"expect": {"complaint": "b", "counts": {"failures": 2, "share": 0.004}}},
        {"expect": {"complaint": "a", "counts": {"failures": 2}}}
        """);

    [Fact]
    public async Task A_report_counts_what_came_and_says_of_what_a_share_is() => await HoldsAsync("""
        {"at": "2026-09-02T09:00", "register": {"as": "a", "channel": "phone", "subject": "x", "description": "y", "category": "goods", "complainant": {"name": "A"}}},
        {"register": {"as": "b", "channel": "phone", "subject": "x", "description": "y", "category": "price", "complainant": {"name": "B"}}},
        {"register": {"as": "c", "channel": "web", "subject": "x", "description": "y", "category": "price", "complainant": {"name": "C"}}},
        {"at": "2026-09-12T09:00", "withdraw": {"complaint": "a", "reason": "settled"}},
        {"at": "2026-09-30T23:59", "report": {"name": "monthly", "from": "2026-09"}, "expect": {"rows": [
          {"value": 3}, {"channel": "phone", "value": 2}, {"channel": "web", "value": 1}, {"lead": "finance", "channel": "phone", "value": 1}]}},
        {"at": "2026-10-01T08:00", "report": {"name": "monthly"}, "expect": {"rows": [{"measure": "received", "value": 3}]}},
        {"report": {"name": "monthly", "from": "2026-08"}, "expect": {"rows": [{"value": 0}]}}
        """);

    private static async Task HoldsAsync(string steps)
    {
        var files = PackFiles.ReadFolder(Path.Combine(Folder, "standard-complaint"));
        Change("facts.json", json =>
        {
            Add(json, "facts", """{"key": "supplier", "name": {"zh": "供应商", "en": "Supplier"}, "type": "text", "by": "handler"}""");
            Add(json, "facts", """{"key": "failed", "name": {"zh": "服务不合格", "en": "Service failed"}, "type": "boolean", "by": "handler"}""");
            Add(json, "facts", """{"key": "shipped", "name": {"zh": "发货数", "en": "Shipped"}, "type": "number", "by": "handler"}""");
        });
        files["counters.json"] = """
            {"counters": [
              {"key": "return-rate", "name": {"zh": "连续月数", "en": "Months in a row"}, "same": ["supplier"], "measure": "consecutiveMonths",
               "rate": {"of": "external.returns", "base": "external.sales"}, "threshold": "> 0.02"},
              {"key": "failures", "name": {"zh": "不合格次数", "en": "Failures"}, "same": ["supplier"], "of": "event:failed", "window": {"amount": 1, "unit": "months"}},
              {"key": "share", "name": {"zh": "不合格率", "en": "Share of failures"}, "same": ["supplier"], "of": "event:failed", "measure": "rate", "rate": {"of": "count", "base": "shipped"}}
            ]}
            """;
        Change("tables.json", json => json["tables"]![0]!["rows"]!.AsArray().Insert(0, JsonNode.Parse(
            """{"if": {"count:return-rate": ">= 3"}, "then": {"level": "serious"}, "why": {"zh": "退换率", "en": "Return rate"}}""")));
        var read = PackReader.Read(files);
        Assert.NotNull(read.Pack);
        var calendar = WorkCalendarDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "_calendars", "golden-2026.json"), TestContext.Current.CancellationToken));
        var runner = new ScenarioRunner(read.Pack, new Dictionary<string, WorkCalendarDocument> { ["golden-2026"] = calendar });

        var results = await runner.RunFileAsync(
            "figures", $$"""{"id": "figures", "process": "standard-complaint", "calendars": {"office": "golden-2026"}, "steps": [{{steps}}]}""", TestContext.Current.CancellationToken);

        Assert.Equal("", string.Concat(results.Select(r => r.Failure)));

        void Change(string file, Action<JsonNode> change)
        {
            var json = JsonNode.Parse(files[file])!;
            change(json);
            files[file] = json.ToJsonString();
        }

        static void Add(JsonNode json, string list, string one) => json[list]!.AsArray().Add(JsonNode.Parse(one));
    }
}
