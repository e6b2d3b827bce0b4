using System.Globalization;
using System.Text;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using NodaTime;

namespace CaseManagement.Web.Notifications;

/// <summary>
/// One notice as a mail lists it. Of a case neither the subject nor anybody's name is in it: mails leave the house. Of no case is what concerns the reader and
/// a colleague, such as who acts for whom; it names the two and says no reason.
/// </summary>
/// <param name="ComplaintId">The case; null for a notice of none.</param>
/// <param name="Number">Its number; empty where there is no case.</param>
/// <param name="Level">The level's name in both languages; null where the process has none.</param>
/// <param name="LevelRank">The level's place, 0 the gravest; null where there is none.</param>
/// <param name="Clock">What the limit is called; null for a notice of none.</param>
/// <param name="DueAt">When it is or was due.</param>
/// <param name="IsLate">It tells that a limit was broken.</param>
/// <param name="IsOver">What it tells of has been done since.</param>
/// <param name="Subject">The notice's own heading, for a notice of no limit.</param>
public sealed record NoticeLine(
    Guid ComplaintId, string Number, BilingualText? Level, int? LevelRank, BilingualText? Clock, DateTimeOffset? DueAt, bool IsLate, bool IsOver, BilingualText Subject)
{
    /// <summary>Where a notice of no case leads in the product; null for one of a case, or that leads nowhere.</summary>
    public string? Href { get; init; }
}

/// <summary>Writes the one mail that lists many notices, in the language of who gets it.</summary>
public static class NoticeMailText
{
    /// <summary>So many are listed; the rest is counted.</summary>
    public const int MostLines = 1000;

    /// <param name="name">Who gets it.</param>
    /// <param name="lines">The notices, 1 or more.</param>
    /// <param name="language">BCP 47.</param>
    /// <param name="zone">The IANA zone in which times are told.</param>
    /// <param name="publicUrl">Where the product is reached; null for no links.</param>
    public static (string Subject, string Body) Of(string name, IReadOnlyList<NoticeLine> lines, string language, string zone, string? publicUrl)
    {
        var zh = BilingualText.IsChinese(language);
        var where = DateTimeZoneProviders.Tzdb[zone];
        var others = Sorted(lines.Where(l => l is { Clock: null, IsLate: false }));
        var late = Sorted(lines.Except(others).Where(l => l is { IsLate: true, IsOver: false }));
        var soon = Sorted(lines.Except(others).Where(l => l is { IsLate: false, IsOver: false }));
        var over = Sorted(lines.Except(others).Where(l => l.IsOver));
        var body = new StringBuilder();
        body.Append(
            others.Count > 0 ? zh ? $"{name}，你好：\n\n以下事项需要你关注。\n" : $"{name},\n\nThis needs your attention.\n"
            : zh ? $"{name}，你好：\n\n以下时限需要你关注。\n" : $"{name},\n\nThese time limits need your attention.\n");
        var left = MostLines;
        Section(zh ? "已超时" : "Late", late);
        Section(zh ? "即将到期" : "About to be late", soon);
        Section(zh ? "其他提醒" : "Other notices", others);
        Section(zh ? "提醒之后已办" : "Done since", over);
        if (lines.Count > MostLines)
        {
            body.Append(zh ? $"\n其余 {Count(lines.Count - MostLines)} 条见看板。\n" : $"\n{Count(lines.Count - MostLines)} more are on the board.\n");
        }

        if (publicUrl is { Length: > 0 })
        {
            var root = publicUrl.TrimEnd('/');
            body.Append(zh ? $"\n全部提醒：{root}/notifications\n邮件时间与汇总方式：{root}/notifications/settings\n" : $"\nAll notices: {root}/notifications\nWhen and how you get mails: {root}/notifications/settings\n");
        }

        return (SubjectOf(lines, late.Count, soon.Count, language), body.ToString());

        void Section(string title, List<NoticeLine> section)
        {
            if (section.Count == 0)
            {
                return;
            }

            body.Append('\n').Append(title).Append(zh ? $"（{Count(section.Count)}）\n" : $" ({Count(section.Count)})\n");
            foreach (var line in section.Take(left))
            {
                body.Append("- ").Append(Say(line, language, where)).Append('\n');
                if (publicUrl is { Length: > 0 } && (line.ComplaintId == Guid.Empty ? line.Href : $"/cases/{line.ComplaintId:D}") is { } href)
                {
                    body.Append("  ").Append(publicUrl.TrimEnd('/')).Append(href).Append('\n');
                }
            }

            left = Math.Max(0, left - section.Count);
        }
    }

    private static string SubjectOf(IReadOnlyList<NoticeLine> lines, int late, int soon, string language)
    {
        var zh = BilingualText.IsChinese(language);
        if (lines is [{ Clock: { } clock } only])
        {
            var state = only.IsLate ? zh ? "已超时：" : "Late: " : zh ? "即将到期：" : "About to be late: ";
            return $"{state}{only.Number} {clock.In(language)}";
        }

        return lines is [var one] ? one.Subject.In(language)
            : lines.All(l => l is { Clock: null, IsLate: false }) ? zh ? $"{Count(lines.Count)} 条提醒" : $"{Count(lines.Count)} notices"
            : zh ? $"{Count(lines.Count)} 条时限提醒：已超时 {Count(late)}，即将到期 {Count(soon)}{(lines.Count(l => l.IsOver) is > 0 and var done ? $"，已办 {Count(done)}" : "")}"
            : $"{Count(lines.Count)} notices: {Count(late)} late, {Count(soon)} about to be late{(lines.Count(l => l.IsOver) is > 0 and var over ? $", {Count(over)} done since" : "")}";
    }

    private static string Say(NoticeLine line, string language, DateTimeZone zone)
    {
        var zh = BilingualText.IsChinese(language);
        List<string> parts = line.Number.Length > 0 ? [line.Number] : [];
        if (line.Level is { } level)
        {
            parts.Add(level.In(language));
        }

        parts.Add((line.Clock ?? line.Subject).In(language));
        if (line.DueAt is { } due)
        {
            var local = Instant.FromDateTimeOffset(due).InZone(zone).LocalDateTime;
            var at = DateText.Of(local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly(), language);
            parts.Add(zh ? $"应于 {at} 前完成" : $"due {at}");
        }

        return string.Join(zh ? "，" : ", ", parts);
    }

    // the gravest first, then what was due first
    private static List<NoticeLine> Sorted(IEnumerable<NoticeLine> lines) =>
        [.. lines.OrderBy(l => l.LevelRank ?? int.MaxValue).ThenBy(l => l.DueAt ?? DateTimeOffset.MaxValue).ThenBy(l => l.Number, StringComparer.Ordinal)];

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
