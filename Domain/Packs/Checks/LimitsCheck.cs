using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Reading;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary><c>limits.json</c>.</summary>
internal static class LimitsCheck
{
    public static void Run(PackReferences references)
    {
        for (var index = 0; index < references.Pack.Limits.Count; index++)
        {
            Check(references.Pack.Limits[index], new Place("limits.json", $"$.limits[{index}]"), references);
        }
    }

    private static void Check(LimitDefinition limit, Place place, PackReferences references)
    {
        references.Clauses(limit.Clauses, place.At(".clause"));
        references.Condition(limit.When, place.At(".when"));
        CheckMoments(limit, place, references);
        CheckRule(limit, place, references);
        if (limit.Calendar is { } calendar and not TimeLimit.DepartmentCalendar)
        {
            references.Calendar(calendar, place.At(".calendar"));
        }

        foreach (var reason in limit.PauseReasons)
        {
            references.PauseReason(reason, place.At(".pause"));
        }

        if (limit.Notice is { } notice)
        {
            references.Template(notice, place.At(".notice"));
        }

        if (limit.Reset && limit.From is null)
        {
            references.Findings.Error(
                FindingCodes.LimitInvalid, place.At(".reset"), $"时限“{limit.Key}”没有起算时刻，无法重新起算",
                $"The limit '{limit.Key}' has no start moment, so nothing can start it afresh");
        }

        if (limit.Extension?.Approval is { } chain)
        {
            references.Chain(chain, place.At(".extend.approval"));
        }

        foreach (var rule in limit.May)
        {
            var at = place.At($".may.{LimitsReader.Word(rule.Deed)}");
            references.Who(rule.Who.Where(who => !Candidates.AsksChart(who)), at);
            if (rule.Who.FirstOrDefault(who => who.StartsWith(Candidates.HeadPrefix, StringComparison.Ordinal) || who == Candidates.Up || who.StartsWith(Candidates.UpPrefix, StringComparison.Ordinal) || who == Candidates.Complainant) is { } chart)
            {
                references.Findings.Error(
                    FindingCodes.MemberWrong, at, $"这里不能写“{chart}”：只能是角色、处理人、小组或某个人", $"'{chart}' cannot stand here: only roles, the handler, the team or a person");
            }
        }

        if (limit.Rungs.Count == 0)
        {
            references.Findings.Error(
                FindingCodes.ClockWithoutRung, place.At(".rungs"), $"时限“{limit.Key}”没有任何节点",
                $"The limit '{limit.Key}' has no rung");
        }

        for (var index = 0; index < limit.Rungs.Count; index++)
        {
            CheckRung(limit, limit.Rungs[index], place.At($".rungs[{index}]"), references);
        }
    }

    private static void CheckMoments(LimitDefinition limit, Place place, PackReferences references)
    {
        references.Setting(limit.From?.Setting, place.At(".from"));
        references.Setting(limit.Amount?.Setting, place.At(".amount"));
        references.Setting(limit.Unit.Setting, place.At(".unit"));
        references.Setting(limit.IfNonWorking.Setting, place.At(".ifNonWorking"));
        foreach (var from in limit.From is null ? [] : PossibleTexts(limit.From, references.Pack))
        {
            references.Moment(from, place.At(".from"));
        }

        if (limit.To is { } to)
        {
            references.Moment(to, place.At(".to"));
        }

        if (limit.Promised is { } promised)
        {
            references.Moment(promised, place.At(".promised"));
        }
    }

    /// <summary>The rule can be counted with every reading of its unit and of a day off.</summary>
    private static void CheckRule(LimitDefinition limit, Place place, PackReferences references)
    {
        var readings = PossibleTexts(limit.Unit, references.Pack)
            .SelectMany(
                unit => PossibleTexts(limit.IfNonWorking, references.Pack),
                (unit, dayOff) => limit with { Unit = PolicyReading.Of(unit), IfNonWorking = PolicyReading.Of(dayOff) });
        foreach (var reading in readings)
        {
            try
            {
                _ = reading.Rule(references.Pack.Settings(), references.Pack.Facts);
            }
            catch (InvalidTimeRuleException refused)
            {
                references.Findings.Error(
                    FindingCodes.LimitInvalid, place, $"时限“{limit.Key}”不可用：{TimeRuleText.Of(refused).Zh}", refused.Message);
            }
        }
    }

    private static void CheckRung(LimitDefinition limit, RungDefinition rung, Place place, PackReferences references)
    {
        references.Condition(rung.When, place.At(".when"));
        references.Setting(rung.Setting, place.At(".at"));
        if (references.Pack.Identity.Settings.FirstOrDefault(setting => setting.Key == rung.Setting) is { } reading && reading is not { Type: FactType.Number, Min: >= 0, Max: <= 100 })
        {
            references.Findings.Error(FindingCodes.SettingWrong, place.At(".at"), $"设置“{reading.Key}”的值用不在这里", $"The setting '{reading.Key}' has values that do not fit here");
        }

        if (rung.Rung.At.Anchor != RungAnchor.Start && LimitDefinition.UnitOf(limit.Unit.Value) is LimitUnit.None or LimitUnit.Immediate)
        {
            references.Findings.Warn(
                FindingCodes.LimitInvalid, place.At(".at"),
                $"时限“{limit.Key}”没有到期时间，节点“{rung.Rung.Key}”不会触发",
                $"The limit '{limit.Key}' is never due, so the rung '{rung.Rung.Key}' never acts");
        }

        foreach (var action in rung.Rung.Do)
        {
            CheckAction(action, place.At(".do"), references);
        }
    }

    private static void CheckAction(RungAction action, Place place, PackReferences references)
    {
        switch (action)
        {
            case NotifyAction notify:
                references.Who(notify.To, place);
                references.Template(notify.Template, place);
                break;
            case AskAction ask:
                references.Who(ask.Who, place);
                references.Form(ask.Form, place);
                break;
            case ReasonAction reason:
                references.Who(reason.Who, place);
                break;
            case ReassignAction reassign:
                references.Who(reassign.To, place);
                break;
            case RaiseAction { Level: { } level } when !references.Pack.Levels.Contains(level):
                references.Findings.Error(FindingCodes.OptionUnknown, place, $"没有等级“{level}”", $"There is no level '{level}'");
                break;
            case ApproveAction approve:
                references.Chain(approve.Chain, place);
                break;
            case PenaltyAction penalty:
                references.Calculator(penalty.Calculator, place);
                references.Who(penalty.To, place);
                break;
            default:
                break;
        }
    }

    /// <summary>The texts a reading can give: its own, or every option of its setting.</summary>
    private static IReadOnlyList<string> PossibleTexts(PolicyReading reading, ProcessPack pack) =>
        reading.Setting is null
            ? [reading.Value.Text ?? FactText.Plain(reading.Value)]
            : [.. pack.Identity.Settings.FirstOrDefault(setting => setting.Key == reading.Setting)?.Options?.Select(option => option.Key) ?? []];
}
