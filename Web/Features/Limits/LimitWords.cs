using System.Globalization;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Limits;

/// <summary>Says limits, their rungs and their examples in the reader's language.</summary>
public sealed class LimitWords(IStringLocalizer<LimitsText> text)
{
    private static readonly TimeOnly ExampleTime = new(16, 0);

    private static string Language => CultureInfo.CurrentUICulture.Name;

    public static string NameOf(TimeLimit rule) => rule.Name.In(Language);

    /// <summary>How much, in which unit: "24 hours", "no numeric limit".</summary>
    public string Amount(LimitUnit unit, decimal? amount) => unit.TakesAmount() && amount is { } number ? new Duration(number, unit).ToText(Language) : Unit(unit);

    public string Unit(LimitUnit unit) => unit switch
    {
        LimitUnit.None => text["UnitNone"],
        LimitUnit.Immediate => text["UnitImmediate"],
        LimitUnit.SameDay => text["UnitSameDay"],
        LimitUnit.Minutes => text["UnitMinutes"],
        LimitUnit.Hours => text["UnitHours"],
        LimitUnit.WorkingHours => text["UnitWorkingHours"],
        LimitUnit.Days => text["UnitDays"],
        LimitUnit.WorkingDays => text["UnitWorkingDays"],
        LimitUnit.Weeks => text["UnitWeeks"],
        LimitUnit.Months => text["UnitMonths"],
        LimitUnit.Years => text["UnitYears"],
        LimitUnit.Promised => text["UnitPromised"],
    };

    public string CountedFrom(CountFrom from) => from switch
    {
        CountFrom.Instant => text["FromInstant"],
        CountFrom.NextDay => text["FromNextDay"],
        CountFrom.NextWorkingDay => text["FromNextWorkingDay"],
    };

    public string EndsAt(EndOf end) => end switch
    {
        EndOf.Instant => text["ToInstant"],
        EndOf.CloseOfBusiness => text["ToClose"],
        EndOf.EndOfDay => text["ToEndOfDay"],
    };

    public string OnDayOff(IfNonWorking choice) => choice switch
    {
        IfNonWorking.Keep => text["DayOffKeep"],
        IfNonWorking.Forward => text["DayOffForward"],
        IfNonWorking.Back => text["DayOffBack"],
    };

    /// <summary>The rule as a sentence whose amount and name stand out, its rungs in words after it.</summary>
    public IReadOnlyList<SentencePart> Sentence(TimeLimit rule, ProcessPack pack)
    {
        var told = rule with { Rungs = [] };
        var parts = Highlighted(told.ToSentence(Language), rule.Budget?.ToText(Language), NameOf(rule));
        var facts = new FactWords(pack, (_, _) => "");
        var rungs = string.Join(text["RungSeparator"], rule.Rungs.Select(rung => Rung(rung, facts, pack)));
        return rungs.Length == 0 ? [.. parts, new SentencePart(text["FullStop"])] : [.. parts, new SentencePart(text["RungsAfter", rungs])];
    }

    /// <summary>What the rule comes to for one start, counted by the calendar as it is now; before the next holiday where one is known.</summary>
    public IReadOnlyList<SentencePart> Example(TimeLimit rule, WorkCalendar calendar, DateTimeOffset now)
    {
        if (rule.Unit is LimitUnit.None or LimitUnit.Immediate)
        {
            return [new SentencePart(text["ExampleNoDate"])];
        }

        if (rule.Unit == LimitUnit.Promised)
        {
            return [new SentencePart(text["ExamplePromised"])];
        }

        var startedAt = calendar.At(ExampleDay(calendar, now), ExampleTime);
        var start = DateText.Of(startedAt, calendar, Language);
        try
        {
            var due = DueTime.Compute(rule with { Rungs = [] }, startedAt, calendar);
            var dueAt = DateText.Of(due.DueAt!.Value, calendar, Language, withYear: calendar.DateOf(due.DueAt.Value).Year != calendar.DateOf(startedAt).Year);
            return
            [
                new SentencePart(rule.From == "receivedAt" ? text["ExampleReceived", start] : text["ExampleFrom", start]),
                new SentencePart(dueAt, Key: true),
                new SentencePart(due.Provisional ? text["ExampleProvisional"] : text["ExampleDue"]),
            ];
        }
        catch (InvalidTimeRuleException)
        {
            return [new SentencePart(text["ExampleOutOfRange"])];
        }
    }

    /// <summary>What a limit says besides its sentence: when it holds, pauses, extensions, whom it tells.</summary>
    public IReadOnlyList<string> Terms(LimitInForce limit, CaseRules rules)
    {
        var (rule, pack) = (limit.Rule, rules.Pack);
        var terms = new List<string>();
        if (limit.When is { } when)
        {
            terms.Add(text["HoldsWhen", WrittenLimit.InWords(pack, when).In(Language)]);
        }

        if (rules.Limits.FirstOrDefault(other => other.Rule.ClockKey == rule.ClockKey) is { } first && first.Rule.Key != rule.Key)
        {
            terms.Add(text["AfterLimit", NameOf(first.Rule)]);
        }

        if (rule.Reset)
        {
            terms.Add(text["Resets"]);
        }

        if (rule.PauseReasons.Count > 0)
        {
            terms.Add(text["MayPause", string.Join(text["Separator"], rule.PauseReasons.Select(key => pack.PauseReasons.FirstOrDefault(one => one.Key == key)?.Name.In(Language) ?? key))]);
        }

        if (rule.Extension is { } extension)
        {
            terms.Add(string.Join(text["Comma"], Extension(extension, pack)) + text["FullStop"]);
        }

        foreach (var may in rule.May)
        {
            var who = may.Who.Count == 0 ? text["MayAnyone"].Value : string.Join(text["Separator"], may.Who.Select(one => LimitChoices.NameOf(one, new PackWording(pack))));
            terms.Add(may.Before is { } before ? text[$"Only{may.Deed}Before", who, before.ToText(Language)] : text[$"Only{may.Deed}", who]);
        }

        if (rule.Notice is { } notice)
        {
            terms.Add(text["TellsComplainant", pack.Templates.GetValueOrDefault(notice) is { } template ? LimitChoices.NameOf(template) : notice]);
        }

        return terms;
    }

    /// <summary>Why the example is due when it is; nothing where it is not counted.</summary>
    public static IReadOnlyList<string> Why(TimeLimit rule, WorkCalendar calendar, DateTimeOffset now)
    {
        if (!rule.Unit.TakesAmount() && rule.Unit != LimitUnit.SameDay)
        {
            return [];
        }

        try
        {
            return [.. DueTime.Compute(rule with { Rungs = [] }, calendar.At(ExampleDay(calendar, now), ExampleTime), calendar).Explanation.Lines(Language).Select(line => line.Text)];
        }
        catch (InvalidTimeRuleException)
        {
            return [];
        }
    }

    private IEnumerable<string> Extension(ExtensionRule rule, ProcessPack pack)
    {
        yield return rule.Times is { } times ? text["MayExtendTimes", times] : text["MayExtend"];
        if (rule.Max is { } most)
        {
            yield return text["ExtendAtMost", most.ToText(Language)];
        }

        if (rule.Before is { } before)
        {
            yield return text["ExtendBefore", before.ToText(Language)];
        }

        yield return rule.Approval is { } chain ? text["ExtendBy", pack.Chains.GetValueOrDefault(chain)?.Name.In(Language) ?? chain] : text["ExtendByNobody"];
    }

    private string Rung(Rung rung, FactWords facts, ProcessPack pack)
    {
        var at = rung.At.ToText(Language);
        return rung.Do.Count == 0 ? text["RungWakes", at] : text["RungDoes", at, string.Join(text["Separator"], rung.Do.Select(action => Action(action, facts, pack)))];
    }

    private string Action(RungAction action, FactWords facts, ProcessPack pack) => action switch
    {
        NotifyAction notify => text["RungNotifies", Who(notify.To, facts)],
        AskAction ask => text["RungAsks", Who(ask.Who, facts)],
        ReasonAction reason => text["RungAsksWhy", Who([reason.Who], facts)],
        ReassignAction reassign => text["RungReassigns", Who([reassign.To], facts)],
        RaiseAction => text["RungRaises"],
        ApproveAction approve => text["RungApproves", pack.Chains.GetValueOrDefault(approve.Chain)?.Name.In(Language) ?? approve.Chain],
        PenaltyAction penalty => text["RungPenalty", pack.Calculators.GetValueOrDefault(penalty.Calculator)?.Name.In(Language) ?? penalty.Calculator],
        _ => "",
    };

    private string Who(IEnumerable<string> candidates, FactWords facts) => string.Join(text["Separator"], candidates.Select(candidate => candidate switch
    {
        Candidates.Handler => text["WhoHandler"].Value,
        Candidates.Team => text["WhoTeam"].Value,
        Candidates.Complainant => text["WhoComplainant"].Value,
        _ when candidate.EndsWith("@lead", StringComparison.Ordinal) => text["WhoAtLead", facts.CandidateName(candidate[..^"@lead".Length]).In(Language)].Value,
        _ when candidate.EndsWith("@each", StringComparison.Ordinal) => text["WhoAtEach", facts.CandidateName(candidate[..^"@each".Length]).In(Language)].Value,
        _ => facts.CandidateName(candidate).In(Language),
    }));

    private static List<SentencePart> Highlighted(string sentence, params IEnumerable<string?> keys)
    {
        List<SentencePart> parts = [new(sentence)];
        foreach (var key in keys)
        {
            var index = string.IsNullOrEmpty(key) ? -1 : parts.FindIndex(part => !part.Key && part.Text.Contains(key, StringComparison.Ordinal));
            if (index >= 0)
            {
                var plain = parts[index].Text;
                var at = plain.IndexOf(key!, StringComparison.Ordinal);
                SentencePart[] split = [new(plain[..at]), new(key!, Key: true), new(plain[(at + key!.Length)..])];
                parts.RemoveAt(index);
                parts.InsertRange(index, split.Where(part => part.Text.Length > 0));
            }
        }

        return parts;
    }

    // the working day before the next holiday shows best what holidays do to a limit
    private static DateOnly ExampleDay(WorkCalendar calendar, DateTimeOffset now)
    {
        var today = calendar.DateOf(now);
        var holiday = Enumerable.Range(1, 366).Select(today.AddDays).FirstOrDefault(day => calendar.IsHoliday(day) && calendar.IsWorkingDay(day.AddDays(-1)));
        return holiday == default
            ? calendar.IsWorkingDay(today) ? today : calendar.AddWorkingDays(today, 1)
            : holiday.AddDays(-1);
    }
}
