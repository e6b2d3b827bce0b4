using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;

namespace CaseManagement.Web.Features.Limits;

/// <summary>Conditions as people choose them: a fact, a comparison, a value by its name. What no comparison says stays as it is written in decision tables.</summary>
internal static partial class ConditionText
{
    /// <summary>Options beyond these are not offered by name; their keys are read all the same.</summary>
    private const int MostOptions = 200;

    private static readonly string[] States = ["running", "paused", "met", "breached", "cancelled", "none", "pending", "approved", "returned", "refused"];

    private static string Language => CultureInfo.CurrentUICulture.Name;

    /// <summary>The tests of a condition, in the reader's language; one that always holds has none.</summary>
    public static IReadOnlyList<TestEdit> Tests(Condition? condition, ProcessPack pack)
    {
        return condition is null ? [] : Tests(NodeOf(condition), pack);
    }

    /// <summary>The same of a condition as a pack writes it, also where it cannot be read.</summary>
    public static IReadOnlyList<TestEdit> Tests(JsonNode? condition, ProcessPack pack)
    {
        var wording = new PackWording(pack);
        return
        [
            .. Alternatives(condition).SelectMany((alternative, at) => alternative.Select((test, place) =>
                Said(test.Key, Written(test.Value), wording) with { Fact = test.Key, Or = at > 0 && place == 0 })),
        ];
    }

    /// <summary>One test as it is typed into a cell of a decision table: options by their names, <c>-</c> for anything.</summary>
    public static string Cell(string fact, JsonNode? test, PackWording wording) => Said(fact, Written(test), wording) switch
    {
        { Compare: TestEdit.Is } said => said.Test!,
        { Compare: TestEdit.IsNot } said => $"not({said.Test})",
        { Compare: TestEdit.Missing } => "null",
        { Compare: TestEdit.Given } => "not(null)",
        _ => Written(test),
    };

    /// <summary>What was typed into a cell, as a pack writes it; options may be named in either language.</summary>
    public static string Typed(string fact, string typed, PackWording wording) =>
        typed.StartsWith("not(", StringComparison.Ordinal) && typed.EndsWith(')') ? $"not({Keys(fact, typed[4..^1], wording)})" : Keys(fact, typed, wording);

    /// <summary>The condition as a pack writes it; null when nothing was chosen.</summary>
    public static JsonNode? Json(IEnumerable<TestEdit> tests, ProcessPack pack)
    {
        var wording = new PackWording(pack);
        var alternatives = new List<JsonObject>();
        foreach (var test in tests.Where(test => !test.IsEmpty))
        {
            if (alternatives.Count == 0 || test.Or)
            {
                alternatives.Add([]);
            }

            var fact = FactOf(test.Fact?.Trim() ?? "", pack);
            alternatives[^1][fact] = JsonValue.Create(TestOf(fact, test.Compare ?? "", test.Test?.Trim() ?? "", wording));
        }

        return alternatives.Count switch
        {
            0 => null,
            1 => alternatives[0],
            _ => new JsonArray([.. alternatives]),
        };
    }

    /// <summary>The values a fact may have by name; none where it has no list of them.</summary>
    public static IEnumerable<(string Key, BilingualText Name)> Options(string fact, PackWording wording)
    {
        var pack = wording.Pack;
        var definition = pack.Facts.Find(fact);
        IEnumerable<string> keys = definition?.Options is { Count: > 0 } options ? options.Select(option => option.Key)
            : pack.Categories.Serve(fact) ? pack.Categories.NodesFor(fact).Select(node => node.Key)
            : definition?.Type switch
            {
                FactType.Level => pack.Levels.Levels.Select(level => level.Key),
                FactType.Department or FactType.Departments => pack.Organisation.Departments.Select(department => department.Key),
                FactType.Role => pack.Organisation.Roles.Select(role => role.Key),
                _ => [],
            };
        return definition?.Type == FactType.Boolean ? [("true", BooleanWords.Yes), ("false", BooleanWords.No)]
            : FactNames.TrySplit(fact, out var prefix, out _) && prefix is "clock" or "approval" ? States.Select(state => (state, ConditionWordOf(fact, state, wording)))
            : keys.Take(MostOptions).Select(key => (key, wording.Option(fact, key)));
    }

    private static BilingualText ConditionWordOf(string fact, string state, PackWording wording)
    {
        var said = WrittenLimit.InWords(wording.Pack, Condition.Parse(new JsonObject { [fact] = state }.ToJsonString()));
        return new(After(said.Zh, "："), After(said.En, ": "));

        static string After(string text, string mark) => text.LastIndexOf(mark, StringComparison.Ordinal) is var at and >= 0 ? text[(at + mark.Length)..] : text;
    }

    private static TestEdit Said(string fact, string written, PackWording wording)
    {
        var names = new Lazy<Dictionary<string, string>>(() => Options(fact, wording).DistinctBy(one => one.Key).ToDictionary(one => one.Key, one => one.Name.In(Language), StringComparer.Ordinal));
        return !UnaryTestParser.TryParse(written, out var test, out _) ? AsWritten() : test switch
        {
            UnaryTest.IsNull => new TestEdit { Compare = TestEdit.Missing },
            UnaryTest.Negation { Test: UnaryTest.IsNull } => new TestEdit { Compare = TestEdit.Given },
            UnaryTest.Negation { Test: var inner } when Values(inner) is { } values => new TestEdit { Compare = TestEdit.IsNot, Test = values },
            UnaryTest.Compare { Comparison: not Comparison.Equal } compare => new TestEdit { Compare = Word(compare.Comparison), Test = Side(compare.Operand) },
            UnaryTest.CountCompare { Comparison: Comparison.AtLeast } count => new TestEdit { Compare = TestEdit.CountAtLeast, Test = Side(count.Operand) },
            UnaryTest.Range { IncludesFrom: true, IncludesTo: true } range => new TestEdit { Compare = TestEdit.Between, Test = $"{Side(range.From)}..{Side(range.To)}" },
            _ => Values(test) is { } values ? new TestEdit { Compare = TestEdit.Is, Test = values } : AsWritten(),
        };

        TestEdit AsWritten() => new() { Compare = TestEdit.AsWritten, Test = written };

        string? Values(UnaryTest one) => one switch
        {
            UnaryTest.Value value => Name(value.Literal),
            UnaryTest.OneOf any when any.Tests.All(part => part is UnaryTest.Value) => string.Join(", ", any.Tests.Select(part => Name(((UnaryTest.Value)part).Literal))),
            _ => null,
        };

        // a name with a comma in it could not be told from two
        string Name(string key) => names.Value.GetValueOrDefault(key) is { } name && !name.AsSpan().ContainsAny(",，、") ? name : key;
    }

    private static string Side(Operand operand) => operand.Name ?? operand.Number!.Value.ToString(CultureInfo.InvariantCulture);

    private static string Word(Comparison comparison) => comparison switch
    {
        Comparison.Less => TestEdit.Less,
        Comparison.AtMost => TestEdit.AtMost,
        Comparison.AtLeast => TestEdit.AtLeast,
        _ => TestEdit.Greater,
    };

    private static string TestOf(string fact, string compare, string typed, PackWording wording) => compare switch
    {
        TestEdit.Is => Keys(fact, typed, wording),
        TestEdit.IsNot => $"not({Keys(fact, typed, wording)})",
        TestEdit.AtLeast => ">= " + typed,
        TestEdit.Greater => "> " + typed,
        TestEdit.AtMost => "<= " + typed,
        TestEdit.Less => "< " + typed,
        TestEdit.CountAtLeast => "count >= " + typed,
        TestEdit.Between => Ends().Match(typed) is { Success: true } ends ? $"[{ends.Groups[1].Value}..{ends.Groups[2].Value}]" : $"[{typed}]",
        TestEdit.Given => "not(null)",
        TestEdit.Missing => "null",
        _ => Keys(fact, typed, wording),
    };

    private static string Keys(string fact, string typed, PackWording wording)
    {
        var options = Options(fact, wording).ToList();
        return string.Join(", ", typed.Split([',', '，', '、'], StringSplitOptions.TrimEntries).Select(part =>
            options.Exists(one => one.Key == part) ? part
            : options.FirstOrDefault(one => one.Name.Zh == part || string.Equals(one.Name.En, part, StringComparison.OrdinalIgnoreCase)).Key ?? part));
    }

    /// <summary>The alternatives of a condition as a pack writes it.</summary>
    public static IEnumerable<JsonObject> Alternatives(JsonNode? condition) => condition switch
    {
        JsonArray list => list.OfType<JsonObject>(),
        JsonObject one => [one],
        _ => [],
    };

    private static JsonNode? NodeOf(Condition condition)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            condition.WriteTo(writer);
        }

        return JsonNode.Parse(buffer.ToArray());
    }

    public static string Written(JsonNode? test) => test is JsonValue value && value.TryGetValue<string>(out var text) ? text : test?.ToJsonString() ?? "null";

    private static string FactOf(string typed, ProcessPack pack) =>
        pack.Facts.All.FirstOrDefault(fact => fact.Key == typed)?.Key
        ?? pack.Facts.All.FirstOrDefault(fact => fact.Name.Zh == typed || string.Equals(fact.Name.En, typed, StringComparison.OrdinalIgnoreCase))?.Key
        ?? typed;

    // "3..9", "3 to 9", "3 至 9", "3~9"
    [GeneratedRegex(@"^([^\s.~\uFF5E\u81F3\u5230]+)\s*(?:\.\.|~|\uFF5E|\u81F3|\u5230|\bto\b|\band\b)\s*([^\s.~\uFF5E\u81F3\u5230]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex Ends();
}
