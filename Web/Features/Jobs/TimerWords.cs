using CaseManagement.Web.Organisation;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Jobs;

/// <summary>Says what timers are for: the case by its number, with a link for those who may see it.</summary>
internal sealed class TimerWords(TimerSight sight, IStringLocalizer<JobsText> text)
{
    public IReadOnlyList<TimerLine> Lines(IEnumerable<SeenTimer> timers) =>
    [
        .. timers.Select(seen => new TimerLine
        {
            Id = seen.Timer.Id,
            What = seen.Timer.Kind switch
            {
                CaseTimers.Clock => text["WhatClock"],
                CaseTimers.Count => text["WhatCount"],
                Delegating.TimerKind => text["WhatDelegation"],
                TimerKinds.Trigger => text["WhatTrigger", seen.Timer.DefinitionId ?? ""],
                _ => text["WhatWait"],
            },
            Case = seen.Number,
            CaseHref = seen.SeesCase ? $"/cases/{seen.Case}" : null,
            DueAt = seen.Timer.DueAt,
            Attempts = seen.Timer.Attempts,
            NextAt = seen.Timer.NextAttemptAt == ParkedTimers.Until ? null : seen.Timer.NextAttemptAt,
            Error = sight == TimerSight.Operates ? seen.Timer.LastError : null,
            MayRetry = seen.MayRetry,
            MaySkip = seen.MayRetry && sight == TimerSight.Operates,
        }),
    ];
}
