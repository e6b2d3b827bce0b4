using System.Globalization;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>One element of a list of the case, as a task that stands for it and its clock know it.</summary>
/// <param name="List">The fact that holds the list.</param>
/// <param name="Key">The element; of a table the number of the row, from 1.</param>
public sealed record ListElement(string List, string Key)
{
    private const int LongestName = 60;

    /// <summary>The elements of a list as it is now: its values, or the numbers of its rows.</summary>
    public static IReadOnlyList<string> KeysOf(FactValue list) => list.Rows is { } rows
        ? [.. Enumerable.Range(1, rows.Count).Select(number => number.ToString(CultureInfo.InvariantCulture))]
        : list.List ?? [];

    /// <summary>What the element is called in the title of its task: a department, person or option by its name, a row by the first text in it.</summary>
    /// <param name="pack">Names things.</param>
    /// <param name="facts">The case's facts.</param>
    /// <param name="chart">Names people.</param>
    public BilingualText NameIn(ProcessPack pack, FactSheet facts, OrganisationChart chart)
    {
        var definition = pack.Facts.Find(List);
        if (definition?.Type == FactType.Rows)
        {
            var said = definition.Sensitive ? null : definition.Columns
                .Where(column => column is { Type: FactType.Text, Options: null, Sensitive: false })
                .Select(column => Row(facts)?.GetValueOrDefault(column.Key)?.Text).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
            return said is null ? new BilingualText($"第 {Key} 项", $"no. {Key}") : Same(said.Length > LongestName ? said[..LongestName] + "…" : said);
        }

        var department = pack.Organisation.Departments.FirstOrDefault(d => d.Key == Key)?.Name;
        return definition?.Type is FactType.Person or FactType.People && chart.Staff.GetValueOrDefault(Key) is { } person ? Same(person.Name)
            : department ?? definition?.Options?.FirstOrDefault(o => o.Key == Key)?.Name ?? pack.Organisation.Roles.FirstOrDefault(r => r.Key == Key)?.Name ?? Same(Key);

        static BilingualText Same(string text) => new(text, text);
    }

    /// <summary><c>each</c>, or a column behind <c>each.</c>.</summary>
    internal FactValue Read(string name, FactSheet facts) => name == FactNames.Each
        ? FactValue.Of(Key)
        : Row(facts)?.GetValueOrDefault(FactNames.ColumnKey(name)!) ?? FactValue.Unknown;

    /// <summary>Who the element itself is, where it is a person or a role; else null.</summary>
    internal string? Candidate(ProcessPack pack) =>
        pack.Organisation.Roles.Any(role => Key == role.Key || Key.StartsWith(role.Key + "@", StringComparison.Ordinal)) ? Key
        : pack.Facts.Find(List)?.Type is FactType.Person or FactType.People ? Candidates.UserPrefix + Key
        : null;

    /// <summary>The values with those of this row's columns gathered into the table they belong to.</summary>
    /// <param name="values">What was filled in, by fact and by <c>each.</c>column.</param>
    /// <param name="facts">The case's facts.</param>
    internal Dictionary<string, FactValue> Gather(IReadOnlyDictionary<string, FactValue> values, FactSheet facts)
    {
        var gathered = values.Where(value => FactNames.ColumnKey(value.Key) is null).ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal);
        var table = gathered.GetValueOrDefault(List) ?? facts[List];
        if (gathered.Count == values.Count || table.Rows is not { } rows || NumberIn(rows) is not { } number)
        {
            return gathered;
        }

        var row = rows[number].ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (FactNames.ColumnKey(name) is { } column)
            {
                row[column] = value;
            }
        }

        gathered[List] = FactValue.OfRows(rows.Select((one, at) => at == number ? row : one));
        return gathered;
    }

    private IReadOnlyDictionary<string, FactValue>? Row(FactSheet facts) =>
        facts[List].Rows is { } rows && NumberIn(rows) is { } number ? rows[number] : null;

    private int? NumberIn(IReadOnlyList<IReadOnlyDictionary<string, FactValue>> rows) =>
        int.TryParse(Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= rows.Count ? number - 1 : null;
}
