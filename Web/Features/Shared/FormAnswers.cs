using System.Globalization;
using System.Text.RegularExpressions;

namespace CaseManagement.Web.Features.Shared;

/// <summary>What a person typed into a form, by field; nothing is judged here.</summary>
public sealed partial class FormAnswers
{
    /// <summary>More fields, or a longer text, than any form of ours has.</summary>
    public const int MaxFields = 500;
    public const int MaxRows = 200;
    public const int MaxLength = 20_000;

    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, Dictionary<string, string>>> _rows = new(StringComparer.Ordinal);

    /// <summary>Fields by key. A choice left empty is present with no value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values => _values;

    /// <summary>Rows of a table field, empty rows left out.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string field) =>
        _rows.TryGetValue(field, out var rows)
            ? [.. rows.Values.Where(row => row.Values.Any(value => value.Length > 0))]
            : [];

    /// <summary>Keys of the table fields that were sent.</summary>
    public IEnumerable<string> TableFields => _rows.Keys;

    /// <summary>What stands in a cell that takes several values.</summary>
    public static IReadOnlyList<string> Several(string cell) => cell.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The same answers, with what is given here in place of what was typed for some fields.</summary>
    /// <param name="fields">Fields whose answers are none of the typist's.</param>
    /// <param name="given">What stands in them instead; a field that is missing has no answer.</param>
    public FormAnswers With(IEnumerable<string> fields, IReadOnlyDictionary<string, IReadOnlyList<string>> given)
    {
        var answers = new FormAnswers();
        foreach (var (field, values) in _values)
        {
            answers._values[field] = values;
        }

        foreach (var (field, rows) in _rows)
        {
            answers._rows[field] = rows;
        }

        foreach (var field in fields)
        {
            answers._values.Remove(field);
            if (given.TryGetValue(field, out var values))
            {
                answers._values[field] = values;
            }
        }

        return answers;
    }

    /// <summary>Answers that no form was filled in for.</summary>
    public static FormAnswers Of(params ReadOnlySpan<(string Key, string? Value)> values)
    {
        var answers = new FormAnswers();
        foreach (var (key, value) in values)
        {
            answers._values[key] = string.IsNullOrWhiteSpace(value) ? [] : [value.Trim()];
        }

        return answers;
    }

    /// <exception cref="BadHttpRequestException">More fields, rows or text than a form can have.</exception>
    public static FormAnswers Read(IFormCollection form)
    {
        var answers = new FormAnswers();
        foreach (var (name, values) in form)
        {
            if (!name.StartsWith("f.", StringComparison.Ordinal))
            {
                continue;
            }

            Check(values.All(value => value?.Length <= MaxLength), "A text of the form is too long.");
            if (RowName().Match(name) is { Success: true } row)
            {
                answers.AddCell(row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value, values.ToString());
            }
            else
            {
                answers._values[name[2..]] = [.. values.Where(value => value!.Length > 0).Select(value => value!.Trim())];
            }

            Check(answers._values.Count + answers._rows.Count <= MaxFields, "The form has too many fields.");
        }

        return answers;
    }

    /// <summary>The fields with what was typed and what is wrong, ready to be shown again.</summary>
    public IReadOnlyList<FormField> Fill(IReadOnlyList<FormField> fields, IReadOnlyDictionary<string, string> errors) =>
        [.. fields.Select(field => field.ReadOnly ? field : field with
        {
            Values = _values.GetValueOrDefault(field.Key, []),
            Rows = Rows(field.Key),
            Error = errors.GetValueOrDefault(field.Key),
        })];

    private void AddCell(string field, string index, string column, string value)
    {
        var number = int.Parse(index, CultureInfo.InvariantCulture);
        Check(number < MaxRows, "The form has too many rows.");
        if (!_rows.TryGetValue(field, out var rows))
        {
            _rows[field] = rows = [];
        }

        if (!rows.TryGetValue(number, out var row))
        {
            rows[number] = row = new(StringComparer.Ordinal);
        }

        row[column] = value.Trim();
    }

    private static void Check(bool holds, string message)
    {
        if (!holds)
        {
            throw new BadHttpRequestException(message);
        }
    }

    [GeneratedRegex(@"^f\.([A-Za-z0-9_-]{1,100})\[(\d{1,4})\]\.([A-Za-z0-9_-]{1,100})$")]
    private static partial Regex RowName();
}
