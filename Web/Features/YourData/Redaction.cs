using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Web.Features.YourData;

/// <summary>
/// Takes other people out of texts that are given to a complainant: everybody who works here, whoever is complained of, whoever the case's facts name, and numbers
/// and addresses that are not the complainant's own. A name that nobody has recorded it cannot know; the file says so.
/// </summary>
public sealed partial class Redaction
{
    private const int ShortestName = 2;

    private readonly Regex? _staff;
    private readonly Regex? _others;
    private readonly HashSet<string> _own;
    private readonly (string Staff, string Other, string Number) _words;

    /// <param name="complaint">The case.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="staff">Everybody who works here: name by id.</param>
    /// <param name="words">What stands for staff, for others, and for a number or address.</param>
    public Redaction(Complaint complaint, CaseRules rules, IReadOnlyDictionary<string, string> staff, (string Staff, string Other, string Number) words)
    {
        var who = complaint.Complainant;
        var own = who.Name?.Trim() ?? "";
        bool IsOther(string name) => name.Length >= ShortestName && !name.Equals(own, StringComparison.OrdinalIgnoreCase);

        _words = words;
        _own = [.. new[] { Digits(who.Phone), who.Email?.Trim().ToLowerInvariant() ?? "" }.Where(o => o.Length > 0)];
        _staff = AnyOf(staff.Values.Where(IsOther));
        _others = AnyOf(Named(complaint, rules).Select(name => staff.GetValueOrDefault(name, name)).Where(IsOther));
    }

    /// <summary>The text without other people.</summary>
    public string Of(string text)
    {
        // whoever is complained of may work here: that they are the one is not told either
        text = _others?.Replace(text, _words.Other) ?? text;
        text = _staff?.Replace(text, _words.Staff) ?? text;
        text = Address().Replace(text, found => _own.Contains(found.Value.ToLowerInvariant()) ? found.Value : _words.Number);
        return Number().Replace(text, found => _own.Contains(Digits(found.Value)) ? found.Value : _words.Number);
    }

    /// <summary>Whom the case names: the one complained of, persons among its facts, and what the staff noted of somebody that is sensitive.</summary>
    private static IEnumerable<string> Named(Complaint complaint, CaseRules rules)
    {
        IEnumerable<string?> names = [complaint.Respondent?.Person, complaint.Exclusion.Staff];
        foreach (var (key, value) in complaint.Facts.All)
        {
            var fact = rules.Pack.Facts.Find(key);
            if (fact is { NamesCandidates: true } or { Key: "respondentPerson" } or { Sensitive: true, By: not FactSource.Complainant })
            {
                names = names.Append(value.Text).Concat(value.List ?? []);
            }

            if (fact is { Type: FactType.Rows })
            {
                var columns = fact.Columns.Where(c => c.Sensitive || c.NamesCandidates).Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
                names = names.Concat((value.Rows ?? []).SelectMany(row => row.Where(cell => columns.Contains(cell.Key)).Select(cell => cell.Value.Text)));
            }
        }

        return names.OfType<string>().Select(name => name.Trim());
    }

    // the longest first, so that no part of a name is left of it; names in Latin letters only as whole words
    private static Regex? AnyOf(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(n => n.Length)
            .Select(n => (char.IsAsciiLetterOrDigit(n[0]) ? "(?<![A-Za-z0-9])" : "") + Regex.Escape(n) + (char.IsAsciiLetterOrDigit(n[^1]) ? "(?![A-Za-z0-9])" : "")).ToList();
        return all.Count == 0 ? null : new Regex(string.Join('|', all), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
    }

    private static string Digits(string? text) => string.Concat((text ?? "").Where(char.IsAsciiDigit));

    [GeneratedRegex("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){1,5}", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    // mobile numbers, identity numbers, cards
    [GeneratedRegex("(?<![0-9A-Za-z])(1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|[0-9]{17}[0-9Xx]|[0-9]{16}|[0-9]{19})(?![0-9A-Za-z])")]
    private static partial Regex Number();
}
