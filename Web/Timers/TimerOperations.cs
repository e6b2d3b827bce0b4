using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Runtime;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Timers;

/// <summary>What an operator does about timers that fail: each deed in one commit with its audit event.</summary>
public sealed class TimerOperations(IConfigurationWriter writer, ConfigurationAudit audit)
{
    /// <summary>Has the timer tried again at once, with all its tries before it.</summary>
    /// <param name="id">The timer.</param>
    /// <param name="attempts">How often it had failed when the operator looked.</param>
    /// <param name="by">The operator.</param>
    /// <returns>False: it is gone, or was tried meanwhile; nothing has changed.</returns>
    public Task<bool> RetryAsync(Guid id, int attempts, Actor by, CancellationToken cancellationToken) => DecideAsync(
        id, attempts, "timer.retried", by, null,
        those => those.ExecuteUpdateAsync(
            t => t.SetProperty(one => one.NextAttemptAt, one => one.DueAt).SetProperty(one => one.Attempts, 0).SetProperty(one => one.LastError, (string?)null),
            cancellationToken),
        cancellationToken);

    /// <summary>Drops the timer: what waits for it goes on waiting, and a case makes up for it when it is next worked on.</summary>
    /// <inheritdoc cref="RetryAsync"/>
    /// <param name="reason">Why, for the audit.</param>
    public Task<bool> SkipAsync(Guid id, int attempts, string reason, Actor by, CancellationToken cancellationToken) => DecideAsync(
        id, attempts, "timer.skipped", by, reason, those => those.ExecuteDeleteAsync(cancellationToken), cancellationToken);

    private async Task<bool> DecideAsync(
        Guid id, int attempts, string type, Actor by, string? reason, Func<IQueryable<StoredTimer>, Task<int>> deed, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var those = db.Timers.Where(t => t.Id == id && t.Attempts == attempts && t.Attempts > 0 && t.LeasedBy == null);
                if (await those.AsNoTracking().FirstOrDefaultAsync(cancellationToken) is not { } timer || await deed(those) != 1)
                {
                    return false;
                }

                var data = new JsonObject
                {
                    ["timer"] = timer.Id,
                    ["kind"] = timer.Kind,
                    ["instance"] = timer.InstanceId,
                    ["case"] = timer.Kind == Workflows.Cases.CaseTimers.Clock ? timer.Payload : null,
                    ["dueAt"] = timer.DueAt,
                    ["attempts"] = timer.Attempts,
                    ["reason"] = reason,
                };
                await audit.RecordAsync(db, JobRequests.Stream, type, by, data, cancellationToken);
                return true;
            },
            cancellationToken);
}
