namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>Strings of one UTF-16 unit; those of ASCII are shared.</summary>
internal static class OneCharacter
{
    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];

    public static string Of(char c) => c < Ascii.Length ? Ascii[c] : c.ToString();
}
