using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary>What nothing uses, what has no label, and whether the scenarios are the pack's own.</summary>
internal static partial class CoverageCheck
{
    public static void Run(PackReferences references, IReadOnlyList<WorkflowShape> workflows)
    {
        var pack = references.Pack;
        foreach (var clock in pack.Clocks.Except(references.StartedClocks))
        {
            var name = pack.Limits.First(limit => limit.Clock == clock).Name;
            references.Findings.Error(
                FindingCodes.ClockNotStarted, "limits.json", "$.limits", $"没有图形使用计时“{name.Zh}”",
                $"No shape uses the clock '{name.En}'");
        }

        foreach (var table in pack.Tables.Values.Where(table => !table.Live && !references.UsedTables.Contains(table.Key)))
        {
            references.Findings.Error(
                FindingCodes.TableUnused, "tables.json", "$.tables", $"决策表“{table.Key}”没有被使用",
                $"The table '{table.Key}' is used nowhere");
        }

        foreach (var setting in pack.Identity.Settings.Where(setting => !references.ReadSettings.Contains(setting.Key)))
        {
            references.Findings.Error(
                FindingCodes.SettingUnread, "pack.json", "$.settings", $"设置“{setting.Key}”没有规则读取，也不在 openReadings 中",
                $"No rule reads the setting '{setting.Key}', and openReadings does not list it");
        }

        foreach (var clause in pack.Identity.Clauses.Where(clause => !references.CitedClauses.Contains(clause.Id)))
        {
            references.Findings.Note(
                FindingCodes.ClauseUncited, "pack.json", "$.policy.clauses", $"条款“{clause.Id}”还没有对应的步骤、时限、决策表或门禁",
                $"The clause '{clause.Id}' has no step, limit, table or gate yet");
        }

        CheckLabels(references, workflows);
        CheckDurations(references, workflows);
        CheckScenarios(references);
    }

    private static void CheckLabels(PackReferences references, IReadOnlyList<WorkflowShape> workflows)
    {
        var rungs = references.Pack.Limits.SelectMany(limit => limit.Rungs).Select(rung => rung.Rung.Key).ToHashSet(StringComparer.Ordinal);
        var named = workflows.SelectMany(workflow => workflow.Activities)
            .Where(activity => activity.Known?.PortsFrom is not null)
            .SelectMany(activity => activity.Ports ?? [])
            .Distinct(StringComparer.Ordinal);
        foreach (var outcome in named)
        {
            if (!references.Pack.Identity.Labels.ContainsKey(outcome)
                && !rungs.Contains(outcome)
                && !ActivityCatalogue.NamedPorts.Contains(outcome))
            {
                references.Findings.Error(
                    FindingCodes.LabelMissing, "pack.json", "$.labels", $"结果“{outcome}”没有中英文名称",
                    $"The outcome '{outcome}' has no label in both languages");
            }
        }
    }

    // .NET reads "24:00:00" as 24 days; people read it as 24 hours.
    private static void CheckDurations(PackReferences references, IReadOnlyList<WorkflowShape> workflows)
    {
        foreach (var workflow in workflows)
        {
            foreach (Match match in Ambiguous().Matches(references.Pack.Workflows[workflow.Key]))
            {
                references.Findings.Error(
                    FindingCodes.DurationAmbiguous, workflow.File, "$", $"“{match.Groups[1].Value}”有两种读法，请写明天数或小时数",
                    $"'{match.Groups[1].Value}' can be read in two ways; write days or hours");
            }
        }
    }

    private static void CheckScenarios(PackReferences references)
    {
        foreach (var (name, text) in references.Pack.Scenarios)
        {
            JsonElement[] scenarios = !JsonText.TryParse(text, out var json, out _) ? []
                : json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()]
                : [json];
            foreach (var scenario in scenarios)
            {
                if (WorkflowActivity.Text(scenario, "process") != references.Pack.Identity.Id)
                {
                    references.Findings.Error(
                        FindingCodes.ScenarioForeign, $"scenarios/{name}.json", "$.process", "场景不属于本流程包",
                        "The scenario belongs to another pack");
                }
            }
        }
    }

    [GeneratedRegex("\"((2[4-9]|[3-9][0-9]|[0-9]{3,}):[0-5][0-9]:[0-5][0-9])\\\\?\"", RegexOptions.NonBacktracking)]
    private static partial Regex Ambiguous();
}
