using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Packs;

public sealed class TableCoverageTests
{
    private static readonly string[] Facts =
    [
        """{"key": "injury", "type": "boolean"}""",
        """{"key": "goods", "type": "choice", "options": [{"key": "food", "name": {"zh": "a", "en": "a"}}, {"key": "toy", "name": {"zh": "b", "en": "b"}}]}""",
        """{"key": "demands", "type": "choices", "options": [{"key": "refund", "name": {"zh": "a", "en": "a"}}, {"key": "repair", "name": {"zh": "b", "en": "b"}}]}""",
        """{"key": "claim", "type": "money", "min": 0}""",
        """{"key": "share", "type": "number"}""",
    ];

    [Theory]
    [InlineData("""{"people": "<= 9"} | {"people": ">= 11"}""", "people=10")]
    [InlineData("""{"people": "<= 9"} | {"people": ">= 10"}""", "people=?")]
    [InlineData("""{"people": "<= 9"} | {"people": ">= 10"} | {"people": "null"}""", null)]
    [InlineData("""{"claim": "<= 9"} | {"claim": ">= 10"} | {"claim": "null"}""", "claim=9.5")]
    [InlineData("""{"share": "<= 0.5"} | {"share": ">= 0.6"} | {"share": "null"}""", "share=0.55")]
    [InlineData("""{"injury": true} | {"injury": false}""", "injury=?")]
    [InlineData("""{"injury": true} | {"injury": "not(true)"}""", null)]
    [InlineData("""{"goods": "food"}""", "goods=toy")]
    [InlineData("""{"goods": "food, toy"} | {"goods": "null"}""", null)]
    [InlineData("""{"goods": "food"} | {"goods": "toy", "injury": true} | {"injury": false}""", "goods=toy injury=?")]
    [InlineData("""{"goods": "food", "people": "[3..9]"} | {"goods": "food", "people": "> 9"} | {"goods": "not(food)"}""", "goods=food people=2")]
    [InlineData("""{"clock:reply": "running, paused, met"} | {"clock:reply": "cancelled"} | {"clock:reply": "null"}""", "clock:reply=breached")]
    [InlineData("""{"people": "-"}""", null)]
    [InlineData("""{}""", null)]
    public void A_gap_is_shown_by_facts_that_match_no_row(string rows, string? example)
    {
        var gap = Of("first", rows).SingleOrDefault(found => found.Kind == CoverageKind.Gap);

        Assert.Equal(example, gap is null ? null : Said(gap));
    }

    [Theory]
    [InlineData("""{"people": "[3..9]"} | {"people": ">= 9"}""", "0 1 people=9")]
    [InlineData("""{"people": "< 3"} | {"people": ">= 3"}""", null)]
    [InlineData("""{"people": ">= 3"} | {"injury": true}""", "0 1 injury=True people=3")]
    [InlineData("""{"demands": "refund"} | {"demands": "repair"}""", "0 1 demands=refund,repair")]
    public void Two_rows_of_a_unique_table_that_both_match_are_shown_with_facts(string rows, string? overlap)
    {
        var found = Of("unique", rows).SingleOrDefault(one => one.Kind == CoverageKind.Overlap);

        Assert.Equal(overlap, found is null ? null : $"{found.Other} {found.Row} {Said(found)}");
    }

    [Theory]
    [InlineData("first", """{"people": ">= 3"} | {"people": ">= 5"}""", "NeverDecides 1")]
    [InlineData("first", """{"people": ">= 5"} | {"people": ">= 3"}""", "")]
    [InlineData("first", """{"injury": true} | {"injury": "not(true)"} | {"people": ">= 3"}""", "NeverDecides 2")]
    [InlineData("first", """{"injury": true} | {"injury": false} | {"people": ">= 3"}""", "")]
    [InlineData("first", """{"people": "[9..3]"}""", "NeverMatches 0")]
    [InlineData("first", """{"people": "< 1"}""", "NeverMatches 0")]
    [InlineData("priority", """{"people": ">= 5"} general | {"people": ">= 3"}""", "NeverDecides 0")]
    [InlineData("collect", """{"people": ">= 3"} | {"people": ">= 5"}""", "")]
    public void A_row_that_nothing_comes_to_is_named(string hit, string rows, string expected)
    {
        var found = Of(hit, rows).Where(one => one.Kind is CoverageKind.NeverDecides or CoverageKind.NeverMatches);

        Assert.Equal(expected, string.Join(' ', found.Select(one => $"{one.Kind} {one.Row}")));
    }

    [Fact]
    public void A_table_of_very_many_facts_is_given_up_in_time()
    {
        var rows = string.Join(" | ", Enumerable.Range(0, 390).Select(n => $$"""{"count:c{{n % 40}}": "{{n}}", "count:d{{n * 7 % 40}}": "< {{n}}", "people": ">= {{n % 9}}"}"""));

        Assert.NotEmpty(Of("first", rows));
    }

    private static IReadOnlyList<CoverageFinding> Of(string hit, string rows)
    {
        var facts = Facts.Select(json =>
        {
            var fact = JsonNode.Parse(json)!.AsObject();
            (fact["name"], fact["by"]) = (JsonNode.Parse("""{"zh": "a", "en": "b"}"""), "handler");
            return fact.ToJsonString();
        });
        var written = rows.Split(" | ").Select(row =>
        {
            var level = row.EndsWith(" general", StringComparison.Ordinal) ? "general" : "serious";
            return $$$"""{"if": {{{row.Replace(" general", "", StringComparison.Ordinal)}}}, "then": {"level": "{{{level}}}"}, "why": {"zh": "a", "en": "b"}}""";
        });
        var pack = PackReader.Read(new Dictionary<string, string>
        {
            ["pack.json"] = """{"format": 1, "id": "p", "version": "1", "name": {"zh": "a", "en": "b"}, "zone": "Asia/Shanghai", "calendar": "c", "kinds": [], "channels": [], "policy": {"title": {"zh": "a", "en": "b"}, "clauses": []}}""",
            ["organisation.json"] = "{}",
            ["records.json"] = """{"numbering": {"pattern": "N{seq:4}", "cycle": "never", "whenFull": "extend"}}""",
            ["levels.json"] = """{"levels": [{"key": "serious", "name": {"zh": "a", "en": "b"}}, {"key": "general", "name": {"zh": "a", "en": "b"}}]}""",
            ["facts.json"] = $$"""{"facts": [{{string.Join(", ", facts)}} ] }""",
            ["tables.json"] = $$$"""{"tables": [{"key": "t", "name": {"zh": "a", "en": "b"}, "hit": "{{{hit}}}", "rows": [{{{string.Join(", ", written)}}}], "otherwise": {"level": "general"}}]}""",
        });
        return TableCoverage.Of(Assert.IsType<ProcessPack>(pack.Pack).Tables["t"], pack.Pack!);
    }

    private static string Said(CoverageFinding found) => string.Join(' ', found.Example.OrderBy(one => one.Key, StringComparer.Ordinal)
        .Select(one => $"{one.Key}={(one.Value.IsUnknown ? "?" : one.Value.List is { } list ? string.Join(',', list) : one.Value.Boolean?.ToString() ?? FactText.Plain(one.Value))}"));
}
