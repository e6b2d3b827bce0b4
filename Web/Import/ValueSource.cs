using System.Text;
using System.Text.RegularExpressions;

namespace CaseManagement.Web.Import;

/// <summary>Where a value comes from: exactly one of a column, a constant, a template, or the first of several sources that has a value.</summary>
public sealed partial record ValueSource
{
    public string? Column { get; init; }

    public string? Constant { get; init; }

    /// <summary>Text with <c>{column}</c>; a part in <c>[ ]</c> is left out when one of its columns is empty. Without a value outside brackets it is empty.</summary>
    public string? Template { get; init; }

    public IReadOnlyList<ValueSource>? First { get; init; }

    /// <summary>What a value of the source becomes.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>The value when the source is empty or <see cref="Values"/> does not name it; without it an unnamed value is refused.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Cuts what is longer, in characters.</summary>
    public int? Cut { get; init; }

    /// <summary>text, number, boolean, date or instant; for facts.</summary>
    public string As { get; init; } = "text";

    internal IEnumerable<string> Columns()
    {
        if (Column is not null)
        {
            yield return Column;
        }

        foreach (Match match in Place().Matches(Template ?? ""))
        {
            yield return match.Groups[1].Value;
        }

        foreach (var column in (First ?? []).SelectMany(s => s.Columns()))
        {
            yield return column;
        }
    }

    internal void Check(string name)
    {
        var given = new object?[] { Column, Constant, Template, First }.Count(s => s is not null);
        if (given != 1 || First is { Count: 0 } || Cut is < 1 || As is not ("text" or "number" or "boolean" or "date" or "instant"))
        {
            throw new ImportMapException($"'{name}' is one of column, constant, template and first; cut is 1 or more; as is text, number, boolean, date or instant.");
        }

        foreach (var source in First ?? [])
        {
            source.Check(name);
        }
    }

    /// <summary>The value for a row; empty when there is none.</summary>
    /// <param name="cell">The text of a column.</param>
    /// <exception cref="ImportRowException">A value that <see cref="Values"/> does not name.</exception>
    internal string Read(Func<string, string> cell)
    {
        var text = (this switch
        {
            { Column: { } column } => cell(column),
            { Constant: { } constant } => constant,
            { Template: { } template } => Fill(template, cell),
            _ => First!.Select(s => s.Read(cell)).FirstOrDefault(t => t.Length > 0) ?? "",
        }).Trim();
        if (Values is not null && text.Length > 0)
        {
            text = Values.TryGetValue(text, out var mapped) ? mapped
                : Otherwise ?? throw new ImportRowException($"'{Shown(text)}' is none of the values the map names");
        }

        text = text.Length == 0 ? Otherwise ?? "" : text;
        return Cut is { } cut && text.Length > cut ? Shortened(text, cut) : text;
    }

    private static string Fill(string template, Func<string, string> cell)
    {
        var text = new StringBuilder();
        var hasValue = false;
        foreach (Match part in Part().Matches(template))
        {
            var isOptional = part.Value is ['[', .., ']'];
            var filled = true;
            var said = Place().Replace(isOptional ? part.Value[1..^1] : part.Value, place =>
            {
                var value = cell(place.Groups[1].Value).Trim();
                filled &= value.Length > 0;
                hasValue |= value.Length > 0 && !isOptional;
                return value;
            });
            if (!isOptional || filled)
            {
                text.Append(said);
            }
        }

        return hasValue ? text.ToString() : "";
    }

    private static string Shortened(string text, int cut)
    {
        var end = cut - 1;
        return text[..(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }

    private static string Shown(string text) => text.Length <= 60 ? text : Shortened(text, 60);

    [GeneratedRegex(@"\{([^{}]+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    [GeneratedRegex(@"\[[^\[\]]*\]|[^\[\]]+", RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}

/// <summary>A row cannot come in.</summary>
public sealed class ImportRowException(string reason) : Exception(reason);
