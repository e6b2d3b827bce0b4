using System.Text.Json.Nodes;

namespace CaseManagement.Workflows.Tests;

/// <summary>The customer's material beside the repository; tests that need it are skipped without it.</summary>
internal static class SharedFolder
{
    public static string? Path { get; } = Find();

    public static IEnumerable<string> Files(string folder, string pattern, SearchOption option = SearchOption.TopDirectoryOnly) =>
        Path is { } path && Directory.Exists(System.IO.Path.Combine(path, folder))
            ? Directory.EnumerateFiles(System.IO.Path.Combine(path, folder), pattern, option).Order(StringComparer.Ordinal)
            : [];

    /// <summary>The workflows of the example packs.</summary>
    public static IEnumerable<string> Workflows() => Files("packs/examples", "*.json", SearchOption.AllDirectories)
        .Where(f => new DirectoryInfo(System.IO.Path.GetDirectoryName(f)!).Name == "workflows");

    public static string Text(string relative)
    {
        Require();
        return File.ReadAllText(System.IO.Path.Combine(Path!, relative));
    }

    public static JsonObject Read(string relative) => (JsonObject)JsonNode.Parse(Text(relative))!;

    public static void Require()
    {
        if (Path is null)
        {
            Assert.Skip("The folder “shared” is not beside the repository.");
        }
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "CaseManagement.sln")))
            {
                var shared = System.IO.Path.Combine(folder.Parent?.FullName ?? "", "shared");
                return Directory.Exists(shared) ? shared : null;
            }
        }

        return null;
    }
}
