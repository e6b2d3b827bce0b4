using CaseManagement.Domain;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Organisation;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>Which cases are asked for, and in which order.</summary>
public sealed record ComplaintFilter
{
    /// <summary>open, refused, closed or withdrawn.</summary>
    public string? Status { get; init; }

    public string? Level { get; init; }
    public string? Process { get; init; }

    /// <summary>The leading department.</summary>
    public string? Department { get; init; }

    /// <summary><c>me</c>, <c>none</c>, or a person's id.</summary>
    public string? Assignee { get; init; }

    /// <summary>Only cases with, or without, an unmet clock that is late.</summary>
    public bool? Overdue { get; init; }

    /// <summary>Words of the case as the inbox finds them: its number, subject and text, names of files, and where the caller works on it, who complained.</summary>
    [System.ComponentModel.DataAnnotations.StringLength(200)]
    public string? Q { get; init; }

    /// <summary>receivedAt, dueAt, level, number or updatedAt; with a minus the other way round. The newest first when absent.</summary>
    public string? Sort { get; init; }
}

/// <summary>Finds cases.</summary>
public sealed class ComplaintQuery(ApiCases allowed)
{
    /// <summary>One page of ids, and how many cases match.</summary>
    /// <exception cref="InvalidInputException"><c>option-unknown</c></exception>
    public async Task<Listed<Guid>> FindAsync(ComplaintFilter filter, PageRequest page, ApiCaller caller, CancellationToken cancellationToken)
    {
        var workable = await allowed.WorkableAsync(caller, cancellationToken);
        if (await allowed.PartsAsync(caller, cancellationToken) is [_, ..] parts)
        {
            return await FindInAsync(parts, filter, page, caller, workable, cancellationToken);
        }

        var found = Filtered(filter, caller, await allowed.VisibleAsync(caller, cancellationToken), workable);
        var total = await found.CountAsync(cancellationToken);
        var ids = await Sorted(found, filter.Sort, allowed.SortsNoneLast).Select(c => c.Id).Skip(page.Before).Take(page.PageSize).ToListAsync(cancellationToken);
        return new Listed<Guid>(ids, total);
    }

    // no database does with conditions joined by OR what it does with each of them
    private async Task<Listed<Guid>> FindInAsync(
        IReadOnlyList<CasePart> parts, ComplaintFilter filter, PageRequest page, ApiCaller caller, IQueryable<CaseRow> workable, CancellationToken cancellationToken)
    {
        var until = page.Before + page.PageSize;
        var found = parts.ToLookup(p => p.IsOwn, p => Filtered(filter, caller, p.Cases, workable));
        var total = await found[false].Concat(found[true]).Select(p => p.Select(c => c.Id)).Aggregate((all, next) => all.Union(next)).CountAsync(cancellationToken);
        var first = found[false].Select(p => Sorted(p, filter.Sort, allowed.SortsNoneLast).Select(c => c.Id).Take(until)).Concat(found[true].Select(p => p.Select(c => c.Id)))
            .Aggregate((all, next) => all.Union(next));
        var ids = await Sorted(allowed.Known(first), filter.Sort, allowed.SortsNoneLast)
            .Select(c => c.Id).Skip(page.Before).Take(page.PageSize).ToListAsync(cancellationToken);
        return new Listed<Guid>(ids, total);
    }

    private IQueryable<CaseRow> Filtered(ComplaintFilter filter, ApiCaller caller, IQueryable<CaseRow> cases, IQueryable<CaseRow> workable)
    {
        cases = filter.Status is { Length: > 0 } status ? cases.Where(c => c.Status == status) : cases;
        cases = filter.Level is { Length: > 0 } level ? cases.Where(c => c.Level == level) : cases;
        cases = filter.Process is { Length: > 0 } process ? cases.Where(c => c.Process == process) : cases;
        cases = filter.Department is { Length: > 0 } department ? cases.Where(c => c.Lead == department) : cases;
        cases = filter.Overdue is { } late ? cases.Where(c => c.IsLate == late) : cases;
        cases = filter.Assignee switch
        {
            null or "" => cases,
            "none" => cases.Where(c => c.Handler == null),
            "me" => caller.Performer.PersonId is { } me ? cases.Where(c => c.Handler == me) : throw NoPerson("assignee"),
            var person => cases.Where(c => c.Handler == person),
        };
        // names are masked where the caller only reads, so they do not find by them there either
        return filter.Q?.Trim() is { Length: > 0 } q ? allowed.Holding(cases, q, caller.Person is null ? null : workable) : cases;
    }

    private static IQueryable<CaseRow> Sorted(IQueryable<CaseRow> cases, string? sort, bool noneLastByItself)
    {
        var ordered = sort switch
        {
            null or "" or "-receivedAt" => cases.OrderByDescending(c => c.ReceivedAt),
            "receivedAt" => cases.OrderBy(c => c.ReceivedAt),
            "dueAt" when noneLastByItself => cases.OrderBy(c => c.NextDueAt),
            "dueAt" => cases.OrderBy(c => c.NextDueAt == null).ThenBy(c => c.NextDueAt),
            "-dueAt" => cases.OrderBy(c => c.NextDueAt == null).ThenByDescending(c => c.NextDueAt),
            "level" when noneLastByItself => cases.OrderBy(c => c.LevelRank),
            "level" => cases.OrderBy(c => c.LevelRank == null).ThenBy(c => c.LevelRank),
            "-level" => cases.OrderBy(c => c.LevelRank == null).ThenByDescending(c => c.LevelRank),
            "number" => cases.OrderBy(c => c.Number),
            "-number" => cases.OrderByDescending(c => c.Number),
            "updatedAt" => cases.OrderBy(c => c.UpdatedAt),
            "-updatedAt" => cases.OrderByDescending(c => c.UpdatedAt),
            _ => throw new InvalidInputException([new InputProblem("sort", "option-unknown", "Cases cannot be sorted by this.")]),
        };
        return ordered.ThenBy(c => c.Id);
    }

    internal static InvalidInputException NoPerson(string field) =>
        new([new InputProblem(field, "no-person", "A key is nobody; name a person's id.")]);
}
