using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.Configuration;

/// <summary>A process that comes with the product.</summary>
/// <param name="Id">Its pack's id.</param>
/// <param name="Name">What it is called.</param>
public sealed record ShippedProcess(string Id, BilingualText Name);

/// <summary>The process packs that lie ready beside the product, for organisations that work by one of their policies.</summary>
public static class ShippedProcesses
{
    private static readonly Lazy<IReadOnlyList<ShippedProcess>> Packs = new(() =>
    [
        .. Directory.EnumerateDirectories(FirstRun.ShippedFolder).Where(IsPack).Select(Read).OrderBy(pack => pack.Id, StringComparer.Ordinal),
    ]);

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<ShippedProcess> All => Packs.Value;

    /// <summary>The files of a pack; null when none of this id comes with the product.</summary>
    public static IReadOnlyDictionary<string, string>? FilesOf(string id) =>
        All.Any(pack => pack.Id == id) ? PackFiles.ReadFolder(Path.Combine(FirstRun.ShippedFolder, id)) : null;

    // folders with a leading underscore hold what processes are made from
    private static bool IsPack(string folder) => Path.GetFileName(folder)[0] != '_' && File.Exists(Path.Combine(folder, "pack.json"));

    private static ShippedProcess Read(string folder)
    {
        var name = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "pack.json")))!["name"]!;
        return new ShippedProcess(Path.GetFileName(folder), new BilingualText((string)name["zh"]!, (string)name["en"]!));
    }
}
