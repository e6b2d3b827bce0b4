using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Packs;

public sealed class WorkflowFindingsTests
{
    private const string Standard = "standard-complaint";
    private const string Consultation = "workflows/standard-consultation.json";
    private const string Complaint = "workflows/standard-complaint.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly EditedPack _pack = new(Standard);

    private static string Literal(string value) => $$$"""{"typeName": "String", "expression": {"type": "Literal", "value": "{{{value}}}"}}""";

    private static string List(params string[] values) => new JsonObject
    {
        ["typeName"] = "List<String>",
        ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = JsonSerializer.Serialize(values) },
    }.ToJsonString();

    private void AssertFound(string code) =>
        Assert.Contains(_pack.Findings(), finding => finding.Code == code && finding.File.StartsWith("workflows/", StringComparison.Ordinal));

    [Theory]
    [InlineData("answerQuestion", "who", null, "input-missing")]
    [InlineData("answerQuestion", "form", "other", "form-unknown")]
    [InlineData("answerQuestion", "clock", "other", "clock-unknown")]
    [InlineData("answerQuestion", "stamps", "subject", "fact-not-a-moment")]
    [InlineData("answerQuestion", "forEach", "subject", "list-unknown")]
    [InlineData("answerQuestion", "notBy", "other", "task-unknown")]
    [InlineData("answerQuestion", "minPeople", "two", "value-wrong")]
    [InlineData("tell", "kind", "song", "input-unknown")]
    [InlineData("tell", "template", "other", "template-unknown")]
    [InlineData("tell", "who", "other", "role-unknown")]
    [InlineData("closeQuestion", "as", "forgotten", "input-unknown")]
    [InlineData("asked", "kinds", "praise", "input-unknown")]
    public void An_input_that_refers_to_nothing_is_found_at_its_place(string shape, string input, string? value, string code)
    {
        var path = $"{_pack.Shape(Consultation, shape)}.{input}";
        _pack.Set(Consultation, path, value is null ? "null" : Literal(value));

        Assert.Contains(_pack.Findings(), finding => finding.Code == code && finding.JsonPath == "$." + path);
    }

    [Fact]
    public void An_input_worked_out_by_the_flow_is_not_looked_at()
    {
        var path = $"{_pack.Shape(Consultation, "answerQuestion")}.form";
        _pack.Set(Consultation, path, """{"typeName": "String", "expression": {"type": "JavaScript", "value": "getForm()"}}""");

        Assert.Empty(_pack.Findings());
    }

    [Fact]
    public void A_rung_must_be_one_of_its_clock()
    {
        var wait = JsonNode.Parse(SharedPacks.Files(Standard)[Complaint])!["root"]!["activities"]!.AsArray()
            .First(activity => (string?)activity!["type"] == "CaseManagement.AwaitRung")!;
        _pack.Set(Complaint, $"{_pack.Shape(Complaint, (string)wait["id"]!)}.rungs", List("overdue", "sunset"));

        AssertFound(FindingCodes.RungUnknown);
    }

    [Theory]
    [InlineData("""{"peple": 3}""", "fact-unknown")]
    [InlineData("""{"people": ">="}""", "condition-invalid")]
    [InlineData("nonsense", "condition-invalid")]
    public void The_condition_a_shape_waits_for_is_checked(string condition, string code)
    {
        var pack = new EditedPack("autoparts-quality-complaints");
        const string file = "workflows/autoparts-quality-complaints.json";
        var wait = JsonNode.Parse(SharedPacks.Files("autoparts-quality-complaints")[file])!["root"]!["activities"]!.AsArray()
            .First(activity => (string?)activity!["type"] == "CaseManagement.AwaitFact")!;
        var input = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = condition } };
        pack.Set(file, $"{pack.Shape(file, (string)wait["id"]!)}.condition", input.ToJsonString());

        Assert.Contains(pack.Findings(), finding => finding.Code == code && finding.File == file);
    }

    [Theory]
    [InlineData("""{"repeatAt": "now"}""", null)]
    [InlineData("""{"repeatAt": null, "cause": "x"}""", null)]
    [InlineData("""{"repeatAt": "soon"}""", "value-wrong")]
    [InlineData("""{"verdict": "perhaps"}""", "option-unknown")]
    [InlineData("""{"expenseBookable": true}""", "fact-not-writable")]
    [InlineData("""{"other": 1}""", "fact-unknown")]
    public void The_facts_a_shape_records_are_checked(string facts, string? code)
    {
        const string name = "autoparts-quality-complaints";
        const string file = $"workflows/{name}.json";
        var pack = new EditedPack(name);
        var record = JsonNode.Parse(SharedPacks.Files(name)[file])!["root"]!["activities"]!.AsArray()
            .First(activity => (string?)activity!["type"] == "CaseManagement.Record")!;
        var input = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = facts } };
        pack.Set(file, $"{pack.Shape(file, (string)record["id"]!)}.facts", input.ToJsonString());

        Assert.Equal(code is null ? [] : [code], pack.Findings().Select(finding => finding.Code));
    }

    [Fact]
    public void A_table_s_outcome_needs_a_port()
    {
        var pack = new EditedPack("dealer-channel-complaints")
            .Set("tables.json", "tables[2].rows[0].then", """{"outcome": "Chief"}""");

        Assert.Contains(pack.Findings(), finding => finding.Code == FindingCodes.OutcomeWithoutPort);
    }

    [Fact]
    public void Ways_that_lead_nowhere_are_found()
    {
        _pack.Connect(Consultation, "answerQuestion", "Maybe", "closeQuestion").Connect(Consultation, "answerQuestion", "Done", "ghost");

        AssertFound(FindingCodes.PortUnknown);
        AssertFound(FindingCodes.ConnectionWrong);
    }

    [Fact]
    public void A_shape_that_cannot_be_reached_is_found()
    {
        _pack.Disconnect(Consultation, "answerQuestion", "Done");

        AssertFound(FindingCodes.ShapeUnreachable);
        AssertFound(FindingCodes.EndMissing);
    }

    [Fact]
    public void A_close_without_an_end_is_found()
    {
        _pack.Disconnect(Consultation, "closeQuestion", "Done");

        AssertFound(FindingCodes.CloseWithoutEnd);
    }

    [Fact]
    public void A_port_without_a_connection_is_found()
    {
        _pack.Set(Consultation, $"{_pack.Shape(Consultation, "answerQuestion")}.outcomes", List("Done", "Withdraw"));

        AssertFound(FindingCodes.PortLeadsNowhere);
    }

    [Fact]
    public void A_workflow_that_nothing_starts_is_found()
    {
        _pack.Set(Consultation, $"{_pack.Shape(Consultation, "asked")}.customProperties.canStartWorkflow", "false");

        AssertFound(FindingCodes.TriggerMissing);
    }

    [Fact]
    public void A_loop_that_reaches_no_end_is_found()
    {
        _pack.Disconnect(Consultation, "closeQuestion", "Done").Connect(Consultation, "closeQuestion", "Done", "answerQuestion");

        AssertFound(FindingCodes.ShapeWithoutEnd);
    }

    [Fact]
    public void A_loop_back_to_a_shape_on_every_path_is_legal()
    {
        _pack.Set(Consultation, $"{_pack.Shape(Consultation, "answerQuestion")}.outcomes", List("Done", "Withdraw"))
            .Set("pack.json", "labels.Withdraw", """{"zh": "再办", "en": "Again"}""")
            .Connect(Consultation, "answerQuestion", "Withdraw", "answerQuestion");

        Assert.Empty(_pack.Findings());
    }

    [Fact]
    public void A_loop_back_past_a_fork_is_illegal()
    {
        // asked → fork of two ways; the second way's last shape goes back into the middle of the first.
        _pack.File(Consultation, Flow(
            [("asked", "ComplaintReceived"), ("fork", "Fork:A,B"), ("a1", "Task"), ("a2", "Task"), ("b1", "Task"), ("close", "Close"), ("end", "End")],
            "asked.Done>fork fork.A>a1 fork.B>b1 a1.Done>a2 a2.Done>close b1.Done>a1 close.Done>end a2.Done>b1"));

        AssertFound(FindingCodes.LoopIllegal);
    }

    [Fact]
    public void A_way_that_joins_after_a_loop_head_it_passed_by_is_found()
    {
        _pack.File(Consultation, Flow(
            [("asked", "ComplaintReceived"), ("choose", "Task:Handle,Skip"), ("work", "Task:Done,Again"), ("close", "Close"), ("end", "End")],
            "asked.Done>choose choose.Handle>work choose.Skip>close work.Again>work work.Done>close close.Done>end"));

        AssertFound(FindingCodes.LoopBypassed);
    }

    [Theory]
    [InlineData("Task:A,B", true)]
    [InlineData("Fork:A,B", false)]
    public void A_join_that_can_never_complete_is_found(string split, bool found)
    {
        _pack.File(Consultation, Flow(
            [("asked", "ComplaintReceived"), ("split", split), ("a", "Task"), ("b", "Task"), ("join", "Join"), ("close", "Close"), ("end", "End")],
            "asked.Done>split split.A>a split.B>b a.Done>join b.Done>join join.Done>close close.Done>end"));

        Assert.Equal(found, _pack.Findings().Any(finding => finding.Code == FindingCodes.JoinNeverCompletes));
    }

    [Fact]
    public void A_shape_of_an_unknown_type_is_found()
    {
        _pack.Set(Consultation, $"{_pack.Shape(Consultation, "tell")}.type", "\"CaseManagement.Sing\"");

        AssertFound(FindingCodes.ActivityUnknown);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"definitionId": "standard-consultation", "root": {"type": "Elsa.Sequence", "activities": []}}""")]
    [InlineData("""{"definitionId": "standard-consultation", "root": {"type": "Elsa.Flowchart", "activities": 3, "connections": []}}""")]
    [InlineData("""{"definitionId": "other", "root": {"type": "Elsa.Flowchart", "activities": [], "connections": []}}""")]
    [InlineData("""{"definitionId": "standard-consultation", "root": {"type": "Elsa.Flowchart", "activities": [3, {}], "connections": [7, {"source": 1}]}}""")]
    public void A_definition_that_is_no_flowchart_gives_findings(string text)
    {
        _pack.File(Consultation, text);

        Assert.Contains(_pack.Findings(), finding => finding.File == Consultation && finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void A_diagram_nobody_could_read_is_refused()
    {
        var shapes = string.Join(',', Enumerable.Repeat("{}", 301));
        _pack.File(Consultation, $$"""{"definitionId": "standard-consultation", "root": {"type": "Elsa.Flowchart", "activities": [{{shapes}}], "connections": []} }""");

        AssertFound(FindingCodes.WorkflowTooLarge);
    }

    [Fact]
    public void A_duration_that_can_be_read_in_two_ways_is_found()
    {
        _pack.Set(Consultation, $"{_pack.Shape(Consultation, "tell")}.metadata.timeout", "\"24:00:00\"");

        AssertFound(FindingCodes.DurationAmbiguous);
    }

    [Fact]
    public void Nested_activities_are_looked_into()
    {
        _pack.Set(
            Consultation, $"{_pack.Shape(Consultation, "tell")}.body",
            $$"""{"id": "inner", "type": "CaseManagement.Notify", "to": {{List("nobody")}}, "template": {{Literal("answer")}} }""");

        AssertFound(FindingCodes.RoleUnknown);
    }

    [Fact]
    public void Every_described_activity_is_known_with_its_ports_and_the_sources_of_its_inputs()
    {
        using var described = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedPacks.Folder, "activity-descriptors.json")));
        foreach (var item in described.RootElement.GetProperty("items").EnumerateArray())
        {
            var type = item.GetProperty("typeName").GetString()!;
            var unchecked_ = new[] { "outcome", "tableOutcome" };
            var sources = item.GetProperty("customProperties").GetProperty("optionSources").EnumerateObject()
                .Where(source => !unchecked_.Contains(source.Value.GetString()))
                .Select(source => char.ToLowerInvariant(source.Name[0]) + source.Name[1..])
                .ToList();
            var pack = new EditedPack(Standard);
            var shape = pack.Shape(Consultation, "tell");
            pack.Set(Consultation, shape + ".type", $"\"{type}\"").Set(Consultation, shape + ".kind", "null").Set(Consultation, shape + ".template", "null");
            foreach (var input in sources)
            {
                pack.Set(Consultation, $"{shape}.{input}", Literal("no-such"));
            }

            foreach (var port in item.GetProperty("ports").EnumerateArray().Select(port => port.GetProperty("name").GetString()!).Where(port => port != "Done"))
            {
                pack.Connect(Consultation, "tell", port, "closeQuestion");
            }

            var findings = pack.Findings();
            Assert.DoesNotContain(findings, finding => finding.Code == FindingCodes.ActivityUnknown);
            Assert.DoesNotContain(findings, finding => finding.Code == FindingCodes.PortUnknown && finding.JsonPath.Contains("connections[4]", StringComparison.Ordinal));
            Assert.All(sources, input => Assert.Contains(findings, finding => finding.JsonPath == $"$.{shape}.{input}"));
        }
    }

    /// <summary>A definition drawn in short: shapes with a type and, after a colon, their ports; connections as <c>from.port&gt;to</c>.</summary>
    private static string Flow((string Id, string Type)[] shapes, string connections)
    {
        var activities = shapes.Select((shape, index) =>
        {
            var (kind, ports) = shape.Type.Split(':') is [var name, var list] ? (name, list.Split(',')) : (shape.Type, []);
            var activity = new JsonObject
            {
                ["id"] = shape.Id,
                ["nodeId"] = $"Workflow1:Flowchart1:{shape.Id}",
                ["type"] = kind switch { "Fork" => "Elsa.FlowFork", "Join" => "Elsa.FlowJoin", "End" => "Elsa.End", _ => "CaseManagement." + kind },
                ["customProperties"] = new JsonObject { ["canStartWorkflow"] = kind == "ComplaintReceived" },
                ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = index, ["y"] = 0 } } },
            };
            activity["kinds"] = JsonNode.Parse(List("consultation"));
            activity["who"] = JsonNode.Parse(List("desk"));
            activity["mode"] = JsonNode.Parse(Literal("WaitAll"));
            activity[kind == "Fork" ? "branches" : "outcomes"] = ports.Length == 0 ? null : JsonNode.Parse(List(ports));
            return (JsonNode)activity;
        });
        var ways = connections.Split(' ').Select(way => way.Split('.', '>')).Select(way => (JsonNode)new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = way[0], ["port"] = way[1] },
            ["target"] = new JsonObject { ["activity"] = way[2], ["port"] = "In" },
        });
        return new JsonObject
        {
            ["definitionId"] = "standard-consultation",
            ["root"] = new JsonObject
            {
                ["id"] = "Flowchart1",
                ["type"] = "Elsa.Flowchart",
                ["activities"] = new JsonArray([.. activities]),
                ["connections"] = new JsonArray([.. ways]),
            },
        }.ToJsonString(Indented);
    }
}
