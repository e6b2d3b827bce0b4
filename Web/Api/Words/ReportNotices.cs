using System.Globalization;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;

namespace CaseManagement.Web.Api.Words;

/// <summary>What staff are told of reports: heading and text in both languages.</summary>
/// <param name="Subject">The heading.</param>
/// <param name="Body">What to do about it.</param>
public sealed record ReportNotice(BilingualText Subject, BilingualText Body)
{
    /// <summary>A report has become somebody's duty.</summary>
    public static ReportNotice Due(BilingualText report, CalendarPeriod about, DateOnly day, TimeOnly time) => new(
        new($"待办报表：{report.Zh}（{about}）", $"A report to do: {report.En} ({about})"),
        new($"请于 {At(day, time)} 前完成。", $"Please do it by {At(day, time)}."));

    /// <summary>It was not done in time.</summary>
    public static ReportNotice Overdue(BilingualText report, CalendarPeriod about, DateOnly day, TimeOnly time) => new(
        new($"报表逾期：{report.Zh}（{about}）", $"A report is late: {report.En} ({about})"),
        new($"应于 {At(day, time)} 前完成，至今未完成。", $"It was to be done by {At(day, time)} and has not been."));

    /// <summary>It can be read.</summary>
    public static ReportNotice Ready(BilingualText report, CalendarPeriod about, string? remark) => new(
        new($"报表：{report.Zh}（{about}）", $"Report: {report.En} ({about})"),
        string.IsNullOrEmpty(remark)
            ? new("报表已可查看；统计的是您有权查看的案件。", "It can be read; it counts the cases you may see.")
            : new($"报表已完成，可以查看。备注：{remark}", $"It has been done and can be read. Remark: {remark}"));

    /// <summary>Somebody is to approve awards it puts forward.</summary>
    public static ReportNotice Awards(BilingualText report, CalendarPeriod about, int count) => new(
        new($"待批奖励：{report.Zh}（{about}）", $"Awards to approve: {report.En} ({about})"),
        new($"提出 {count} 项奖励，请审批。", count == 1 ? "1 award is put forward." : $"{count} awards are put forward."));

    private static string At(DateOnly day, TimeOnly time) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + time.ToString(" HH:mm", CultureInfo.InvariantCulture);
}
