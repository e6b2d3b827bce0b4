using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>Checks that a scenario can be read, before anything of it runs.</summary>
internal static class ScenarioFormat
{
    private static readonly Dictionary<string, string[]> Verbs = new(StringComparer.Ordinal)
    {
        ["register"] = ["as", "channel"],
        ["complete"] = ["complaint", "task", "outcome"],
        ["approve"] = ["complaint", "chain", "step", "outcome"],
        ["answer"] = ["complaint", "outcome"],
        ["issue"] = ["complaint", "document", "signatures"],
        ["facts"] = ["complaint", "set"],
        ["level"] = ["complaint", "level"],
        ["claim"] = ["complaint", "task"],
        ["assign"] = ["complaint", "task", "to"],
        ["release"] = ["complaint", "task"],
        ["pause"] = ["complaint", "clock"],
        ["resume"] = ["complaint", "clock"],
        ["extend"] = ["complaint", "clock"],
        ["promise"] = ["complaint", "clock"],
        ["close"] = ["complaint"],
        ["reopen"] = ["complaint"],
        ["withdraw"] = ["complaint"],
        ["link"] = ["complaint", "with"],
        ["note"] = ["complaint", "text"],
        ["reply"] = ["complaint", "text"],
        ["changeLimit"] = ["limit", "scope"],
        ["changeCalendar"] = ["calendar"],
        ["external"] = ["name"],
        ["report"] = ["name"],
        ["calculate"] = [],
    };

    private static readonly HashSet<string> Around = new(StringComparer.Ordinal) { "at", "by", "expect", "refused" };

    /// <summary>What is wrong, with the place: <c>steps[2].register.as</c>. Empty when it can be run.</summary>
    public static IReadOnlyList<InputProblem> Check(JsonElement scenario, ProcessPack pack, IReadOnlyDictionary<string, WorkCalendarDocument> fixtures)
    {
        var problems = new List<InputProblem>();
        if (scenario.ValueKind != JsonValueKind.Object)
        {
            return [Wrong("$", "type-wrong", "A scenario is a JSON object.")];
        }

        Header(scenario, pack, fixtures, problems);
        if (!scenario.TryGetProperty("steps", out var steps) || steps.ValueKind != JsonValueKind.Array || steps.GetArrayLength() == 0)
        {
            problems.Add(Wrong("steps", "required", "A scenario has a list of steps."));
            return problems;
        }

        if (steps.GetArrayLength() > ScenarioRunner.MaxSteps)
        {
            problems.Add(Wrong("steps", "too-large", $"At most {ScenarioRunner.MaxSteps} steps."));
            return problems;
        }

        if (problems.Count == 0)
        {
            new Steps(ScenarioRunner.TimesOf(scenario, pack), problems).Check(steps);
        }

        return problems;
    }

    private static void Header(JsonElement scenario, ProcessPack pack, IReadOnlyDictionary<string, WorkCalendarDocument> fixtures, List<InputProblem> problems)
    {
        if (scenario.Text("process") is { } process && process != pack.Identity.Id)
        {
            problems.Add(Wrong("process", "process-other", $"The scenario is for '{process}', not for '{pack.Identity.Id}'."));
        }

        if (!IsZone(scenario, pack))
        {
            problems.Add(Wrong("zone", "zone-unknown", "A zone is an IANA name, such as Asia/Shanghai."));
        }

        foreach (var setting in Members(scenario, "settings", problems))
        {
            if (pack.Identity.Settings.FirstOrDefault(s => s.Key == setting.Name) is not { } definition)
            {
                problems.Add(Wrong($"settings.{setting.Name}", "setting-unknown", $"The process has no setting '{setting.Name}'."));
            }
            else if (definition.Accept(setting.Value) is { IsGood: false } refused)
            {
                problems.Add(Wrong($"settings.{setting.Name}", refused.Refusal!, "The value is not one of the setting's."));
            }
        }

        var named = Members(scenario, "calendars", problems).ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal);
        foreach (var calendar in pack.Calendars.Select(c => c.Key))
        {
            var place = $"calendars.{calendar}";
            if (!named.TryGetValue(calendar, out var fixture))
            {
                if (!fixtures.ContainsKey(calendar))
                {
                    problems.Add(Wrong(place, "required", $"Give the calendar '{calendar}'."));
                }
            }
            else if (fixture.ValueKind == JsonValueKind.String ? !fixtures.ContainsKey(fixture.GetString()!) : !IsCalendar(calendar, fixture))
            {
                problems.Add(Wrong(place, "calendar-unknown", "There is no such calendar, or it cannot be counted by."));
            }
        }
    }

    private static bool IsZone(JsonElement scenario, ProcessPack pack)
    {
        try
        {
            _ = ScenarioRunner.TimesOf(scenario, pack);
            return !scenario.TryGetProperty("zone", out var zone) || zone.ValueKind == JsonValueKind.String;
        }
        catch (InvalidTimeRuleException)
        {
            return false;
        }
    }

    private static bool IsCalendar(string key, JsonElement json)
    {
        try
        {
            WorkCalendar.From(key, WorkCalendarDocument.Parse(json.GetRawText()) with { Id = null });
            return true;
        }
        catch (InvalidTimeRuleException)
        {
            return false;
        }
    }

    private static List<JsonProperty> Members(JsonElement json, string name, List<InputProblem> problems)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return [.. value.EnumerateObject()];
        }

        problems.Add(Wrong(name, "type-wrong", "This is an object."));
        return [];
    }

    private static InputProblem Wrong(string place, string code, string message) => new(place, code, message);

    /// <summary>The steps, in order: each may name only cases that were registered before it, and lies no earlier than the one above.</summary>
    private sealed class Steps(ScenarioTimes times, List<InputProblem> problems)
    {
        private readonly HashSet<string> _cases = new(StringComparer.Ordinal);
        private int _alike;
        private DateTimeOffset? _first;
        private DateTimeOffset _last = DateTimeOffset.MinValue;

        public void Check(JsonElement steps)
        {
            var index = 0;
            foreach (var step in steps.EnumerateArray())
            {
                Check(step, $"steps[{index++}]");
            }
        }

        private void Check(JsonElement step, string place)
        {
            if (step.ValueKind != JsonValueKind.Object)
            {
                problems.Add(Wrong(place, "type-wrong", "A step is an object."));
                return;
            }

            Moment(step, place);
            var verbs = step.EnumerateObject().Where(m => !Around.Contains(m.Name)).ToList();
            if (verbs.Count > 1)
            {
                problems.Add(Wrong($"{place}.{verbs[1].Name}", "verbs-many", "A step does one thing."));
            }
            else if (verbs is [var verb])
            {
                Verb(verb, $"{place}.{verb.Name}");
            }

            if (step.TryGetProperty("expect", out var expected) && expected.ValueKind != JsonValueKind.Object)
            {
                problems.Add(Wrong($"{place}.expect", "type-wrong", "Expectations are an object."));
            }
            else if (expected.ValueKind == JsonValueKind.Object && !(verbs is [{ Name: "calculate" or "report" or "external" }]))
            {
                Case(expected, $"{place}.expect");
            }

            if (step.TryGetProperty("refused", out var refused) && refused.ValueKind != JsonValueKind.String)
            {
                problems.Add(Wrong($"{place}.refused", "type-wrong", "This is the code of a refusal."));
            }
        }

        private void Moment(JsonElement step, string place)
        {
            if (!step.TryGetProperty("at", out var at))
            {
                return;
            }

            if (at.ValueKind != JsonValueKind.String || times.TryRead(at.GetString()!) is not { } moment)
            {
                problems.Add(Wrong($"{place}.at", "moment-unreadable", "A moment is written 2026-09-11T16:00."));
                return;
            }

            if (moment < _last)
            {
                problems.Add(Wrong($"{place}.at", "moment-earlier", "A step is not earlier than the step above."));
            }

            _first ??= moment;
            _last = moment;
            if (moment > _first.Value.AddYears(SimulationBounds.MaxYears))
            {
                problems.Add(Wrong($"{place}.at", "out-of-range", $"A scenario runs over {SimulationBounds.MaxYears} years at most."));
            }
        }

        private void Verb(JsonProperty verb, string place)
        {
            if (!Verbs.TryGetValue(verb.Name, out var required))
            {
                problems.Add(Wrong(place, "verb-unknown", $"The verb '{verb.Name}' is not known."));
                return;
            }

            if (verb.Value.ValueKind != JsonValueKind.Object)
            {
                problems.Add(Wrong(place, "type-wrong", "This is an object."));
                return;
            }

            foreach (var name in required.Where(name => !verb.Value.TryGetProperty(name, out _)))
            {
                problems.Add(Wrong($"{place}.{name}", "required", "This is required."));
            }

            foreach (var text in verb.Value.EnumerateObject().Where(m => m.Name is "as" or "channel" or "complaint" or "task" or "outcome" && m.Value.ValueKind != JsonValueKind.String))
            {
                problems.Add(Wrong($"{place}.{text.Name}", "type-wrong", "This is a text."));
            }

            if (verb.Name == "register" && verb.Value.Text("as") is { } name2)
            {
                if (!_cases.Add(name2))
                {
                    problems.Add(Wrong($"{place}.as", "name-taken", $"Another case is called '{name2}'."));
                }

                var times = !verb.Value.TryGetProperty("times", out var many) ? 1 : many.ValueKind == JsonValueKind.Number && many.TryGetInt32(out var number) ? number : 0;
                if (times < 1)
                {
                    problems.Add(Wrong($"{place}.times", "type-wrong", "This is a whole number, 1 or more."));
                }

                _alike += Math.Clamp(times - 1, 0, SimulationBounds.MaxAlike + 1);
                if (_cases.Count > SimulationBounds.MaxCases || _alike > SimulationBounds.MaxAlike)
                {
                    problems.Add(Wrong(place, "too-large", $"At most {SimulationBounds.MaxCases} cases, and {SimulationBounds.MaxAlike} more that are alike."));
                }
            }
            else if (required.Contains("complaint"))
            {
                Case(verb.Value, place);
            }
        }

        private void Case(JsonElement json, string place)
        {
            if (json.Text("complaint") is { } name ? !_cases.Contains(name) : !json.TryGetProperty("complaint", out _))
            {
                var place2 = $"{place}.complaint";
                if (!problems.Exists(p => p.Field == place2))
                {
                    problems.Add(json.Text("complaint") is null
                        ? Wrong(place2, "required", "Say which case.")
                        : Wrong(place2, "complaint-unknown", $"No case is called '{json.Text("complaint")}' by then."));
                }
            }
        }
    }
}
