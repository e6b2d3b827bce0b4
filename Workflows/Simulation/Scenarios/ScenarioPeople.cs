using System.Text.Json;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;

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

    /// <summary>The person the step names for a task. One of whom the scenario says nothing else is somebody who may.</summary>
    public Performer? Named(JsonElement step, HumanTask task)
    {
        var named = Named(step);
        return named is null || IsDescribed || task.Admits(named) ? named : WhoMay(task) with { Actor = named.Actor };
    }

    private bool IsDescribed => scenario.TryGetProperty("people", out var people) && people.ValueKind == JsonValueKind.Object && people.EnumerateObject().Any();

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
