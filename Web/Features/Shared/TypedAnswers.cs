using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Turns what a person typed into facts as the domain takes them in; nothing is judged here.</summary>
public static class TypedAnswers
{
    /// <summary>
    /// The answers to a form's fields. A field left empty is not among them, unless it empties what the case holds; a field that is hidden
    /// as the rest stands is left out.
    /// </summary>
    /// <param name="form">The form.</param>
    /// <param name="answers">What was typed.</param>
    /// <param name="facts">The process's facts.</param>
    /// <param name="reader">The case as it is.</param>
    /// <param name="zone">In which moments are meant.</param>
    /// <param name="covers">Facts the person was not shown: left empty they stay as they are.</param>
    public static Dictionary<string, JsonElement> Of(
        FormDefinition? form, FormAnswers answers, FactCatalogue facts, IFactReader reader, string zone, Func<string, bool>? covers = null)
    {
        var data = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in form?.Fields ?? [])
        {
            if (facts.Find(field.Fact) is { } fact && !fact.HasOwnVerb && Read(fact, answers) is { } value
                && (value.ValueKind != JsonValueKind.Null || !(reader.Read(fact.Key).IsBlank || covers?.Invoke(fact.Key) == true)))
            {
                data[fact.Key] = value;
            }
        }

        // what one field shows depends on others, which may be hidden themselves
        for (var pass = 0; pass < data.Count; pass++)
        {
            var hidden = FormCheck.Validate(form, data, reader, facts, zone: zone).Invalid.Where(r => r.Refusal == FactRefusals.FactHidden).ToList();
            if (hidden.Count == 0)
            {
                break;
            }

            hidden.ForEach(result => data.Remove(result.Fact));
        }

        return data;
    }

    /// <summary>One fact; null when the form sent nothing for it, JSON null when it was left empty.</summary>
    public static JsonElement? Read(FactDefinition fact, FormAnswers answers)
    {
        if (fact.Type == FactType.Rows)
        {
            return answers.TableFields.Contains(fact.Key)
                ? Element(new JsonArray([.. answers.Rows(fact.Key).Select(row => Row(fact, row))]))
                : null;
        }

        if (!answers.Values.TryGetValue(fact.Key, out var values))
        {
            return null;
        }

        return values.Count == 0 ? Element(null)
            : fact.IsList ? Element(new JsonArray([.. values.Select(v => JsonValue.Create(v))]))
            : Element(One(fact, values[0]));
    }

    private static JsonObject Row(FactDefinition fact, IReadOnlyDictionary<string, string> row)
    {
        var json = new JsonObject();
        foreach (var column in fact.Columns)
        {
            if (row.TryGetValue(column.Key, out var cell) && cell.Length > 0)
            {
                json[column.Key] = column.IsList ? new JsonArray([.. FormAnswers.Several(cell).Select(v => JsonValue.Create(v))]) : One(column, cell);
            }
        }

        return json;
    }

    private static JsonValue One(FactDefinition fact, string typed) => fact.Type switch
    {
        FactType.Number or FactType.Money when Number(typed) is { } number => JsonValue.Create(number),
        FactType.Boolean when typed is "true" or "false" => JsonValue.Create(typed == "true"),
        _ => JsonValue.Create(typed),
    };

    // "1,000.00", and the full-width comma and digits of Chinese input
    private static decimal? Number(string typed) =>
        decimal.TryParse(
            typed.Normalize(System.Text.NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static JsonElement Element(JsonNode? node) => JsonSerializer.SerializeToElement(node);
}
