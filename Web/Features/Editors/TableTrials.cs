using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Features.Limits;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Workflows.Simulation.Scenarios;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Editors;

/// <summary>Says of a decision table what is odd about its rows, what it answers to facts that are typed, and how its examples fare.</summary>
public sealed class TableTrials(IStringLocalizer<EditorWords> words)
{
    private static string Language => PackWords.Language;

    /// <summary>What is odd, by row; -1 for the table as a whole.</summary>
    public ILookup<int, CoverageLine> Coverage(ProcessPack pack, string table)
    {
        var rules = pack.Tables[table];
        var wording = new PackWording(pack);
        return TableCoverage.Of(rules, pack).Select(found =>
        {
            var example = found.Example.Count == 0 ? words["Whatever"].Value
                : string.Join(words["Comma"], found.Example.Select(one => words["Is", wording.Fact(one.Key).In(Language), Said(one.Key, one.Value, wording)]));
            return (Row: found.Row ?? -1, Line: found.Kind switch
            {
                CoverageKind.Gap => new CoverageLine(rules.Otherwise is null, words[rules.Otherwise is null ? "Gap" : "GapOtherwise", example]),
                CoverageKind.Overlap => new CoverageLine(true, words["Overlap", found.Other!.Value + 1, example]),
                CoverageKind.NeverDecides => new CoverageLine(false, words["NeverDecides"]),
                CoverageKind.NeverMatches => new CoverageLine(false, words["NeverMatches"]),
                _ => new CoverageLine(false, words["TooLarge"]),
            });
        }).ToLookup(one => one.Row, one => one.Line);
    }

    /// <summary>What the table says of facts as they are typed; null where it cannot be read, or a fact cannot be what was typed.</summary>
    /// <param name="pack">The process with the table as it is typed; null where it cannot be read.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The facts.</param>
    /// <param name="typed">What was typed of each.</param>
    public TriedTable? Try(ProcessPack? pack, string table, IReadOnlyList<string> columns, IReadOnlyList<string> typed)
    {
        if (pack is null)
        {
            return new TriedTable([], [], words["TryUnreadable"], null);
        }

        if (TableExamples.ReaderOf(pack, Given(pack, columns, typed), pack.Settings(), out var wrong) is not { } reader)
        {
            return new TriedTable([], [], words["TryWrong", new PackWording(pack).Fact(wrong!).In(Language)], null);
        }

        var rules = pack.Tables[table];
        List<int> matching = [.. Enumerable.Range(0, rules.Rows.Count).Where(row => rules.Rows[row].If.Holds(reader))];
        try
        {
            var decision = rules.Evaluate(reader, pack.Levels);
            List<int> rows = [.. decision.Rows.Select(row => row.Index)];
            var output = OutputOf(pack, decision.Output);
            return new TriedTable(
                rows, matching, decision.IsOtherwise ? words[rules.Otherwise is null ? "TriedNone" : "TriedOtherwise", output]
                    : words["TriedRow", string.Join(words["Comma"], rows.Select(row => row + 1)), output],
                decision.Why?.In(Language));
        }
        catch (RuleViolationException)
        {
            return new TriedTable([], matching, words["TriedSeveral", string.Join(words["Comma"], matching.Select(row => row + 1))], null);
        }
    }

    /// <summary>The facts that were typed and what the table says of them, as a scenario; null where it says nothing.</summary>
    public JsonObject? ExampleOf(ProcessPack pack, string table, IReadOnlyList<string> columns, IReadOnlyList<string> typed)
    {
        var given = Given(pack, columns, typed);
        if (TableExamples.ReaderOf(pack, given, pack.Settings(), out _) is not { } reader)
        {
            return null;
        }

        try
        {
            var output = pack.Tables[table].Evaluate(reader, pack.Levels).Output;
            var outputs = new JsonObject();
            foreach (var (fact, value) in output.Facts)
            {
                outputs[fact] = JsonSerializer.SerializeToNode(value);
            }

            if (output.Outcomes.Count > 0)
            {
                outputs[TableGrid.Outcome] = output.Outcomes is [var one] ? JsonValue.Create(one) : new JsonArray([.. output.Outcomes]);
            }

            var name = pack.Tables[table].Name;
            return new JsonObject
            {
                ["id"] = "",
                ["process"] = pack.Identity.Id,
                ["name"] = new JsonObject { ["zh"] = name.Zh, ["en"] = name.En },
                ["steps"] = new JsonArray(new JsonObject
                {
                    ["calculate"] = new JsonObject { ["table"] = table, ["facts"] = given },
                    ["expect"] = new JsonObject { ["outputs"] = outputs },
                }),
            };
        }
        catch (RuleViolationException)
        {
            return null;
        }
    }

    /// <summary>Every example of the table in the pack, run now.</summary>
    public IReadOnlyList<ExampleLine> Examples(ProcessPack pack, string table)
    {
        var wording = new PackWording(pack);
        return [.. TableExamples.Of(pack, table).Select(example =>
        {
            var said = example.Given.Count == 0 ? words["Whatever"].Value
                : string.Join(words["Comma"], example.Given.Select(one => words["Is", wording.Fact(one.Key).In(Language), one.Value is null ? words["NotGiven"]
                    : ConditionText.Cell(one.Key, one.Value is JsonArray many ? string.Join(", ", many) : one.Value, wording)]));
            return new ExampleLine(
                example.File, said, example.Expected is { Length: > 0 } expected ? Plain(expected, wording) : "—",
                example.WrongFact is { } wrong ? words["TryWrong", wording.Fact(wrong).In(Language)] : example.Got is { } got ? got.Length > 0 ? Plain(got, wording) : "—" : words["SeveralMatch"],
                example.IsGood, example.IsAlone && example.File.StartsWith(StoredTables.ExampleFolder, StringComparison.Ordinal));
        })];
    }

    private static string Plain(string flat, PackWording wording) => string.Join("; ", flat.Split("; ").Select(one =>
        one.StartsWith("outputs.", StringComparison.Ordinal) && one.IndexOf('=', StringComparison.Ordinal) is var at and > 0
            ? $"{(one[8..at] == TableGrid.Outcome ? one[8..at] : wording.Fact(one[8..at]).In(Language))}: {wording.Option(one[8..at], one[(at + 1)..]).In(Language)}"
            : one));

    private string OutputOf(ProcessPack pack, TableOutput output)
    {
        var wording = new PackWording(pack);
        var said = output.Facts.Select(one => words["Is", wording.Fact(one.Key).In(Language), Said(one.Key, one.Value, wording)].Value)
            .Concat(output.Outcomes.Select(port => words["Is", words["Outcome"], wording.Outcome(port).In(Language)].Value)).ToList();
        return said.Count == 0 ? words["NothingSet"] : string.Join(words["Comma"], said);
    }

    private string Said(string fact, FactValue value, PackWording wording) =>
        value.IsUnknown ? words["NotGiven"]
        : CoverageFinding.IsAny(value) ? words["AnyOther"]
        : value.List is { } list ? list.Count == 0 ? words["EmptyList"] : string.Join(words["Comma"], list.Select(one => wording.Option(fact, one).In(Language)))
        : value.Text is { } text ? ConditionText.Cell(fact, text, wording)
        : FactText.Of(value).In(Language);

    private static JsonObject Given(ProcessPack pack, IReadOnlyList<string> columns, IReadOnlyList<string> typed)
    {
        var (given, wording) = (new JsonObject(), new PackWording(pack));
        for (var column = 0; column < columns.Count; column++)
        {
            if (column < typed.Count && TableGrid.Value(columns[column], typed[column], wording) is { } value)
            {
                given[columns[column]] = value;
            }
        }

        return given;
    }
}
