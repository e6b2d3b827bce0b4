using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Reporting;

namespace CaseManagement.Domain.Tests.Reporting;

/// <summary>Reports: periods, sums that reconcile, shares with their base (GC-21, GC-32).</summary>
public class ReportTests
{
    private static readonly Report Daily = new("daily", new BilingualText("日报", "Daily"), ReportPeriod.Month, new ReportMoment(1, new TimeOnly(8, 0)))
    {
        To = ["head"],
        By = ["channel"],
        Measures =
        [
            new ReportMeasure("accepted", new BilingualText("受理", "Accepted"), new MeasureSource(null, null)),
            new ReportMeasure("solved", new BilingualText("解决", "Solved"), new MeasureSource(null, null))
            {
                Base = new MeasureSource(null, null), BaseName = new BilingualText("不含咨询", "Without consultations"),
            },
        ],
    };

    private static readonly CalendarPeriod September = new(new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 30));

    [Fact]
    public void What_came_by_each_way_adds_up_to_what_was_accepted()
    {
        var table = ReportTable.Of(
            Daily, September, [Accepted("phone", 438), Accepted("consultation", 147), Accepted("visit", 50), Accepted("above", 11)], FigureBook.Empty);

        Assert.Equal([11, 147, 438, 50], table.Rows.Select(row => (int)row.Cells["accepted"].Value!.Value));
        Assert.Equal(646, table.Total.Cells["accepted"].Value);
    }

    [Theory]
    [InlineData(97, 499, "19.4")] // without consultations
    [InlineData(111, 499, "22.2")]
    [InlineData(125, 646, "19.3")] // of all of them it is another share
    [InlineData(126, 646, "19.5")]
    public void A_share_comes_with_the_number_it_is_a_share_of(int solved, int of, string percent)
    {
        var table = ReportTable.Of(Daily, September, [new ReportSum("solved", ReportEntries.WriteGroups(["phone"]), solved, of, 0)], FigureBook.Empty);

        var cell = table.Total.Cells["solved"];
        Assert.Equal(of, cell.Base);
        Assert.Equal(percent, (cell.Share!.Value * 100).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Grouped_by_fewer_facts_the_same_cases_are_added_up()
    {
        var two = Daily with { By = ["channel", "level"] };
        ReportSum[] sums = [Sum(["phone", "major"], 3), Sum(["phone", null], 4), Sum(["visit", "major"], 5)];

        Assert.Equal([7, 5], ReportTable.Of(two, September, sums, FigureBook.Empty, ["channel"]).Rows.Select(row => (int)row.Cells["accepted"].Value!.Value));
        Assert.Equal(12, Assert.Single(ReportTable.Of(two, September, sums, FigureBook.Empty, []).Rows).Cells["accepted"].Value);

        static ReportSum Sum(string?[] groups, int counted) => new("accepted", ReportEntries.WriteGroups(groups), counted, counted, 0);
    }

    [Fact]
    public void A_small_number_with_closely_kept_cases_is_not_told_and_its_share_neither()
    {
        ReportSum Of(int counted, int close) => new("solved", ReportEntries.WriteGroups(["phone"]), counted, 40, close);

        Assert.True(ReportTable.Of(Daily, September, [Of(4, 1)], FigureBook.Empty).Rows[0].Cells["solved"] is { IsSuppressed: true, Base: null, Share: null });
        Assert.False(ReportTable.Of(Daily, September, [Of(4, 0)], FigureBook.Empty).Rows[0].Cells["solved"].IsSuppressed);
        Assert.False(ReportTable.Of(Daily, September, [Of(5, 1)], FigureBook.Empty).Rows[0].Cells["solved"].IsSuppressed);
    }

    [Fact]
    public void Figures_from_outside_stand_with_what_they_are_for()
    {
        var returns = Daily with
        {
            By = ["supplier"],
            Measures = [new ReportMeasure("rate", new BilingualText("退换率", "Return rate"), new MeasureSource(null, "external.returns")) { Base = new MeasureSource(null, "external.sales"), BaseName = new BilingualText("销量", "Sold") }],
        };
        var figures = new FigureBook([Figure("returns", "S1", 30), Figure("sales", "S1", 1_000), Figure("sales", "S2", 500)]);

        var table = ReportTable.Of(returns, September, [], figures);

        Assert.Equal([("S1", 30m, 1_000m), ("S2", 0m, 500m)], table.Rows.Select(row => (row.Groups[0]!, row.Cells["rate"].Value!.Value, row.Cells["rate"].Base!.Value)));
        Assert.Equal(0.02m, table.Total.Cells["rate"].Share);

        static Figure Figure(string name, string forWhat, decimal value) => new(name, forWhat, September.From, September.Through, FactValue.Of(value));
    }

    [Theory]
    [InlineData(ReportPeriod.Week, "2026-09-13", "2026-09-07", "2026-09-13")] // a Sunday
    [InlineData(ReportPeriod.Month, "2027-02-10", "2027-02-01", "2027-02-28")]
    [InlineData(ReportPeriod.Quarter, "2026-09-30", "2026-07-01", "2026-09-30")]
    [InlineData(ReportPeriod.Year, "2026-09-30", "2026-01-01", "2026-12-31")]
    public void A_period_is_the_one_its_day_lies_in(ReportPeriod period, string day, string from, string through) =>
        Assert.Equal(new CalendarPeriod(Day(from), Day(through)), ReportPeriods.Of(period, Day(day)));

    [Theory]
    [InlineData("2026-09-10", "2026-09-30")]
    [InlineData("2027-02-10", "2027-02-28")]
    public void Statistics_by_the_thirtieth_are_due_on_the_last_day_of_a_shorter_month(string day, string due)
    {
        var duty = Daily with { Task = new ReportTask(["clerk"], null, new ReportMoment(30, new TimeOnly(17, 0))) };

        var made = ReportPeriods.MadeIn(duty, ReportPeriods.AskedOn(duty, Day(day)));

        Assert.Equal((Day(due), new TimeOnly(17, 0)), (made.MadeOn, made.MadeAt));
    }

    [Theory]
    [InlineData(ReportPeriod.Month, 1, "08:00", "2026-08-01")] // the month before
    [InlineData(ReportPeriod.Month, 30, "17:00", "2026-09-01")]
    [InlineData(ReportPeriod.Week, 1, "09:00", "2026-08-31")] // Monday: last week
    [InlineData(ReportPeriod.Day, 1, "09:00", "2026-09-08")] // yesterday
    [InlineData(ReportPeriod.Day, 1, "18:00", "2026-09-09")] // today
    [InlineData(ReportPeriod.Year, 366, "23:59", "2026-01-01")]
    public void A_report_is_about_the_period_whose_end_is_nearest_to_when_it_is_made(ReportPeriod period, int day, string time, string from)
    {
        var report = Daily with { Period = period, At = new ReportMoment(day, TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)) };

        Assert.Equal(Day(from), ReportPeriods.AskedOn(report, Day("2026-09-09")).From);
    }

    [Fact]
    public void An_approval_of_an_award_asks_one_step_after_the_other()
    {
        var chain = new ApprovalChain("award", new BilingualText("审批", "Approval"), [new ApprovalStep("first", "head"), new ApprovalStep("second", "gm")]);
        var nothing = new FactOverlay(new Dictionary<string, FactValue>(), null!);

        var begun = AwardApproval.Begin(chain, nothing);
        var once = begun.Agreed("first", chain, nothing);

        Assert.Equal(["first"], begun.Waiting);
        Assert.Equal(["second"], once.Waiting);
        Assert.True(once.Agreed("second", chain, nothing).IsApproved);
        Assert.True(AwardApproval.Begin(null, nothing).IsApproved);
    }

    [Fact]
    public void A_report_that_is_nobodys_duty_is_about_the_period_before() =>
        Assert.Equal(new CalendarPeriod(Day("2026-08-01"), Day("2026-08-31")), ReportPeriods.AskedOn(Daily, Day("2026-09-01")));

    private static ReportSum Accepted(string channel, int counted) => new("accepted", ReportEntries.WriteGroups([channel]), counted, counted, 0);

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
