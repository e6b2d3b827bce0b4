using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using StoredChange = CaseManagement.Web.Persistence.Settings.LimitChange;

namespace CaseManagement.Web.Configuration;

/// <summary>A change of a limit as history tells it.</summary>
/// <param name="Row">As it was stored.</param>
/// <param name="Changes">What it changed for cases registered from then on, in words; empty where this version of the process has the limit no more.</param>
/// <param name="MayUndo">It is the newest of its limit that is in force.</param>
public sealed record PastLimitChange(StoredChange Row, IReadOnlyList<MemberChange> Changes, bool MayUndo);

/// <summary>The changes of a process's limits.</summary>
public static class LimitHistory
{
    /// <summary>The newest changes, newest first.</summary>
    /// <param name="db">The database.</param>
    /// <param name="now">The configuration in force.</param>
    /// <param name="process">A published process.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static async Task<IReadOnlyList<PastLimitChange>> ReadAsync(
        CaseManagementDbContext db, CaseConfiguration now, string process, int most, CancellationToken cancellationToken)
    {
        var pack = now.Published[process].Pack;
        var written = WrittenLimit.Of(pack);
        var changes = now.LimitChanges.GetValueOrDefault(process) ?? [];
        var rows = await db.LimitChanges.AsNoTracking().Where(c => c.ProcessKey == process).OrderByDescending(c => c.Id).Take(most).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new PastLimitChange(
            row,
            written.ContainsKey(row.LimitKey) ? WrittenLimit.InWords(pack, At(row.LimitKey, row.Id - 1), At(row.LimitKey, row.Id)) : [],
            written.ContainsKey(row.LimitKey) && LimitProposal.Newest(changes, row.LimitKey) == row.Id))];

        System.Text.Json.Nodes.JsonObject At(string limit, long sequence) =>
            CaseConfiguration.InForce([.. changes.Where(c => c.Sequence <= sequence)], long.MaxValue).Where(c => c.Limit == limit)
                .Aggregate(written[limit], (so, change) => WrittenLimit.With(so, (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(change.Patch)!));
    }

    /// <summary>A change in one line: "Length: 24 hours → 12 hours".</summary>
    /// <param name="change">What changed.</param>
    /// <param name="culture">"zh-CN" or "en".</param>
    public static string InOneLine(MemberChange change, string culture)
    {
        var name = change.Name.In(culture);
        var (before, after) = (change.Before?.In(culture), change.After?.In(culture));
        var separator = culture.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "：" : ": ";
        var none = culture.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "无" : "none";
        return $"{name}{separator}{before ?? none} → {after ?? none}";
    }
}
