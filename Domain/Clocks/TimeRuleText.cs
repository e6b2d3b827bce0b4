using System.Globalization;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Clocks;

/// <summary>Says in both languages why a time rule cannot be counted.</summary>
public static class TimeRuleText
{
    /// <summary>The refusal in words; one without words of its own is told as it is.</summary>
    public static BilingualText Of(InvalidTimeRuleException refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        var named = refused.Args.Count > 0 ? Convert.ToString(refused.Args[0], CultureInfo.InvariantCulture) ?? "" : "";
        var zh = refused.Code switch
        {
            "duration.ambiguous" => $"“{named}”有两种读法（24:00:00 会被读成 24 天），请写数字和单位，如 24 hours、24 days",
            "duration.unreadable" => $"“{named}”不是时长，请写数字和单位，如 4 hours、2 workingDays",
            "duration.out-of-range" => $"时长超出范围，最多 {Duration.MaxYears} 年，且不能为负数",
            "duration.not-whole" => "天、周、月、年只能是整数",
            "duration.unit" => "这个单位不带数字",
            "rung.time-unreadable" => $"“{named}”不是节点时间，请写 due、due - 4 hours、due + 1 days、start + 30 minutes 或 80 %",
            "limit.amount-missing" => "请填写时长",
            "limit.amount-unused" => "这个单位不带数字，请清空时长",
            "limit.promised-missing" => "按承诺日期计时，须指明哪个事实是承诺日期",
            "limit.too-many-rungs" => $"节点不能超过 {TimeLimit.MaxRungs} 个",
            "limit.rung-key" => "节点须有名称，且不能以 $ 开头",
            "limit.rung-twice" => "两个节点重名",
            "limit.unit-unknown" => "没有这个单位",
            "limit.day-off-unknown" => "没有说明遇休息日怎么办",
            "calendar.out-of-range" => "到期时间超出了日历可算的范围",
            _ => refused.Message,
        };
        return new BilingualText(zh, refused.Message);
    }
}
