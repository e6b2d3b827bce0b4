using CaseManagement.Web.CommandLine;

namespace CaseManagement.Web.Tests.Import;

/// <summary>Paths on the command line are found from where they were typed, wherever the product was started.</summary>
public sealed class TypedPathTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("typed-path-");

    private string Shell => _root.FullName;

    private string Product => _root.CreateSubdirectory("Web").FullName;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void A_path_typed_in_the_shell_is_found_although_the_product_runs_elsewhere()
    {
        File.WriteAllText(Path.Combine(Shell, "complaints.csv"), "");

        Assert.Equal(Path.Combine(Shell, "complaints.csv"), TypedPath.Resolve("complaints.csv", Product, Shell));
    }

    [Fact]
    public void A_path_from_where_the_product_runs_comes_first()
    {
        File.WriteAllText(Path.Combine(Shell, "complaints.csv"), "");
        File.WriteAllText(Path.Combine(Product, "complaints.csv"), "");

        Assert.Equal(Path.Combine(Product, "complaints.csv"), TypedPath.Resolve("complaints.csv", Product, Shell));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not a folder")]
    public void Without_a_usable_shell_folder_the_product_s_own_counts(string? shell) =>
        Assert.Equal(Path.Combine(Product, "complaints.csv"), TypedPath.Resolve("complaints.csv", Product, shell));
}
