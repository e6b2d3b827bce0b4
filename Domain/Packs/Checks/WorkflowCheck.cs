using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary>The inputs of a workflow's activities: what they need and what they refer to.</summary>
internal sealed class WorkflowCheck(WorkflowShape workflow, PackReferences references)
{
    public void Run()
    {
        foreach (var activity in workflow.Activities.Concat(workflow.Nested))
        {
            var place = new Place(workflow.File, activity.Path);
            references.Clauses(activity.Clauses, place.At(".customProperties.policyClauses"));
            if (activity.Known is not { } type)
            {
                if (activity.IsWorkflow)
                {
                    continue;
                }

                Error(FindingCodes.ActivityUnknown, place, $"不认识图形类型“{activity.Type}”",
                    $"The activity type '{activity.Type}' is not known");
                continue;
            }

            foreach (var input in type.Inputs)
            {
                Check(activity, input, place.At("." + input.Member));
            }

            if (activity.Type == ActivityCatalogue.Decide)
            {
                CheckOutcomes(activity, place);
            }

            if (activity.Type == ActivityCatalogue.VerificationRound
                && activity.InputTexts("plan") is [var key] && references.Pack.Verifications.TryGetValue(key, out var plan))
            {
                references.StartedClocks.Add(plan.Clock);
            }
        }
    }

    private void Check(WorkflowActivity activity, ActivityInput input, Place place)
    {
        if (activity.Input(input.Member) is not { } value || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0))
        {
            if (input.IsRequired)
            {
                Error(FindingCodes.InputMissing, place, $"“{activity.Title.Zh}”缺少 {input.Name}", $"'{activity.Title.En}' lacks {input.Name}");
            }

            return;
        }

        // Worked out when the flow runs: nothing to look up before.
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return;
        }

        switch (input.Source)
        {
            case InputSource.Condition:
                CheckCondition(value, place);
                return;
            case InputSource.Facts:
                CheckFacts(value, place);
                return;
            case InputSource.Number:
                if (!decimal.TryParse(value.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) || number < 0)
                {
                    Error(FindingCodes.ValueWrong, place, $"{input.Name} 应为数字", $"{input.Name} should be a number");
                }

                return;
            case InputSource.Flag or InputSource.Outcome or InputSource.TableOutcome:
                return;
            default:
                foreach (var text in activity.InputTexts(input.Member))
                {
                    CheckReference(activity, input, text, place);
                }

                return;
        }
    }

    private void CheckReference(WorkflowActivity activity, ActivityInput input, string text, Place place)
    {
        switch (input.Source)
        {
            case InputSource.Candidate:
                references.Who(text, place);
                break;
            case InputSource.Form:
                references.Form(text, place);
                break;
            case InputSource.Clock:
                if (StartsItsClock(activity.Type, input.Member))
                {
                    references.StartedClocks.Add(text);
                }

                references.Clock(text, place);
                break;
            case InputSource.Template:
                references.Template(text, place);
                break;
            case InputSource.Table:
                references.Table(text, place);
                break;
            case InputSource.Approval:
                references.Chain(text, place);
                break;
            case InputSource.Verification:
                references.Plan(text, place);
                break;
            case InputSource.Calculator:
                references.Calculator(text, place);
                break;
            case InputSource.Department:
                references.Department(text, place);
                break;
            case InputSource.Body:
                references.Body(text, place);
                break;
            case InputSource.PauseReason:
                references.PauseReason(text, place);
                break;
            case InputSource.Instant:
                references.Moment(text, place);
                break;
            case InputSource.Rung:
                references.Rung(activity.InputTexts("clock") is [var clock] ? clock : string.Empty, text, place);
                break;
            case InputSource.List when references.Pack.Facts.Find(text) is not ({ IsList: true } or { Type: FactType.Rows }):
                Error(FindingCodes.ListUnknown, place, $"“{text}”不是列表或表格", $"'{text}' is neither a list nor a table");
                break;
            case InputSource.Task when workflow.Find(text) is null:
                Error(FindingCodes.TaskUnknown, place, $"本流程没有任务“{text}”", $"There is no task '{text}' in this workflow");
                break;
            case InputSource.Raise when text != "one" && !references.Pack.Levels.Contains(text):
                Error(FindingCodes.OptionUnknown, place, $"没有等级“{text}”", $"There is no level '{text}'");
                break;
            default:
                if (ActivityCatalogue.FixedValues(input.Source) is { } allowed && !allowed.Contains(text, StringComparer.Ordinal))
                {
                    Error(FindingCodes.InputUnknown, place, $"{input.Name} 不能是“{text}”", $"{input.Name} cannot be '{text}'");
                }

                break;
        }
    }

    private static bool StartsItsClock(string type, string member) =>
        member != "pause" && type is not (ActivityCatalogue.AwaitRung or ActivityCatalogue.StopClock or ActivityCatalogue.PauseClock
            or ActivityCatalogue.ResumeClock or ActivityCatalogue.ExtendClock);

    private void CheckCondition(JsonElement json, Place place)
    {
        if (Classification.Condition.TryParse(json, out var condition, out var problems))
        {
            references.Condition(condition, place);
            return;
        }

        foreach (var problem in problems)
        {
            Error(
                FindingCodes.ConditionInvalid, place.At(problem.Path),
                $"{problem.Message.Zh}（第 {problem.Position + 1} 个字符）",
                $"{problem.Message.En} (character {problem.Position + 1})");
        }
    }

    // "now" stamps a moment; null clears a fact; anything else is the value.
    private void CheckFacts(JsonElement json, Place place)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Error(FindingCodes.ValueWrong, place, "应为“事实：值”的对象", "An object of facts and values belongs here");
            return;
        }

        foreach (var member in json.EnumerateObject())
        {
            var at = place.At("." + member.Name);
            if (references.Pack.Facts.Find(member.Name) is not { } fact)
            {
                references.Fact(member.Name, at);
                continue;
            }

            var isStamp = fact.Type == FactType.Instant && member.Value.ValueKind == JsonValueKind.String && member.Value.ValueEquals("now");
            var refusal = references.Pack.Facts.Accept(member.Name, member.Value, FactOrigin.Workflow, references.Pack.Identity.Zone).Refusal;
            if (refusal == FactRefusals.FactNotWritable || (refusal is not null && !isStamp))
            {
                var code = refusal switch
                {
                    FactRefusals.FactNotWritable => FindingCodes.FactNotWritable,
                    FactRefusals.OptionUnknown => FindingCodes.OptionUnknown,
                    _ => FindingCodes.ValueWrong,
                };
                Error(code, at, $"“{member.Name}”不能写入这个值", $"'{member.Name}' cannot be given this value");
            }
        }
    }

    private void CheckOutcomes(WorkflowActivity activity, Place place)
    {
        if (activity.InputTexts("table") is not [var key]
            || !references.Pack.Tables.TryGetValue(key, out var table)
            || activity.Ports is not { } ports)
        {
            return;
        }

        foreach (var outcome in table.PossibleOutcomes.Except(ports))
        {
            Error(FindingCodes.OutcomeWithoutPort, place, $"决策表“{key}”给出的结果“{outcome}”没有出口",
                $"The table '{key}' gives the outcome '{outcome}', for which there is no port");
        }
    }

    private void Error(string code, Place place, string zh, string en) => references.Findings.Error(code, place, zh, en);
}
