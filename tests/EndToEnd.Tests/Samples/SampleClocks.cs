using CaseManagement.Web.Features.Shared;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>One clock of every look.</summary>
internal static class SampleClocks
{
    public static ClockBadge Resolution() => new()
    {
        Key = "resolution",
        Name = Say.It("办结", "Resolution"),
        Look = ClockLook.Running,
        Zone = Say.Zone,
        DueAt = Say.At(10, 16, 23, 59),
        Amount = new Amount(CountedIn.ElapsedTime, 4, 9, 39),
        ShareLeft = 0.61,
        Why = Why(),
    };

    public static ClockBadge Warning() => new()
    {
        Key = "reply",
        Name = Say.It("首次答复", "First reply"),
        Look = ClockLook.Warning,
        Zone = Say.Zone,
        DueAt = Say.At(10, 12, 18),
        Amount = new Amount(CountedIn.ElapsedTime, 0, 3, 40),
        ShareLeft = 0.18,
    };

    public static ClockBadge Breached() => new()
    {
        Key = "reply",
        Name = Say.It("首次答复", "First reply"),
        Look = ClockLook.Breached,
        Zone = Say.Zone,
        DueAt = Say.At(10, 12, 12, 10),
        Amount = new Amount(CountedIn.ElapsedTime, 0, 2, 10),
    };

    public static ClockBadge Paused() => new()
    {
        Key = "resolution",
        Name = Say.It("办结", "Resolution"),
        Look = ClockLook.Paused,
        Zone = Say.Zone,
        PauseReason = Say.It("等待投诉人补充材料", "waiting for the complainant’s material"),
    };

    public static ClockBadge NoLimit() => new()
    {
        Key = "leaders",
        Name = Say.It("报领导", "Tell leaders"),
        Look = ClockLook.NoLimit,
        AtOnce = true,
        Zone = Say.Zone,
        Amount = new Amount(CountedIn.ElapsedTime, 0, 0, 35),
    };

    public static ClockBadge Provisional() => new()
    {
        Key = "repair",
        Name = Say.It("整改", "Repair"),
        Look = ClockLook.Provisional,
        Zone = Say.Zone,
        DueAt = new DateTimeOffset(2027, 1, 8, 18, 0, 0, TimeSpan.FromHours(8)),
    };

    public static ClockBadge Met() => new()
    {
        Key = "reply",
        Name = Say.It("首次答复", "First reply"),
        Look = ClockLook.Met,
        Zone = Say.Zone,
        MetAt = Say.At(10, 9, 15, 40),
    };

    public static ClockBadge Working() => new()
    {
        Key = "opinion",
        Name = Say.It("复核", "Re-examination"),
        Look = ClockLook.Running,
        Zone = Say.Zone,
        DueAt = Say.At(10, 15, 18),
        Amount = new Amount(CountedIn.WorkingTime, 3, 3, 40),
        ShareLeft = 0.8,
    };

    public static ClockBadge Cancelled() => new()
    {
        Key = "objection",
        Name = Say.It("异议期", "Objection period"),
        Look = ClockLook.Cancelled,
        Zone = Say.Zone,
    };

    private static ClockWhy Why() => new()
    {
        Rule = Say.It("7 天 · 自收到起 · 至当日 24:00", "7 days · from receipt · to the end of the day"),
        DaysInWords = Say.It("10 月 9 日收到，10 日暂停一天，16 日到期", "received 9 October, held on the 10th, due on the 16th"),
        Days =
        [
            new(new(2026, 10, 9), new(2026, 10, 9), DayLook.Worked, 0),
            new(new(2026, 10, 10), new(2026, 10, 10), DayLook.MakeUp, 1),
            new(new(2026, 10, 11), new(2026, 10, 11), DayLook.Held, null),
            new(new(2026, 10, 12), new(2026, 10, 12), DayLook.Worked, 2),
            new(new(2026, 10, 13), new(2026, 10, 14), DayLook.Off, null),
            new(new(2026, 10, 15), new(2026, 10, 15), DayLook.Worked, 6),
            new(new(2026, 10, 16), new(2026, 10, 16), DayLook.Due, 7),
        ],
        Lines =
        [
            new(WhyPart.Start, Say.It("10 月 9 日（周五）10:00 收到", "received Fri 9 Oct 10:00")),
            new(WhyPart.Calendar, Say.It("按日历日计，节假日照算", "calendar days, holidays count")),
            new(WhyPart.Pause, Say.It("10-11 全天，等投诉人材料，+1 天（林晓）", "11 Oct, waiting for material, +1 d (Lin Xiao)")),
            new(WhyPart.Extension, Say.It("没有", "none")),
            new(WhyPart.Rule, Say.It("“办结”第 1 版，2026-08-01 起", "“Resolution” v1, since 1 Aug 2026"), "2"),
        ],
        Actions =
        [
            SampleForms.Reason("pause", "player-pause", Say.It("暂停…", "Pause…"), "/cases/0199d0a0-0000-7000-8000-000000000001/clocks/resolution/pause"),
            SampleForms.Reason("extend", "calendar-plus", Say.It("申请延期…", "Ask extension…"), "/cases/0199d0a0-0000-7000-8000-000000000001/clocks/resolution/extend"),
        ],
        LimitHref = "/limits/standard-complaint?limit=resolution",
    };
}
