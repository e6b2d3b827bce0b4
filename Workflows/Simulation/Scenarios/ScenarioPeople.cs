using System.Text.Json;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>Who does the steps of a scenario: a person it names, a role, or somebody who may.</summary>
internal sealed class ScenarioPeople(JsonElement scenario) : SimulatedPeople
{
    /// <summary>The person or role that the step names; null when it names nobody.</summary>
    public Performer? Named(JsonElement step)
    {
        var by = step.TryGetProperty("by", out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(v => v.GetString()).FirstOrDefault()
            : step.Text("by");
        return by is null ? null : Person(by);
    }

    /// <summary>The others a step names besides the first.</summary>
    public static IReadOnlyList<string> Others(JsonElement step) =>
        step.TryGetProperty("by", out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Skip(1).Select(v => v.GetString()!)] : [];

    public Performer Person(string id)
    {
        if (scenario.TryGetProperty("people", out var people) && people.TryGetProperty(id, out var person))
        {
            var departments = person.Texts("departments");
            return Of(id, [.. person.Texts("roles").SelectMany(r => departments.Count == 0 ? [new Membership(r)] : departments.Select(d => new Membership(r, d)))]);
        }

        return Of($"any-{id}", [new Membership(id)]);
    }
}
