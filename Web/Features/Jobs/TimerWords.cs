using System.Globalization;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Jobs;

/// <summary>Says what timers are for: the case by its number, with a link for those who may see it.</summary>
internal sealed class TimerWords(CaseManagementDbContext db, CaseScope scope, bool mayAct, IStringLocalizer<JobsText> text)
{
    public async Task<IReadOnlyList<TimerLine>> LinesAsync(IReadOnlyList<StoredTimer> timers, CancellationToken cancellationToken)
    {
        if (timers.Count == 0)
        {
            return [];
        }

        var ids = timers.Select(t => t.InstanceId).OfType<Guid>().Distinct().ToList();
        var instances = await db.Instances.AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.CorrelationId, cancellationToken);
        var caseOf = timers.ToDictionary(t => t.Id, t => CaseOf(t, instances));
        var cases = caseOf.Values.OfType<Guid>().Distinct().ToList();
        var numbers = await db.Cases.AsNoTracking().Where(c => cases.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Number, cancellationToken);
        var visible = await scope.Visible(db).Where(c => cases.Contains(c.Id)).Select(c => c.Id).ToHashSetAsync(cancellationToken);
        return [.. timers.Select(t => new TimerLine
        {
            Id = t.Id,
            What = t.Kind switch
            {
                CaseTimers.Clock => text["WhatClock"],
                TimerKinds.Trigger => text["WhatTrigger", t.DefinitionId ?? ""],
                _ => text["WhatWait"],
            },
            Case = caseOf[t.Id] is { } id ? numbers.GetValueOrDefault(id) : null,
            CaseHref = caseOf[t.Id] is { } seen && visible.Contains(seen) ? $"/cases/{seen}" : null,
            DueAt = t.DueAt,
            Attempts = t.Attempts,
            NextAt = t.NextAttemptAt == ParkedTimers.Until ? null : t.NextAttemptAt,
            Error = mayAct ? t.LastError : null,
            MayAct = mayAct && t is { Attempts: > 0, LeasedBy: null },
        })];
    }

    private static Guid? CaseOf(StoredTimer timer, Dictionary<Guid, string?> instances)
    {
        var id = timer.Kind == CaseTimers.Clock ? timer.Payload : timer.InstanceId is { } instance ? instances.GetValueOrDefault(instance) : null;
        return Guid.TryParse(id, CultureInfo.InvariantCulture, out var known) ? known : null;
    }
}
