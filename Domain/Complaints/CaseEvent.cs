using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>Something that happened to a case, for good: one row of its timeline and one link of its audit chain.</summary>
/// <param name="Type">One of <see cref="CaseEvents"/>.</param>
/// <param name="At">When it happened in the case's own time; a rung is dated with its own instant.</param>
/// <param name="By">Who or what did it.</param>
/// <param name="Data">What there is to say about it: keys and values, no sentences (the page renders them in the reader's language).</param>
public sealed record CaseEvent(string Type, DateTimeOffset At, Actor By, JsonObject Data);

/// <summary>The types of case events. Outside programs rely on the names.</summary>
public static class CaseEvents
{
    public const string Received = "received";
    public const string Acknowledged = "acknowledged";
    public const string FactsChanged = "facts.changed";
    public const string LevelChanged = "level.changed";
    public const string LevelOverridden = "level.overridden";
    public const string Routed = "routed";
    public const string Assigned = "assigned";
    public const string TaskCreated = "task.created";
    public const string TaskClaimed = "task.claimed";
    public const string TaskReleased = "task.released";
    public const string TaskAssigned = "task.assigned";
    public const string TaskReassigned = "task.reassigned";

    /// <summary>Another may do the task for its holder, or no more.</summary>
    public const string TaskDelegated = "task.delegated";
    public const string TaskCompleted = "task.completed";
    public const string TaskCancelled = "task.cancelled";
    public const string ApprovalOpened = "approval.opened";
    public const string ApprovalDecided = "approval.decided";
    /// <summary>What an approval was given on is not so any more: it does not stand unless that is set back.</summary>
    public const string ApprovalVoided = "approval.voided";
    public const string ClockStarted = "clock.started";
    public const string ClockPaused = "clock.paused";
    public const string ClockResumed = "clock.resumed";
    public const string ClockExtended = "clock.extended";
    public const string ClockRecomputed = "clock.recomputed";

    /// <summary>A running clock started afresh, because its start moment was recorded again.</summary>
    public const string ClockReset = "clock.reset";

    /// <summary>More time was asked for; it hangs on an approval.</summary>
    public const string ExtensionAsked = "clock.extension-asked";

    /// <summary>The approval was not given, or what was asked for can no longer be granted.</summary>
    public const string ExtensionRefused = "clock.extension-refused";

    /// <summary>The complainant was promised a date.</summary>
    public const string Promised = "clock.promised";
    public const string ClockMet = "clock.met";
    public const string ClockBreached = "clock.breached";
    public const string ClockCancelled = "clock.cancelled";
    public const string RungActed = "rung.acted";
    public const string PenaltyProposed = "penalty.proposed";

    /// <summary>A calculator was worked out: compensation, a cost, an award or a penalty.</summary>
    public const string AmountProposed = "amount.proposed";
    public const string AmountApproved = "amount.approved";
    public const string AmountRefused = "amount.refused";
    public const string AmountPaid = "amount.paid";

    /// <summary>A counter says something else of the case than before: others are counted with it.</summary>
    public const string Counted = "counted";

    /// <summary>A document was written out; it may still want signatures.</summary>
    public const string DocumentDrawnUp = "document.drawn-up";
    public const string DocumentSigned = "document.signed";

    /// <summary>An outside body was told, or was given the case.</summary>
    public const string Referred = "referred";

    /// <summary>A round of verification was done.</summary>
    public const string Verified = "verification.round";
    public const string Escalated = "escalated";
    public const string Replied = "replied";
    public const string Noted = "noted";
    public const string MaterialRequested = "material.requested";
    public const string Answered = "answered";

    /// <summary>A person put a question to the complainant.</summary>
    public const string Asked = "complainant.asked";

    /// <summary>The complainant answered it.</summary>
    public const string QuestionReplied = "complainant.replied";

    /// <summary>The complainant added something of their own accord.</summary>
    public const string ComplainantWrote = "complainant.wrote";

    /// <summary>The complainant said how content they were.</summary>
    public const string Rated = "rated";

    /// <summary>The complainant was shown how their data is used, and went on.</summary>
    public const string NoticeAccepted = "notice.accepted";

    /// <summary>A new tracking code took the place of a lost one.</summary>
    public const string CodeReissued = "code.reissued";
    public const string FollowedUp = "followed-up";
    public const string MessageQueued = "message.queued";

    /// <summary>The complainant wrote, by mail or another way in. It adds a message and does nothing else.</summary>
    public const string MessageReceived = "message.received";

    /// <summary>Somebody spoke with somebody on the telephone.</summary>
    public const string CallLogged = "call.logged";

    /// <summary>Somebody was visited, or came.</summary>
    public const string VisitLogged = "visit.logged";

    /// <summary>A letter was written, with a number and date of its own.</summary>
    public const string LetterIssued = "letter.issued";
    public const string AttachmentAdded = "attachment.added";

    /// <summary>Somebody was given a file as it came in, with all that was written into it, and why.</summary>
    public const string AttachmentRevealed = "attachment.revealed";
    public const string AttachmentScanned = "attachment.scanned";
    public const string Linked = "linked";
    public const string Withdrawn = "withdrawn";
    public const string Closed = "closed";
    public const string Reopened = "reopened";
    public const string Incident = "incident";
    public const string IncidentRetried = "incident-retried";

    /// <summary>Values beside earlier events were destroyed; their commitments stay.</summary>
    public const string Erased = "erased";

    /// <summary>The case is kept more closely than before.</summary>
    public const string ConfidentialityRaised = "confidentiality.raised";

    /// <summary>A head asked to keep it less closely, or to let others see a sealed case.</summary>
    public const string ConfidentialityAsked = "confidentiality.asked";

    /// <summary>What was asked is not done.</summary>
    public const string ConfidentialityRefused = "confidentiality.refused";
    public const string ConfidentialityLowered = "confidentiality.lowered";

    /// <summary>Others than before may see a sealed case.</summary>
    public const string ConfidentialityListChanged = "confidentiality.list-changed";

    /// <summary>Something covered was shown to somebody, for a purpose and with a reason; to an auditor by another who agreed.</summary>
    public const string Revealed = "revealed";

    /// <summary>An auditor wants to be shown something covered.</summary>
    public const string RevealAsked = "reveal.asked";

    /// <summary>It is not shown.</summary>
    public const string RevealRefused = "reveal.refused";

    /// <summary>It was said who among the staff the one complained of is, or that they are none of them.</summary>
    public const string RespondentBound = "respondent.bound";

    /// <summary>Another is complained of than before, or somebody is for the first time.</summary>
    public const string RespondentNamed = "respondent.named";

    /// <summary>Somebody has a part in the matter and gave the case up.</summary>
    public const string InterestDeclared = "interest.declared";

    /// <summary>Somebody is kept out of the case from now on. It does not say who.</summary>
    public const string ExclusionApplied = "exclusion.applied";

    /// <summary>A legal hold was set: nothing of the case may go.</summary>
    public const string HoldSet = "hold.set";

    /// <summary>A head asked to release one.</summary>
    public const string HoldReleaseAsked = "hold.release-asked";

    /// <summary>It stands on.</summary>
    public const string HoldReleaseRefused = "hold.release-refused";
    public const string HoldReleased = "hold.released";

    /// <summary>The complainant asked something about their data in this case.</summary>
    public const string RequestReceived = "request.received";
    public const string RequestDecided = "request.decided";

    /// <summary>The complainant set something right; what was said stays beside it.</summary>
    public const string Corrected = "corrected";

    /// <summary>The personal data of the case are only stored and protected from now on.</summary>
    public const string Restricted = "restricted";
    public const string RestrictionLifted = "restriction.lifted";

    /// <summary>The case is to be erased when that is next done and nothing stronger keeps it.</summary>
    public const string ErasureNoted = "erasure.noted";

    /// <summary>A file with the complainant's own data may be fetched, once.</summary>
    public const string ExportCreated = "export.created";
    public const string ExportDownloaded = "export.downloaded";

    /// <summary>The case goes on under another version of its process.</summary>
    public const string Migrated = "process.migrated";
}
