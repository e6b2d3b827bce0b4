using System.Text.Json;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Tests.Clocks;

/// <summary>What people read and type: durations, rung times, sentences, explanations, badges.</summary>
public class TimeRuleTextTests
{
    private static readonly WorkCalendar Golden = Given.GoldenCalendar;

    [Theory]
    [InlineData("24 hours", "24 小时", "24 hours")]
    [InlineData("1 hours", "1 小时", "1 hour")]
    [InlineData("1 hour", "1 小时", "1 hour")]
    [InlineData("1.50 workingHours", "1.5 个工作时", "1.5 working hours")]
    [InlineData("2 workingDays", "2 个工作日", "2 working days")]
    [InlineData("7 days", "7 天", "7 days")]
    [InlineData(" 1 weeks ", "1 周", "1 week")]
    [InlineData("30minutes", "30 分钟", "30 minutes")]
    [InlineData("3 months", "3 个月", "3 months")]
    [InlineData("1 years", "1 年", "1 year")]
    public void A_duration_is_said_in_words(string text, string zh, string en)
    {
        var duration = Duration.Parse(text);

        Assert.Equal(zh, duration.ToText("zh-CN"));
        Assert.Equal(en, duration.ToText("en"));
        Assert.Equal(duration, Duration.Parse(duration.ToString()));
        Assert.Equal(duration, JsonSerializer.Deserialize<Duration>(JsonSerializer.Serialize(duration)));
    }

    [Theory]
    [InlineData("24:00:00", "duration.ambiguous")]
    [InlineData("24:00", "duration.ambiguous")]
    [InlineData("1.00:00:00", "duration.ambiguous")]
    [InlineData("24", "duration.unreadable")]
    [InlineData("hours", "duration.unreadable")]
    [InlineData("24 fortnights", "duration.unreadable")]
    [InlineData("-2 hours", "duration.unreadable")]
    [InlineData("2 hours 30 minutes", "duration.unreadable")]
    [InlineData("2 none", "duration.unreadable")]
    [InlineData("", "duration.unreadable")]
    [InlineData("999999999 days", "duration.out-of-range")]
    [InlineData("1.5 workingDays", "duration.not-whole")]
    public void Text_that_is_no_clear_duration_is_refused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<InvalidTimeRuleException>(() => Duration.Parse(text)).Code);

    [Theory]
    [InlineData("due", "到期时", "when due")]
    [InlineData("due - 4 hours", "到期前 4 小时", "4 hours before it is due")]
    [InlineData("due + 24 hours", "到期后 24 小时", "24 hours after it is due")]
    [InlineData("start + 2 workingDays", "开始后 2 个工作日", "2 working days after the start")]
    [InlineData("start + 0 minutes", "开始时", "at the start")]
    [InlineData("80 %", "时限用去 80% 时", "when 80% is used")]
    public void A_rung_time_is_read_written_and_said(string text, string zh, string en)
    {
        var time = RungTime.Parse(text);

        Assert.Equal(text, time.ToString());
        Assert.Equal(time, JsonSerializer.Deserialize<RungTime>(JsonSerializer.Serialize(time)));
        Assert.Equal(zh, time.ToText("zh-CN"));
        Assert.Equal(en, time.ToText("en"));
    }

    [Theory]
    [InlineData("", "rung.time-unreadable")]
    [InlineData("due minus 4 hours", "rung.time-unreadable")]
    [InlineData("start", "rung.time-unreadable")]
    [InlineData("start - 4 hours", "rung.time-unreadable")]
    [InlineData("0 %", "rung.time-unreadable")]
    [InlineData("101 %", "rung.time-unreadable")]
    [InlineData("due - 24:00:00", "duration.ambiguous")]
    [InlineData("due - 4", "duration.unreadable")]
    [InlineData("due - 1.5 days", "duration.not-whole")]
    public void A_rung_time_that_cannot_be_understood_is_refused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<InvalidTimeRuleException>(() => RungTime.Parse(text)).Code);

    [Theory]
    [InlineData("24 hours", "自收到起 24 小时内首次答复，节假日照算", "First reply within 24 hours of receipt, counted by elapsed time")]
    [InlineData("8 workingHours", "自收到起 8 个工作时内首次答复，只计上班时间", "First reply within 8 working hours of receipt, counted by working time")]
    [InlineData("7 days", "自收到起 7 天内首次答复，节假日照算，至当日 23:59", "First reply within 7 days of receipt, holidays included, to 23:59 of the day")]
    [InlineData("1 workingDays", "自收到起 1 个工作日内首次答复，至当日下班", "First reply within 1 working day of receipt, to close of business")]
    [InlineData("0 workingHours", "自收到起，至迟下一个上班时刻首次答复", "First reply at the next opening after receipt")]
    [InlineData("sameDay", "收到当日首次答复，至当日 23:59", "First reply on the day of receipt, to 23:59 of the day")]
    [InlineData("promised", "在承诺日期前首次答复，至当日 23:59", "First reply by the promised date, to 23:59 of the day")]
    [InlineData("immediate", "收到后立即首次答复，无数字时限", "First reply at once after receipt, no numeric limit")]
    [InlineData("none", "自收到起首次答复，无数字时限", "First reply after receipt, no numeric limit")]
    public void A_limit_is_one_sentence(string limit, string zh, string en)
    {
        Assert.Equal(zh, Given.Limit(limit).ToSentence("zh-CN"));
        Assert.Equal(en, Given.Limit(limit).ToSentence("en"));
    }

    [Fact]
    public void A_sentence_says_what_is_unusual_and_when_the_rungs_act()
    {
        var limit = Given.Limit("3 days", "warn: due - 4 hours", "late: due") with
        {
            From = "toQualityAt",
            FromName = new BilingualText("送品保", "sending to quality"),
            CountFrom = CountFrom.NextWorkingDay,
            IfNonWorking = IfNonWorking.Forward,
        };

        Assert.Equal(
            "自“送品保”起 3 天内首次答复，节假日照算，下一工作日起算，至当日 23:59，遇休息日顺延；提醒与升级：到期前 4 小时、到期时",
            limit.ToSentence("zh-CN"));
        Assert.Equal(
            "First reply within 3 days of \"sending to quality\", holidays included, counted from the next working day, to 23:59 of the day, "
                + "moved to the next working day if it ends on a day off; reminders: 4 hours before it is due, when due",
            limit.ToSentence("en"));
    }

    [Fact]
    public void A_due_time_explains_itself_in_one_sentence()
    {
        var why = DueTime.Compute(Given.Limit("5 workingDays") with { From = "acceptedAt" }, Given.At("2026-09-30 16:00"), Golden).Explanation;

        Assert.Equal(
            "started Wed 30 Sep 16:00 at acceptance; 5 working days; 1–7 Oct off, Sat 10 Oct worked; due Tue 13 Oct 18:00", why.ToText("en"));
        Assert.Equal(
            "9 月 30 日（周三）16:00 受理起；5 个工作日；10 月 1–7 日休，10 月 10 日（周六）补班；10 月 13 日（周二）18:00 到期", why.ToText("zh-CN"));
    }

    [Fact]
    public void Only_holidays_are_named_as_days_off_and_a_year_only_when_it_changes()
    {
        var settle = Compute("10 workingDays", "2026-09-23 11:00");
        var newYear = Compute("5 workingDays", "2026-12-30 10:00");

        Assert.Contains("25 Sep, 1–7 Oct off, Sat 10 Oct worked", settle.ToText("en"), StringComparison.Ordinal);
        Assert.Equal(
            "started Wed 30 Dec 10:00 at receipt; 5 working days; due Wed 6 Jan 2027 18:00; provisional: the calendar is published through Thu 31 Dec 2026",
            newYear.ToText("en"));
        Assert.EndsWith("2027 年 1 月 6 日（周三）18:00 到期；暂定：日历公布至 2026 年 12 月 31 日（周四）", newYear.ToText("zh-CN"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("immediate", "started Sun 4 Oct 03:00 at receipt; at once, no numeric limit")]
    [InlineData("none", "started Sun 4 Oct 03:00 at receipt; no numeric limit")]
    [InlineData("promised", "started Sun 4 Oct 03:00 at receipt; no date promised yet")]
    [InlineData("0 workingHours", "started Sun 4 Oct 03:00 at receipt; at the next opening; 4–7 Oct off; due Thu 8 Oct 09:00")]
    [InlineData("24 hours", "started Sun 4 Oct 03:00 at receipt; 24 hours; due Mon 5 Oct 03:00")]
    public void An_explanation_never_invents_a_date(string limit, string en) =>
        Assert.Equal(en, Compute(limit, "2026-10-04 03:00").ToText("en"));

    [Fact]
    public void An_explanation_tells_pauses_extensions_and_moved_ends()
    {
        var limit = Given.Limit("10 workingDays") with { From = "registeredAt", Clause = "5", Version = 4 };
        Suspension[] pauses = [new("material", "li", Given.At("2026-09-28 09:30"), Given.At("2026-09-29 09:30"))];
        Extension[] extensions = [new("laboratory", "wang", Given.At("2026-10-09 10:00"), Duration.Parse("2 workingDays"))];
        string Name(string key) => key switch { "material" => "等医疗票据", "li" => "林晓", "wang" => "王店长", "golden-2026" => "全国工作日历", _ => key };

        var why = DueTime.Compute(limit, Given.At("2026-09-23 11:00"), Golden, null, pauses, extensions).Explanation;

        Assert.Equal("10 个工作日 · 自登记起 · 至当日下班", why.Headline("zh-CN"));
        Assert.Equal("10 working days · from registration · to close of business", why.Headline("en"));
        Assert.Equal(
            [
                new(ExplanationPart.Start, "9 月 23 日（周三）11:00 登记起"),
                new(ExplanationPart.Calendar, "全国工作日历；9 月 25 日、10 月 1–7 日休，10 月 10 日（周六）补班"),
                new(ExplanationPart.Pause, "9 月 28 日（周一）09:30 至 9 月 29 日（周二）09:30，等医疗票据，+1 个工作日（林晓）"),
                new(ExplanationPart.Extension, "+2 个工作日，laboratory（王店长批准）"),
                new(ExplanationPart.Rule, "“首次答复”第 4 版，第 5 条"),
            ],
            why.Lines("zh-CN", Name));
        Assert.Equal(
            "started Wed 23 Sep 11:00 at registration; 10 working days; 25 Sep, 1–7 Oct off, Sat 10 Oct worked; "
                + "paused Mon 28 Sep 09:30 to Tue 29 Sep 09:30, material, +1 wd (li); extended by 2 working days, laboratory (approved by wang); "
                + "due Mon 19 Oct 18:00",
            why.ToText("en"));
    }

    [Fact]
    public void A_moved_end_and_a_running_pause_are_told()
    {
        var limit = Given.Limit("3 days") with { IfNonWorking = IfNonWorking.Forward };
        var why = DueTime.Compute(limit, Given.At("2026-09-30 16:00"), Golden, null, [new("material", "li", Given.At("2026-10-01 09:00"))]).Explanation;

        Assert.Equal(
            "started Wed 30 Sep 16:00 at receipt; 3 days; Sat 3 Oct is off, moved to a working day; paused since Thu 1 Oct 09:00, material (li); "
                + "due Thu 8 Oct 23:59",
            why.ToText("en"));
    }

    [Fact]
    public void The_day_strip_shows_each_day_as_it_counted()
    {
        Suspension[] pauses = [Given.Pause("2026-09-28 09:30", "2026-09-29 09:30")];

        var days = DueTime.Compute(Given.Limit("10 workingDays"), Given.At("2026-09-23 11:00"), Golden, null, pauses).Explanation.Days;

        Assert.Equal(
            "24 Worked 1, 25 Off, 26-27 Off, 28 Held, 29 Worked 2, 30 Worked 3, 1-7 Off, 8 Worked 4, 9 Worked 5, 10 MakeUp 6, 11 Off, 12 Worked 7, "
                + "13 Worked 8, 14 Worked 9, 15 Due 10",
            Strip(days));
    }

    [Theory]
    [InlineData("7 days", "2026-09-29 10:20", "30 Worked 1, 1 Worked 2, 2 Worked 3, 3 Worked 4, 4 Worked 5, 5 Worked 6, 6 Due 7")]
    [InlineData("8 workingHours", "2026-09-18 16:00", "18 Worked 2, 19 Off, 20 Due 8")]
    [InlineData("12 workingHours", "2026-09-18 16:00", "18 Worked 2, 19 Off, 20 MakeUp 11, 21 Due 12")]
    [InlineData("24 hours", "2026-09-12 15:00", "12 Worked 9, 13 Due 24")]
    [InlineData("sameDay", "2026-09-08 16:20", "8 Due 1")]
    [InlineData("none", "2026-09-08 16:20", "")]
    [InlineData("2 months", "2026-07-10 12:00", "11-9 Worked 61, 10 Due 62")]
    [InlineData("300 workingDays", "2026-09-08 16:20", "")]
    public void The_day_strip_counts_in_the_limits_own_unit_and_stays_short(string limit, string start, string strip) =>
        Assert.Equal(strip, Strip(Compute(limit, start).Days));

    [Theory]
    [InlineData(LimitUnit.Hours, "2026-10-12 18:00", "2026-10-12 14:20", "剩 3 时 40 分", "3 h 40 m left")]
    [InlineData(LimitUnit.Hours, "2026-10-12 18:00", "2026-10-12 20:10", "超时 2 时 10 分", "2 h 10 m late")]
    [InlineData(LimitUnit.Hours, "2026-10-15 18:00", "2026-10-12 18:00", "剩 72 时", "72 h left")]
    [InlineData(LimitUnit.WorkingDays, "2026-10-15 18:00", "2026-10-12 14:20", "剩 3 个工作日 3 时", "3 wd 3 h left")]
    [InlineData(LimitUnit.WorkingDays, "2026-10-12 18:00", "2026-10-12 14:20", "剩 3 时 40 分", "3 h 40 m left")]
    [InlineData(LimitUnit.WorkingDays, "2026-10-13 18:00", "2026-09-30 18:00", "剩 5 个工作日", "5 wd left")]
    [InlineData(LimitUnit.WorkingDays, "2026-10-09 18:00", "2026-10-12 11:00", "超时 1 个工作日 2 时", "1 wd 2 h late")]
    [InlineData(LimitUnit.WorkingHours, "2026-09-14 11:00", "2026-09-13 12:00", "剩 2 工作时", "2 wh left")]
    [InlineData(LimitUnit.WorkingHours, "2026-09-14 11:00", "2026-09-14 12:30", "超时 1 工作时 30 分", "1 wh 30 m late")]
    [InlineData(LimitUnit.Days, "2026-10-28 23:59", "2026-10-12 14:20", "剩 16 天 9 时", "16 d 9 h left")]
    [InlineData(LimitUnit.Days, "2026-10-08 10:00", "2026-10-12 10:30", "超时 4 天", "4 d late")]
    [InlineData(LimitUnit.Hours, "2026-10-12 18:00", "2026-10-12 18:00", "现在到期", "due now")]
    [InlineData(LimitUnit.WorkingDays, "2026-10-09 18:00", "2026-10-09 20:00", "超时不足 1 分", "under 1 m late")]
    public void A_badge_tells_what_is_left_in_the_limits_own_unit(LimitUnit unit, string due, string now, string zh, string en)
    {
        Assert.Equal(zh, DurationText.Remaining(unit, Given.At(due), Given.At(now), Golden, "zh-CN"));
        Assert.Equal(en, DurationText.Remaining(unit, Given.At(due), Given.At(now), Golden, "en"));
    }

    [Fact]
    public void The_case_page_tells_three_parts_and_an_unlimited_clock_its_age()
    {
        Assert.Equal(
            "3 wd 3 h 40 m left",
            DurationText.Remaining(LimitUnit.WorkingDays, Given.At("2026-10-15 18:00"), Given.At("2026-10-12 14:20"), Golden, "en", parts: 3));
        Assert.Equal("已 35 分", DurationText.Age(Given.At("2026-10-12 14:00"), Given.At("2026-10-12 14:35"), "zh-CN"));
        Assert.Equal("2 d 1 h old", DurationText.Age(Given.At("2026-10-10 13:00"), Given.At("2026-10-12 14:35"), "en"));
    }

    [Fact]
    public void A_limit_with_its_rungs_comes_back_from_json()
    {
        var limit = Given.Limit("24 hours") with
        {
            Extension = new ExtensionRule { Times = 1, Max = Duration.Parse("7 days"), Approval = "leader", Before = RungTime.Parse("due - 1 days") },
            Rungs =
            [
                new Rung("warn", RungTime.Parse("80 %"), [new NotifyAction(["staff@lead"], "nearly-due"), new AskAction("delay", ["handler"])]),
                new Rung("late", RungTime.Due, [new ReasonAction("handler"), new RaiseAction(null), new PenaltyAction("points", "handler")]),
                new Rung("chief", RungTime.Parse("due + 1 days"), [new ReassignAction("supervisor"), new ApproveAction("write-off")]),
            ],
        };

        var json = JsonSerializer.Serialize(limit, JsonSerializerOptions.Web);
        var again = JsonSerializer.Deserialize<TimeLimit>(json, JsonSerializerOptions.Web)!;

        Assert.Equal(json, JsonSerializer.Serialize(again, JsonSerializerOptions.Web));
        Assert.Equal(limit.Extension, again.Extension);
        Assert.Equal(limit.Rungs.Select(rung => rung.Do.Count), again.Rungs.Select(rung => rung.Do.Count));
        Assert.Equal(limit.Rungs[1].Do, again.Rungs[1].Do);
    }

    [Theory]
    [InlineData("limit.amount-missing")]
    [InlineData("limit.amount-unused")]
    [InlineData("limit.promised-missing")]
    [InlineData("limit.rung-twice")]
    [InlineData("limit.rung-key")]
    [InlineData("limit.too-many-rungs")]
    public void A_limit_that_could_not_run_is_refused(string code)
    {
        var good = Given.Limit("24 hours", "warn: due - 4 hours");
        good.EnsureValid();
        var warn = good.Rungs[0];
        var bad = code switch
        {
            "limit.amount-missing" => good with { Amount = null },
            "limit.amount-unused" => good with { Unit = LimitUnit.Immediate },
            "limit.promised-missing" => good with { Unit = LimitUnit.Promised, Amount = null },
            "limit.rung-twice" => good with { Rungs = [warn, warn] },
            "limit.rung-key" => good with { Rungs = [warn with { Key = Clock.BreachKey }] },
            _ => good with { Rungs = [.. Enumerable.Range(0, 21).Select(i => warn with { Key = $"r{i}" })] },
        };

        Assert.Equal(code, Assert.Throws<InvalidTimeRuleException>(bad.EnsureValid).Code);
    }

    private static DueExplanation Compute(string limit, string start) =>
        DueTime.Compute(Given.Limit(limit), Given.At(start), Golden).Explanation;

    private static string Strip(IEnumerable<DayRun> days) => string.Join(", ", days.Select(day =>
        $"{day.From.Day}{(day.To == day.From ? "" : "-" + day.To.Day)} {day.State}{(day.Count is { } count ? " " + count : "")}"));
}
