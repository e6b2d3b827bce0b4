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
        Assert.Equal("“24:00:00” means 24 days, not 24 hours; for 24 hours write “1.00:00:00”.", finding.Text.En);
        Assert.Equal("“24:00:00”表示 24 天，不是 24 小时；若要 24 小时，请写“1.00:00:00”。", finding.Text.Zh);
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
            plan.Findings.Where(f => f.Code != PlanFindings.UnreachableActivity).Select(f => f.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_cannot_be_reached_is_pointed_out_but_a_trigger_is_a_start_of_its_own()
    {
        var plan = Compile(new Flow("f").Add("s", "Elsa.Start").Line("a").Trigger("t").Line("b").Line("lost")
            .Connect("s", "a").Connect("t", "b").Connect("lost", "a"));

        Assert.Equal([(PlanFindings.UnreachableActivity, "lost", false)], plan.Findings.Select(f => (f.Code, f.ActivityId, f.IsError)));
    }

    [Fact]
    public void An_exit_that_leads_nowhere_and_a_connection_from_no_exit_are_pointed_out()
    {
        var plan = Compile(new Flow("f").Decide("d", "true").Line("a").Line("b")
            .Add("fork", "Elsa.FlowFork", ("branches", new JsonObject
            {
                ["typeName"] = "List<String>",
                ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = """["x","y"]""" },
            }))
            .Connect("fork/x", "d").Connect("fork/z", "b").Connect("d/True", "a"));

        Assert.Equal(
            [
                (PlanFindings.PortLeadsNowhere, "d"), (PlanFindings.PortLeadsNowhere, "fork"), (PlanFindings.UnknownPort, "fork"),
            ],
            plan.Findings.Select(f => (f.Code, f.ActivityId!)).OrderBy(f => f.Item2, StringComparer.Ordinal).ThenBy(f => f.Code, StringComparer.Ordinal));
        Assert.All(plan.Findings, f => Assert.NotEqual(f.Text.Zh, f.Text.En));
    }

    [Theory]
    [InlineData("WaitAll", true)]
    [InlineData("WaitAllActive", false)]
    [InlineData("WaitAny", false)]
    public void A_join_of_all_ways_behind_a_decision_never_completes_and_is_pointed_out(string mode, bool pointedOut)
    {
        var plan = Compile(new Flow("f").Decide("d", "true").Line("a").Line("b").Join("j", mode)
            .Connect("d/True", "a", "j").Connect("d/False", "b", "j"));

        Assert.Equal(pointedOut, plan.Findings.Any(f => f is { Code: PlanFindings.JoinNeverCompletes, ActivityId: "j" }));
    }

    [Fact]
    public void A_decision_before_a_fork_leaves_its_join_alone()
    {
        var plan = Compile(new Flow("f").Decide("d", "true").Line("no").Line("s").Line("a").Line("b").Join("j", "WaitAll")
            .Connect("d/True", "s", "a", "j").Connect("s", "b", "j").Connect("d/False", "no"));

        Assert.Empty(plan.Findings);
    }

    [Fact]
    public void An_input_that_never_fits_and_attachments_of_an_email_are_errors_in_both_languages()
    {
        var plan = Compile(new Flow("f")
            .Add("d", "Elsa.Delay", ("timeSpan", Flow.Literal("tomorrow")))
            .Add("m", "Elsa.SendEmail", ("to", Flow.Literal("a@example.com")), ("attachments", Flow.Literal("/etc/passwd")))
            .Connect("d", "m"));

        Assert.Equal([(PlanFindings.BadLiteral, "d"), (PlanFindings.NotSupported, "m")], plan.Findings.Select(f => (f.Code, f.ActivityId!)));
        Assert.All(plan.Findings, f => Assert.True(f.IsError && f.Text.Zh != f.Text.En));
    }

    [Fact]
    public void What_could_not_be_read_faults_where_it_is_needed_when_run_all_the_same()
    {
        var plan = Compile(new Flow("f").Line("a", "1 +"));

        var expression = plan.FindNode("Workflow1:Flowchart1:a")!.Input("Text");
        Assert.NotNull(expression);
        Assert.False(expression.TryGetConstant(out _));
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
