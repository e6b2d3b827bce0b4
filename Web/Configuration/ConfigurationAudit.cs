using System.Text.Json.Nodes;
using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>Records changes of the configuration in the same commit, each stream chained like a case's events.</summary>
public sealed class ConfigurationAudit(TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock, IAuditOrigin origin)
{
    /// <summary>Adds an event to what the context will save.</summary>
    /// <returns>Its number within the stream.</returns>
    public async Task<long> RecordAsync(
        CaseManagementDbContext db, string stream, string type, Actor by, JsonObject data, CancellationToken cancellationToken)
    {
        var last = db.ConfigurationEvents.Local.Where(e => e.Stream == stream).MaxBy(e => e.Sequence)
            ?? await db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == stream).OrderByDescending(e => e.Sequence).FirstOrDefaultAsync(cancellationToken);
        var sequence = (last?.Sequence ?? 0) + 1;
        var (at, recordedAt, text) = (clock.GetUtcNow(), wallClock.GetUtcNow(), data.ToJsonString());
        var link = AuditChain.Next(stream, sequence, last?.Hash ?? AuditChain.Origin(stream), type, at, recordedAt, by, text, origin.Current);
        db.ConfigurationEvents.Add(new ConfigurationEvent
        {
            Stream = stream,
            Sequence = sequence,
            At = at,
            RecordedAt = recordedAt,
            Type = type,
            ActorKind = by.Kind.ToString(),
            ActorId = by.Id,
            ActorName = by.Name,
            Data = text,
            Salt = link.Salt,
            Body = link.Body,
            Hash = link.Hash,
        });
        return sequence;
    }
}
