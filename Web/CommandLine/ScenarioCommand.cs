using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Scenarios;

namespace CaseManagement.Web.CommandLine;

/// <summary><c>scenario &lt;file-or-folder&gt;…</c>: runs scenario files against their process packs on a virtual clock.</summary>
public static class ScenarioCommand
{
    /// <summary>Runs everything found and ends with <c>N passed, N failed</c>.</summary>
    /// <returns>0 when all passed, 1 when one failed, 2 when nothing could be run.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, TextWriter output, CancellationToken cancellationToken)
    {
        var files = paths.SelectMany(FilesOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var (passed, failed) = (0, 0);
        foreach (var pack in files.GroupBy(f => Path.GetDirectoryName(Path.GetDirectoryName(f)!)!, StringComparer.Ordinal))
        {
            var read = PackReader.Read(PackFiles.ReadFolder(pack.Key));
            if (read.Pack is null)
            {
                await output.WriteLineAsync($"FAILED {Path.GetFileName(pack.Key)}: {read.Findings[0].File} {read.Findings[0].JsonPath}: {read.Findings[0].Message.En}");
                failed += pack.Count();
                continue;
            }

            var runner = new ScenarioRunner(read.Pack, FixturesOf(pack.Key));
            foreach (var file in pack)
            {
                foreach (var result in await runner.RunFileAsync(Path.GetFileName(file), await File.ReadAllTextAsync(file, cancellationToken), cancellationToken))
                {
                    (passed, failed) = result.Passed ? (passed + 1, failed) : (passed, failed + 1);
                    if (!result.Passed)
                    {
                        await output.WriteLineAsync($"FAILED {read.Pack.Identity.Id}/{result.Id}: {result.Failure}");
                    }
                }
            }
        }

        await output.WriteLineAsync($"{passed} passed, {failed} failed");
        return failed > 0 ? 1 : passed > 0 ? 0 : 2;
    }

    private static IEnumerable<string> FilesOf(string path) => File.Exists(path)
        ? [Path.GetFullPath(path)]
        : Directory.Exists(path)
            ? Directory.EnumerateFiles(Path.GetFullPath(path), "*.json", SearchOption.AllDirectories).Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "scenarios")
            : throw new FileNotFoundException($"There is no file or folder '{path}'.", path);

    // calendar fixtures lie beside the packs, in a folder _calendars
    private static Dictionary<string, WorkCalendarDocument> FixturesOf(string pack)
    {
        var folder = Path.Combine(Path.GetDirectoryName(pack)!, "_calendars");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => WorkCalendarDocument.Parse(File.ReadAllText(f)), StringComparer.Ordinal)
            : [];
    }
}
