using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Counting;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Figures;

/// <summary>Figures by day and period, and the rates worked out from them.</summary>
public class FigureTests
{
    private static readonly Counter Returns = new("return-rate", new BilingualText("连续月数", "Months in a row"), ["supplier"])
    {
        Measure = Counter.MonthsInARow,
        Rate = new CounterRate("external.returns", "external.sales"),
        Threshold = Test("> 0.02"),
    };

    [Fact]
    public void The_figure_of_a_day_is_the_last_that_began()
    {
        var book = new FigureBook([From("2025-01-01", 28_000), From("2026-07-01", 30_000)]);

        Assert.Equal(28_000, book.At("livingCost", null, Day("2026-06-30")).Number);
        Assert.Equal(30_000, book.At("livingCost", null, Day("2026-07-01")).Number);
        Assert.True(book.At("livingCost", null, Day("2024-12-31")).IsUnknown);
    }

    [Fact]
    public void A_correction_takes_the_place_of_the_same_day_and_nothing_takes_it_back()
    {
        var book = new FigureBook([From("2025-01-01", 28_000), From("2026-07-01", 30_000)]);

        Assert.Equal(31_000, book.With(From("2026-07-01", 31_000)).At("livingCost", null, Day("2026-08-01")).Number);
        Assert.Equal(28_000, book.With(From("2026-07-01", null)).At("livingCost", null, Day("2026-08-01")).Number);
    }

    [Fact]
    public void A_figure_for_this_city_goes_before_one_for_all()
    {
        var book = new FigureBook([From("2026-01-01", 28_000), From("2026-01-01", 40_000) with { For = "shanghai" }]);

        Assert.Equal(40_000, book.At("livingCost", "shanghai", Day("2026-03-01")).Number);
        Assert.Equal(28_000, book.At("livingCost", "harbin", Day("2026-03-01")).Number);
    }

    [Fact]
    public void Days_of_a_month_add_up_and_a_quarter_is_no_part_of_one()
    {
        var book = new FigureBook([Given("sales", "2026-08-01/2026-08-15", 40), Given("sales", "2026-08-16/2026-08-31", 60), Given("sales", "2026-Q3", 900)]);

        Assert.Equal(100, book.Sum("sales", "S1", Period("2026-08")));
        Assert.Null(book.Sum("sales", "S1", Period("2026-09")));
        Assert.Null(book.Sum("sales", "S2", Period("2026-08")));
    }

    [Theory]
    [InlineData("2026", "2026-01-01", "2026-12-31")]
    [InlineData("2026-Q3", "2026-07-01", "2026-09-30")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2026-08-15", "2026-08-15", "2026-08-15")]
    [InlineData("2026-08-15/2026-09", "2026-08-15", "2026-09-30")]
    public void A_period_is_read_and_written(string text, string from, string through)
    {
        Assert.Equal(new CalendarPeriod(Day(from), Day(through)), Period(text));
        Assert.Equal(Period(text), Period(Period(text).ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-13")]
    [InlineData("2026-Q5")]
    [InlineData("2026-09/2026-08")]
    [InlineData("26-01-01")]
    [InlineData("1066")]
    [InlineData("2000/2100")]
    public void What_is_no_period_is_refused(string? text) => Assert.False(CalendarPeriod.TryParse(text, out _));

    /// <summary>GC-16: what must be exceeded is not reached by equality.</summary>
    [Theory]
    [InlineData(15, false, false)] // 3.00 ‰
    [InlineData(16, true, false)] // 3.2 ‰
    [InlineData(50, true, false)] // 1.00 %
    [InlineData(51, true, true)] // 1.02 %
    public void Of_five_thousand_shipped_more_than_three_per_mille_and_more_than_one_per_cent(int faulty, bool form, bool report)
    {
        var figures = new FigureBook([Given("shipped", "2026-09", 5_000), Given("faulty", "2026-09", faulty)]);

        Assert.Equal(form ? 1 : 0, Months("> 0.003", figures));
        Assert.Equal(report ? 1 : 0, Months("> 0.01", figures));

        static int? Months(string threshold, FigureBook figures) => CounterUse.MonthsInARow(
            Returns with { Rate = new CounterRate("external.faulty", "external.shipped"), Threshold = Test(threshold) }, figures, "S1", Day("2026-09-30"), new NoFacts());
    }

    [Fact]
    public void Months_in_a_row_are_counted_back_from_the_last_that_has_figures()
    {
        var months = new[] { ("2026-04", 30), ("2026-05", 10), ("2026-06", 25), ("2026-07", 30), ("2026-08", 21) };
        var figures = new FigureBook(months.SelectMany(month => new[] { Given("sales", month.Item1, 1_000), Given("returns", month.Item1, month.Item2) }));

        Assert.Equal(3, CounterUse.MonthsInARow(Returns, figures, "S1", Day("2026-09-12"), new NoFacts()));
        Assert.Equal(0, CounterUse.MonthsInARow(Returns, figures.With(Given("returns", "2026-08", 20)), "S1", Day("2026-09-12"), new NoFacts()));
        Assert.Null(CounterUse.MonthsInARow(Returns, figures, "S2", Day("2026-09-12"), new NoFacts()));
        Assert.Null(CounterUse.MonthsInARow(Returns, figures, "S1", Day("2027-02-01"), new NoFacts()));
    }

    private static Figure From(string day, decimal? value) => new("livingCost", "", Day(day), null, value is { } number ? FactValue.Of(number) : FactValue.Unknown);

    private static Figure Given(string name, string days, decimal value) => new(name, "S1", Period(days).From, Period(days).Through, FactValue.Of(value));

    private static CalendarPeriod Period(string text) => CalendarPeriod.TryParse(text, out var period) ? period : throw new ArgumentException(text);

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static UnaryTest Test(string text) =>
        UnaryTestParser.TryParse(System.Text.Json.JsonDocument.Parse($"\"{text}\"").RootElement, out var test, out _) ? test! : throw new ArgumentException(text);

    private sealed class NoFacts : IFactReader
    {
        public CategoryTrees Categories => CategoryTrees.None;

        public FactValue Read(string name) => FactValue.Unknown;
    }
}
