using CaseManagement.Domain.Counting;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Counting;

/// <summary>What a group of cases comes to (pack format, counters; GC-01 and GC-02).</summary>
public class CounterUseTests
{
    private const string Zone = "Asia/Shanghai";

    private static readonly Counter Month = new("identical", new BilingualText("相同", "Identical"), ["issue"]) { Distinct = "complainant", Window = new PackSpan(1, "months") };

    [Fact]
    public void Different_values_are_counted_once_each_however_often_they_come()
    {
        CountedItem[] group = [Item("A", 3), Item("A", 5), Item("B", 10)];

        Assert.Equal(2, CounterUse.Count(Month, group, At(10), "back", Zone));
    }

    [Fact]
    public void A_month_runs_to_the_end_of_the_same_day_number()
    {
        CountedItem[] group = [Item("A", new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.FromHours(8))), Item("B", new DateTimeOffset(2026, 10, 1, 23, 59, 0, TimeSpan.FromHours(8)))];
        Assert.Equal(2, CounterUse.Count(Month, group, group[1].At, "back", Zone));

        group[1] = group[1] with { At = new(2026, 10, 2, 0, 0, 0, TimeSpan.FromHours(8)) };
        Assert.Equal(1, CounterUse.Count(Month, group, group[1].At, "back", Zone));
    }

    [Fact]
    public void Counted_back_an_earlier_case_knows_nothing_of_later_ones()
    {
        CountedItem[] group = [Item("A", 3), Item("B", 5), Item("C", 9)];

        Assert.Equal([1, 2, 3], group.Select(item => CounterUse.Count(Month, group, item.At, "back", Zone)));
        Assert.Equal([3, 3, 3], group.Select(item => CounterUse.Count(Month, group, item.At, CounterUse.Group, Zone)));
    }

    [Fact]
    public void What_does_not_count_is_not_counted_and_begins_no_window()
    {
        CountedItem[] group = [Item("A", 3) with { Holds = false }, Item("B", 5)];

        Assert.Equal(1, CounterUse.Count(Month, group, At(5), "back", Zone));
        Assert.Equal(0, CounterUse.Count(Month, [group[0]], At(3), "back", Zone));
    }

    [Fact]
    public void Without_a_window_all_are_counted()
    {
        var ever = Month with { Window = null, Distinct = null };
        CountedItem[] group = [Item("1", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)), Item("2", 5), Item("3", 9)];

        Assert.Equal(2, CounterUse.Count(ever, group, At(5), "back", Zone));
    }

    [Fact]
    public void Those_counted_with_a_case_are_named_in_the_order_they_came_without_itself()
    {
        CountedItem[] group = [Item("C", 9), Item("A", 3), Item("B", 5)];

        var with = CounterUse.With(Month, group, group[0].Complaint, At(9), "back", Zone);

        Assert.Equal(["A", "B"], with.Select(item => item.Number));
    }

    private static CountedItem Item(string who, int day) => Item(who, At(day));

    private static CountedItem Item(string who, DateTimeOffset at) => new(Guid.NewGuid(), who, at, who, true);

    private static DateTimeOffset At(int day) => new(2026, 9, day, 10, 0, 0, TimeSpan.FromHours(8));
}
