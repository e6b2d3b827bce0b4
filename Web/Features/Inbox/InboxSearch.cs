using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Narrows a list by what was chosen and typed.</summary>
internal static class InboxSearch
{
    private const int LongestWords = 200;

    public static IQueryable<DueCase> Narrow(IQueryable<DueCase> cases, InboxFilter filter, CaseScope scope, CaseManagementDbContext db)
    {
        if (filter.Process is { Length: > 0 } process)
        {
            cases = cases.Where(d => d.Case.Process == process);
        }

        if (filter.Level is { Length: > 0 } level)
        {
            cases = cases.Where(d => d.Case.Level == level);
        }

        if (filter.Channel is { Length: > 0 } channel)
        {
            cases = cases.Where(d => d.Case.Channel == channel);
        }

        if (filter.Status is { Length: > 0 } status)
        {
            cases = cases.Where(d => d.Case.Status == status);
        }

        return filter.Q?.Trim() is { Length: > 0 } typed ? Find(cases, typed.Length <= LongestWords ? typed : typed[..LongestWords], scope, db) : cases;
    }

    /// <summary>By number, subject, description; by name and telephone only where the reader may know them.</summary>
    private static IQueryable<DueCase> Find(IQueryable<DueCase> cases, string words, CaseScope scope, CaseManagementDbContext db)
    {
        var part = Documents.PatternOf(words);
        var described = db.CaseDocuments.Where(d => EF.Functions.Like(Documents.Text(d.Document, "facts.values.description")!, part, "\\"));
        var complained = db.CaseDocuments.Where(d => !Documents.Says(d.Document, "complainant.confidential")
            && (Documents.Text(d.Document, "complainant.name")!.Contains(words) || Documents.Text(d.Document, "complainant.phone") == words));
        var known = scope.Workable(db);
        return cases.Where(d => d.Case.Number.Contains(words) || d.Case.Subject.Contains(words)
            || described.Any(c => c.Id == d.Case.Id)
            || (complained.Any(c => c.Id == d.Case.Id) && known.Any(k => k.Id == d.Case.Id)));
    }
}
