using System.Text.Json.Nodes;

namespace CaseManagement.Benchmarks.Runtime;

/// <summary>
/// The workloads Elsa 3.8 was measured with: A five activities with literal inputs, B the same with two scripts, C start, wait for an event
/// and finish, D a delay between two activities.
/// </summary>
internal static class Workloads
{
    public static JsonObject A { get; } = Chain("bench-a", Line("w1", Literal("one")), Set(Literal("v")), Line("w2", Literal("two")), Line("w3", Literal("three")), Line("w4", Literal("four")));

    public static JsonObject B { get; } = Chain(
        "bench-b", Line("w1", Literal("one")), Set(Script("\"C-\"+getWorkflowInstanceId()")), Line("w2", Script("\"x=\"+getX()")), Line("w3", Literal("three")), Line("w4", Literal("four")));

    public static JsonObject C { get; } = Chain(
        "bench-c", Line("w1", Literal("one")), new JsonObject { ["id"] = "go", ["type"] = "Elsa.Event", ["eventName"] = Literal("Go") }, Line("w2", Literal("two")));

    public static JsonObject D(TimeSpan delay) => Chain(
        "bench-d", Line("w1", Literal("one")), new JsonObject { ["id"] = "wait", ["type"] = "Elsa.Delay", ["timeSpan"] = Literal(delay.ToString("c")) }, Line("w2", Literal("two")));

    /// <summary>As many activities as a person can still draw, in one line with a decision and a loop every ten.</summary>
    public static JsonObject Large(int activities)
    {
        var flow = Chain("bench-large", [.. Enumerable.Range(0, activities).Select(i => i % 10 == 9
            ? new JsonObject { ["id"] = $"n{i}", ["type"] = "Elsa.FlowDecision", ["condition"] = Script("getX() != 'v'") }
            : Line($"n{i}", Literal("text")))]);
        foreach (var connection in flow["root"]!["connections"]!.AsArray().Where(c => ((string)c!["source"]!["activity"]!).EndsWith('9')))
        {
            connection!["source"]!["port"] = "True";
        }

        var connections = flow["root"]!["connections"]!.AsArray();
        for (var i = 9; i < activities; i += 10)
        {
            connections.Add(Connection($"n{i}", "False", $"n{i - 5}"));
        }

        return flow;
    }

    private static JsonObject Chain(string id, params JsonObject[] activities) => new()
    {
        ["definitionId"] = id,
        ["name"] = id,
        ["variables"] = new JsonArray(new JsonObject
        {
            ["id"] = "X",
            ["name"] = "X",
            ["typeName"] = "String",
            ["storageDriverTypeName"] = "WorkflowInstanceStorageDriver",
        }),
        ["root"] = new JsonObject
        {
            ["id"] = "Flowchart1",
            ["type"] = "Elsa.Flowchart",
            ["connections"] = new JsonArray([.. activities.Zip(activities.Skip(1)).Select(pair =>
                Connection((string)pair.First["id"]!, "Done", (string)pair.Second["id"]!))]),
            ["activities"] = new JsonArray([.. activities]),
        },
    };

    private static JsonObject Connection(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };

    private static JsonObject Line(string id, JsonObject text) => new() { ["id"] = id, ["type"] = "Elsa.WriteLine", ["text"] = text };

    private static JsonObject Set(JsonObject value) => new()
    {
        ["id"] = "set",
        ["type"] = "Elsa.SetVariable",
        ["variable"] = new JsonObject { ["id"] = "X", ["name"] = "X" },
        ["value"] = value,
    };

    private static JsonObject Literal(string value) => Expression("Literal", value);

    private static JsonObject Script(string source) => Expression("JavaScript", source);

    private static JsonObject Expression(string type, string value) => new()
    {
        ["typeName"] = "Object",
        ["expression"] = new JsonObject { ["type"] = type, ["value"] = value },
    };
}
