namespace CaseManagement.Domain.Facts;

/// <summary>Stable codes for a value that is refused.</summary>
public static class FactRefusals
{
    /// <summary>A number outside the fact's minimum and maximum.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>Not one of the fact's options.</summary>
    public const string OptionUnknown = "option-unknown";

    /// <summary>One of the fact's options that nothing is given any more.</summary>
    public const string OptionRetired = "option-retired";

    /// <summary>JSON of another kind than the fact's type; nothing is converted by guessing.</summary>
    public const string TypeWrong = "type-wrong";

    /// <summary>No fact of that name.</summary>
    public const string FactUnknown = "fact-unknown";

    /// <summary>The fact is set by somebody or something else.</summary>
    public const string FactNotWritable = "fact-not-writable";

    /// <summary>A text, list or table larger than <see cref="FactLimits"/>.</summary>
    public const string TooLarge = "too-large";

    /// <summary>A field of the form that is hidden as things stand.</summary>
    public const string FactHidden = "fact-hidden";

    /// <summary>Not a field of the form.</summary>
    public const string FactNotOnForm = "fact-not-on-form";
}
