using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Persistence.Cases;

/// <summary>One part of what was typed, as the database at hand looks for it.</summary>
/// <param name="Words">For <see cref="Workflows.Cases.Store.CaseTextRow.Words"/>.</param>
/// <param name="People">For <see cref="Workflows.Cases.Store.CaseTextRow.People"/>: a telephone number is found whole or not at all.</param>
internal sealed record SearchTerm(string Words, string People);

/// <summary>For queries: whether a text kept for searching holds what was typed.</summary>
internal static class CaseTextSearch
{
    private const int ShortestPhone = 5;

    /// <param name="column">Words or people of a case's text.</param>
    /// <param name="term">The same of a <see cref="SearchTerm"/>.</param>
    public static bool Holds(string column, string term) => throw new NotSupportedException($"Only a database looks for {term}.");

    /// <summary>The same, where the rows at hand are few and each is to be read rather than looked up; on PostgreSQL alone.</summary>
    /// <inheritdoc cref="Holds"/>
    public static bool IsReadIn(string column, string term) => throw new NotSupportedException($"Only a database looks for {term}.");

    /// <summary>The parts of what was typed, all of which must be there; none when nothing in it can be found.</summary>
    public static IReadOnlyList<SearchTerm> TermsOf(CaseManagementDbContext db, string typed)
    {
        var plain = CaseTexts.Plain(typed);
        var isPhone = CaseTexts.PhoneOf(plain).Length >= ShortestPhone && plain.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or ' ' or '(' or ')');
        var parts = isPhone ? [CaseTexts.PhoneOf(plain)] : plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal);
        return [.. parts.Select(p => TermOf(p, db.Database.IsNpgsql())).Where(t => t.Words.Length > 0)];
    }

    private static SearchTerm TermOf(string part, bool isIndexed)
    {
        var isNumber = part.All(c => char.IsAsciiDigit(c) || c == '+');
        return isIndexed
            ? new SearchTerm(TextGrams.QueryOf(part), TextGrams.QueryOf(part, isWhole: isNumber))
            : new SearchTerm(LikePattern.Of(part), isNumber ? $"%\n{part}" : LikePattern.Of(part));
    }
}
