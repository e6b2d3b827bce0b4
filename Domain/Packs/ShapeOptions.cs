using System.Text.Json;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Checks;

namespace CaseManagement.Domain.Packs;

/// <summary>What may be chosen for an input of one of our activities: the same things the checks of a pack accept.</summary>
public static class ShapeOptions
{
    private static readonly BilingualText Handler = new("处理人", "Handler");
    private static readonly BilingualText Team = new("小组", "Team");
    private static readonly BilingualText EachOne = new("每一个（人员或角色）", "Each one (person or role)");
    private static readonly BilingualText OneUp = new("提高一级", "One level up");

    /// <summary>The choices, or null where the input is not chosen from a list.</summary>
    /// <param name="activityType">Full type name.</param>
    /// <param name="input">The input's name as in its descriptor.</param>
    /// <param name="organisation">Roles and departments to choose from.</param>
    /// <param name="pack">The process under edit; null offers only what does not depend on one.</param>
    public static IReadOnlyList<Named>? For(string activityType, string input, Organisation organisation, ProcessPack? pack)
    {
        if (ActivityCatalogue.Find(activityType)?.Inputs.FirstOrDefault(i => i.Name == input) is not { } found)
        {
            return null;
        }

        if (found.Source == InputSource.Raise)
        {
            return [new Named("one", OneUp), .. pack?.Levels.Levels.Select(l => new Named(l.Key, l.Name)) ?? []];
        }

        return ActivityCatalogue.FixedValues(found.Source) is { } values
            ? [.. values.Select(value => new Named(value, new BilingualText(value, value)))]
            : found.Source switch
            {
                InputSource.Candidate => Candidates(organisation, pack),
                InputSource.Department => organisation.Departments,
                InputSource.Body => pack?.Organisation.Bodies ?? [],
                InputSource.Form => Keyed(pack?.Forms.Values.Select(f => new Named(f.Key, f.Name))),
                InputSource.Clock => Keyed(pack?.Limits.DistinctBy(l => l.Clock).Select(l => new Named(l.Clock, l.Name))),
                InputSource.Template => Keyed(pack?.Templates.Values.Select(t => new Named(t.Key, t.Subject))),
                InputSource.Table => Keyed(pack?.Tables.Values.Select(t => new Named(t.Key, t.Name))),
                InputSource.Approval => Keyed(pack?.Chains.Values.Select(c => new Named(c.Key, c.Name))),
                InputSource.Verification => Keyed(pack?.Verifications.Values.Select(v => new Named(v.Key, v.Name))),
                InputSource.Calculator => Keyed(pack?.Calculators.Values.Select(c => new Named(c.Key, c.Name))),
                InputSource.PauseReason => pack?.PauseReasons ?? [],
                InputSource.Instant =>
                [
                    .. Facts(pack, f => f.IsMoment && f.MayBeWrittenBy(FactOrigin.Workflow)),
                    .. (pack?.Facts.Columns ?? []).Where(column => column.IsMoment).Select(OfEachRow),
                ],
                InputSource.List => Facts(pack, f => f.IsList || f.Type == FactType.Rows),
                InputSource.Task => Tasks(pack),
                _ => null,
            };
    }

    private static List<Named> Candidates(Organisation organisation, ProcessPack? pack)
    {
        var candidates = new List<Named>();
        foreach (var role in organisation.Roles)
        {
            candidates.Add(new Named(role.Key, role.Name));
            if (role.PerDepartment)
            {
                candidates.Add(new Named($"{role.Key}@lead", new BilingualText($"牵头部门的{role.Name.Zh}", $"{role.Name.En} of the lead department")));
                candidates.Add(new Named($"{role.Key}@each", new BilingualText($"各部门的{role.Name.Zh}", $"{role.Name.En} of each department")));
                candidates.AddRange((pack?.Facts.Columns ?? []).Where(column => column.Type == FactType.Department).Select(column => new Named(
                    $"{role.Key}@{column.Key}", new BilingualText($"每一行“{column.Name.Zh}”的{role.Name.Zh}", $"{role.Name.En} of each row's {column.Name.En}"))));
                candidates.AddRange(organisation.Departments.Select(department => new Named(
                    $"{role.Key}@{department.Key}", new BilingualText($"{department.Name.Zh}的{role.Name.Zh}", $"{role.Name.En} of {department.Name.En}"))));
            }
        }

        candidates.Add(new Named("handler", Handler));
        candidates.Add(new Named("team", Team));
        candidates.AddRange(pack?.OwnFacts.Where(f => f.NamesCandidates).Select(f => new Named(f.Key, f.Name)) ?? []);
        candidates.Add(new Named(Parties.Candidates.Each, EachOne));
        candidates.AddRange((pack?.Facts.Columns ?? []).Where(column => column.NamesCandidates).Select(OfEachRow));
        return candidates;
    }

    private static Named OfEachRow(FactDefinition column) => new(column.Key, new BilingualText($"每一行的{column.Name.Zh}", $"Each row's {column.Name.En}"));

    private static List<Named> Keyed(IEnumerable<Named>? named) => [.. named ?? []];

    private static List<Named> Facts(ProcessPack? pack, Func<FactDefinition, bool> fits) =>
        [.. (pack?.Facts.All ?? []).Where(fits).Select(f => new Named(f.Key, f.Name))];

    // shapes that people do; a shape is called by its display text, its description is English
    private static List<Named> Tasks(ProcessPack? pack)
    {
        var tasks = new List<Named>();
        foreach (var json in pack?.Workflows.Values ?? [])
        {
            using var document = JsonDocument.Parse(json);
            if (!document.RootElement.TryGetProperty("root", out var root) || !root.TryGetProperty("activities", out var activities)
                || activities.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            foreach (var shape in activities.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.Object))
            {
                if (Text(shape, "type") is { } type && Text(shape, "id") is { } id
                    && (type == ActivityCatalogue.Ours + "Approval" || ActivityCatalogue.Find(type)?.Inputs.Any(i => i.Name == "Who") == true)
                    && tasks.TrueForAll(t => t.Key != id))
                {
                    var metadata = shape.TryGetProperty("metadata", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
                    var zh = Text(metadata, "displayText") ?? Text(shape, "name") ?? id;
                    tasks.Add(new Named(id, new BilingualText(zh, Text(metadata, "description") ?? zh)));
                }
            }
        }

        return tasks;
    }

    private static string? Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
