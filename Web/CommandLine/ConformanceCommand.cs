using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Conformance;

namespace CaseManagement.Web.CommandLine;

/// <summary><c>conformance &lt;file-or-folder&gt;…</c>: runs cases of the Elsa conformance suite on a virtual clock, in memory.</summary>
public static class ConformanceCommand
{
    /// <summary>Runs every case found, names each that failed with its differences, and ends with <c>N passed, N failed</c>.</summary>
    /// <returns>0 when all passed, 1 when one failed, 2 when nothing could be run.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, TextWriter output, CancellationToken cancellationToken)
    {
        var runner = new ConformanceRunner(() => new InMemoryBurstStore(), new JavaScriptEngine());
        var (passed, failed) = (0, 0);
        foreach (var path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                await output.WriteLineAsync($"FAILED {path}: there is no such file or folder");
                failed++;
                continue;
            }

            foreach (var file in FilesOf(path))
            {
                var result = await RunAsync(runner, file, cancellationToken);
                (passed, failed) = result.Passed ? (passed + 1, failed) : (passed, failed + 1);
                if (!result.Passed)
                {
                    await output.WriteLineAsync($"FAILED {Path.GetFileName(file)} ({$"{result.Id} {result.Slug}".Trim()})");
                    foreach (var difference in result.Differences)
                    {
                        await output.WriteLineAsync("  " + difference.ReplaceLineEndings("\n  "));
                    }
                }
            }
        }

        await output.WriteLineAsync($"{passed} passed, {failed} failed");
        return failed > 0 ? 1 : passed > 0 ? 0 : 2;
    }

    private static async Task<ConformanceResult> RunAsync(ConformanceRunner runner, string file, CancellationToken cancellationToken)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        try
        {
            return await runner.RunAsync(name, await File.ReadAllTextAsync(file, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new ConformanceResult("", name, false, false, false, [$"the file cannot be read: {exception.Message}"]);
        }
    }

    private static IEnumerable<string> FilesOf(string path) => File.Exists(path)
        ? [path]
        : Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
