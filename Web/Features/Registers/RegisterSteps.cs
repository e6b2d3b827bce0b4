using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Registers;

/// <summary>The steps a register holds, for its page and the API.</summary>
public static class RegisterSteps
{
    /// <summary>The steps done on a form, whatever case they are of.</summary>
    /// <param name="db">Where they are kept.</param>
    /// <param name="use">The form.</param>
    /// <param name="state">One of those of <see cref="RegisterQuery"/>; anything else: all.</param>
    /// <param name="now">What is late is due before it.</param>
    public static IQueryable<TaskRow> Of(CaseManagementDbContext db, FormUse use, string? state, DateTimeOffset now)
    {
        var keys = use.Tasks.ToList();
        var tasks = db.Tasks.AsNoTracking().Where(t => keys.Contains(t.Key) && t.State != nameof(TaskState.Cancelled));
        return state switch
        {
            RegisterQuery.Open => tasks.Where(t => t.DoneAt == null),
            RegisterQuery.Late => tasks.Where(t => t.DoneAt == null && t.DueAt < now),
            RegisterQuery.Done => tasks.Where(t => t.DoneAt != null),
            _ => tasks,
        };
    }

    /// <summary>Only steps of open cases are asked for: nothing waits in a closed one.</summary>
    public static bool AreOpen(string? state) => state is RegisterQuery.Open or RegisterQuery.Late;

    /// <summary>How a step stands.</summary>
    public static RegisterState StateOf(TaskRow step, DateTimeOffset now) =>
        step.DoneAt is not null ? RegisterState.Done : step.DueAt < now ? RegisterState.Late : RegisterState.Open;
}
