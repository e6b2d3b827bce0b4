namespace CaseManagement.Architecture.Tests;

/// <summary>No code is written for one process: what a process needs stands in its pack.</summary>
public class PackNamesTests
{
    private static readonly string[] Code = [".cs", ".cshtml", ".js", ".css", ".sql", ".resx"];

    private static readonly string[] Product = ["Domain", "Workflows", "Web"];

    [Fact]
    public void No_process_pack_is_named_in_the_product()
    {
        var root = CaseManagement.Tests.SharedMaterial.Root;
        var packs = Directory.EnumerateDirectories(Path.Combine(root, "Workflows", "Processes")).Select(folder => Path.GetFileName(folder)!).Where(name => name[0] != '_').ToList();
        Assert.NotEmpty(packs);

        var named = Product
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Where(file => Code.Contains(Path.GetExtension(file)) && !IsNotOurs(Path.GetRelativePath(root, file)))
            .SelectMany(file => packs.Where(pack => File.ReadAllText(file).Contains(pack, StringComparison.OrdinalIgnoreCase)).Select(pack => $"{Path.GetRelativePath(root, file)}: {pack}"))
            .ToList();

        Assert.Empty(named);
    }

    private static bool IsNotOurs(string path) => path.Replace('\\', '/').Split('/') is var folders
        && (folders.Contains("node_modules") || folders.Contains("bin") || folders.Contains("obj") || folders.Contains("data") || path.Replace('\\', '/').StartsWith("Workflows/Processes/", StringComparison.Ordinal)
            || path.Replace('\\', '/').StartsWith("Web/wwwroot/lib/", StringComparison.Ordinal));
}
