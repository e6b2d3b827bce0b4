using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;

namespace CaseManagement.Domain.Complaints;

/// <summary>
/// What a case works out by itself after every deed, in the same commit: live tables, then the limits of running clocks
/// chosen again, then the rungs whose time has come (pack format §3, 1); before these, who is kept out and how closely the case is kept. The caller wakes the process and settles again until nothing moves.
/// </summary>
public static class Settling
{
    /// <summary>One pass.</summary>
    /// <returns>Whether anything moved.</returns>
    public static bool Pass(CaseAct act)
    {
        var moved = act.Complaint.Exclusion.Follow(act) | act.Complaint.Confidentiality.Follow(act);
        if (!act.Complaint.IsOpen)
        {
            return moved;
        }

        var tables = act.As(Actor.Workflow);
        foreach (var table in act.Rules.Pack.Tables.Values.Where(t => t.Live))
        {
            moved |= TableUse.Apply(tables, table.Key).Moved;
        }

        moved |= act.Complaint.Clocks.ChooseLimits(tables);
        moved |= act.Complaint.Clocks.Tick(act);
        act.Complaint.Approvals.FollowFacts(act);
        return moved;
    }

    /// <summary>Does what a rung says. A rung that only wakes the process says nothing.</summary>
    internal static void Act(CaseAct act, Clock clock, Rung rung, bool late)
    {
        var superiors = new Superiors(act, clock);
        foreach (var action in rung.Do)
        {
            switch (action)
            {
                case NotifyAction notify:
                    foreach (var (to, found) in superiors.Of(notify.To))
                    {
                        Tell(act, clock, rung, notify.Template, to, found, late);
                    }

                    break;
                case AskAction ask:
                    Ask(act, clock, $"ask:{ask.Form}", ask.Form, superiors.AsCandidates(ask.Who));
                    break;
                case ReasonAction reason:
                    Ask(act, clock, $"reason:{clock.Key}", null, superiors.AsCandidates([reason.Who]));
                    break;
                case RaiseAction raise:
                    act.Complaint.RaiseLevel(act, raise.Level, Because(act.Rules.NameOf(clock), rung));
                    break;
                case ReassignAction reassign:
                    act.Complaint.Tasks.Redirect(act, superiors.AsCandidates([reassign.To]), clock.Key, rung.Key);
                    break;
                case ApproveAction approve:
                    act.Complaint.Approvals.Open(act, approve.Chain, new TaskOrigin(Guid.Empty, $"{clock.Key}.{rung.Key}", act.Rules.NameOf(clock).Zh, act.Rules.NameOf(clock).En));
                    break;
                case PenaltyAction penalty:
                    Propose(act, penalty, clock, superiors);
                    break;
            }
        }
    }

    private static void Tell(CaseAct act, Clock clock, Rung rung, string template, string to, Superior? found, bool late)
    {
        act.Log.Send(new CaseMessage(template, to, clock.Key, Escalation: late));
        if (late || found is not null)
        {
            act.Record(CaseEvents.Escalated, ("to", to), ("clock", clock.Key), ("rung", rung.Key), ("found", Superiors.ToJson(found)));
        }
    }

    // a rung acts whether or not enough is known for the sum
    private static void Propose(CaseAct act, PenaltyAction penalty, Clock clock, Superiors superiors)
    {
        try
        {
            act.Complaint.Amounts.Propose(act, penalty.Calculator, superiors.AsCandidates([penalty.To])[0], clock.Key);
        }
        catch (RuleViolationException unknown)
        {
            act.Record(CaseEvents.PenaltyProposed, ("calculator", penalty.Calculator), ("to", penalty.To), ("clock", clock.Key), ("reason", unknown.Rule.Code));
        }
    }

    private static BilingualText Because(BilingualText clock, Rung rung) =>
        new($"{clock.Zh}：{rung.At.ToText("zh-CN")}", $"{clock.En}: {rung.At.ToText("en")}");

    private static void Ask(CaseAct act, Clock clock, string key, string? form, IReadOnlyList<string> who)
    {
        var name = act.Rules.NameOf(clock);
        act.Complaint.Tasks.Add(act, new HumanTask
        {
            Id = Guid.CreateVersion7(act.At),
            Key = key,
            Kind = TaskKind.Question,
            TitleZh = form is null ? $"说明超时原因：{name.Zh}" : act.Rules.Form(form).Name.Zh,
            TitleEn = form is null ? $"Say why it is late: {name.En}" : act.Rules.Form(form).Name.En,
            Form = form,
            Outcomes = ["Done"],
            Who = who,
            CreatedAt = act.At,
        });
    }
}
