using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Web.Elsa;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Steps;

/// <summary>The inputs of a step as fields of a form, and back. Expressions stay of their kind; what only the designer can draw is shown and kept.</summary>
public static class StepInputs
{
    private const string Prefix = "in-";
    private const int MostCharacters = 20_000;

    // with so many choices they go into a list, which has a way to choose nothing
    private const int MostLyingOpen = 5;

    private static readonly HashSet<string> Many = new(StringComparer.Ordinal) { "checklist", "multitext", "dynamic-outcomes" };
    private static readonly HashSet<string> DrawnOnly = new(StringComparer.Ordinal) { "flow-switch-editor", "switch-editor", "output-picker", "outcome-picker" };

    /// <summary>Fields of the inputs people fill in.</summary>
    /// <param name="shape">The step.</param>
    /// <param name="descriptor">Its type, as Studio is told.</param>
    /// <param name="none">What the choice of nothing is called where all choices lie open.</param>
    /// <param name="byExpression">What is said of an input that holds an expression: its kind is filled in.</param>
    public static IEnumerable<FormField> Fields(JsonObject shape, JsonObject descriptor, string none, Func<string, string> byExpression)
    {
        foreach (var input in Inputs(descriptor))
        {
            var (hint, stored) = (input.Text("uiHint") ?? "singleline", shape[Member(input)]);
            var expression = (stored as JsonObject)?["expression"] as JsonObject;
            var kind = expression?.Text("type") ?? (Many.Contains(hint) ? "Object" : "Literal");
            var plain = kind is "Literal" or "Object";
            var values = Values(stored, expression, hint, plain);
            var options = Options(input, hint);

            // what is chosen and no longer to be had is still chosen until somebody takes it out
            options.AddRange(options.Count == 0 ? [] : values.Where(one => options.TrueForAll(option => option.Value != one)).Select(one => new Choice(one, one)).ToList());
            if (plain && options.Count is > 0 and < MostLyingOpen && !Many.Contains(hint))
            {
                options.Insert(0, new Choice("", none));
            }

            yield return new FormField
            {
                Key = Prefix + input.Text("name"),
                Label = input.Text("displayName") ?? input.Text("name")!,
                Help = string.Join(" ", new[] { input.Text("description"), plain ? null : byExpression(kind) }.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } help ? help : null,
                Type = TypeOf(input, hint, plain, options),
                Options = options,
                Values = values,
                ReadOnly = DrawnOnly.Contains(hint) || !input.Flag("isWrapped"),
            };
        }
    }

    /// <summary>Writes what was typed into the step.</summary>
    /// <param name="shape">The step; it is changed.</param>
    /// <param name="descriptor">Its type.</param>
    /// <param name="answers">What was typed.</param>
    /// <returns>Inputs that are not right, by field, with the kind of value that is wanted: <c>number</c>, <c>choice</c> or <c>length</c>.</returns>
    public static IReadOnlyDictionary<string, string> Write(JsonObject shape, JsonObject descriptor, FormAnswers answers)
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in Inputs(descriptor).Where(input => input.Flag("isWrapped")))
        {
            var (key, hint) = (Prefix + input.Text("name"), input.Text("uiHint") ?? "singleline");
            if (DrawnOnly.Contains(hint) || !answers.Values.TryGetValue(key, out var typed))
            {
                continue;
            }

            if (typed.Sum(one => one.Length) > MostCharacters)
            {
                wrong[key] = "length";
                continue;
            }

            var member = Member(input);
            var expression = (shape[member] as JsonObject)?["expression"] as JsonObject;
            var kind = expression?.Text("type") ?? (Many.Contains(hint) ? "Object" : "Literal");
            var before = Values(shape[member], expression, hint, kind is "Literal" or "Object");
            var values = Many.Contains(hint) && hint != "checklist" ? [.. typed.SelectMany(one => one.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))] : typed.ToList();
            if (before.SequenceEqual(Many.Contains(hint) && hint != "checklist" ? typed.Select(one => one.ReplaceLineEndings("\n")) : values, StringComparer.Ordinal))
            {
                continue;
            }

            var options = Options(input, hint);
            if (kind is "Literal" or "Object" && options.Count > 0 && values.Exists(one => options.All(option => option.Value != one) && !before.Contains(one)))
            {
                wrong[key] = "choice";
            }
            else if (values.Count == 0)
            {
                shape[member] = null;
            }
            else if (ValueOf(input, kind, hint, values) is { } value)
            {
                shape[member] = new JsonObject
                {
                    ["typeName"] = (shape[member] as JsonObject)?.Text("typeName") ?? input.Text("typeName"),
                    ["expression"] = new JsonObject { ["type"] = kind, ["value"] = value },
                };
            }
            else
            {
                wrong[key] = "number";
            }
        }

        return wrong;
    }

    private static IEnumerable<JsonObject> Inputs(JsonObject descriptor) =>
        (descriptor["inputs"] as JsonArray ?? []).OfType<JsonObject>().Where(input => input["isBrowsable"] is not JsonValue browsable || (browsable.TryGetValue<bool>(out var shown) && shown));

    // members of a stored activity are named in camel case
    private static string Member(JsonObject input) => JsonNamingPolicy.CamelCase.ConvertName(input.Text("name")!);

    private static FieldType TypeOf(JsonObject input, string hint, bool plain, List<Choice> options) => hint switch
    {
        _ when !plain => FieldType.Multiline,
        "checklist" => FieldType.Choices,
        "checkbox" => FieldType.Boolean,
        _ when options.Count > 0 => FieldType.Choice,
        "multiline" or "multitext" or "dynamic-outcomes" or "code-editor" or "json-editor" or "http-status-codes" => FieldType.Multiline,
        _ when IsNumber(input) => FieldType.Number,
        _ => FieldType.Text,
    };

    private static List<Choice> Options(JsonObject input, string hint) =>
        (input["uiSpecifications"] as JsonObject)?[hint] is JsonObject list && list.FirstOrDefault().Value is JsonObject named && named["items"] is JsonArray items
            ? [.. items.OfType<JsonObject>().Select(item => new Choice(item["value"]?.ToString() ?? "", item.Text("text") ?? item["value"]?.ToString() ?? ""))]
            : [];

    private static List<string> Values(JsonNode? stored, JsonObject? expression, string hint, bool plain)
    {
        var value = expression is null ? (stored is JsonObject ? null : stored) : expression["value"];
        var text = value is JsonValue one && one.TryGetValue<string>(out var said) ? said : value?.ToJsonString();
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        var list = plain && Many.Contains(hint) ? ListIn(text) : null;
        return list is null ? [text.ReplaceLineEndings("\n")] : hint == "checklist" ? list : [string.Join('\n', list)];
    }

    private static List<string>? ListIn(string text)
    {
        try
        {
            return (JsonNode.Parse(text) as JsonArray)?.Select(item => item is JsonValue one && one.TryGetValue<string>(out var said) ? said : item?.ToJsonString() ?? "").ToList();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? ValueOf(JsonObject input, string kind, string hint, List<string> values) => kind switch
    {
        "Literal" or "Object" when Many.Contains(hint) => new JsonArray([.. values.Select(one => JsonValue.Create(one))]).ToJsonString(ElsaController.Written),
        "Literal" when hint == "checkbox" => JsonValue.Create(values[0] == "true"),
        "Literal" when IsNumber(input) => decimal.TryParse(values[0], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : null,
        _ => JsonValue.Create(values[0]),
    };

    private static bool IsNumber(JsonObject input) => input.Text("typeName") is "Int32" or "Int64" or "Double" or "Decimal" or "Single";
}
