using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>Who may do what to the clocks of a case, and until when, as their limits say.</summary>
public static class ClockRights
{
    /// <summary>Whether the limit lets somebody do something to its clock, whatever the time.</summary>
    /// <param name="facts">The facts of the case.</param>
    /// <param name="by">Who would do it; a program that acts for whoever holds a task is let in.</param>
    /// <param name="limit">The limit the clock runs under.</param>
    /// <param name="deed">What.</param>
    public static bool IsLetTo(CaseFacts facts, Performer by, TimeLimit limit, ClockDeed deed) =>
        limit.RuleFor(deed) is not { Who.Count: > 0 } rule || by.ActsForHolders || by.Actor.Kind is ActorKind.Workflow or ActorKind.Timer
        || facts.ResolveWho(rule.Who).Any(by.Is);

    /// <summary>Refuses a deed that the clock's limit leaves to others, or that comes too late.</summary>
    /// <exception cref="RuleViolationException">clock.pause-not-yours, resume-not-yours, extend-not-yours, promise-not-yours, pause-too-late, promise-too-late.</exception>
    internal static void Ensure(CaseAct act, Clock clock, TimeLimit limit, ClockDeed deed)
    {
        if (limit.RuleFor(deed) is not { } rule)
        {
            return;
        }

        RuleViolationException.ThrowUnless(IsLetTo(act.Facts, act.By, limit, deed), deed switch
        {
            ClockDeed.Pause => ClockRules.PauseNotYours,
            ClockDeed.Resume => ClockRules.ResumeNotYours,
            ClockDeed.Extend => ClockRules.ExtendNotYours,
            ClockDeed.Promise => ClockRules.PromiseNotYours,
        });
        RuleViolationException.ThrowUnless(
            rule.Before is not { } before || !clock.HasCome(before, limit, act.Rules.Calendar(limit, act.Complaint.Lead), act.At),
            deed == ClockDeed.Promise ? ClockRules.PromiseTooLate : ClockRules.PauseTooLate);
    }
}
