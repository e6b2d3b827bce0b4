using System.Text.RegularExpressions;

namespace CaseManagement.Workflows.Cases;

/// <summary>
/// Stands for a tracking code in a message that is kept: <c>[tracking-code:…]</c> with the code as it is sealed. Whoever delivers the message puts the code
/// there; a stolen database does not have it. One that somebody typed opens nothing, since only the installation's key makes what can be opened.
/// </summary>
public static partial class SealedCode
{
    private const string Opening = "[tracking-code:";

    /// <summary>What is written in the place of a code.</summary>
    /// <param name="kept">The code as the case keeps it.</param>
    public static string Of(string kept) => $"{Opening}{kept}]";

    /// <summary>Whether something stands for a code.</summary>
    public static bool IsIn(string text) => text.Contains(Opening, StringComparison.Ordinal) && Placeholder().IsMatch(text);

    /// <summary>The text with what is to be read in the place of each code.</summary>
    /// <param name="text">As it is kept.</param>
    /// <param name="said">Answers what is read instead of a sealed code; null leaves it as it is.</param>
    public static string Fill(string text, Func<string, string?> said) =>
        text.Contains(Opening, StringComparison.Ordinal) ? Placeholder().Replace(text, found => said(found.Groups[1].Value) ?? found.Value) : text;

    [GeneratedRegex(@"\[tracking-code:([A-Za-z0-9_-]{1,600})\]", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
