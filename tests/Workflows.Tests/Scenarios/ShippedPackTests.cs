using System.Text.RegularExpressions;
using CaseManagement.Domain.Packs;
using CaseManagement.Tests.Stores;

namespace CaseManagement.Workflows.Tests.Scenarios;

/// <summary>The packs that come with the product are whole, and do what their scenarios say.</summary>
public sealed partial class ShippedPackTests
{
    [Theory, MemberData(nameof(ShippedPacks.Ids), MemberType = typeof(ShippedPacks))]
    public async Task A_shipped_pack_has_no_findings_and_its_scenarios_hold(string id)
    {
        var read = PackReader.Read(ShippedPacks.Files(id));
        Assert.Empty(read.Findings);
        var pack = read.Pack!;

        Assert.Equal(id, pack.Identity.Id);
        Assert.Empty(PackChecker.Check(pack).Select(finding => $"{finding.File} {finding.JsonPath}: {finding.Message.En}"));
        Assert.True(pack.Scenarios.Count >= 2, "A pack ships with at least two scenarios.");
        Assert.Equal("", await ShippedPacks.FailuresAsync(pack, null, TestContext.Current.CancellationToken));
    }

    [Theory, MemberData(nameof(ShippedPacks.Ids), MemberType = typeof(ShippedPacks))]
    public void A_shipped_pack_speaks_both_languages(string id)
    {
        var untranslated = ShippedPacks.Files(id).Where(file => !file.Key.StartsWith("scenarios/", StringComparison.Ordinal))
            .SelectMany(file => English().Matches(file.Value).Where(text => Chinese().IsMatch(text.Value)).Select(text => $"{file.Key}: {text.Value}"));

        Assert.Empty(untranslated);
    }

    // the English half of a text: its member, and a shape's description
    [GeneratedRegex("\"(en|description)\": \"[^\"]*\"")]
    private static partial Regex English();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
