using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Packs;

public sealed class ExamplePacksTests
{
    [Theory]
    [MemberData(nameof(SharedPacks.All), MemberType = typeof(SharedPacks))]
    public void Every_example_pack_reads_and_checks_without_a_finding(string name)
    {
        var result = PackReader.Read(SharedPacks.Files(name));

        Assert.Empty(result.Findings);
        Assert.Empty(PackChecker.Check(result.Pack!));
    }

    [Theory]
    [MemberData(nameof(SharedPacks.All), MemberType = typeof(SharedPacks))]
    public void A_pack_keeps_its_files_exactly(string name)
    {
        var files = SharedPacks.Files(name);

        Assert.Equal(files, SharedPacks.Read(name).Files);
    }
}
