using System.Text.Json;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Packs;

/// <summary>The example packs that lie beside the repository.</summary>
internal static class SharedPacks
{
    public static readonly string[] Names =
    [
        "standard-complaint", "appliance-retail-major-complaints", "autoparts-quality-complaints", "dealer-channel-complaints",
        "hospital-patient-complaints", "icp-website-reports", "property-owner-complaints",
    ];

    public static TheoryData<string> All => [.. Names];

    /// <summary>The folder of shared material; skips the test where there is none.</summary>
    public static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CaseManagement.sln")))
            {
                folder = folder.Parent;
            }

            var packs = folder?.Parent is null ? null : Path.Combine(folder.Parent.FullName, "shared", "packs");
            Assert.SkipUnless(Directory.Exists(packs), "The shared material does not lie beside the repository.");
            return packs!;
        }
    }

    public static Dictionary<string, string> Files(string name)
    {
        var root = Path.Combine(Folder, "examples", name);
        return Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
    }

    public static ProcessPack Read(string name)
    {
        var result = PackReader.Read(Files(name));
        Assert.True(result.Pack is not null, string.Join('\n', result.Findings));
        return result.Pack!;
    }

    /// <summary>The steps of a pack's scenarios that have a verb.</summary>
    public static IEnumerable<JsonElement> Steps(ProcessPack pack, string verb) =>
        pack.Scenarios.Values.Select(text => JsonDocument.Parse(text).RootElement)
            .SelectMany(scenario => scenario.GetProperty("steps").EnumerateArray())
            .Where(step => step.TryGetProperty(verb, out _));
}
