using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Money;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Money;

/// <summary>What a calculator comes to (pack format, calculators).</summary>
public class CalculatorUseTests
{
    private static readonly PackSettings NoSettings = new([]);

    [Fact]
    public void The_sum_is_rounded_half_away_from_zero_to_its_step_and_capped()
    {
        Assert.Equal(10.13m, Sum(Of("a") with { Round = 0.01m }, ("a", 10.125m)).Total);
        Assert.Equal(15m, Sum(Of("a") with { Round = 5m }, ("a", 12.5m)).Total);
        Assert.Equal(500m, Sum(Of("a") with { Cap = PolicyReading.Of(500m) }, ("a", 900m)).Total);
    }

    [Fact]
    public void An_item_whose_condition_does_not_hold_is_nothing_and_reads_nothing()
    {
        var calculator = Of("a") with { Rows = [new CalculatorRow("a", Name, "a"), new CalculatorRow("b", Name, "b", Condition.Parse("""{"c": true}"""))] };

        var sum = Sum(calculator, ("a", 7m), ("b", 100m));

        Assert.Equal((7m, 0m), (sum.Total, sum.Rows[1].Amount));
        Assert.Empty(sum.Rows[1].Inputs);
    }

    [Fact]
    public void What_it_was_worked_out_from_is_kept()
    {
        var sum = Sum(Of("a"), ("a", 7m));

        Assert.Equal(FactValue.Of(7m), sum.Rows[0].Inputs["a"]);
    }

    [Fact]
    public void A_single_figure_nobody_gave_is_nothing_but_a_sum_that_needs_one_is_refused()
    {
        Assert.Equal(0m, Sum(Of("a")).Total);

        var refused = Assert.Throws<RuleViolationException>(() => Sum(Of("fails + a")));
        Assert.Equal("calculation-incomplete", refused.Rule.Code);
    }

    [Fact]
    public void A_rung_proposes_with_what_is_known_and_says_what_is_missing()
    {
        var sum = CalculatorUse.WorkOut(Of("a + b"), new Given([("a", 7m)]), Known, new Names(), NoSettings, "Asia/Shanghai", mayMiss: true);

        Assert.Equal(["b"], sum.Rows[0].Missing);
        Assert.Equal("calculation-incomplete", Assert.Throws<RuleViolationException>(() => Sum(Of("a + b"), ("a", 7m))).Rule.Code);
    }

    private static readonly BilingualText Name = new("项", "Item");

    private static readonly FactCatalogue Known = new([.. "ab".Select(key => new FactDefinition(key.ToString(), Name, FactType.Money, FactSource.Handler))]);

    private static Calculator Of(string value) => new("c", Name, CalculatorKind.Compensation, "complainant", "CNY", [new CalculatorRow("a", Name, value)]);

    private static CalculatedSum Sum(Calculator calculator, params (string Name, decimal Value)[] facts) =>
        CalculatorUse.WorkOut(calculator, new Given(facts), Known, new Names(), NoSettings, "Asia/Shanghai");

    private sealed class Given((string Name, decimal Value)[] facts) : IFactReader
    {
        public CategoryTrees Categories { get; } = new([], _ => false);

        public FactValue Read(string name) => facts.FirstOrDefault(f => f.Name == name) is { Name: not null } fact ? FactValue.Of(fact.Value) : FactValue.Unknown;
    }

    /// <summary>Expressions that are a name.</summary>
    private sealed class Names : IValueExpressions
    {
        public FactValue Evaluate(string expression, IFactReader facts, string zone) => facts.Read(expression);
    }
}
