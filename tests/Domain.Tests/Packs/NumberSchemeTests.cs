using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Packs;

public sealed class NumberSchemeTests
{
    private static NumberScheme Scheme(
        string pattern, NumberCycle cycle = NumberCycle.Month, WhenNumbersFull full = WhenNumbersFull.Block, string zone = "Asia/Shanghai") =>
        new(pattern, cycle, full, zone);

    [Theory]
    [InlineData("TS{yyyy}{MM}{seq:4}", "TS2026090007")]
    [InlineData("{yy}{MM}{seq:2}", "260907")]
    [InlineData("{yyyy}-{MM}-{dd}/{seq:1}", "2026-09-20/7")]
    public void A_number_is_made_by_its_pattern(string pattern, string expected) =>
        Assert.Equal(expected, Scheme(pattern).Format(new DateTimeOffset(2026, 9, 20, 2, 0, 0, TimeSpan.Zero), 7));

    [Fact]
    public void Days_and_cycles_are_those_of_the_pack_s_zone()
    {
        var lateInTheDay = new DateTimeOffset(2026, 9, 30, 16, 30, 0, TimeSpan.Zero);

        Assert.Equal("261001", Scheme("{yy}{MM}{seq:2}").Format(lateInTheDay, 1));
        Assert.Equal("2026-10", Scheme("{yy}{MM}{seq:2}").CycleKey(lateInTheDay));
        Assert.Equal("2026-09", Scheme("{yy}{MM}{seq:2}", zone: "UTC").CycleKey(lateInTheDay));
        Assert.Equal("2026-10-01", Scheme("{yy}{MM}{dd}{seq:2}", NumberCycle.Day).CycleKey(lateInTheDay));
        Assert.Equal("2026", Scheme("{yy}{seq:2}", NumberCycle.Year).CycleKey(lateInTheDay));
        Assert.Equal("", Scheme("{seq:2}", NumberCycle.Never).CycleKey(lateInTheDay));
    }

    [Fact]
    public void When_numbers_are_used_up_no_further_one_is_given()
    {
        var scheme = Scheme("{yy}{MM}{seq:2}");

        Assert.Equal("260999", scheme.Format(new DateTimeOffset(2026, 9, 20, 2, 0, 0, TimeSpan.Zero), 99));
        var violation = Assert.Throws<RuleViolationException>(() => scheme.Format(new DateTimeOffset(2026, 9, 20, 2, 0, 0, TimeSpan.Zero), 100));
        Assert.Equal("numbers-used-up", violation.Rule.Code);
    }

    [Fact]
    public void A_scheme_that_extends_goes_on_with_one_digit_more() => Assert.Equal(
        "2609100", Scheme("{yy}{MM}{seq:2}", full: WhenNumbersFull.Extend).Format(new DateTimeOffset(2026, 9, 20, 2, 0, 0, TimeSpan.Zero), 100));

    [Theory]
    [InlineData("TS{yyyy}{MM}", NumberCycle.Month, "UTC")]
    [InlineData("{yyyy}{MM}{seq:0}", NumberCycle.Month, "UTC")]
    [InlineData("{yyyy}{MM}{seq:12}", NumberCycle.Month, "UTC")]
    [InlineData("{yyyy}{MM}{seq:2}{seq:3}", NumberCycle.Month, "UTC")]
    [InlineData("{yyyy}{seq:4}", NumberCycle.Month, "UTC")]
    [InlineData("{MM}{seq:4}", NumberCycle.Year, "UTC")]
    [InlineData("{yyyy}{MM}{seq:4}", NumberCycle.Day, "UTC")]
    [InlineData("{yyyy}{MM}{hh}{seq:4}", NumberCycle.Month, "UTC")]
    [InlineData("{yyyy}{MM}{seq:4", NumberCycle.Month, "UTC")]
    [InlineData("{yyyy}{MM}{seq:4}", NumberCycle.Month, "Mars/Crater")]
    public void A_pattern_whose_numbers_would_repeat_or_cannot_be_made_is_refused(string pattern, NumberCycle cycle, string zone) =>
        Assert.Equal("numbering-invalid", Assert.Throws<RuleViolationException>(() => Scheme(pattern, cycle, zone: zone)).Rule.Code);
}
