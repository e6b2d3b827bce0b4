using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Web.Persistence.Lessons;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Lessons;

/// <summary>Finds lessons in the library, for its page and the API.</summary>
public static class LessonSearch
{
    private const int MostTerms = 8;
    private const int LongestQuery = 100;

    /// <summary>Released lessons, the last released first.</summary>
    /// <param name="db">Where they are kept.</param>
    /// <param name="q">Words, all of which must be there; of a longer text what comes first.</param>
    /// <param name="process">Of this process; null or empty: of all.</param>
    public static IQueryable<StoredLesson> Released(CaseManagementDbContext db, string? q, string? process)
    {
        var released = db.Lessons.AsNoTracking().Where(l => l.State == LessonState.Released);
        if (process is { Length: > 0 and <= 128 })
        {
            released = released.Where(l => l.ProcessKey == process);
        }

        var typed = CaseTexts.Plain(q is { Length: > LongestQuery } longer ? longer[..LongestQuery] : q);
        foreach (var pattern in typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostTerms).Select(LikePattern.Of))
        {
            released = released.Where(l => EF.Functions.Like(l.Words, pattern, "\\"));
        }

        return released.OrderByDescending(l => l.DecidedAt).ThenBy(l => l.Id);
    }
}
