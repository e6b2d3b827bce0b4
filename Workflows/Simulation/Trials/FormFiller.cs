using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Tasks;

namespace CaseManagement.Workflows.Simulation.Trials;

/// <summary>Fills in a task's form as far as the form insists: with what was given, else with something of the right kind.</summary>
internal static class FormFiller
{
    // a field may be asked for only once another is filled
    private const int MaxRounds = 10;

    /// <summary>What a person would hand in with this outcome.</summary>
    public static TaskCompletion Fill(CaseAct act, HumanTask task, string outcome, IReadOnlyDictionary<string, JsonElement> given, IReadOnlyList<string> with)
    {
        var form = task.Form is { } key ? act.Rules.Form(key) : null;
        var asked = new FactOverlay(new Dictionary<string, FactValue> { [FactNames.TaskOutcome] = FactValue.Of(outcome) }, act.Facts);
        var data = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var signatures = form?.Signatures.Select(s => s.Key).ToList() ?? [];
        foreach (var field in form?.Fields ?? [])
        {
            if (given.TryGetValue(field.Fact, out var value))
            {
                data[field.Fact] = value;
            }
        }

        for (var round = 0; round < MaxRounds; round++)
        {
            var result = FormCheck.Validate(form, data, asked, act.Rules.Pack.Facts, signatures, FactOrigin.Form, act.Rules.Zone);
            var owed = result.Missing.Concat(result.TooShort).Distinct(StringComparer.Ordinal).Where(fact => !data.ContainsKey(fact)).ToList();
            foreach (var hidden in result.Invalid.Where(r => r.Refusal == FactRefusals.FactHidden))
            {
                data.Remove(hidden.Fact);
            }

            if (owed.Count == 0)
            {
                break;
            }

            foreach (var fact in owed)
            {
                var field = form!.Fields.First(f => f.Fact == fact);
                if (act.Rules.Pack.Facts.Find(fact) is { } definition && MakeUp(definition, act, Math.Max(1, Math.Max(field.MinRows ?? 0, field.MinCount ?? 0))) is { } value)
                {
                    data[fact] = JsonSerializer.SerializeToElement(value);
                }
            }
        }

        return new TaskCompletion
        {
            Outcome = outcome,
            Data = data,
            Signatures = signatures,
            With = with,
            Reason = "…",
        };
    }

    private static JsonNode? MakeUp(FactDefinition fact, CaseAct act, int count)
    {
        var today = act.Rules.Calendar(act.Rules.Pack.Identity.Calendar).DateOf(act.At);
        var options = fact.Options?.Where(o => o.When?.Holds(act.Facts) ?? true).Select(o => o.Key).ToList();
        return fact.Type switch
        {
            FactType.Number or FactType.Money => JsonValue.Create(fact.Min ?? Math.Min(1, fact.Max ?? 1)),
            FactType.Boolean => JsonValue.Create(true),
            FactType.Date => JsonValue.Create(today.AddDays(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            FactType.Instant => JsonValue.Create(act.At.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture)),
            FactType.Rows => new JsonArray([.. Enumerable.Range(0, count).Select(_ => Row(fact, act))]),
            _ when fact.IsList => new JsonArray([.. Enumerable.Range(1, count).Select(n => (JsonNode?)JsonValue.Create(Text(fact, act, options, n)))]),
            _ => JsonValue.Create(Text(fact, act, options, 1)),
        };
    }

    private static JsonObject Row(FactDefinition fact, CaseAct act)
    {
        var row = new JsonObject();
        foreach (var column in fact.Columns)
        {
            row[column.Key] = MakeUp(column, act, 1);
        }

        return row;
    }

    private static string Text(FactDefinition fact, CaseAct act, List<string>? options, int number) => fact.Type switch
    {
        _ when options is { Count: > 0 } => options[(number - 1) % options.Count],
        FactType.Person or FactType.People => $"person-{number}",
        FactType.Role => act.Rules.Pack.Organisation.Roles is [var role, ..] ? role.Key : "…",
        FactType.Department or FactType.Departments => act.Rules.Pack.Organisation.Departments is [var department, ..] ? department.Key : "…",
        FactType.Level => act.Rules.Pack.Levels.Levels is [.., var mildest] ? mildest.Key : "…",
        FactType.Category => act.Rules.Pack.Categories.All.SelectMany(tree => tree.Nodes).FirstOrDefault()?.Key ?? "…",
        _ => "…",
    };
}
