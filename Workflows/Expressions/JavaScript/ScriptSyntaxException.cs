namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>The text is not a script, or uses a part of ECMAScript outside our subset (the message names it).</summary>
public sealed class ScriptSyntaxException : Exception
{
    /// <param name="message">In English, without the position.</param>
    /// <param name="source">The text being compiled; line and column are worked out from it.</param>
    /// <param name="offset">Where in the text, in UTF-16 units from 0.</param>
    public ScriptSyntaxException(string message, string source, int offset)
        : base(message)
    {
        ArgumentNullException.ThrowIfNull(source);
        Offset = Math.Clamp(offset, 0, source.Length);
        (Line, Column) = TextPosition.Of(source, Offset);
    }

    /// <summary>Line of the offending text, from 1.</summary>
    public int Line { get; }

    /// <summary>Column of the offending text in UTF-16 units, from 1.</summary>
    public int Column { get; }

    /// <summary>Offset of the offending text in UTF-16 units, from 0.</summary>
    public int Offset { get; }
}
