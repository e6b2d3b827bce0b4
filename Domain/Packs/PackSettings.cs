using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>An open reading of the policy: asked once at installation, changed later with a preview.</summary>
/// <param name="Key">Key, read as <c>settings.key</c>.</param>
/// <param name="Question">What the person who installs the pack is asked.</param>
/// <param name="Type">Choice, number or boolean.</param>
public sealed record SettingDefinition(string Key, BilingualText Question, FactType Type)
{
    public IReadOnlyList<FactOption>? Options { get; init; }

    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    /// <summary>The reading unless another is chosen.</summary>
    public FactValue Default { get; init; } = FactValue.Unknown;

    /// <summary>Types a chosen reading or says why it is refused: <c>type-wrong</c>, <c>option-unknown</c>, <c>out-of-range</c>.</summary>
    public FactResult Accept(JsonElement json)
    {
        var result = FactCoercion.Coerce(AsFact(), json);
        return result is { IsGood: true, Value.IsUnknown: true } ? result with { Refusal = FactRefusals.TypeWrong } : result;
    }

    internal bool Allows(FactValue value) => Type switch
    {
        FactType.Number => value.Number is { } number && number >= (Min ?? number) && number <= (Max ?? number),
        FactType.Boolean => value.Boolean is not null,
        _ => value.Text is { } text && AsFact().HasOption(text),
    };

    private FactDefinition AsFact() =>
        new(Key, Question, Type, FactSource.Reference) { Options = Options, Min = Min, Max = Max };
}

/// <summary>The readings in force for one installation of a pack.</summary>
public sealed class PackSettings
{
    private readonly Dictionary<string, FactValue> _values;

    /// <param name="definitions">The pack's settings.</param>
    /// <param name="chosen">Readings other than the default.</param>
    /// <exception cref="RuleViolationException"><c>setting-unknown</c>, <c>setting-wrong</c></exception>
    public PackSettings(IEnumerable<SettingDefinition> definitions, IReadOnlyDictionary<string, FactValue>? chosen = null)
    {
        var known = definitions.ToDictionary(setting => setting.Key, StringComparer.Ordinal);
        _values = known.Values.ToDictionary(setting => setting.Key, setting => setting.Default, StringComparer.Ordinal);
        foreach (var (key, value) in chosen ?? new Dictionary<string, FactValue>())
        {
            RuleViolationException.ThrowUnless(
                known.ContainsKey(key), new Rule(FindingCodes.SettingUnknown, $"The pack has no setting '{key}'."));
            RuleViolationException.ThrowUnless(
                known[key].Allows(value), new Rule(FindingCodes.SettingWrong, $"'{value}' is not allowed for the setting '{key}'."));
            _values[key] = value;
        }
    }

    public IReadOnlyDictionary<string, FactValue> Values => _values;

    /// <summary>The reading; unknown when the pack has no such setting.</summary>
    public FactValue Read(string key) => _values.GetValueOrDefault(key, FactValue.Unknown);
}
