using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Workflows.Tests.Expressions;

/// <summary>Value expressions of packs: derived facts and rows of calculators.</summary>
public class ValueExpressionTests
{
    private readonly Known _facts = new();

    [Theory]
    [InlineData("subsidyTimes * livingCost", "360000")]
    [InlineData("medical + aids", "51800")]
    [InlineData("max(0, 18 - 20) + min(3, 2)", "2")]
    [InlineData("sum(dependants, d => (d.unableToWork ? 20 : max(0, 18 - d.age)) * livingCost)", "840000")]
    [InlineData("price * (settings.fakePay === 'twice' ? 2 : 3)", "6400")]
    [InlineData("3 * (counts.penalties >= 1 ? 2 : 1)", "6")]
    [InlineData("Math.round(10 / 4)", "3")]
    [InlineData("0.1 + 0.2", "0.3")]
    public void Sums_are_worked_out(string expression, string expected) =>
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Evaluate(expression).Number);

    [Theory]
    [InlineData("dateOf(lossOn) <= addMonths(dateOf(boughtOn), 3)", true)]
    [InlineData("dateOf(receivedAt) === '2026-10-01'", true)]
    [InlineData("month(lossOn) === month(boughtOn)", false)]
    [InlineData("dependants.every(d => d.age > 5)", true)]
    [InlineData("nothing != null && nothing.length > 0", false)]
    public void Days_are_those_of_the_zone_and_compare(string expression, bool expected) => Assert.Equal(expected, Evaluate(expression).Boolean);

    [Theory]
    [InlineData("dateOf(nothing) <= dateOf(lossOn)")]
    [InlineData("nothing.every(d => d.age > 5)")]
    [InlineData("month(nothing) === month(nothing)")]
    [InlineData("1 / 0")]
    [InlineData("this is no expression")]
    [InlineData("(() => { while (true) {} })()")]
    [InlineData("'x'.repeat(1e9)")]
    [InlineData("constructor.constructor('return 1')()")]
    public void What_cannot_be_worked_out_is_unknown(string expression) => Assert.True(Evaluate(expression).IsUnknown);

    private FactValue Evaluate(string expression) => new ValueExpressions().Evaluate(expression, _facts, "Asia/Shanghai");

    private sealed class Known : IFactReader
    {
        public CategoryTrees Categories { get; } = new([], _ => false);

        public FactValue Read(string name) => name switch
        {
            "subsidyTimes" => FactValue.Of(12m),
            "livingCost" => FactValue.Of(30000m),
            "medical" => FactValue.Of(46800m),
            "aids" => FactValue.Of(5000m),
            "price" => FactValue.Of(3200m),
            "lossOn" => FactValue.Of(new DateOnly(2026, 10, 9)),
            "boughtOn" => FactValue.Of(new DateOnly(2026, 7, 10)),

            // past midnight in Shanghai
            "receivedAt" => FactValue.Of(new DateTimeOffset(2026, 9, 30, 16, 30, 0, TimeSpan.Zero)),
            "settings.fakePay" => FactValue.Of("twice"),
            "count:penalties" => FactValue.Of(1m),
            "dependants" => FactValue.OfRows([Dependant(10, false), Dependant(60, true)]),
            _ => FactValue.Unknown,
        };

        private static Dictionary<string, FactValue> Dependant(decimal age, bool unableToWork) =>
            new() { ["age"] = FactValue.Of(age), ["unableToWork"] = FactValue.Of(unableToWork) };
    }
}
