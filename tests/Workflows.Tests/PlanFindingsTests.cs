using System.Text.Json.Nodes;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Tests;

public class PlanFindingsTests
{
    [Fact]
    public void Nodes_are_named_by_their_path_through_ports_and_containers()
    {
        var inner = new JsonObject
        {
            ["id"] = "Inner",
            ["type"] = "Elsa.Sequence",
            ["activities"] = new JsonArray(new JsonObject { ["id"] = "x", ["type"] = "Elsa.Start" }),
        };

        var plan = Compile(new Flow("f").Add("if", "Elsa.If", ("then", inner)));

        Assert.Equal(
            ["Workflow1", "Workflow1:Flowchart1", "Workflow1:Flowchart1:if", "Workflow1:Flowchart1:if:Inner", "Workflow1:Flowchart1:if:Inner:x"],
            plan.Nodes.Select(n => n.NodeId));
    }

    [Fact]
    public void An_unknown_type_is_named_with_its_activity_and_keeps_the_plan_from_running()
    {
        var plan = Compile(new Flow("f").Line("a").Add("odd", "Acme.DoesNotExist").Connect("a", "odd"));

        var finding = Assert.Single(plan.Findings);
        Assert.Equal((PlanFindings.UnknownActivityType, "odd", true), (finding.Code, finding.ActivityId, finding.IsError));
        Assert.False(plan.CanRun);
    }

    [Fact]
    public void Twenty_four_hours_written_as_a_clock_time_are_pointed_out_as_days()
    {
        var plan = Compile(new Flow("f").Add("d", "Elsa.Delay", ("timeSpan", Flow.Literal("24:00:00"))));

        var finding = Assert.Single(plan.Findings);
        Assert.Equal((PlanFindings.AmbiguousDuration, "d", false), (finding.Code, finding.ActivityId, finding.IsError));
        Assert.Contains("24.00:00:00", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.00:00:00")]
    [InlineData("23:59:59")]
    public void An_unambiguous_duration_is_not_pointed_out(string text) =>
        Assert.Empty(Compile(new Flow("f").Add("d", "Elsa.Delay", ("timeSpan", Flow.Literal(text)))).Findings);

    [Fact]
    public void A_way_back_into_one_branch_of_a_fork_is_pointed_out()
    {
        var plan = Compile(new Flow("f").Line("s").Line("a").Line("b").Line("m")
            .Connect("s", "a", "m").Connect("s", "b", "m").Connect("m", "a"));

        Assert.Equal(PlanFindings.InvalidBackwardConnection, Assert.Single(plan.Findings).Code);
    }

    [Fact]
    public void A_script_that_is_none_is_an_error_at_its_activity()
    {
        var plan = Compile(new Flow("f").Line("a", "1 +"));

        var finding = Assert.Single(plan.Findings);
        Assert.Equal((PlanFindings.BadExpression, "a", true), (finding.Code, finding.ActivityId, finding.IsError));
    }

    [Fact]
    public void Missing_inputs_duplicate_ids_loose_connections_and_bad_cron_are_found()
    {
        var plan = Compile(new Flow("f").Line("a").Line("a").Add("e", "Elsa.Event")
            .Add("c", "Elsa.Cron", ("cronExpression", Flow.Literal("99 * * * *"))).Connect("a", "nowhere"));

        Assert.Equal(
            new[]
            {
                PlanFindings.BadLiteral, PlanFindings.DuplicateActivityId, PlanFindings.MissingInput, PlanFindings.UnknownConnectionEnd,
            },
            plan.Findings.Select(f => f.Code).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("id", "{}")]
    [InlineData("type", "[]")]
    [InlineData("variables", "{}")]
    [InlineData("connections", "[1]")]
    public void A_field_of_the_wrong_kind_is_a_finding_and_no_crash(string field, string value)
    {
        var inner = new JsonObject { ["id"] = "Inner", ["type"] = "Elsa.Flowchart", [field] = JsonNode.Parse(value) };

        var plan = Compile(new Flow("f").Add("if", "Elsa.If", ("then", inner)));

        Assert.Equal((PlanFindings.BadValue, true), (Assert.Single(plan.Findings).Code, plan.Findings[0].IsError));
    }

    [Fact]
    public void Every_unknown_activity_of_the_shipped_examples_is_one_of_ours()
    {
        SharedFolder.Require();
        foreach (var file in SharedFolder.Workflows())
        {
            var plan = Compile(WorkflowDefinition.Parse(File.ReadAllText(file)));

            Assert.All(
                plan.Findings,
                f => Assert.Equal(
                    (PlanFindings.UnknownActivityType, true),
                    (f.Code, plan.FindNode(f.NodeId!)!.TypeName.StartsWith("CaseManagement.", StringComparison.Ordinal))));
        }
    }

    private static WorkflowPlan Compile(Flow flow) => Compile(WorkflowDefinition.From(flow.ToJson()));

    private static WorkflowPlan Compile(WorkflowDefinition definition) =>
        WorkflowPlan.Compile(definition, new ActivityRegistry(BuiltInActivities.All), new JavaScriptEngine());
}
