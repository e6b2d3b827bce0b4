using System.Text.RegularExpressions;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>Fills the values of facts into an explanation: <c>{{people}}</c>, <c>{{count.identical}}</c> (read as
/// <c>count:identical</c>). An unknown fact leaves nothing.</summary>
public static partial class WhyText
{
    /// <summary>The explanation in both languages.</summary>
    public static BilingualText Fill(BilingualText template, IFactReader reader) => new(
        Placeholder().Replace(template.Zh, match => ValueOf(match, reader).Zh),
        Placeholder().Replace(template.En, match => ValueOf(match, reader).En));

    private static BilingualText ValueOf(Match match, IFactReader reader)
    {
        var name = match.Groups["name"].Value;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var prefixed = dot < 0 ? name : $"{name[..dot]}:{name[(dot + 1)..]}";
        return FactText.Of(reader.Read(FactNames.TrySplit(prefixed, out _, out _) ? prefixed : name));
    }

    [GeneratedRegex(@"\{\{\s*(?<name>[^{}\s]+)\s*\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
