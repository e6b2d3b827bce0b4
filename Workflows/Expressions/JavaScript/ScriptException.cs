namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>The kind of a <see cref="ScriptException"/>; the names are those of ECMAScript's error types.</summary>
public enum ScriptErrorKind
{
    /// <summary>Raised by the script itself with <c>throw</c>.</summary>
    Error,
    TypeError,
    ReferenceError,
    RangeError,

    /// <summary>Text given to <c>JSON.parse</c> is not JSON.</summary>
    SyntaxError,

    /// <summary>Text given to <c>encodeURIComponent</c> or <c>decodeURIComponent</c> is malformed.</summary>
    URIError,
}

/// <summary>
/// A script failed while running; the script can catch it. A host function throws one to raise an error the script may
/// catch; its other exceptions pass through the script untouched.
/// </summary>
public sealed class ScriptException : Exception
{
    public ScriptException(ScriptErrorKind kind, string message)
        : base(message) => Kind = kind;

    internal ScriptException(object? thrown, ScriptErrorKind kind, string message)
        : base(message)
    {
        Kind = kind;
        Thrown = thrown;
        IsThrownByScript = true;
    }

    public ScriptErrorKind Kind { get; }

    /// <summary>The value a script's own <c>throw</c> carried; null for errors of the evaluator.</summary>
    public object? Thrown { get; }

    /// <summary>Whether the script's own <c>throw</c> raised this.</summary>
    public bool IsThrownByScript { get; }

    /// <summary>Line where it happened, from 1; 0 where the place is not known.</summary>
    public int Line { get; internal set; }

    /// <summary>Column where it happened, from 1; 0 where the place is not known.</summary>
    public int Column { get; internal set; }

    /// <summary>Offset where it happened, in UTF-16 units from 0; -1 where the place is not known.</summary>
    public int Offset { get; internal set; } = -1;
}
