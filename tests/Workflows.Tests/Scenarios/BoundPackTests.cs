using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Binding;
using CaseManagement.Tests.Stores;

namespace CaseManagement.Workflows.Tests.Scenarios;

/// <summary>A pack with the names of another organisation in it says the same: nothing is found in it, and its scenarios hold.</summary>
public sealed class BoundPackTests
{
    [Theory]
    [InlineData("standard-complaint")]
    [InlineData("hospital-patient-complaints")]
    [InlineData("autoparts-quality-complaints")]
    [InlineData("hypermarket-compensation")]
    [InlineData("appliance-retail-major-complaints")]
    public async Task A_pack_with_other_names_for_all_its_departments_roles_and_channels_does_the_same(string id)
    {
        var pack = PackReader.Read(ShippedPacks.Files(id)).Pack!;
        var scripted = PackRenaming.NamedInScripts(pack);
        Dictionary<string, Named> Other(IEnumerable<(string Key, BilingualText Name)> names) =>
            names.Where(one => !scripted.Contains(one.Key)).ToDictionary(one => one.Key, one => new Named("our-" + one.Key, one.Name), StringComparer.Ordinal);
        var names = new PackNames(
            Other(pack.Organisation.Departments.Select(one => (one.Key, one.Name))), Other(pack.Organisation.Roles.Select(one => (one.Key, one.Name))),
            Other(pack.Identity.Channels.Select(one => (one.Key, one.Name))));

        var read = PackReader.Read(PackRenaming.Apply(pack, names));

        Assert.Empty(read.Findings);
        Assert.Empty(PackChecker.Check(read.Pack!).Select(finding => $"{finding.File} {finding.JsonPath}: {finding.Message.En}"));
        Assert.All(read.Pack!.Organisation.Roles, role => Assert.StartsWith("our-", role.Key, StringComparison.Ordinal));
        Assert.Equal("", await ShippedPacks.FailuresAsync(read.Pack!, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_pack_that_is_bound_to_what_it_names_stays_as_it_is_to_the_byte()
    {
        var files = ShippedPacks.Files("standard-complaint");
        var nothing = new Dictionary<string, Named>();

        Assert.Equal(files, PackRenaming.Apply(PackReader.Read(files).Pack!, new PackNames(nothing, nothing, nothing)));
    }
}
