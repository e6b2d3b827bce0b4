using CaseManagement.Domain.Complaints;

namespace CaseManagement.Workflows.Simulation.Replays;

/// <summary>Something that was done to a case from outside, to be done again.</summary>
/// <param name="ByEscalation">It is about a task that a rung had opened: where the rung does not act, nobody is asked.</param>
internal sealed record RecordedDeed(RecordedEvent Event, bool ByEscalation);

/// <summary>Tells what was done to a case from what followed by itself.</summary>
internal static class RecordedDeeds
{
    /// <summary>Deeds on the case as a whole that can be done again.</summary>
    public static readonly HashSet<string> Repeatable = new(StringComparer.Ordinal)
    {
        CaseEvents.FactsChanged, CaseEvents.LevelOverridden, CaseEvents.Replied, CaseEvents.Answered, CaseEvents.ClockPaused, CaseEvents.ClockResumed,
        CaseEvents.ClockExtended, CaseEvents.Withdrawn, CaseEvents.Closed,
    };

    private static readonly HashSet<string> OnTasks = new(StringComparer.Ordinal)
    {
        CaseEvents.Received, CaseEvents.Reopened, CaseEvents.TaskClaimed, CaseEvents.TaskReleased, CaseEvents.TaskAssigned, CaseEvents.TaskCompleted,
    };

    // recorded in the name of whoever caused them, but they follow from the deed, or change nothing that a clock or task looks at
    private static readonly HashSet<string> Follow = new(StringComparer.Ordinal)
    {
        CaseEvents.Assigned, CaseEvents.Routed, CaseEvents.LevelChanged, CaseEvents.Acknowledged, CaseEvents.TaskCreated, CaseEvents.TaskReassigned, CaseEvents.TaskDelegated,
        CaseEvents.TaskCancelled, CaseEvents.ApprovalOpened, CaseEvents.ApprovalDecided, CaseEvents.ApprovalVoided, CaseEvents.ClockStarted, CaseEvents.ClockRecomputed,
        CaseEvents.ClockMet, CaseEvents.ClockBreached, CaseEvents.ClockCancelled, CaseEvents.RungActed, CaseEvents.PenaltyProposed, CaseEvents.Escalated,
        CaseEvents.MaterialRequested, CaseEvents.FollowedUp, CaseEvents.MessageQueued, CaseEvents.Incident, CaseEvents.Noted, CaseEvents.Linked,
        CaseEvents.AttachmentAdded, CaseEvents.AttachmentScanned, CaseEvents.AttachmentRevealed,
        CaseEvents.MessageReceived, CaseEvents.CallLogged, CaseEvents.VisitLogged, CaseEvents.LetterIssued,
        CaseEvents.Asked, CaseEvents.QuestionReplied, CaseEvents.ComplainantWrote, CaseEvents.Rated, CaseEvents.NoticeAccepted,
        CaseEvents.CodeReissued, CaseEvents.HoldSet, CaseEvents.HoldReleaseAsked, CaseEvents.HoldReleaseRefused, CaseEvents.HoldReleased,
        CaseEvents.RequestReceived, CaseEvents.RequestDecided, CaseEvents.Corrected, CaseEvents.Restricted, CaseEvents.RestrictionLifted,
        CaseEvents.ErasureNoted, CaseEvents.ExportCreated, CaseEvents.ExportDownloaded,
    };

    /// <summary>The deeds in order. A type of event that this version does not know is among them, so that it is not passed over in silence.</summary>
    public static IEnumerable<RecordedDeed> Of(RecordedCase recorded)
    {
        var escalated = new HashSet<Guid>();
        var (byRung, burst) = (false, DateTimeOffset.MinValue);
        foreach (var happened in recorded.Events)
        {
            if (happened.RecordedAt != burst)
            {
                (byRung, burst) = (false, happened.RecordedAt);
            }

            if (happened.Type is CaseEvents.RungActed or CaseEvents.ClockBreached)
            {
                byRung = true;
            }
            else if (happened.Type == CaseEvents.TaskCreated && byRung && happened.Task is { } opened)
            {
                escalated.Add(opened);
            }

            if (!happened.IsDeed || Follow.Contains(happened.Type))
            {
                continue;
            }

            var isOfEscalation = happened.Task is { } task && escalated.Contains(task);
            if (OnTasks.Contains(happened.Type) || Repeatable.Contains(happened.Type))
            {
                // what follows in the same burst is there because of this deed
                byRung = isOfEscalation;
            }

            yield return new RecordedDeed(happened, isOfEscalation);
        }
    }
}
