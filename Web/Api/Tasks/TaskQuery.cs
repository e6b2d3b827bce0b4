using System.Globalization;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Tasks;

/// <summary>Finds tasks, those due first before the others.</summary>
public sealed class TaskQuery(CaseManagementDbContext db, ApiCases allowed, CaseReader reader, CaseAccess access, Deputies deputies, TimeProvider clock)
{
    /// <exception cref="InvalidInputException"><c>option-unknown</c>, <c>no-person</c>, <c>type-wrong</c></exception>
    public async Task<Listed<TaskAnswer>> FindAsync(TaskFilter filter, PageRequest page, ApiCaller caller, CaseWords words, CancellationToken cancellationToken)
    {
        var found = OfCandidates(Due(InState(Held(db.Tasks.AsNoTracking(), filter, caller), filter.State), filter.Due), filter);
        if (filter.Complaint is { } complaint)
        {
            found = found.Where(t => t.ComplaintId == complaint);
        }

        if (filter.OnBehalfOf is { Length: > 0 } other)
        {
            found = await ForAsync(found, other, caller, cancellationToken);
        }

        var visible = await allowed.VisibleAsync(caller, cancellationToken);
        found = caller.Person is null ? found : found.Where(t => visible.Any(c => c.Id == t.ComplaintId));
        var total = await found.CountAsync(cancellationToken);
        var rows = await found.OrderBy(t => t.DueAt == null).ThenBy(t => t.DueAt).ThenBy(t => t.CreatedAt).ThenBy(t => t.Id)
            .Skip(page.Before).Take(page.PageSize).Select(t => new { t.Id, t.ComplaintId }).ToListAsync(cancellationToken);
        var cases = await reader.GetAsync([.. rows.Select(r => r.ComplaintId).Distinct()], caller, cancellationToken);
        var shown = rows.Select(r => cases.GetValueOrDefault(r.ComplaintId) is { } read
            && read.Complaint.Tasks.All.FirstOrDefault(t => t.Id == r.Id) is { } task ? words.Of(task, read.Complaint) : null);
        return new Listed<TaskAnswer>([.. shown.OfType<TaskAnswer>()], total);
    }

    private async Task<IQueryable<TaskRow>> ForAsync(IQueryable<TaskRow> found, string other, ApiCaller caller, CancellationToken cancellationToken)
    {
        var scope = await access.ScopeAsync(db, caller.Person ?? throw ComplaintQuery.NoPerson("onBehalfOf"), cancellationToken);
        if ((await deputies.OfAsync(scope, db, cancellationToken)).FirstOrDefault(o => o.Person.Id == other) is not { } acted)
        {
            return found.Where(t => false);
        }

        var ids = InboxForOthers.Tasks(scope, acted, db).Select(part => part.Select(t => t.Id)).Aggregate((all, next) => all.Concat(next));
        return found.Where(t => ids.Contains(t.Id) && db.Cases.Any(c => c.Id == t.ComplaintId && c.Confidentiality < (int)ConfidentialityLevel.Sealed));
    }

    private static IQueryable<TaskRow> Held(IQueryable<TaskRow> tasks, TaskFilter filter, ApiCaller caller) => filter.Assignee switch
    {
        null or "" => tasks,
        "none" => tasks.Where(t => t.Assignee == null),
        "me" => caller.Performer.PersonId is { } me ? tasks.Where(t => t.Assignee == me) : throw ComplaintQuery.NoPerson("assignee"),
        var person => tasks.Where(t => t.Assignee == person),
    };

    private static IQueryable<TaskRow> InState(IQueryable<TaskRow> tasks, string? state)
    {
        var (open, claimed) = (nameof(TaskState.Open), nameof(TaskState.Claimed));
        if (state is null or "")
        {
            return tasks.Where(t => t.State == open || t.State == claimed);
        }

        if (state == "all")
        {
            return tasks;
        }

        var wanted = Enum.GetValues<TaskState>().Where(s => CaseWords.Lower(s) == state).Select(s => s.ToString()).FirstOrDefault()
            ?? throw new InvalidInputException([new InputProblem("state", FactRefusals.OptionUnknown, "One of open, claimed, done, cancelled, all.")]);
        return tasks.Where(t => t.State == wanted);
    }

    private IQueryable<TaskRow> Due(IQueryable<TaskRow> tasks, string? due)
    {
        if (due is null or "")
        {
            return tasks;
        }

        var now = clock.GetUtcNow();
        var until = due switch
        {
            "overdue" => now,
            "today" => now.AddDays(1),
            "week" => now.AddDays(7),
            _ when DateTimeOffset.TryParse(due, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at.ToUniversalTime(),
            _ => throw new InvalidInputException([new InputProblem("due", FactRefusals.TypeWrong, "One of overdue, today, week, or an instant.")]),
        };
        return tasks.Where(t => t.DueAt != null && t.DueAt <= until);
    }

    private IQueryable<TaskRow> OfCandidates(IQueryable<TaskRow> tasks, TaskFilter filter)
    {
        if (filter.Role is { Length: > 0 } role)
        {
            var (from, to) = (role + "@", role + "A"); // 'A' follows '@'
            tasks = tasks.Where(t => db.TaskCandidates.Any(c => c.TaskId == t.Id && (c.Candidate == role || (c.Candidate.CompareTo(from) >= 0 && c.Candidate.CompareTo(to) < 0))));
        }

        if (filter.Department is { Length: > 0 } department)
        {
            var at = "@" + department;
            tasks = tasks.Where(t => db.TaskCandidates.Any(c => c.TaskId == t.Id && c.Candidate.EndsWith(at) && !c.Candidate.StartsWith(Candidates.UserPrefix)));
        }

        return tasks;
    }
}
