using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.Configuration;

/// <summary>A pack that comes with the product.</summary>
/// <param name="Files">Its files by path.</param>
/// <param name="Pack">The pack; null when it cannot be read.</param>
/// <param name="Findings">What was found in it.</param>
public sealed record ShippedPack(IReadOnlyDictionary<string, string> Files, ProcessPack? Pack, IReadOnlyList<Finding> Findings);

/// <summary>The packs that come with the product, read once.</summary>
public sealed class ShippedPacks
{
    private readonly Lazy<IReadOnlyDictionary<string, ShippedPack>> _all = new(() => Folders(FirstRun.ShippedFolder)
        .Select(folder => Read(PackFiles.ReadFolder(folder))).Where(one => one.Pack is not null).DistinctBy(one => one.Pack!.Identity.Id, StringComparer.Ordinal)
        .ToDictionary(one => one.Pack!.Identity.Id, StringComparer.Ordinal));

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<string, ShippedPack> All => _all.Value;

    /// <summary>Folders that hold a pack; those with a leading underscore hold what processes are made from.</summary>
    public static IEnumerable<string> Folders(string folder) => Directory.EnumerateDirectories(folder)
        .Where(one => Path.GetFileName(one)[0] != '_' && File.Exists(Path.Combine(one, "pack.json"))).Order(StringComparer.Ordinal);

    /// <summary>A pack with what is found in it, wherever it comes from.</summary>
    public static ShippedPack Read(IReadOnlyDictionary<string, string> files)
    {
        var read = PackReader.Read(files);
        return new ShippedPack(files, read.Pack, read.Pack is { } pack ? [.. read.Findings.Concat(PublishCheck.Of(pack)).Distinct()] : read.Findings);
    }
}
