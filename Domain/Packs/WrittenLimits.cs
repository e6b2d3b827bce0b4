using System.Text.Json.Nodes;

namespace CaseManagement.Domain.Packs;

/// <summary>
/// The limits of a process, row by row as a pack writes them, and changes of the rows: one is added, taken away or moved among those of its clock, or
/// members of one are set. Of the rows of one clock the first whose condition holds counts, so their order is part of the rule.
/// </summary>
public sealed class WrittenLimits
{
    // names no member of a limit has
    private const string Added = "$add";
    private const string Removed = "$remove";
    private const string Place = "$before";

    private readonly List<Row> _rows;
    private readonly Dictionary<string, JsonObject> _removed = new(StringComparer.Ordinal);

    private WrittenLimits(IEnumerable<Row> rows) => _rows = [.. rows];

    /// <summary>A limit as it is written.</summary>
    /// <param name="Key">Its key.</param>
    /// <param name="Written">All its members.</param>
    /// <param name="Changes">How many changes it has had; 0 where the process's own stands.</param>
    public sealed record Row(string Key, JsonObject Written, int Changes)
    {
        /// <summary>The clock it belongs to; its own key unless it names one.</summary>
        public string Clock => ClockOf(Written);
    }

    /// <summary>In the order in which they are tried.</summary>
    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>Limits that were taken away, by key, as they were last.</summary>
    public IReadOnlyDictionary<string, JsonObject> TakenAway => _removed;

    /// <summary>Those of a process before any change.</summary>
    public static WrittenLimits Of(ProcessPack pack)
    {
        var written = WrittenLimit.Of(pack);
        return new WrittenLimits(pack.Limits.Where(limit => written.ContainsKey(limit.Key)).Select(limit => new Row(limit.Key, written[limit.Key], 0)));
    }

    /// <summary>The row of that key, or null.</summary>
    public Row? Find(string key) => _rows.Find(row => row.Key == key);

    /// <summary>A change that adds a limit.</summary>
    /// <param name="limit">All its members, as a pack writes it.</param>
    /// <param name="before">The limit of the same clock that comes after it; null: it is the clock's last.</param>
    public static JsonObject Add(JsonObject limit, string? before) => new() { [Added] = limit.DeepClone(), [Place] = before };

    /// <summary>A change that takes a limit away.</summary>
    public static JsonObject Remove() => new() { [Removed] = true };

    /// <summary>A change that moves a limit among those of its clock.</summary>
    /// <inheritdoc cref="Add" path="/param[@name='before']"/>
    public static JsonObject Move(string? before) => new() { [Place] = before };

    /// <summary>The limit that a change adds; null where it does something else.</summary>
    public static JsonObject? AddedBy(JsonObject change) => change[Added] as JsonObject;

    /// <summary>Whether a change is about rows, not about what one says.</summary>
    public static bool IsOfRows(JsonObject change) => change.ContainsKey(Added) || change.ContainsKey(Removed) || change.ContainsKey(Place);

    /// <summary>
    /// Makes a change. A version of the process that has no such limit is left as it is; one that has a limit of an added one's key keeps its own.
    /// </summary>
    /// <param name="key">The limit's key.</param>
    /// <param name="change">Members to set, or one of <see cref="Add"/>, <see cref="Remove"/> and <see cref="Move"/>.</param>
    public void Apply(string key, JsonObject change)
    {
        var at = _rows.FindIndex(row => row.Key == key);
        if (AddedBy(change) is { } limit)
        {
            if (at < 0)
            {
                _removed.Remove(key);
                var row = new Row(key, (JsonObject)limit.DeepClone(), 1);
                _rows.Insert(PlaceOf(row.Clock, Before(change)), row);
            }
        }
        else if (at < 0)
        {
            return;
        }
        else if (change.ContainsKey(Removed))
        {
            _removed[key] = _rows[at].Written;
            _rows.RemoveAt(at);
        }
        else if (change.ContainsKey(Place))
        {
            var row = _rows[at];
            if (Before(change) is { } before && _rows.Find(other => other.Key == before)?.Clock != row.Clock)
            {
                return;
            }

            _rows.RemoveAt(at);
            _rows.Insert(PlaceOf(row.Clock, Before(change), at), row with { Changes = row.Changes + 1 });
        }
        else
        {
            _rows[at] = _rows[at] with { Written = WrittenLimit.With(_rows[at].Written, change), Changes = _rows[at].Changes + 1 };
        }
    }

    /// <summary>The clock a limit belongs to.</summary>
    public static string ClockOf(JsonObject limit) =>
        (limit["clock"] ?? limit["key"]) is JsonValue value && value.TryGetValue<string>(out var clock) ? clock : "";

    private static string? Before(JsonObject change) => change[Place] is JsonValue value && value.TryGetValue<string>(out var before) ? before : null;

    private int PlaceOf(string clock, string? before, int otherwise = -1)
    {
        var at = before is null ? -1 : _rows.FindIndex(row => row.Key == before && row.Clock == clock);
        var last = _rows.FindLastIndex(row => row.Clock == clock);
        return at >= 0 ? at : last >= 0 ? last + 1 : otherwise >= 0 ? otherwise : _rows.Count;
    }
}
