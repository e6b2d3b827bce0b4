using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Facts;

/// <summary>
/// The value of one fact of a complaint. Immutable, compared by content. Exactly one of the typed properties is set,
/// by <see cref="Kind"/>; all are null for <see cref="Unknown"/>.
/// </summary>
[JsonConverter(typeof(FactValueJsonConverter))]
[SuppressMessage("Naming", "CA1720", Justification = "The field's own word for what the value is.")]
public sealed class FactValue : IEquatable<FactValue>
{
    /// <summary>The value of a fact that nobody has given.</summary>
    public static readonly FactValue Unknown = new(FactValueKind.Unknown, null);

    private readonly object? _value;

    private FactValue(FactValueKind kind, object? value)
    {
        Kind = kind;
        _value = value;
    }

    public FactValueKind Kind { get; }

    public bool IsUnknown => Kind == FactValueKind.Unknown;

    public string? Text => _value as string;

    public decimal? Number => _value as decimal?;

    public bool? Boolean => _value as bool?;

    public DateOnly? Date => _value as DateOnly?;

    /// <summary>A moment, always with offset zero.</summary>
    public DateTimeOffset? Instant => _value as DateTimeOffset?;

    public IReadOnlyList<string>? List => _value as IReadOnlyList<string>;

    public IReadOnlyList<IReadOnlyDictionary<string, FactValue>>? Rows =>
        _value as IReadOnlyList<IReadOnlyDictionary<string, FactValue>>;

    /// <summary>How many elements a list or a table of rows has; null for anything else.</summary>
    public int? Count => List?.Count ?? Rows?.Count;

    /// <summary>Unknown, a blank text, or a list or table without elements: nothing that would fill a required field.</summary>
    public bool IsBlank => IsUnknown || Count == 0 || (Kind == FactValueKind.Text && string.IsNullOrWhiteSpace(Text));

    /// <summary>A text; null gives <see cref="Unknown"/>.</summary>
    public static FactValue Of(string? text) => text is null ? Unknown : new(FactValueKind.Text, text);

    public static FactValue Of(decimal number) => new(FactValueKind.Number, number);

    public static FactValue Of(bool value) => new(FactValueKind.Boolean, value);

    public static FactValue Of(DateOnly date) => new(FactValueKind.Date, date);

    /// <summary>A moment, kept in UTC.</summary>
    public static FactValue Of(DateTimeOffset instant) => new(FactValueKind.Instant, instant.ToUniversalTime());

    public static FactValue OfList(IEnumerable<string> texts) =>
        new(FactValueKind.List, new ReadOnlyCollection<string>([.. texts]));

    public static FactValue OfRows(IEnumerable<IReadOnlyDictionary<string, FactValue>> rows) =>
        new(FactValueKind.Rows, new ReadOnlyCollection<IReadOnlyDictionary<string, FactValue>>([.. rows.Select(Copy)]));

    public bool Equals(FactValue? other)
    {
        if (other is null || other.Kind != Kind)
        {
            return false;
        }

        return Kind switch
        {
            FactValueKind.List => List!.SequenceEqual(other.List!, StringComparer.Ordinal),
            FactValueKind.Rows => Rows!.Count == other.Rows!.Count && Rows.Zip(other.Rows).All(pair => SameRow(pair.First, pair.Second)),
            _ => Equals(_value, other._value),
        };
    }

    public override bool Equals(object? obj) => Equals(obj as FactValue);

    public override int GetHashCode() => Kind switch
    {
        FactValueKind.List => HashCode.Combine(Kind, List!.Count, List.Count > 0 ? List[0] : null),
        FactValueKind.Rows => HashCode.Combine(Kind, Rows!.Count),
        _ => HashCode.Combine(Kind, _value),
    };

    public static bool operator ==(FactValue? left, FactValue? right) => Equals(left, right);

    public static bool operator !=(FactValue? left, FactValue? right) => !Equals(left, right);

    /// <summary>The value as text for logs and messages; for people use <see cref="FactText"/>.</summary>
    public override string ToString() => FactText.Of(this).En;

    private static ReadOnlyDictionary<string, FactValue> Copy(IReadOnlyDictionary<string, FactValue> row) =>
        new(new Dictionary<string, FactValue>(row, StringComparer.Ordinal));

    private static bool SameRow(IReadOnlyDictionary<string, FactValue> row, IReadOnlyDictionary<string, FactValue> other) =>
        row.Count == other.Count && row.All(cell => other.TryGetValue(cell.Key, out var value) && cell.Value.Equals(value));
}
