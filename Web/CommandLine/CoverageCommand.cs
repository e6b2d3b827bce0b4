using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Gallery;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.CommandLine;

/// <summary><c>coverage &lt;folder&gt;</c>: which process uses what, worked out from the packs of a folder, as CSV.</summary>
internal static class CoverageCommand
{
    /// <returns>0; 1 where a pack cannot be read, which is said after the others.</returns>
    public static async Task<int> RunAsync(string folder, TextWriter output)
    {
        if (!Directory.Exists(folder))
        {
            await output.WriteLineAsync($"There is no folder '{folder}'.");
            return 1;
        }

        var read = ShippedPacks.Folders(folder).Select(one => (Name: Path.GetFileName(one), PackReader.Read(PackFiles.ReadFolder(one)).Pack)).ToList();
        await output.WriteAsync(CoverageCsv.Of(CoverageCsv.Of(read.Select(one => one.Pack).OfType<ProcessPack>(), "en")));
        foreach (var (name, _) in read.Where(one => one.Pack is null))
        {
            await output.WriteLineAsync($"{name} cannot be read.");
        }

        return read.TrueForAll(one => one.Pack is not null) ? 0 : 1;
    }
}
