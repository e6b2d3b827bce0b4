using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs.Comparing;

namespace CaseManagement.Domain.Tests.Packs;

/// <summary>Two versions of a process, compared in words.</summary>
public sealed class PackComparisonTests
{
    private const string Standard = "standard-complaint";
    private const string Workflow = "workflows/standard-complaint.json";

    [Theory, MemberData(nameof(SharedPacks.All), MemberType = typeof(SharedPacks))]
    public void A_version_is_the_same_as_itself(string name)
    {
        var wording = new PackWording(SharedPacks.Read(name));

        Assert.Empty(PackComparison.Between(wording, wording));
    }

    [Theory, MemberData(nameof(SharedPacks.All), MemberType = typeof(SharedPacks))]
    public void Every_part_of_a_process_is_told_in_both_languages(string name)
    {
        var outline = PackComparison.Outline(new PackWording(SharedPacks.Read(name)));

        Assert.NotEmpty(outline);
        Assert.All(outline.SelectMany(part => part.Members).Select(member => member.Value).Concat(outline.Select(part => part.Name)), text => Assert.True(text.IsComplete, text.ToString()));
    }

    [Fact]
    public void A_changed_time_limit_is_told_as_a_length()
    {
        var change = Only(pack => pack.Set("limits.json", "limits[0].amount", "36"));

        Assert.Equal((ChangeSign.Changed, "首次答复"), (change.Sign, change.Name.Zh));
        Assert.Equal(new PartPlace("limits.json", "limits", "reply"), change.Place);
        Assert.Equal([("Length", "24 hours", "36 hours")], English(change));
        Assert.Equal([("时长", "24 小时", "36 小时")], Chinese(change));
    }

    [Fact]
    public void A_limit_that_loses_its_number_says_so()
    {
        var change = Only(pack => pack.Set("limits.json", "limits[0].amount", null).Set("limits.json", "limits[0].unit", "\"none\""));

        Assert.Equal([("Length", "24 hours", "no numeric limit")], English(change));
    }

    [Fact]
    public void A_changed_escalation_names_the_rung_by_its_time()
    {
        var change = Only(pack => pack.Set("limits.json", "limits[0].rungs[2].do[0].notify", "[\"gm\"]"));

        Assert.Equal([("Escalation steps · “24 hours after it is due” · What is done", "Tell: Manager; Template: {{number}} is overdue", "Tell: General manager; Template: {{number}} is overdue")], English(change));
    }

    [Fact]
    public void A_removed_escalation_is_told_with_what_it_did()
    {
        var change = Only(pack => pack.Set("limits.json", "limits[0].rungs[2]", null));

        var (name, before, after) = Assert.Single(English(change));
        Assert.Equal("Escalation steps", name);
        Assert.Contains("Tell: Manager", before, StringComparison.Ordinal);
        Assert.Null(after);
    }

    [Fact]
    public void An_approval_threshold_is_told_as_a_condition()
    {
        var change = Only(pack => pack.Set("approvals.json", "chains[0].steps[1].when", "{\"amountProposed\": \"> 3000\"}"));

        Assert.Equal([("Steps · “Manager” · When it applies", "Compensation proposed > 1000", "Compensation proposed > 3000")], English(change));
        Assert.Equal("步骤 · “经理” · 条件", Chinese(change)[0].Name);
    }

    [Fact]
    public void A_row_of_a_table_is_told_as_a_sentence()
    {
        var change = Only(pack => pack.Set(
            "tables.json", "tables[0].rows[+]", """{"if": {"channel": "letter", "people": "[2..4]"}, "then": {"level": "serious"}, "why": {"zh": "信", "en": "letter"}}"""));

        Assert.Equal([("Rows", null, "if Channel: Letter and People ≥ 2 and ≤ 4, then Level: Serious")], English(change));
    }

    [Fact]
    public void Rows_that_trade_places_are_told_as_another_order()
    {
        var rows = JsonNode.Parse(SharedPacks.Files(Standard)["tables.json"])!["tables"]![1]!["rows"]!;

        var change = Only(pack => pack.Set("tables.json", "tables[1].rows[0]", rows[1]!.ToJsonString()).Set("tables.json", "tables[1].rows[1]", rows[0]!.ToJsonString()));

        Assert.Equal("Rows · order", Assert.Single(English(change)).Name);
    }

    [Fact]
    public void Limits_that_trade_places_are_a_change_because_the_first_that_applies_counts()
    {
        var limits = JsonNode.Parse(SharedPacks.Files(Standard)["limits.json"])!["limits"]!;

        var change = Only(pack => pack.Set("limits.json", "limits[1]", limits[2]!.ToJsonString()).Set("limits.json", "limits[2]", limits[1]!.ToJsonString()));

        var (name, before, after) = Assert.Single(English(change));
        Assert.Equal("order", name);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void A_field_of_a_form_is_told_by_the_fact_it_fills()
    {
        var change = Only(pack => pack.Set("forms.json", "forms[1].fields[2].required", "true"));

        Assert.Equal([("Fields · “Compensation proposed” · Required", null, "yes")], English(change));
    }

    [Fact]
    public void A_template_is_told_before_and_after()
    {
        var change = Only(pack => pack.Set("templates.json", "templates[0].body.en", "\"New text {{number}}\""));

        var (name, _, after) = Assert.Single(English(change));
        Assert.Equal(("Body", "New text {{number}}"), (name, after));
    }

    [Fact]
    public void A_shape_that_is_given_to_somebody_else_is_told_by_role()
    {
        var change = Only(pack => pack.Set(Workflow, pack.Shape(Workflow, "handle") + ".who.expression.value", "\"[\\\"supervisor\\\"]\""));

        Assert.True(change.Place.IsShape);
        Assert.Equal("Investigate and propose", change.Name.En);
        Assert.Equal([("Who", "Staff of the lead department", "Supervisor")], English(change));
    }

    [Fact]
    public void An_input_worked_out_by_code_is_told_as_the_code()
    {
        var change = Only(pack => pack
            .Set(Workflow, pack.Shape(Workflow, "handle") + ".form.expression", """{"type": "JavaScript", "value": "people > 5 ? 'a' : 'b'"}"""));

        Assert.Equal(("Form", "Handling slip", "JavaScript: people > 5 ? 'a' : 'b'"), Assert.Single(English(change)));
    }

    [Fact]
    public void A_renamed_shape_is_a_change_and_a_moved_one_is_none()
    {
        var renamed = Only(pack => pack.Set(Workflow, pack.Shape(Workflow, "handle") + ".metadata.description", "\"Look into it\""));
        var moved = Changes(pack => pack.Set(Workflow, pack.Shape(Workflow, "handle") + ".metadata.designer.position", """{"x": 5, "y": 7}"""));

        Assert.Equal([("Name", "Investigate and propose", "Look into it")], English(renamed));
        Assert.Empty(moved);
    }

    [Fact]
    public void What_the_designer_writes_on_saving_is_no_change()
    {
        var changes = Changes(pack => pack
            .Set(Workflow, "version", "7").Set(Workflow, "id", "\"other\"").Set(Workflow, "isLatest", "false").Set(Workflow, "createdAt", "\"2027-01-01T00:00:00Z\"")
            .Set(Workflow, pack.Shape(Workflow, "handle") + ".customProperties.runAsynchronously", null)
            .Set(Workflow, pack.Shape(Workflow, "handle") + ".minPeople", """{"typeName": "Int32", "expression": {"type": "Literal", "value": null}}""")
            .Set(Workflow, "root.connections[0].vertices", """[{"x": 1, "y": 2}]"""));

        Assert.Empty(changes);
    }

    [Fact]
    public void A_connection_is_told_by_its_ends_and_its_outcome()
    {
        var changes = Changes(pack => pack.Disconnect(Workflow, "handle", "NeedMaterial").Connect(Workflow, "handle", "NeedMaterial", "approve"));

        Assert.Equal(
            [(ChangeSign.Added, "Investigate and propose → Approval by amount"), (ChangeSign.Removed, "Investigate and propose → Ask for material")],
            changes.Select(change => (change.Sign, change.Name.En)).Order());
        Assert.All(changes, change => Assert.True(change.Place.IsConnection));
        Assert.Contains(changes.SelectMany(change => change.Members), member => member.After?.Zh == "需补材料");
    }

    [Fact]
    public void A_new_role_and_a_lost_gate_are_told()
    {
        var changes = Changes(pack => pack
            .Set("organisation.json", "roles[+]", """{"key": "press", "name": {"zh": "公关", "en": "Press office"}}""").Set("gates.json", "gates[0]", null));

        Assert.Equal(
            [(ChangeSign.Removed, "The proposal is not approved yet"), (ChangeSign.Added, "Press office")], changes.Select(change => (change.Sign, change.Name.En)));
    }

    [Fact]
    public void A_member_without_words_of_its_own_is_told_as_it_is_written()
    {
        var change = Only(pack => pack.Set(Workflow, pack.Shape(Workflow, "handle") + ".frobnicate", "{\"deep\": [1, 2]}"));

        Assert.Equal([("frobnicate", null, "deep: 1, 2")], English(change));
    }

    [Fact]
    public void A_changed_scenario_is_named()
    {
        var change = Only(pack => pack.Set("scenarios/late-twice.json", "name", "\"other\""));

        Assert.Equal("Scenario late-twice", change.Name.En);
    }

    private static PackChange Only(Func<EditedPack, EditedPack> edit) => Assert.Single(Changes(edit));

    private static IReadOnlyList<PackChange> Changes(Func<EditedPack, EditedPack> edit)
    {
        var after = edit(new EditedPack(Standard)).Read();
        Assert.True(after.Pack is not null, string.Join('\n', after.Findings));
        return PackComparison.Between(new PackWording(SharedPacks.Read(Standard)), new PackWording(after.Pack));
    }

    private static List<(string Name, string? Before, string? After)> English(PackChange change) =>
        [.. change.Members.Select(member => (member.Name.En, member.Before?.En, member.After?.En))];

    private static List<(string Name, string? Before, string? After)> Chinese(PackChange change) =>
        [.. change.Members.Select(member => (member.Name.Zh, member.Before?.Zh, member.After?.Zh))];
}
