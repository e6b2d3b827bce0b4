namespace CaseManagement.Workflows.Expressions.JavaScript;

internal static class TextPosition
{
    /// <summary>Line and column, both from 1, of an offset; CR LF, LF, CR, U+2028 and U+2029 end a line.</summary>
    public static (int Line, int Column) Of(string source, int offset)
    {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < offset && i < source.Length; i++)
        {
            var c = source[i];
            if (c is '\n' or '\u2028' or '\u2029' || (c == '\r' && (i + 1 >= source.Length || source[i + 1] != '\n')))
            {
                line++;
                lineStart = i + 1;
            }
        }

        return (line, offset - lineStart + 1);
    }
}
