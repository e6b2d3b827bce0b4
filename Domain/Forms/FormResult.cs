using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Forms;

/// <summary>
/// What is wrong with a submitted form, in the order in which it is refused: values that cannot be taken, fields left
/// empty, then the gates of the action (not checked here), then tables and lists that are too short and signatures that
/// are missing. A gate comes before the counts because it names the clause that asks for them.
/// </summary>
/// <param name="Values">The typed values, good ones only; what to write when the form is accepted.</param>
/// <param name="Invalid">Values refused, each with its code.</param>
/// <param name="Missing">Required facts that are empty, in the form's order.</param>
/// <param name="TooShort">Facts with too few rows or elements, in the form's order.</param>
/// <param name="MissingSignatures">Required signatures that are not there.</param>
public sealed record FormResult(
    IReadOnlyDictionary<string, FactValue> Values,
    IReadOnlyList<FactResult> Invalid,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> TooShort,
    IReadOnlyList<string> MissingSignatures)
{
    public const string Incomplete = "form-incomplete";
    public const string SignatureMissing = "signature-missing";

    /// <summary>Nothing is wrong.</summary>
    public bool IsGood => Invalid.Count == 0 && Missing.Count == 0 && TooShort.Count == 0 && MissingSignatures.Count == 0;

    /// <summary>To be asked before the gates.</summary>
    /// <exception cref="RuleViolationException">The code of the first refused value, or
    /// <c>form-incomplete:fact,fact</c>.</exception>
    public void ThrowIfIncomplete()
    {
        if (Invalid.Count > 0)
        {
            Invalid[0].ValueOrThrow();
        }

        ThrowIfAny(Incomplete, Missing, "The form lacks");
    }

    /// <summary>To be asked after the gates.</summary>
    /// <exception cref="RuleViolationException"><c>form-incomplete:fact,fact</c> or <c>signature-missing</c>.</exception>
    public void ThrowIfUnfinished()
    {
        ThrowIfAny(Incomplete, TooShort, "Too few entries in");
        RuleViolationException.ThrowUnless(
            MissingSignatures.Count == 0,
            new Rule(SignatureMissing, $"Signatures are missing: {string.Join(", ", MissingSignatures)}."));
    }

    private static void ThrowIfAny(string code, IReadOnlyList<string> facts, string message) =>
        RuleViolationException.ThrowUnless(
            facts.Count == 0, new Rule($"{code}:{string.Join(',', facts)}", $"{message}: {string.Join(", ", facts)}."));
}
