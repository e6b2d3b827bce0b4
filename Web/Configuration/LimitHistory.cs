using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using StoredChange = CaseManagement.Web.Persistence.Settings.LimitChange;

namespace CaseManagement.Web.Configuration;

/// <summary>A change of a limit as history tells it.</summary>
/// <param name="Row">As it was stored.</param>
/// <param name="Name">What the limit is called; none where this version of the process has it no more.</param>
/// <param name="Changes">What it changed for cases registered from then on, in words; empty where this version of the process has the limit no more.</param>
/// <param name="MayUndo">It is the newest of its limit that is in force.</param>
public sealed record PastLimitChange(StoredChange Row, BilingualText? Name, IReadOnlyList<MemberChange> Changes, bool MayUndo);

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
        var changes = now.LimitChanges.GetValueOrDefault(process) ?? [];
        var rows = await db.LimitChanges.AsNoTracking().Where(c => c.ProcessKey == process).OrderByDescending(c => c.Id).Take(most).ToListAsync(cancellationToken);
        return [.. rows.Select(row =>
        {
            var (before, after) = (At(row.Id - 1), At(row.Id));
            var written = (after.Find(row.LimitKey) ?? before.Find(row.LimitKey))?.Written;
            return new PastLimitChange(
                row, written is null ? null : WrittenLimit.Read(written).Name, InWords(pack, row.LimitKey, before, after),
                written is not null && LimitProposal.Newest(changes, row.LimitKey) == row.Id);
        })];

        WrittenLimits At(long sequence) => CaseConfiguration.WrittenAfter(pack, [.. changes.Where(c => c.Sequence <= sequence)]);
    }

    /// <summary>What differs between two forms of a limit: none before says that it was added, none after that it was taken away.</summary>
    public static IReadOnlyList<MemberChange> InWords(ProcessPack pack, JsonObject? before, JsonObject? after) => before is not null && after is not null
        ? WrittenLimit.InWords(pack, before, after)
        : [new MemberChange(new("整条时限", "Whole limit"), SentenceOf(pack, before), SentenceOf(pack, after))];

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

    private static IReadOnlyList<MemberChange> InWords(ProcessPack pack, string limit, WrittenLimits before, WrittenLimits after)
    {
        var (old, now) = (before.Find(limit), after.Find(limit));
        if (old is null && now is null)
        {
            return [];
        }

        var (was, stands) = (PlaceOf(before, old), PlaceOf(after, now));
        var words = InWords(pack, old?.Written, now?.Written);
        return old is null || now is null || was == stands || words.Count > 0
            ? words
            : [new MemberChange(new("在同一计时中的次序", "Place among the limits of its clock"), Number(was), Number(stands))];

        static int PlaceOf(WrittenLimits rows, WrittenLimits.Row? row) => row is null ? 0 : rows.Rows.Where(other => other.Clock == row.Clock).TakeWhile(other => other.Key != row.Key).Count() + 1;

        static BilingualText Number(int place) => new($"第 {place} 条", $"no. {place}");
    }

    private static BilingualText? SentenceOf(ProcessPack pack, JsonObject? written)
    {
        if (written is null)
        {
            return null;
        }

        try
        {
            var rule = WrittenLimit.Read(written).Rule(pack.Settings(), pack.Facts);
            return new BilingualText(rule.ToSentence("zh-CN"), rule.ToSentence("en"));
        }
        catch (InvalidTimeRuleException)
        {
            return new BilingualText("…", "…");
        }
    }
}
