using System.Text.Json;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Keeps what people have typed into the composer of a case and not yet sent; it is kept like a task's, under the case's own id.</summary>
public sealed class EntryDrafts(TaskDrafts drafts, IDbContextFactory<CaseManagementDbContext> contexts)
{
    /// <summary>Keeps what was typed; nothing typed keeps nothing.</summary>
    /// <returns>When it was kept.</returns>
    public async Task<DateTimeOffset> KeepAsync(CaseView view, EntryForm entry, CancellationToken cancellationToken)
    {
        var typed = new Dictionary<string, string[]> { [nameof(entry.Kind)] = [entry.Kind], [nameof(entry.Text)] = [entry.Text ?? ""] };
        var at = await drafts.KeepAsync(view.Person.Id, view.Complaint.Id.Value, JsonSerializer.Serialize(typed), cancellationToken);
        if (string.IsNullOrWhiteSpace(entry.Text))
        {
            await DropAsync(view, cancellationToken);
        }

        return at;
    }

    public Task DropAsync(CaseView view, CancellationToken cancellationToken) => drafts.DropAsync(view.Person.Id, view.Complaint.Id.Value, cancellationToken);

    /// <summary>The composer with what its reader typed last.</summary>
    public async Task<Composer> FillAsync(CaseView view, Composer composer, CancellationToken cancellationToken)
    {
        var (me, id) = (view.Person.Id, view.Complaint.Id.Value);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var draft = await db.SavedDrafts.AsNoTracking().Where(d => d.UserId == me && d.TaskId == id).FirstOrDefaultAsync(cancellationToken);
        var typed = draft is null ? null : JsonSerializer.Deserialize<Dictionary<string, string[]>>(draft.Json);
        return typed?.GetValueOrDefault(nameof(EntryForm.Text)) is [{ Length: > 0 } text]
            ? composer with { Text = text, Kind = typed.GetValueOrDefault(nameof(EntryForm.Kind)) is [var kind] ? kind : null, DraftSavedAt = draft!.At }
            : composer;
    }
}
