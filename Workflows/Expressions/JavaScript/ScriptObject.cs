using System.Collections;
using System.Globalization;

namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>
/// A JavaScript object without a prototype: it knows its own properties and nothing else, so <c>constructor</c>,
/// <c>prototype</c> and <c>__proto__</c> are names like any other. Enumerates in ECMAScript's order: whole-number names
/// ascending, then the rest as inserted.
/// </summary>
public sealed class ScriptObject : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly OrderedDictionary<string, object?> _properties = new(StringComparer.Ordinal);
    private bool _hasIndexNames;

    public int Count => _properties.Count;

    /// <summary>Set by the host or by <c>Object.freeze</c>: no script can change it any more, the host still can.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The property's value, or <see cref="ScriptUndefined.Value"/> where there is none.</summary>
    public object? this[string name]
    {
        get => _properties.TryGetValue(name, out var value) ? value : ScriptUndefined.Value;
        set
        {
            _properties[name] = value;
            _hasIndexNames = _hasIndexNames || IsIndex(name, out _);
        }
    }

    public bool Contains(string name) => _properties.ContainsKey(name);

    public bool TryGet(string name, out object? value) => _properties.TryGetValue(name, out value);

    public bool Remove(string name) => _properties.Remove(name);

    /// <summary>Lets a collection initializer fill an object.</summary>
    public void Add(string name, object? value) => this[name] = value;

    /// <summary>The names in enumeration order, as they are now; later changes do not show.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            var names = new List<string>(_properties.Keys);
            if (!_hasIndexNames)
            {
                return names;
            }

            var indexes = new SortedDictionary<uint, string>();
            foreach (var name in names)
            {
                if (IsIndex(name, out var index))
                {
                    indexes.Add(index, name);
                }
            }

            return [.. indexes.Values, .. names.Where(name => !IsIndex(name, out _))];
        }
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        Names.Select(name => KeyValuePair.Create(name, this[name])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether the name is a whole number below 2^32 - 1 in canonical form.</summary>
    internal static bool IsIndex(string name, out uint index)
    {
        index = 0;
        return name.Length is > 0 and <= 10
            && char.IsAsciiDigit(name[0])
            && (name[0] != '0' || name.Length == 1)
            && uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index != uint.MaxValue;
    }
}
