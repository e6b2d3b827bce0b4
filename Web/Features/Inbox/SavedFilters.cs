using System.Security.Claims;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Filters people keep under a name. A shared one shows others the same question, never the same cases: each sees what they may see.</summary>
public sealed class SavedFilters(IDbContextFactory<CaseManagementDbContext> contexts, CaseAccess access, People people, TimeProvider clock) : IFilterKeeping
{
    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 60;

    /// <summary>Filters of one person, at most.</summary>
    public const int MostEach = 30;

    private const int MostShown = 60;

    /// <summary>What the reader has to choose from: theirs first, then by name.</summary>
    public async Task<IReadOnlyList<SavedFilterLink>> OfAsync(CaseScope scope, CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var (me, mine) = (scope.Person?.Id ?? "", DepartmentsOf(scope));
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        var names = (await people.DepartmentsAsync(cancellationToken)).ToDictionary(d => d.Key, d => english ? d.NameEn : d.NameZh, StringComparer.Ordinal);
        var found = await db.SavedFilters.AsNoTracking().Where(f => f.UserId == me || (f.Department != null && mine.Contains(f.Department)))
            .OrderBy(f => f.UserId == me ? 0 : 1).ThenBy(f => f.Name).ThenBy(f => f.Id).Take(MostShown).ToListAsync(cancellationToken);
        return [.. found.Select(f => new SavedFilterLink(f.Id, f.Name, $"/inbox?{f.Query}", f.Department is { } key ? names.GetValueOrDefault(key, key) : null, f.UserId == me))];
    }

    /// <summary>The departments the reader works in.</summary>
    public async Task<IReadOnlyList<Choice>> DepartmentsAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var mine = DepartmentsOf(scope);
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        return [.. (await people.DepartmentsAsync(cancellationToken)).Where(d => mine.Contains(d.Key)).Select(d => new Choice(d.Key, english ? d.NameEn : d.NameZh))];
    }

    public async Task<bool> SaveAsync(SaveFilterForm form, InboxFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var person = await people.OfAsync(user, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var (name, department) = (form.Name?.Trim() ?? "", string.IsNullOrEmpty(form.Department) ? null : form.Department);
        if (person is null || name.Length is 0 or > LongestName || (department is not null && !DepartmentsOf(scope).Contains(department))
            || await db.SavedFilters.CountAsync(f => f.UserId == person.Id, cancellationToken) >= MostEach)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        db.SavedFilters.Add(new SavedFilter { Id = Guid.CreateVersion7(now), UserId = person.Id, Name = name, Department = department, Query = QueryOf(filter), CreatedAt = now });
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    public async Task<bool> DeleteAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var me = (await people.OfAsync(user, cancellationToken))?.Id;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SavedFilters.Where(f => f.Id == id && f.UserId == me).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    /// <summary>What stands in the address for a filter, but for the page.</summary>
    internal static string QueryOf(InboxFilter filter)
    {
        var query = new QueryBuilder();
        foreach (var (key, value) in (ReadOnlySpan<(string, string?)>)
        [
            ("view", InboxViews.Chosen(filter)), ("process", filter.Process), ("level", filter.Level), ("channel", filter.Channel), ("status", filter.Status), ("department", filter.Department), ("handler", filter.Handler), ("for", filter.For),
            ("category", filter.Category), ("due", filter.Due), ("mark", filter.Mark), ("columns", filter.Columns), ("q", filter.Q), ("sort", filter.Sort),
        ])
        {
            if (value is { Length: > 0 and <= 200 })
            {
                query.Add(key, value);
            }
        }

        return query.ToString().TrimStart('?');
    }

    private static List<string> DepartmentsOf(CaseScope scope) => [.. scope.Departments];
}
