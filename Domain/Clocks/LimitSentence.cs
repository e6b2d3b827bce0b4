using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Clocks;

/// <summary>A time limit as one sentence: "First reply within 24 hours of receipt, counted by elapsed time; …".</summary>
internal static class LimitSentence
{
    public static string Of(TimeLimit limit, string culture)
    {
        var chinese = BilingualText.IsChinese(culture);
        var parts = new List<string?>
        {
            chinese ? ChinesePeriod(limit) : EnglishPeriod(limit),
            Counting(limit, chinese),
            CountedFrom(limit.CountFrom, chinese),
            EndingAt(limit, chinese),
            OnDayOff(limit.IfNonWorking, chinese),
        };
        var sentence = string.Join(chinese ? "，" : ", ", parts.Where(part => part is not null));
        var rungs = string.Join(chinese ? "、" : ", ", limit.Rungs.Select(rung => rung.At.ToText(culture)));
        return rungs.Length == 0 ? sentence : sentence + (chinese ? "；提醒与升级：" : "; reminders: ") + rungs;
    }

    /// <summary>"次日起算", "counted from the next day"; none when counted from the start itself.</summary>
    public static string? CountedFrom(CountFrom countFrom, bool chinese) => countFrom switch
    {
        CountFrom.NextDay => chinese ? "次日起算" : "counted from the next day",
        CountFrom.NextWorkingDay => chinese ? "下一工作日起算" : "counted from the next working day",
        _ => null,
    };

    /// <summary>"至当日下班", "to close of business"; none when it ends at the instant reached.</summary>
    public static string? EndingAt(LimitUnit unit, EndOf end, bool chinese) => end switch
    {
        _ when unit is LimitUnit.None or LimitUnit.Immediate => null,
        EndOf.CloseOfBusiness => chinese ? "至当日下班" : "to close of business",
        EndOf.EndOfDay => chinese ? "至当日 23:59" : "to 23:59 of the day",
        _ => null,
    };

    private static string? EndingAt(TimeLimit limit, bool chinese) => EndingAt(limit.Unit, limit.RunsTo, chinese);

    private static string ChinesePeriod(TimeLimit limit)
    {
        var name = limit.Name.Zh;
        var moment = MomentNames.Of(limit.From, limit.FromName, "zh-CN") ?? "开始计时";
        return limit.Unit switch
        {
            LimitUnit.None => $"自{moment}起{name}，无数字时限",
            LimitUnit.Immediate => $"{moment}后立即{name}，无数字时限",
            LimitUnit.SameDay => $"{moment}当日{name}",
            LimitUnit.Promised => $"在承诺日期前{name}",
            LimitUnit.WorkingHours when limit.Amount == 0 => $"自{moment}起，至迟下一个上班时刻{name}",
            _ => $"自{moment}起 {limit.Budget!.Value.ToText("zh-CN")}内{name}",
        };
    }

    private static string EnglishPeriod(TimeLimit limit)
    {
        var name = limit.Name.En;
        var moment = MomentNames.Of(limit.From, limit.FromName, "en") ?? "the start of the clock";
        return limit.Unit switch
        {
            LimitUnit.None => $"{name} after {moment}, no numeric limit",
            LimitUnit.Immediate => $"{name} at once after {moment}, no numeric limit",
            LimitUnit.SameDay => $"{name} on the day of {moment}",
            LimitUnit.Promised => $"{name} by the promised date",
            LimitUnit.WorkingHours when limit.Amount == 0 => $"{name} at the next opening after {moment}",
            _ => $"{name} within {limit.Budget!.Value.ToText("en")} of {moment}",
        };
    }

    private static string? Counting(TimeLimit limit, bool chinese) => limit.Unit switch
    {
        LimitUnit.Minutes or LimitUnit.Hours => chinese ? "节假日照算" : "counted by elapsed time",
        LimitUnit.WorkingHours when limit.Amount != 0 => chinese ? "只计上班时间" : "counted by working time",
        LimitUnit.Days or LimitUnit.Weeks or LimitUnit.Months or LimitUnit.Years => chinese ? "节假日照算" : "holidays included",
        _ => null,
    };

    private static string? OnDayOff(IfNonWorking ifNonWorking, bool chinese) => ifNonWorking switch
    {
        IfNonWorking.Forward => chinese ? "遇休息日顺延" : "moved to the next working day if it ends on a day off",
        IfNonWorking.Back => chinese ? "遇休息日提前" : "moved to the working day before if it ends on a day off",
        _ => null,
    };
}
