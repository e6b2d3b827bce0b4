using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Finds out who did what one wanted to do, and when.</summary>
public sealed class LostRaces(IDbContextFactory<CaseManagementDbContext> contexts, DateWords dates, IStringLocalizer<CaseWords> words)
{
    private const int MostEvents = 100;

    private static readonly string[] Types =
        [CaseEvents.TaskCompleted, CaseEvents.TaskClaimed, CaseEvents.TaskAssigned, CaseEvents.TaskReassigned, CaseEvents.TaskCancelled];

    /// <summary>"Wang Lei completed it at 14:19"; null when the task was last touched by the person themselves or by nobody.</summary>
    public async Task<string?> WhoWasFasterAsync(CaseView view, Guid task, CancellationToken cancellationToken)
    {
        var (id, me) = (view.Complaint.Id.Value, view.Person.Id);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var latest = await db.Events.AsNoTracking().Where(e => e.ComplaintId == id && Types.Contains(e.Type))
            .OrderByDescending(e => e.Sequence).Take(MostEvents).ToListAsync(cancellationToken);
        var done = latest.Find(e => (string?)JsonNode.Parse(e.Data)?["id"] == task.ToString());
        if (done is null)
        {
            return null;
        }

        var at = dates.Say(done.At, view.Zone, DateStyle.Brief);
        var who = done.ActorName ?? words["TheProcess"].Value;
        return done.Type == CaseEvents.TaskAssigned && (string?)JsonNode.Parse(done.Data)?["toName"] is { } holder
            ? words["Faster_assigned", holder, at].Value
            : done.ActorId == me && done.Type != CaseEvents.TaskCompleted ? null : words["Faster_" + done.Type, who, at].Value;
    }
}
