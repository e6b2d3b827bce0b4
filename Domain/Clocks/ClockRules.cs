namespace CaseManagement.Domain.Clocks;

/// <summary>The rules a clock insists on. Codes without a prefix are those that scenario files name.</summary>
public static class ClockRules
{
    public static readonly Rule NotRunning = new("clock.not-running", "The clock has been met or cancelled.");
    public static readonly Rule Asleep = new("clock.paused", "The clock is paused; its rungs sleep.");
    public static readonly Rule PausedAlready = new("clock.paused-already", "The clock is paused already.");
    public static readonly Rule NotPaused = new("clock.not-paused", "The clock is not paused.");
    public static readonly Rule NotPausable = new("clock.not-pausable", "This time limit may not be paused.");
    public static readonly Rule PauseReasonUnknown = new("clock.pause-reason-unknown", "This is not a reason for which the time limit may be paused.");
    public static readonly Rule TimeGoesBack = new("clock.time-goes-back", "The clock has a later entry already.");
    public static readonly Rule LedgerFull = new("clock.ledger-full", "The clock has been paused or extended too many times.");
    public static readonly Rule ReasonRequired = new("reason-required", "Give a reason.");
    public static readonly Rule NotExtendable = new("not-extendable", "This time limit may not be extended.");
    public static readonly Rule ExtensionsUsedUp = new("clock.extensions-used-up", "The time limit has been extended as often as it may be.");
    public static readonly Rule ExtensionAmount = new("clock.extension-amount", "Say by how much or until when to extend: one of the two.");
    public static readonly Rule ExtensionNotLater = new("clock.extension-not-later", "The extension would not move the due time to a later one.");
    public static readonly Rule ExtensionTooLong = new("clock.extension-too-long", "The extension is longer than the time limit allows.");
    public static readonly Rule ExtensionTooLate = new("clock.extension-too-late", "The extension was asked for too late.");
    public static readonly Rule ApprovalRequired = new("clock.approval-required", "The extension needs the approval that the time limit names.");
    public static readonly Rule ExtensionPending = new("clock.extension-pending", "More time was asked for already; it awaits its approval.");
    public static readonly Rule PauseInFuture = new("clock.pause-in-future", "A pause begins now or before, and ends before now where it is over.");
    public static readonly Rule NotPromised = new("clock.not-promised", "This time limit does not run to a promised date.");
    public static readonly Rule PromiseMissing = new("clock.promise-missing", "Say which date is promised.");
    public static readonly Rule PromiseInPast = new("clock.promise-in-past", "A promised date is not in the past.");
    public static readonly Rule PauseNotYours = new("clock.pause-not-yours", "This time limit says who may pause it; you are not among them.");
    public static readonly Rule ResumeNotYours = new("clock.resume-not-yours", "This time limit says who may resume it; you are not among them.");
    public static readonly Rule ExtendNotYours = new("clock.extend-not-yours", "This time limit says who may extend it or ask for more time; you are not among them.");
    public static readonly Rule PromiseNotYours = new("clock.promise-not-yours", "This time limit says who may promise a date; you are not among them.");
    public static readonly Rule PauseTooLate = new("clock.pause-too-late", "It is too late to pause this time limit.");
    public static readonly Rule PromiseTooLate = new("clock.promise-too-late", "It is too late to promise a date for this time limit.");
    public static readonly Rule NoDueTime = new("clock.no-due-time", "The clock has no due time.");
    public static readonly Rule RungUnknown = new("clock.rung-unknown", "The clock has no such rung.");
    public static readonly Rule RungActed = new("clock.rung-acted", "The rung has acted; it acts once.");
    public static readonly Rule RungTooEarly = new("clock.rung-too-early", "The rung's time has not come.");
}
