using CaseManagement.Web.Auditing;

namespace CaseManagement.Web.CommandLine;

/// <summary><c>verify-audit &lt;export.zip&gt; [anchors file]</c>: verifies an export of the audit without a database.</summary>
public static class VerifyAuditCommand
{
    /// <returns>0: nothing is wrong; 1: something is; 2: it cannot be read.</returns>
    public static async Task<int> RunAsync(string export, string? anchors, TextWriter output)
    {
        try
        {
            var verdict = ExportCheck.Verify(export, anchors is null ? null : File.ReadLines(anchors));
            await output.WriteLineAsync(FormattableString.Invariant(
                $"{verdict.Rows} rows in {verdict.Streams} streams, {verdict.Anchors} anchors, {verdict.Proven} heads proven, {verdict.Erased} values erased; signed by key {verdict.KeyId}"));
            if (verdict.FirstBad is { } bad)
            {
                await output.WriteLineAsync(FormattableString.Invariant($"BROKEN: {bad.Fault} {bad.Stream} seq {bad.Sequence} anchor {bad.Anchor}"));
                return 1;
            }

            await output.WriteLineAsync(anchors is null
                ? "OK. Compare the key with one you know, or give a file of anchors kept elsewhere."
                : "OK, and the anchors agree with the file.");
            return 0;
        }
        catch (Exception wrong) when (wrong is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync(wrong.Message);
            return 2;
        }
    }
}
