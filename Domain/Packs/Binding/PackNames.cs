using System.Text.RegularExpressions;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Packs.Binding;

/// <summary>What the departments, roles and channels of a pack are called in the organisation that uses it. What is not in it keeps the pack's key.</summary>
/// <param name="Departments">The pack's key → key and name here.</param>
/// <param name="Roles">The pack's key → key and name here.</param>
/// <param name="Channels">The pack's key → key and name here.</param>
public sealed partial record PackNames(
    IReadOnlyDictionary<string, Named> Departments, IReadOnlyDictionary<string, Named> Roles, IReadOnlyDictionary<string, Named> Channels)
{
    /// <summary>Nothing is called otherwise.</summary>
    public bool IsEmpty => Departments.Count == 0 && Roles.Count == 0 && Channels.Count == 0;

    internal string Department(string key) => Departments.TryGetValue(key, out var here) ? here.Key : key;

    internal string Role(string key) => Roles.TryGetValue(key, out var here) ? here.Key : key;

    internal string Channel(string key) => Channels.TryGetValue(key, out var here) ? here.Key : key;

    /// <summary>A candidate as <see cref="Candidates"/> describes it.</summary>
    internal string Candidate(string who)
    {
        if (who.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal))
        {
            return who;
        }

        if (who.StartsWith(Candidates.HeadPrefix, StringComparison.Ordinal))
        {
            return Candidates.HeadPrefix + PartOf(who[Candidates.HeadPrefix.Length..]);
        }

        if (who.StartsWith(Candidates.UpPrefix, StringComparison.Ordinal))
        {
            return Candidates.UpPrefix + Role(who[Candidates.UpPrefix.Length..]);
        }

        var at = who.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? Role(who) : $"{Role(who[..at])}@{PartOf(who[(at + 1)..])}";
    }

    /// <summary>A test of a condition, such as <c>quality, sales</c> or <c>not(quality)</c>.</summary>
    internal static string InTest(string test, Func<string, string> name) => Word().Replace(test, word => name(word.Value));

    // the department that leads, or the one at hand, is no name
    private string PartOf(string department) => department is "lead" or "each" ? department : Department(department);

    [GeneratedRegex(@"[\p{L}\p{N}_.:@-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
