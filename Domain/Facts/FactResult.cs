namespace CaseManagement.Domain.Facts;

/// <summary>A value that came in, typed, or the reason why it is refused.</summary>
/// <param name="Fact">Which fact it was meant for.</param>
/// <param name="Value">The typed value; <see cref="FactValue.Unknown"/> when refused.</param>
/// <param name="Refusal">One of <see cref="FactRefusals"/>; null when the value is good.</param>
public sealed record FactResult(string Fact, FactValue Value, string? Refusal)
{
    public bool IsGood => Refusal is null;

    /// <summary>The typed value.</summary>
    /// <exception cref="RuleViolationException">The value was refused; the code is the refusal.</exception>
    public FactValue ValueOrThrow() => Refusal is null
        ? Value
        : throw new RuleViolationException(new Rule(Refusal, $"The value of '{Fact}' is refused: {Refusal}."));
}
