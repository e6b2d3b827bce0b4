namespace CaseManagement.Web.Features.Shared;

/// <summary>How an action ended.</summary>
public enum ActionEnd
{
    Done,

    /// <summary>What was typed is wrong; see the errors. Nothing changed.</summary>
    Invalid,

    /// <summary>A rule forbids it, or somebody else was faster; the message says which. Nothing changed.</summary>
    Refused,

    /// <summary>The reader sees it and may not do this; the message says so. Nothing changed.</summary>
    Forbidden,
    NotFound,
}

/// <summary>The answer of a command to its page.</summary>
public sealed record ActionAnswer(ActionEnd Result, string? Message, IReadOnlyDictionary<string, string> Errors)
{
    private static readonly IReadOnlyDictionary<string, string> NoErrors = new Dictionary<string, string>();

    public static ActionAnswer Done { get; } = new(ActionEnd.Done, null, NoErrors);
    public static ActionAnswer NotFound { get; } = new(ActionEnd.NotFound, null, NoErrors);

    /// <param name="message">What is wrong as a whole.</param>
    /// <param name="errors">What is wrong with which field, in the reader's language.</param>
    public static ActionAnswer Invalid(string? message, IReadOnlyDictionary<string, string>? errors = null) =>
        new(ActionEnd.Invalid, message, errors ?? NoErrors);

    /// <param name="message">What the reader may not do.</param>
    public static ActionAnswer Forbidden(string message) => new(ActionEnd.Forbidden, message, NoErrors);

    /// <param name="message">Who did it already, or which rule forbids it, and what was kept.</param>
    public static ActionAnswer Refused(string message) => new(ActionEnd.Refused, message, NoErrors);
}
