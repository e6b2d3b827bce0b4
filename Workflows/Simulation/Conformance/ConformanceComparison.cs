using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseManagement.Workflows.Simulation.Conformance;

/// <summary>Compares strictly, as section 4 of the suite's README says.</summary>
internal static class ConformanceComparison
{
    public static IReadOnlyList<string> Compare(JsonObject expect, ConformanceOutcome actual)
    {
        var differences = new List<string>();
        foreach (var step in expect["steps"]!.AsArray())
        {
            CompareStep((JsonObject)step!, actual, differences);
        }

        var instances = (JsonObject)expect["instances"]!;
        foreach (var (label, expected) in instances)
        {
            if (actual.Instances.TryGetValue(label, out var found))
            {
                CompareInstance(label, (JsonObject)expected!, found, actual, differences);
            }
            else
            {
                differences.Add($"{label}: there is no such instance");
            }
        }

        differences.AddRange(actual.Instances.Keys.Where(l => !instances.ContainsKey(l)).Select(l => $"{l}: not expected"));
        return differences;
    }

    /// <summary>The expectation with the sensible result put in.</summary>
    public static JsonObject Patch(JsonObject expect, JsonObject sensible)
    {
        var patched = (JsonObject)expect.DeepClone();
        foreach (var step in sensible["steps"]?.AsArray() ?? [])
        {
            var target = (JsonObject)patched["steps"]!.AsArray().Single(s => s!["after"]!.ToString() == step!["after"]!.ToString())!;
            foreach (var (field, value) in (JsonObject)step!)
            {
                if (field == "instances" && target["instances"] is JsonObject known)
                {
                    foreach (var (label, instance) in (JsonObject)value!)
                    {
                        known[label] = instance?.DeepClone();
                    }
                }
                else
                {
                    target[field] = value?.DeepClone();
                }
            }
        }

        foreach (var (label, fields) in sensible["instances"] as JsonObject ?? [])
        {
            foreach (var (field, value) in (JsonObject)fields!)
            {
                patched["instances"]![label]![field] = value?.DeepClone();
                if (value is null)
                {
                    patched["instances"]![label]!.AsObject()["ignore:" + field] = true;
                }
            }
        }

        return patched;
    }

    private static void CompareStep(JsonObject step, ConformanceOutcome actual, List<string> differences)
    {
        var after = step["after"]!.ToString();
        if (!actual.Steps.TryGetValue(after, out var found))
        {
            differences.Add($"step {after}: was not played");
            return;
        }

        foreach (var (field, value) in step["response"] as JsonObject ?? [])
        {
            if (field != "body" && !Same(value, found.Response[field], actual))
            {
                differences.Add($"step {after}: response {field} is {found.Response[field]?.ToJsonString() ?? "absent"}, expected {value?.ToJsonString()}");
            }
        }

        if ((step["response"] as JsonObject)?.ContainsKey("cannotStart") != true && found.Response["cannotStart"] is not null)
        {
            differences.Add($"step {after}: the start was refused");
        }

        if ((bool?)step["transient"] == true || step["instances"] is not JsonObject instances)
        {
            return;
        }

        foreach (var (label, expected) in instances)
        {
            if (!found.Instances.TryGetValue(label, out var instance))
            {
                differences.Add($"step {after}: {label} does not exist");
                continue;
            }

            foreach (var field in new[] { "status", "subStatus" })
            {
                CompareField($"step {after}: {label}.{field}", expected![field], instance[field], actual, differences);
            }

            CompareBag($"step {after}: {label}.bookmarks", expected!["bookmarks"], instance["bookmarks"], differences);
        }

        differences.AddRange(found.Instances.Keys.Where(l => !instances.ContainsKey(l)).Select(l => $"step {after}: {l} not expected"));
    }

    private static void CompareInstance(
        string label, JsonObject expected, JsonObject found, ConformanceOutcome actual, List<string> differences)
    {
        foreach (var field in new[] { "definitionId", "version", "status", "subStatus", "correlationId", "name", "output", "variables" })
        {
            if (expected.ContainsKey("ignore:" + field))
            {
                continue;
            }

            if (field == "variables" && (string?)expected["variablesMatch"] == "subset")
            {
                if (!Contains(expected[field], found[field], actual))
                {
                    differences.Add($"{label}.variables are {found[field]?.ToJsonString()}, expected to contain {expected[field]?.ToJsonString()}");
                }

                continue;
            }

            CompareField($"{label}.{field}", expected[field], found[field], actual, differences);
        }

        CompareList(label, expected, found, "journal", "unordered", differences);
        CompareList(label, expected, found, "lines", "unorderedLines", differences);
        if (!expected.ContainsKey("ignore:incidents"))
        {
            CompareIncidents(label, expected["incidents"]!.AsArray(), found["incidents"]!.AsArray(), differences);
        }

        if (!expected.ContainsKey("ignore:bookmarks"))
        {
            CompareBag($"{label}.bookmarks", expected["bookmarks"], found["bookmarks"], differences);
        }
    }

    // Inside an unordered range the entries of one activity keep their order; outside of it position counts.
    private static void CompareList(
        string label, JsonObject expected, JsonObject found, string field, string unordered, List<string> differences)
    {
        if (expected.ContainsKey("ignore:" + field))
        {
            return;
        }

        var wanted = expected[field]!.AsArray().Select(e => e!.AsObject()).ToList();
        var got = found[field]!.AsArray().Select(e => e!.AsObject()).ToList();
        foreach (var range in expected[unordered]?.AsArray() ?? [])
        {
            var from = (int)range!["from"]!;
            var count = Math.Min((int)range["to"]!, Math.Min(wanted.Count, got.Count)) - from;
            if (count > 0)
            {
                Group(wanted, from, count);
                Group(got, from, count);
            }
        }

        var text = Texts(wanted);
        var gotText = Texts(got);
        if (!text.SequenceEqual(gotText))
        {
            differences.Add($"{label}.{field} is\n  {string.Join(' ', gotText)}\nexpected\n  {string.Join(' ', text)}");
        }

        static List<string> Texts(List<JsonObject> list) => [.. list.Select(e => string.Join(
            ':', e["activity"]!.ToString(), e["event"]?.ToString() ?? e["text"]?.ToJsonString() ?? "null", e["outcomes"]?.ToJsonString()))];

        static void Group(List<JsonObject> list, int from, int count)
        {
            var sorted = list.GetRange(from, count).OrderBy(e => e["activity"]!.ToString(), StringComparer.Ordinal).ToList();
            list.RemoveRange(from, count);
            list.InsertRange(from, sorted);
        }
    }

    private static void CompareIncidents(string label, JsonArray expected, JsonArray found, List<string> differences)
    {
        var same = expected.Count == found.Count && expected.Zip(found).All(pair =>
            pair.First!["activity"]!.ToString() == pair.Second!["activity"]!.ToString()
            && (pair.First["message"] is null || pair.First["message"]!.ToString() == pair.Second["message"]?.ToString()));
        if (!same)
        {
            differences.Add($"{label}.incidents are {found.ToJsonString()}, expected {expected.ToJsonString()}");
        }
    }

    private static void CompareBag(string what, JsonNode? expected, JsonNode? found, List<string> differences)
    {
        var wanted = Bag(expected);
        var got = Bag(found);
        if (!wanted.SequenceEqual(got))
        {
            differences.Add($"{what} are [{string.Join(", ", got)}], expected [{string.Join(", ", wanted)}]");
        }

        static List<string> Bag(JsonNode? list) =>
            [.. (list?.AsArray() ?? []).Select(b => $"{b!["activity"]}:{b["name"]}").Order(StringComparer.Ordinal)];
    }

    private static void CompareField(
        string what, JsonNode? expected, JsonNode? found, ConformanceOutcome actual, List<string> differences)
    {
        if (!Same(expected, found, actual))
        {
            differences.Add($"{what} is {found?.ToJsonString() ?? "null"}, expected {expected?.ToJsonString() ?? "null"}");
        }
    }

    private static bool Same(JsonNode? expected, JsonNode? found, ConformanceOutcome actual) => (expected, found) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(p => b.ContainsKey(p.Key) && Same(p.Value, b[p.Key], actual)),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second, actual)),
        (JsonValue a, JsonValue b) => SameValue(a, b, actual),
        _ => false,
    };

    private static bool SameValue(JsonValue expected, JsonValue found, ConformanceOutcome actual)
    {
        if (expected.GetValueKind() == JsonValueKind.Number && found.GetValueKind() == JsonValueKind.Number)
        {
            return decimal.Parse(expected.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)
                == decimal.Parse(found.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
        }

        if (expected.GetValueKind() == JsonValueKind.String && expected.ToString() is ['<', .. var inner, '>']
            && inner.StartsWith("instance:", StringComparison.Ordinal))
        {
            return actual.InstanceIds.GetValueOrDefault(inner["instance:".Length..]) == found.ToString();
        }

        return JsonNode.DeepEquals(expected, found);
    }

    private static bool Contains(JsonNode? expected, JsonNode? found, ConformanceOutcome actual) =>
        expected is JsonObject a && found is JsonObject b
            ? a.All(p => b.ContainsKey(p.Key) && Contains(p.Value, b[p.Key], actual))
            : Same(expected, found, actual);
}
