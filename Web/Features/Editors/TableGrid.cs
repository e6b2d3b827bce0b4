using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Features.Limits;

namespace CaseManagement.Web.Features.Editors;

/// <summary>One row of the grid: cells by column for each alternative, results by output, the explanation, the clauses.</summary>
public sealed record GridRow(IReadOnlyList<IReadOnlyList<string>> Alternatives, IReadOnlyList<string> Results, string Zh, string En, IReadOnlyList<string> Clauses);

/// <summary>A decision table as a grid of text: what stands in the cells is what was typed, options by their names.</summary>
public sealed record TableGrid
{
    /// <summary>The output that names a way on instead of a fact.</summary>
    public const string Outcome = "outcome";

    public const int MostRows = 200;
    public const int MostColumns = 30;
    public const int MostAlternatives = 20;
    public const string Prefix = "g";

    private const int LongestCell = 500;

    /// <summary>Facts that are tested.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Facts that are set, and <see cref="Outcome"/>.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];
    public IReadOnlyList<GridRow> Rows { get; init; } = [];

    /// <summary>Results where no row matches.</summary>
    public IReadOnlyList<string> Otherwise { get; init; } = [];

    /// <summary>There is a fall-through row, though it may set nothing.</summary>
    public bool HasOtherwise { get; init; }

    /// <summary>A table as a pack writes it.</summary>
    public static TableGrid Of(JsonObject table, PackWording wording)
    {
        var rows = (table["rows"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var otherwise = table["otherwise"] as JsonObject;
        List<string> columns = [.. rows.SelectMany(row => ConditionText.Alternatives(row["if"])).SelectMany(one => one.Select(test => test.Key)).Distinct(StringComparer.Ordinal).Take(MostColumns)];
        List<string> outputs = [.. rows.Select(row => row["then"] as JsonObject).Append(otherwise).OfType<JsonObject>().SelectMany(one => one.Select(result => result.Key)).Distinct(StringComparer.Ordinal).Take(MostColumns)];
        return new TableGrid
        {
            Columns = columns,
            Outputs = outputs,
            Rows = [.. rows.Select(row => new GridRow(
                [.. ConditionText.Alternatives(row["if"]).DefaultIfEmpty(null).Select(one => (IReadOnlyList<string>)[.. columns.Select(fact => one?.ContainsKey(fact) == true
                    ? ConditionText.Cell(fact, one[fact], wording) : "")])],
                Results(row["then"] as JsonObject, outputs),
                (string?)row["why"]?["zh"] ?? "", (string?)row["why"]?["en"] ?? "",
                row["clause"] switch { JsonArray many => [.. many.Select(one => one!.ToString())], { } one => [one.ToString()], null => [] }))],
            Otherwise = Results(otherwise, outputs),
            HasOtherwise = otherwise is not null,
        };
    }

    /// <summary>What a form posts.</summary>
    public static TableGrid Read(IFormCollection form)
    {
        List<string> columns = [.. Named("cols")], outputs = [.. Named("outs")];
        return new TableGrid
        {
            Columns = columns,
            Outputs = outputs,
            Rows = [.. Enumerable.Range(0, Number("rows", MostRows)).Select(row => new GridRow(
                [.. Enumerable.Range(0, Math.Max(1, Number($"r{row}.n", MostAlternatives)))
                    .Select(one => (IReadOnlyList<string>)[.. columns.Select((_, column) => One($"r{row}.a{one}.c{column}"))])],
                [.. outputs.Select((_, output) => One($"r{row}.o{output}"))],
                One($"r{row}.zh"), One($"r{row}.en"), [.. Many($"r{row}.clause")]))],
            Otherwise = [.. outputs.Select((_, output) => One($"w.o{output}"))],
            HasOtherwise = One("w") == "true",
        };

        IEnumerable<string> Named(string list) => Enumerable.Range(0,
            MostColumns).Select(at => One($"{list}.{at}")).TakeWhile(name => name.Length > 0).Distinct(StringComparer.Ordinal);
        int Number(string name, int most) => int.TryParse(One(name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Min(count, most) : 0;
        string One(string name) => Many(name) is [var value, ..] ? value : "";
        List<string> Many(string name) => form.TryGetValue($"{Prefix}.{name}", out var values)
            ? [.. values.Select(value => value is null || value.Length > LongestCell ? "" : value.Trim()).Where(value => value.Length > 0)]
            : [];
    }

    /// <summary>The table as a pack writes it: the head as it is, rows and fall-through row from the grid.</summary>
    public JsonObject ToJson(JsonObject head, PackWording wording)
    {
        var table = (JsonObject)head.DeepClone();
        table["rows"] = new JsonArray([.. Rows.Select(row =>
        {
            List<JsonObject> alternatives = [.. row.Alternatives.Select(cells =>
            {
                var one = new JsonObject();
                for (var column = 0; column < Columns.Count; column++)
                {
                    if (Test(Columns[column], cells[column], wording) is (true, var test))
                    {
                        one[Columns[column]] = test;
                    }
                }

                return one;
            })];
            var written = new JsonObject
            {
                ["if"] = alternatives is [var only] ? only : new JsonArray([.. alternatives]),
                ["then"] = Result(row.Results, wording),
                ["why"] = new JsonObject { ["zh"] = row.Zh, ["en"] = row.En },
            };
            if (row.Clauses.Count > 0)
            {
                written["clause"] = row.Clauses is [var clause] ? JsonValue.Create(clause) : new JsonArray([.. row.Clauses]);
            }

            return written;
        })]);
        if (HasOtherwise)
        {
            table["otherwise"] = Result(Otherwise, wording);
        }
        else
        {
            table.Remove("otherwise");
        }

        return table;
    }

    /// <summary>A value of a fact as it is typed, as a pack and a scenario write it; null where nothing was typed.</summary>
    public static JsonNode? Value(string fact, string typed, PackWording wording)
    {
        var text = Plain(typed);
        if (text.Length == 0)
        {
            return null;
        }

        var definition = wording.Pack.Facts.Find(fact);
        var keys = ConditionText.Typed(fact, text, wording);
        return fact == Outcome || definition is { IsList: true }
            ? keys.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var single] && fact == Outcome ? JsonValue.Create(single)
                : new JsonArray([.. keys.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)])
            : definition?.Type is FactType.Text ? JsonValue.Create(typed.Trim())
            : Literal(keys);
    }

    /// <summary>The same table with something of its shape changed: <c>addRow</c>, <c>copy:2</c>, <c>up:2</c>, <c>down:2</c>, <c>remove:2</c>, <c>or:2</c>,
    /// <c>addCol</c>, <c>leftCol:1</c>, <c>rightCol:1</c>, <c>removeCol:1</c>, <c>addOut</c>, <c>removeOut:0</c>.</summary>
    /// <param name="act">What.</param>
    /// <param name="name">The fact of a column that is added.</param>
    public TableGrid With(string act, string name)
    {
        var colon = act.IndexOf(':', StringComparison.Ordinal);
        var verb = colon < 0 ? act : act[..colon];
        var at = colon >= 0 && int.TryParse(act[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var empty = new GridRow([[.. Columns.Select(_ => "")]], [.. Outputs.Select(_ => "")], "", "", []);
        return verb switch
        {
            "addRow" when Rows.Count < MostRows => this with { Rows = [.. Rows, empty] },
            "addCol" when name.Length > 0 && Columns.Count < MostColumns && !Columns.Contains(name) => Columned([.. Columns, name]),
            "addOut" when name.Length > 0 && Outputs.Count < MostColumns && !Outputs.Contains(name) => Resulting([.. Outputs, name]),
            "leftCol" when at > 0 && at < Columns.Count => Columned(Moved(Columns, at, at - 1)),
            "rightCol" when at >= 0 && at < Columns.Count - 1 => Columned(Moved(Columns, at, at + 1)),
            "removeCol" when at >= 0 && at < Columns.Count => Columned([.. Columns.Where((_, column) => column != at)]),
            "removeOut" when at >= 0 && at < Outputs.Count => Resulting([.. Outputs.Where((_, output) => output != at)]),
            "copy" when at >= 0 && at < Rows.Count && Rows.Count < MostRows => this with { Rows = [.. Rows.Take(at + 1), Rows[at], .. Rows.Skip(at + 1)] },
            "remove" when at >= 0 && at < Rows.Count => this with { Rows = [.. Rows.Where((_, row) => row != at)] },
            "up" when at > 0 && at < Rows.Count => this with { Rows = Moved(Rows, at, at - 1) },
            "down" when at >= 0 && at < Rows.Count - 1 => this with { Rows = Moved(Rows, at, at + 1) },
            "or" when at >= 0 && at < Rows.Count => this with
            {
                Rows = [.. Rows.Select((row, place) => place != at || row.Alternatives.Count >= MostAlternatives ? row
                : row with { Alternatives = [.. row.Alternatives, empty.Alternatives[0]] })]
            },
            _ => this,
        };
    }

    /// <summary>Alternatives without a test, of rows that have others, are gone.</summary>
    public TableGrid WithoutBlankAlternatives() => this with
    {
        Rows = [.. Rows.Select(row => row.Alternatives.Count < 2 ? row
            : row with { Alternatives = row.Alternatives.Where(cells => cells.Any(cell => cell.Length > 0)).ToList() is { Count: > 0 } some ? some : [row.Alternatives[0]] })],
    };

    private TableGrid Columned(IReadOnlyList<string> columns) => this with
    {
        Columns = columns,
        Rows = [.. Rows.Select(row => row with { Alternatives = [.. row.Alternatives.Select(cells => Again(Columns, cells, columns))] })],
    };

    private TableGrid Resulting(IReadOnlyList<string> outputs) => this with
    {
        Outputs = outputs,
        Rows = [.. Rows.Select(row => row with { Results = Again(Outputs, row.Results, outputs) })],
        Otherwise = Again(Outputs, Otherwise, outputs),
    };

    private static IReadOnlyList<string> Again(IReadOnlyList<string> before, IReadOnlyList<string> cells, IReadOnlyList<string> after) =>
        [.. after.Select(name => before.ToList().IndexOf(name) is >= 0 and var at ? cells[at] : "")];

    private static List<T> Moved<T>(IReadOnlyList<T> list, int from, int to)
    {
        var moved = list.ToList();
        moved.RemoveAt(from);
        moved.Insert(to, list[from]);
        return moved;
    }

    private static IReadOnlyList<string> Results(JsonObject? then, List<string> outputs) => [.. outputs.Select(output => then?[output] switch
    {
        null => "",
        JsonArray many => string.Join(", ", many.Select(one => one?.ToString())),
        JsonValue value when value.TryGetValue<bool>(out var yes) => yes ? "true" : "false",
        var one => one.ToString(),
    })];

    private JsonObject Result(IReadOnlyList<string> results, PackWording wording)
    {
        var then = new JsonObject();
        for (var output = 0; output < Outputs.Count; output++)
        {
            if (Value(Outputs[output], results[output], wording) is { } value)
            {
                then[Outputs[output]] = value;
            }
        }

        return then;
    }

    // anything is no test at all
    private static (bool IsTest, JsonNode? Test) Test(string fact, string typed, PackWording wording)
    {
        var text = Plain(typed);
        if (text.Length == 0 || text == "-" || text == Words.Anything || string.Equals(text, "any", StringComparison.OrdinalIgnoreCase))
        {
            return (false, null);
        }

        var keys = ConditionText.Typed(fact, text, wording);
        return keys == "null" ? (true, null) : (true, Literal(keys));
    }

    private static JsonValue Literal(string text) => text switch
    {
        "true" or "false" => JsonValue.Create(text == "true"),
        _ when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    // full-width signs count as signs, and the signs of the textbook as those of the keyboard
    private static string Plain(string typed) => typed.Replace('≥', '\u0001').Replace('≤', '\u0002').Normalize(NormalizationForm.FormKC).Replace("\u0001", ">= ",
        StringComparison.Ordinal)
        .Replace("\u0002", "<= ", StringComparison.Ordinal).Replace('、', ',').Trim();

    private static class Words
    {
        public const string Anything = "\u4efb\u610f";
    }
}
