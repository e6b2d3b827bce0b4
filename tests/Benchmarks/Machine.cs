using System.Globalization;
using System.Runtime.InteropServices;

namespace CaseManagement.Benchmarks;

/// <summary>What a figure was measured on.</summary>
internal static class Machine
{
    public static string Line()
    {
        SQLitePCL.Batteries_V2.Init();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024.0 / 1024 / 1024:0} GiB, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}, SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}, {(System.Runtime.GCSettings.IsServerGC ? "server" : "workstation")} GC.");
    }
}
