using CaseManagement.Web.Configuration.Checks;

namespace CaseManagement.Web.CommandLine;

/// <summary><c>check-config</c>: says what Production would refuse or warn of, in both languages, and changes nothing.</summary>
public static class CheckConfigCommand
{
    /// <returns>0 when Production would start, 3 when it would not.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<ConfigFinding> findings, TextWriter output)
    {
        foreach (var finding in findings.OrderByDescending(f => f.Refuses))
        {
            await output.WriteLineAsync(finding.Refuses ? "REFUSED · 拒绝启动" : "WARNING · 警告");
            await output.WriteLineAsync($"  {finding.In("zh-CN")}");
            await output.WriteLineAsync($"  {finding.In("en")}");
        }

        var refused = findings.Count(f => f.Refuses);
        await output.WriteLineAsync($"{refused} refused, {findings.Count - refused} warnings");
        return refused == 0 ? 0 : 3;
    }
}
