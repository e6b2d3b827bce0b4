using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Scenarios;

namespace CaseManagement.Tests.Stores;

/// <summary>The process packs that come with the product, and their scenarios.</summary>
public static class ShippedPacks
{
    private static readonly string Folder = Path.Combine(SharedMaterial.Root, "Workflows", "Processes");

    private static readonly Lazy<Dictionary<string, WorkCalendarDocument>> Calendars = new(() => Directory.EnumerateFiles(Path.Combine(Folder, "_calendars"), "*.json")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => WorkCalendarDocument.Parse(File.ReadAllText(file)), StringComparer.Ordinal));

    /// <summary>The ids of all of them.</summary>
    public static TheoryData<string> Ids { get; } =
        [.. Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder)).Where(id => id[0] != '_').Order(StringComparer.Ordinal)];

    public static IReadOnlyDictionary<string, string> Files(string id) => PackFiles.ReadFolder(Path.Combine(Folder, id));

    /// <summary>Runs every scenario of a pack.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="stores">Makes the store of the next scenario, and what is to be disposed of after it; null: in memory.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What of them does not hold.</returns>
    public static async Task<string> FailuresAsync(
        ProcessPack pack, Func<Task<(ISimulatedCaseStore Store, IAsyncDisposable Under)>>? stores, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var (name, json) in pack.Scenarios)
        {
            var made = stores is null ? default : await stores();
            try
            {
                var results = await new ScenarioRunner(pack, Calendars.Value, stores is null ? null : () => made.Store).RunFileAsync(name, json, cancellationToken);
                failures.AddRange(results.Where(result => !result.Passed).Select(result => $"{name}: {result.Failure}"));
            }
            finally
            {
                if (stores is not null)
                {
                    await made.Under.DisposeAsync();
                }
            }
        }

        return string.Join('\n', failures);
    }
}
