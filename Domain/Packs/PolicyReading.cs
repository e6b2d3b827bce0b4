using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>A value of the pack, or a reading of the policy in its place: <c>{"setting": "key"}</c>.</summary>
/// <param name="Value">The value; unknown when a setting stands in its place.</param>
/// <param name="Setting">Key of the setting; null for a plain value.</param>
public sealed record PolicyReading(FactValue Value, string? Setting)
{
    public static PolicyReading Of(string text) => new(FactValue.Of(text), null);

    public static PolicyReading Of(decimal number) => new(FactValue.Of(number), null);

    /// <summary>The value, with the reading that was chosen.</summary>
    public FactValue Resolve(PackSettings settings) => Setting is null ? Value : settings.Read(Setting);
}
