using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Keeps what people have typed into tasks and not yet sent.</summary>
public sealed class TaskDrafts(IDbContextFactory<CaseManagementDbContext> contexts, [FromKeyedServices(Configuration.Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>Keeps a draft in place of the earlier one.</summary>
    /// <returns>When it was kept.</returns>
    public Task<DateTimeOffset> KeepAsync(string person, Guid task, FormAnswers answers, CancellationToken cancellationToken) =>
        KeepAsync(person, task, TaskPanels.Draft(answers), cancellationToken);

    /// <inheritdoc cref="KeepAsync(string, Guid, FormAnswers, CancellationToken)"/>
    public async Task<DateTimeOffset> KeepAsync(string person, Guid task, string json, CancellationToken cancellationToken)
    {
        var at = wallClock.GetUtcNow();
        if (!await ReplaceAsync(person, task, json, at, cancellationToken))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.SavedDrafts.Add(new SavedDraft { UserId = person, TaskId = task, Json = json, At = at });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                // a second window was first; the newer words win
                await ReplaceAsync(person, task, json, at, cancellationToken);
            }
        }

        return at;
    }

    public async Task DropAsync(string person, Guid task, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.SavedDrafts.Where(d => d.UserId == person && d.TaskId == task).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> ReplaceAsync(string person, Guid task, string json, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SavedDrafts.Where(d => d.UserId == person && d.TaskId == task)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Json, json).SetProperty(d => d.At, at), cancellationToken) > 0;
    }
}
