using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Tests.Reporting;

/// <summary>Texts that say the same, in Chinese and in words with spaces.</summary>
public sealed class LikenessTests
{
    [Fact]
    public void What_two_complaints_both_say_is_shown_longest_first()
    {
        Assert.Equal(["电梯噪音", "夜里"], Likeness.Shared("电梯噪音太大，夜里睡不着", "夜里电梯噪音很吵"));
        Assert.Equal(["elevator", "night"], Likeness.Shared("the elevator is loud at night", "Night after night this Elevator"));
        Assert.Empty(Likeness.Shared("电梯坏了", "空调漏水"));
    }

    [Theory]
    [InlineData("电梯噪音太大", "电梯的噪音太大了", true)]
    [InlineData("电梯噪音太大", "空调漏水到楼下", false)]
    public void Chinese_without_spaces_is_compared_by_pairs_of_characters(string one, string other, bool alike) =>
        Assert.Equal(alike, Likeness.Of(one, other) >= Likeness.Least);
}
