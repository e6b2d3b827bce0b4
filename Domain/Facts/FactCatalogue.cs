using System.Text.Json;

namespace CaseManagement.Domain.Facts;

/// <summary>Every fact a complaint of one process can carry: the built-in ones and the pack's own.</summary>
public sealed class FactCatalogue
{
    private readonly Dictionary<string, FactDefinition> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FactDefinition> _columns = new(StringComparer.Ordinal);

    /// <summary>The catalogue of a pack.</summary>
    /// <param name="own">The pack's facts; one that redeclares a built-in fact is left out.</param>
    /// <param name="builtInOptions">Options that the pack gives to built-in facts: channel, category, level and the
    /// facts that hold departments.</param>
    public FactCatalogue(
        IEnumerable<FactDefinition> own, IReadOnlyDictionary<string, IReadOnlyList<FactOption>>? builtInOptions = null)
    {
        foreach (var fact in BuiltInFacts.All)
        {
            _facts[fact.Key] = builtInOptions is not null && builtInOptions.TryGetValue(fact.Key, out var options)
                ? fact with { Options = options }
                : fact;
        }

        foreach (var fact in own)
        {
            _facts.TryAdd(fact.Key, fact);
        }

        foreach (var (table, column) in _facts.Values.Where(fact => fact.Type == FactType.Rows).SelectMany(table => table.Columns.Select(column => (table, column))))
        {
            var key = FactNames.EachColumn + column.Key;
            _columns.TryAdd(key, column with { Key = key, Sensitive = column.Sensitive || table.Sensitive });
        }
    }

    /// <summary>All facts, the built-in ones first.</summary>
    public IReadOnlyCollection<FactDefinition> All => _facts.Values;

    /// <summary>
    /// The columns of its tables as a task for one row knows them (<c>each.owner</c>); where two tables have a column of one key, the first table's.
    /// </summary>
    public IReadOnlyCollection<FactDefinition> Columns => _columns.Values;

    /// <summary>The fact of that key, or the column behind <c>each.</c>, or null. Names with a prefix (<c>clock:reply</c>) are no facts.</summary>
    public FactDefinition? Find(string key) => _facts.GetValueOrDefault(key) ?? _columns.GetValueOrDefault(key);

    public bool Contains(string key) => Find(key) is not null;

    /// <summary>
    /// Types a value that is about to be written, or says why it is refused: <c>fact-unknown</c>,
    /// <c>fact-not-writable</c>, <c>type-wrong</c>, <c>option-unknown</c>, <c>out-of-range</c> or <c>too-large</c>.
    /// </summary>
    public FactResult Accept(string key, JsonElement json, FactOrigin origin, string? zone = null)
    {
        if (Find(key) is not { } fact)
        {
            var reserved = FactNames.TrySplit(key, out _, out _) || FactNames.SettingKey(key) is not null;
            return new FactResult(key, FactValue.Unknown, reserved ? FactRefusals.FactNotWritable : FactRefusals.FactUnknown);
        }

        // a column is filled in on the form of the task for its row, and nowhere else
        return fact.MayBeWrittenBy(origin) && (origin == FactOrigin.Form || FactNames.ColumnKey(key) is null)
            ? FactCoercion.Coerce(fact, json, zone)
            : new FactResult(key, FactValue.Unknown, FactRefusals.FactNotWritable);
    }
}
