using CaseManagement.Domain.Masking;

namespace CaseManagement.Domain.Lessons;

/// <summary>What others learn from a closed case, in words that name nobody.</summary>
/// <param name="Title">A line.</param>
/// <param name="Situation">What happened.</param>
/// <param name="Cause">Why.</param>
/// <param name="Measures">What was done.</param>
/// <param name="Advice">What to do another time; may be empty.</param>
public sealed record LessonText(string Title, string Situation, string Cause, string Measures, string Advice)
{
    public const int LongestTitle = 120;
    public const int LongestText = 4_000;

    /// <summary>What is wrong with it: <c>required</c>, <c>too-long</c> or <c>personal-data</c> by field; nothing where it may be taken.</summary>
    /// <param name="mask">Recognises what is personal in the case it comes from.</param>
    public IReadOnlyList<InputProblem> Problems(WordMask mask) =>
    [
        .. new[]
        {
            Check(nameof(Title), Title, LongestTitle, required: true, mask), Check(nameof(Situation), Situation, LongestText, required: true, mask),
            Check(nameof(Cause), Cause, LongestText, required: true, mask), Check(nameof(Measures), Measures, LongestText, required: true, mask),
            Check(nameof(Advice), Advice, LongestText, required: false, mask),
        }.OfType<InputProblem>(),
    ];

    private static InputProblem? Check(string field, string text, int longest, bool required, WordMask mask) =>
        required && string.IsNullOrWhiteSpace(text) ? new(field, "required", "Required.")
        : text.Length > longest ? new(field, "too-long", $"At most {longest} characters.")
        : mask.Of(text) != text ? new(field, "personal-data", "It names a person of the case, or holds a telephone number, address, identity or card number.")
        : null;
}
