using CaseManagement.Domain.Packs.Comparing;

namespace CaseManagement.Domain.Tests.Packs;

/// <summary>What a version of a process gives away that the one in use does not.</summary>
public sealed class PowerDiffTests
{
    private const string Standard = "standard-complaint";
    private const string Workflow = "workflows/standard-complaint.json";
    private const string Supplier = """{"key": "supplier", "name": {"zh": "供应商", "en": "Supplier"}}""";

    private const string NotifySupplier = """
        {"id": "leak", "nodeId": "Workflow1:Flowchart1:leak", "name": "leak", "type": "CaseManagement.Notify", "version": 1,
         "to": {"typeName": "List<String>", "expression": {"type": "Object", "value": "[\"supplier\"]"}},
         "template": {"typeName": "String", "expression": {"type": "Literal", "value": "pass-on"}},
         "metadata": {"displayText": "转告供应商", "description": "Tell the supplier"}}
        """;

    private const string PassOn = """
        {"key": "pass-on", "kind": "message", "subject": {"zh": "转告", "en": "Passed on"}, "body": {"zh": "{{complainant.phone}}", "en": "{{complainant.phone}}"}, "via": ["email"]}
        """;

    [Theory, MemberData(nameof(SharedPacks.All), MemberType = typeof(SharedPacks))]
    public void A_version_gains_nothing_over_itself(string name)
    {
        var wording = new PackWording(SharedPacks.Read(name));

        Assert.Empty(PowerDiff.Between(wording, wording));
    }

    [Fact]
    public void A_shorter_limit_another_text_a_stricter_gate_and_one_more_approval_give_nothing_away()
    {
        var powers = Powers(pack => pack
            .Set("limits.json", "limits[0].amount", "12").Set("templates.json", "templates[0].body.en", "\"Thank you, {{number}}\"")
            .Set("approvals.json", "chains[0].steps[1].when", null).Set("approvals.json", "chains[0].steps[+]", """{"key": "again", "who": "manager"}""")
            .Set("gates.json", "gates[0].only", "[\"manager\"]").Set("gates.json", "gates[+]", """{"key": "x", "action": "close", "needs": {"kind": "complaint"}, "message": {"zh": "a", "en": "b"}}"""));

        Assert.Empty(powers);
    }

    [Theory]
    [InlineData("> 0", true)]
    [InlineData("> 1000", true)]
    [InlineData("> 1000.01", false)]
    [InlineData(">= 1000", false)]
    [InlineData("< 1000", false)]
    [InlineData("[0..5000]", false)]
    public void An_approval_asked_from_a_lower_amount_on_gives_nothing_away(string test, bool asStrict) =>
        Assert.Equal(asStrict, Powers(pack => pack.Set("approvals.json", "chains[0].steps[1].when", $$"""{"amountProposed": "{{test}}"}""")).Count == 0);

    [Fact]
    public void A_supplier_who_is_sent_the_complainants_phone_is_told_twice()
    {
        var powers = Powers(pack => pack
            .Set("organisation.json", "roles[+]", Supplier).Set("templates.json", "templates[+]", PassOn).Set(Workflow, "root.activities[+]", NotifySupplier));

        Assert.Equal([PowerKind.Recipient, PowerKind.PersonalData], powers.Select(power => power.Kind));
        Assert.Equal("“Tell the supplier” sends “Passed on” to Supplier", powers[0].Text.En);
        Assert.Equal("“转告供应商”把“转告”发给 供应商", powers[0].Text.Zh);
        Assert.Contains("complainant.phone", powers[1].Text.En, StringComparison.Ordinal);
        Assert.Equal(("leak", true), (powers[0].Place.Key, powers[0].Place.IsShape));
    }

    [Theory]
    [InlineData("Elsa.SendHttpRequest", "url", "https://example.net/in")]
    [InlineData("Elsa.SendEmail", "to", "someone@example.net")]
    public void A_step_that_sends_outside_is_told_with_where_it_sends(string type, string input, string target)
    {
        var powers = Powers(pack => pack.Set(
            Workflow, "root.activities[+]",
            $$$$"""{"id": "out", "nodeId": "Workflow1:Flowchart1:out", "type": "{{{{type}}}}", "version": 1, "{{{{input}}}}": {"typeName": "String", "expression": {"type": "Literal", "value": "{{{{target}}}}"}}}"""));

        var power = Assert.Single(powers);
        Assert.Equal(PowerKind.Egress, power.Kind);
        Assert.Contains(target, power.Text.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("templates.json", "templates[0].via", "[\"sms\", \"webhook\"]", PowerKind.Egress)]
    [InlineData("templates.json", "templates[0].copies", "[\"gm\"]", PowerKind.Recipient)]
    [InlineData("templates.json", "templates[6].body.zh", "\"{{description}}\"", PowerKind.PersonalData)]
    [InlineData("limits.json", "limits[0].rungs[0].do[0].notify", "[\"visitor\"]", PowerKind.Recipient)]
    [InlineData("limits.json", "limits[0].rungs[0].do[0]", "{\"reassign\": \"gm\"}", PowerKind.Candidate)]
    [InlineData("reports.json", "reports[0].to", "[\"manager\", \"gm\"]", PowerKind.Recipient)]
    [InlineData("approvals.json", "chains[0].steps[1]", null, PowerKind.Approval)]
    [InlineData("approvals.json", "chains[0].steps[1].when", "{\"amountProposed\": \"> 3000\"}", PowerKind.Approval)]
    [InlineData("approvals.json", "chains[0].covers", "[]", PowerKind.Approval)]
    [InlineData("limits.json", "limits[1].extend.approval", null, PowerKind.Approval)]
    [InlineData("gates.json", "gates[0]", null, PowerKind.Gate)]
    [InlineData("gates.json", "gates[0].needs", "{\"kind\": \"complaint\"}", PowerKind.Gate)]
    public void A_change_that_gives_something_away_is_told(string file, string path, string? json, PowerKind kind)
    {
        var powers = Powers(pack => pack.Set(file, path, json));

        Assert.Contains(powers, power => power.Kind == kind && power.Place.File == file);
        Assert.All(powers, power => Assert.True(power.Text.IsComplete));
    }

    [Fact]
    public void A_step_that_more_people_may_do_is_told()
    {
        var power = Assert.Single(Powers(pack => pack.Set(Workflow, pack.Shape(Workflow, "handle") + ".who.expression.value", "\"[\\\"staff@lead\\\", \\\"visitor\\\"]\"")));

        Assert.Equal((PowerKind.Candidate, "“Investigate and propose” may be done by Follow-up officer"), (power.Kind, power.Text.En));
    }

    [Fact]
    public void A_candidate_worked_out_by_code_is_told_because_it_may_be_anybody()
    {
        var powers = Powers(pack => pack.Set(Workflow, pack.Shape(Workflow, "handle") + ".who.expression", """{"type": "JavaScript", "value": "anybody()"}"""));

        Assert.Contains(powers, power => power.Kind == PowerKind.Candidate && power.Text.En.Contains("anybody()", StringComparison.Ordinal));
    }

    [Fact]
    public void A_step_that_no_longer_keeps_somebody_out_is_told()
    {
        var guarded = new EditedPack(Standard);
        guarded.Set(Workflow, guarded.Shape(Workflow, "handle") + ".notBy", """{"typeName": "List<String>", "expression": {"type": "Object", "value": "[\"register\"]"}}""");
        guarded.Set(Workflow, guarded.Shape(Workflow, "handle") + ".minPeople", """{"typeName": "Int32", "expression": {"type": "Literal", "value": 2}}""");

        var powers = PowerDiff.Between(Wording(guarded), new PackWording(SharedPacks.Read(Standard)));

        Assert.Equal([PowerKind.Exclusion, PowerKind.Exclusion], powers.Select(power => power.Kind));
    }

    [Fact]
    public void An_approval_taken_out_of_the_flow_is_told()
    {
        var powers = Powers(pack => pack.Set(Workflow, pack.Shape(Workflow, "approve"), null));

        Assert.Contains(powers, power => power.Kind == PowerKind.Approval && power.Text.En.Contains("no longer in the flow", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_hidden_and_no_longer_is_is_told()
    {
        var hiding = Wording(new EditedPack(Standard).Set(
            "records.json", "confidentiality", """[{"key": "informant", "when": {"confidential": true}, "hide": ["complainant", "attachments"], "visibleTo": ["supervisor"]}]"""));
        var wider = Wording(new EditedPack(Standard).Set(
            "records.json", "confidentiality", """[{"key": "informant", "when": {"confidential": true}, "hide": ["complainant"], "visibleTo": ["supervisor", "manager"]}]"""));

        Assert.Equal([PowerKind.Candidate, PowerKind.Confidentiality], PowerDiff.Between(hiding, wider).Select(power => power.Kind));
        Assert.Equal([PowerKind.Confidentiality, PowerKind.Confidentiality], PowerDiff.Between(hiding, new PackWording(SharedPacks.Read(Standard))).Select(power => power.Kind));
    }

    [Fact]
    public void The_first_version_of_a_process_gains_all_it_does()
    {
        var powers = PowerDiff.Between(null, new PackWording(SharedPacks.Read(Standard)));

        Assert.Contains(powers, power => power.Kind == PowerKind.Recipient);
        Assert.Contains(powers, power => power.Kind == PowerKind.Candidate);
        Assert.DoesNotContain(powers, power => power.Kind is PowerKind.Gate or PowerKind.Approval);
    }

    private static IReadOnlyList<PowerChange> Powers(Func<EditedPack, EditedPack> edit) =>
        PowerDiff.Between(new PackWording(SharedPacks.Read(Standard)), Wording(edit(new EditedPack(Standard))));

    private static PackWording Wording(EditedPack pack)
    {
        var read = pack.Read();
        Assert.True(read.Pack is not null, string.Join('\n', read.Findings));
        return new PackWording(read.Pack);
    }
}
