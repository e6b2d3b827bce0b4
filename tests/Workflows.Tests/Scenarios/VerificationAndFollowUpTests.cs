using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;
using CaseManagement.Tests.Stores;

namespace CaseManagement.Workflows.Tests.Scenarios;

/// <summary>What shipped packs have no case for: a review on a form of its own, and a follow-up of which only some cases are asked.</summary>
public sealed class VerificationAndFollowUpTests
{
    private const string Parts = "autoparts-quality-complaints";

    [Fact]
    public async Task A_review_on_a_form_of_its_own_is_a_task_the_verdict_waits_for_and_the_next_round_counts_from_the_verification()
    {
        var pack = Read(Parts, files =>
        {
            Change(files, "forms.json", forms => forms["forms"]!.AsArray().Add(JsonNode.Parse("""{"key":"meeting","name":{"zh":"评审会","en":"Review meeting"},"fields":[{"fact":"verdict","required":true},{"fact":"opinions"}]}""")));
            Change(files, "verifications.json", plans => plans["plans"]![0]!["review"]!["form"] = "meeting");
            Change(files, "forms.json", forms => Form(forms, "verification")["fields"] = JsonNode.Parse("""[{"fact":"verifyQuantity","required":true}]"""));
            Scenario(files, "gc-17-three-verifications", steps =>
            {
                var first = steps.IndexOf(steps.First(step => (string?)step!["complete"]?["task"] == "verify"));
                while (steps.Count > first)
                {
                    steps.RemoveAt(first);
                }

                Add(steps, """{"at":"2026-09-11T14:00","complete":{"complaint":"c","task":"verify","outcome":"Done","data":{"verifyQuantity":50}}}""");
                Add(steps, """{"expect":{"complaint":"c","counts":{"rounds:three":0},"tasks":[{"key":"verify.review","candidates":["technical-manager","production-head"]}],"clocks":{"verify":{"state":"met"}}}}""");
                Add(steps, """{"at":"2026-09-12T09:00","complete":{"complaint":"c","task":"verify.review","outcome":"Done"},"refused":"form-incomplete:verdict"}""");
                Add(steps, """{"at":"2026-09-12T10:00","complete":{"complaint":"c","task":"verify.review","outcome":"Done","data":{"verdict":"effective"}}}""");
                Add(steps, """{"expect":{"complaint":"c","counts":{"rounds:three":1},"tasks":[{"key":"postNext"}]}}""");
                Add(steps, """{"at":"2026-09-12T10:30","complete":{"complaint":"c","task":"postNext","outcome":"Done"}}""");
                Add(steps, """{"expect":{"complaint":"c","tasks":[{"key":"verify"}],"clocks":{"verify":{"dueAt":"2026-10-11T23:59"}}}}""");
                Add(steps, """{"at":"2026-10-09T10:00","complete":{"complaint":"c","task":"verify","outcome":"Done"}}""");
                Add(steps, """{"at":"2026-10-09T11:00","complete":{"complaint":"c","task":"verify.review","outcome":"Done","data":{"verdict":"ineffective"}}}""");
                Add(steps, """{"expect":{"complaint":"c","counts":{"rounds:three":0},"tasks":[{"key":"report"}]}}""");
            });
        });

        Assert.Equal("", await ShippedPacks.FailuresAsync(pack, null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0, false, """{"complaint":"c","status":"closed","facts":{"followedUpAt":null,"satisfaction":null}}""")]
    [InlineData(100, true, """{"complaint":"c","status":"closed","facts":{"satisfaction":"dissatisfied"}}""")]
    public async Task Of_a_case_that_is_not_sampled_nobody_is_asked_and_the_outcome_says_what_no_form_asks(int percent, bool asked, string expected)
    {
        var pack = Read("group-customer-opinions", files =>
        {
            Change(files, "workflows/group-customer-opinions.json", workflow =>
            {
                var visit = workflow["root"]!["activities"]!.AsArray().First(shape => (string?)shape!["id"] == "visit")!;
                visit["sample"] = JsonNode.Parse($$$"""{"typeName":"String","expression":{"type":"Literal","value":"{{{percent}}}"}}""");
                visit["form"] = null;
            });
            Scenario(files, "reply-24-hours", steps =>
            {
                Add(steps, """{"at":"2026-09-16T10:00","complete":{"complaint":"c","task":"cause","outcome":"Done","data":{"cause":"包装","validity":"valid","needsAction":false}}}""");
                if (asked)
                {
                    Add(steps, """{"at":"2026-09-17T10:00","complete":{"complaint":"c","task":"visit","outcome":"Dissatisfied"}}""");
                }

                Add(steps, "{\"expect\":" + expected + "}");
            });
        });

        Assert.Equal("", await ShippedPacks.FailuresAsync(pack, null, TestContext.Current.CancellationToken));
    }

    private static ProcessPack Read(string id, Action<Dictionary<string, string>> change)
    {
        var files = new Dictionary<string, string>(ShippedPacks.Files(id), StringComparer.Ordinal);
        change(files);
        var read = PackReader.Read(files);
        Assert.Empty(read.Findings);
        return read.Pack!;
    }

    private static void Change(Dictionary<string, string> files, string file, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(files[file])!;
        change(json);
        files[file] = json.ToJsonString();
    }

    private static JsonNode Form(JsonNode forms, string key) => forms["forms"]!.AsArray().First(form => (string?)form!["key"] == key)!;

    private static void Add(JsonArray steps, string step) => steps.Add(JsonNode.Parse(step));

    // the only one that is left
    private static void Scenario(Dictionary<string, string> files, string name, Action<JsonArray> change)
    {
        var file = $"scenarios/{name}.json";
        Change(files, file, scenario => change(scenario["steps"]!.AsArray()));
        foreach (var other in files.Keys.Where(key => key.StartsWith("scenarios/", StringComparison.Ordinal) && key != file).ToList())
        {
            files.Remove(other);
        }
    }
}
