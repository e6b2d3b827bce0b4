using System.Text.Json;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Intake;
using CaseManagement.Workflows.Simulation.Scenarios;
using ShippedPacks = CaseManagement.Tests.Stores.ShippedPacks;

namespace CaseManagement.Web.Tests.Runtime;

/// <summary>What ships is whole: nothing is found in it that a process owner would have to look at, not even a note, and every reading that is asked is shown both ways.</summary>
public sealed class ShippedPackFindingsTests
{
    [Theory, MemberData(nameof(ShippedPacks.Ids), MemberType = typeof(ShippedPacks))]
    public void Nothing_is_found_in_a_shipped_pack_of_whatever_weight(string id)
    {
        var read = PackReader.Read(ShippedPacks.Files(id));

        var found = read.Findings.Concat(read.Pack is { } pack ? PublishCheck.Of(pack) : []);

        Assert.Empty(found.Select(finding => $"{finding.Severity} {finding.File} {finding.JsonPath}: {finding.Message.En}"));
    }

    [Theory, MemberData(nameof(ShippedPacks.Ids), MemberType = typeof(ShippedPacks))]
    public void Every_reading_is_tried_by_a_scenario_with_another_value_than_its_default(string id)
    {
        var pack = PackReader.Read(ShippedPacks.Files(id)).Pack!;
        var tried = pack.Scenarios.Values.SelectMany(text => Settings(JsonSerializer.Deserialize<JsonElement>(text))).ToLookup(one => one.Name, one => one.Value, StringComparer.Ordinal);

        Assert.Empty(pack.Identity.Settings.Where(setting => !tried[setting.Key].Any(value => setting.Accept(value) is { IsGood: true, Value: var other } && other != setting.Default)).Select(setting => setting.Key));
    }

    [Fact]
    public void What_a_choice_depends_on_may_be_filled_in_on_the_same_form_and_what_the_desk_may_not_write_is_not_asked_there()
    {
        var pack = PackReader.Read(ShippedPacks.Files("food-quality-complaints")).Pack!;

        var asked = IntakeForms.Own(pack.Forms["record"], pack);

        Assert.Contains(asked.Fields, field => field.Fact == "demands");
        Assert.DoesNotContain(asked.Fields, field => field.Fact == "departments");
        var given = new Dictionary<string, JsonElement> { ["source"] = JsonSerializer.Deserialize<JsonElement>("\"consumer\""), ["demands"] = JsonSerializer.Deserialize<JsonElement>("[\"apology\"]") };
        var result = FormCheck.Validate(asked, given, new GivenFacts(new Dictionary<string, FactValue>(), pack, pack.Settings()), pack.Facts, origin: FactOrigin.Handler);
        Assert.Empty(result.Invalid);
        Assert.DoesNotContain("demands", result.Missing);
    }

    // of a scenario and of rules tried alone
    private static IEnumerable<JsonProperty> Settings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => member is { Name: "settings", Value.ValueKind: JsonValueKind.Object } ? member.Value.EnumerateObject() : Settings(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Settings),
        _ => [],
    };
}
