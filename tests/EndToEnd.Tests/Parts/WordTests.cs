using System.Globalization;
using CaseManagement.EndToEnd.Tests.Samples;
using CaseManagement.Tests;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.EndToEnd.Tests.Parts;

/// <summary>How moments and clocks are said in both languages (interface guide, section 5). Now is Mon 12 Oct 2026 14:20 in Shanghai.</summary>
public sealed class WordTests
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddLocalization()
        .AddSingleton<TimeProvider>(new ManualClock(Say.At(10, 12, 14, 20)))
        .AddSingleton<DateWords>()
        .AddSingleton<ClockWords>()
        .BuildServiceProvider();

    [Theory]
    [InlineData("zh-CN", DateStyle.Full, "10 月 15 日（周四）18:00")]
    [InlineData("zh-CN", DateStyle.Brief, "10-15 周四 18:00")]
    [InlineData("zh-CN", DateStyle.List, "10-15 18:00")]
    [InlineData("zh-CN", DateStyle.Day, "10 月 15 日（周四）")]
    [InlineData("zh-CN", DateStyle.Time, "18:00")]
    [InlineData("en", DateStyle.Full, "Thu 15 Oct 18:00")]
    [InlineData("en", DateStyle.Brief, "Thu 15 Oct 18:00")]
    [InlineData("en", DateStyle.List, "15 Oct 18:00")]
    public void A_moment_is_said(string language, DateStyle style, string expected) =>
        Assert.Equal(expected, In(language, () => Dates.Say(Say.At(10, 15, 18), Say.Zone, style)));

    [Theory, InlineData("zh-CN", "今天 18:00"), InlineData("en", "today 18:00")]
    public void Today_is_said_as_today(string language, string expected) =>
        Assert.Equal(expected, In(language, () => Dates.Say(Say.At(10, 12, 18), Say.Zone, DateStyle.Brief)));

    [Theory, InlineData("zh-CN", "2027 年 1 月 8 日（周五）18:00"), InlineData("en", "Fri 8 Jan 2027 18:00")]
    public void Another_year_is_named(string language, string expected) =>
        Assert.Equal(expected, In(language, () => Dates.Say(new DateTimeOffset(2027, 1, 8, 10, 0, 0, TimeSpan.Zero), Say.Zone, DateStyle.Full)));

    [Fact]
    public void The_zone_decides_the_day() =>
        Assert.Equal("10 月 16 日（周五）", In("zh-CN", () => Dates.Say(new DateTimeOffset(2026, 10, 15, 17, 0, 0, TimeSpan.Zero), Say.Zone, DateStyle.Day)));

    [Theory]
    [InlineData("zh-CN", "剩 3 时 40 分", "剩 3 个工作日 3 时", "超时 2 时 10 分", "立即 · 已 35 分", "已暂停：等待投诉人补充材料", "暂定 2027-01-08 18:00", "10-09 15:40")]
    [InlineData("en", "3 h 40 m left", "3 wd 3 h left", "2 h 10 m late", "at once · 35 m old", "paused: waiting for the complainant’s material", "provisional 8 Jan 2027 18:00", "9 Oct 15:40")]
    public void Every_look_of_a_clock_says_its_time(
        string language, string warning, string working, string late, string age, string paused, string provisional, string met)
    {
        var said = In(language, () => new[]
        {
            SampleClocks.Warning(), SampleClocks.Working(), SampleClocks.Breached(), SampleClocks.NoLimit(), SampleClocks.Paused(), SampleClocks.Provisional(), SampleClocks.Met(),
        }.Select(clock => Clocks.Time(clock, exact: false)).ToArray());

        Assert.Equal([warning, working, late, age, paused, provisional, met], said);
    }

    [Theory, InlineData(0, 0, 0, "0 m"), InlineData(0, 0, 5, "5 m"), InlineData(2, 0, 10, "2 d 10 m"), InlineData(0, 2, 0, "2 h")]
    public void Parts_that_are_nothing_are_not_said(int days, int hours, int minutes, string expected) =>
        Assert.Equal(expected, In("en", () => Clocks.Say(new Amount(CountedIn.ElapsedTime, days, hours, minutes), 2)));

    [Fact]
    public void Working_hours_name_their_unit() =>
        Assert.Equal("2 wh 30 m", In("en", () => Clocks.Say(new Amount(CountedIn.WorkingTime, 0, 2, 30), 2)));

    private DateWords Dates => _services.GetRequiredService<DateWords>();
    private ClockWords Clocks => _services.GetRequiredService<ClockWords>();

    private static T In<T>(string language, Func<T> say)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return say();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
